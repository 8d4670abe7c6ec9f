# Deltas of made-up texts in every format.
import difflib
st=5
def r(n):
    global st
    st=(st*6364136223846793005+1442695040888963407)&(2**64-1); return (st>>33)%n
W=['a\n','ab\n','abc\n','abd\n','xbc d\n','\n','foo bar\n','foo baz\n','\tq\n','q  r\n', 'foo bat x\n']
for i in range(60):
    a=[W[r(len(W))] for _ in range(r(9))]; b=[W[r(len(W))] for _ in range(r(9))]
    s=difflib.SequenceMatcher(None,a,b)
    print(s.get_opcodes(), s.ratio(), s.quick_ratio(), list(s.get_grouped_opcodes(1)))
    print(list(difflib.ndiff(a,b)), list(difflib.unified_diff(a,b,'x','y',n=r(3))), list(difflib.context_diff(a,b,'x','y','d',n=r(3))))
print(difflib.get_close_matches('appel',['ape','apple','peach','puppy']))

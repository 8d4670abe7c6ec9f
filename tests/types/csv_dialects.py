# Records read and written under many dialects, and what is refused.
import csv, io, _csv
st=3
def r(n):
    global st
    st=(st*6364136223846793005+1442695040888963407)&(2**64-1); return (st>>33)%n
CH='a,"\\ ;\'\n\r\tb1.'
opts=[{}, {'quoting':csv.QUOTE_ALL}, {'quoting':csv.QUOTE_NONE,'escapechar':'\\'}, {'quoting':csv.QUOTE_NONE}, {'quoting':csv.QUOTE_NONNUMERIC}, {'doublequote':False,'escapechar':'\\'}, {'doublequote':False}, {'delimiter':';','quotechar':"'"}, {'skipinitialspace':True}, {'strict':True}, {'escapechar':'\\'}, {'dialect':'unix'}, {'dialect':'excel-tab'}, {'lineterminator':'b'}, {'quotechar':None}, {'quotechar':None,'escapechar':'\\'}, {'strict':True,'escapechar':'\\'}]
for i in range(900):
    s=''.join(CH[r(len(CH))] for _ in range(r(14)))
    o=opts[r(len(opts))]
    try:
        rd=csv.reader(s.splitlines(True),**o); print(i,repr(s),o,list(rd),rd.line_num)
    except Exception as e: print(i,repr(s),o,type(e).__name__,e)
    row=[[''.join(CH[r(len(CH))] for _ in range(r(5))), r(100), None, 1.5, '', True][r(6)] for _ in range(r(4))]
    f=io.StringIO()
    try: print(csv.writer(f,**o).writerow(row), repr(f.getvalue()))
    except Exception as e: print(repr(row),type(e).__name__,e)
for k in ({'delimiter':''},{'delimiter':1},{'delimiter':'ab'},{'delimiter':None},{'quotechar':1},{'quotechar':''},{'quotechar':'ab'},{'quoting':5},{'quoting':'x'},{'lineterminator':None},{'lineterminator':1},{'escapechar':3},{'dialect':'nope'},{'dialect':5},{'quoting':csv.QUOTE_ALL,'quotechar':None},{'foo':1}, {'doublequote':'x'}, {'strict':[]}):
    try:
        d=csv.reader([],**k).dialect; print(k,[getattr(d,n) for n in ('delimiter','doublequote','escapechar','lineterminator','quotechar','quoting','skipinitialspace','strict')])
    except Exception as e: print(k,type(e).__name__,e)
for f in (lambda: csv.reader(), lambda: csv.reader(5), lambda: csv.writer(5), lambda: csv.writer(), lambda: next(csv.reader([b'x'])), lambda: csv.writer(io.StringIO()).writerow(5), lambda: csv.register_dialect(5), lambda: csv.register_dialect(), lambda: csv.get_dialect('q'), lambda: csv.unregister_dialect('q'), lambda: csv.field_size_limit(), lambda: csv.field_size_limit(5), lambda: next(csv.reader(['abcdefgh'])), lambda: csv.field_size_limit('a'), lambda: csv.field_size_limit(131072), lambda: csv.list_dialects(), lambda: list(csv.reader(['a\0b'])), lambda: csv.Dialect(), lambda: csv.excel().delimiter, lambda: list(csv.reader(['a,b\rc']))):
    try: print(f())
    except Exception as e: print(type(e).__name__,e)
csv.register_dialect('x', delimiter='|', quoting=csv.QUOTE_ALL); print(csv.list_dialects(), csv.get_dialect('x').delimiter, next(csv.reader(['a|b'],'x')))
print(list(csv.DictReader(io.StringIO('a,b\n1,2\n\n3\n4,5,6\n'),restkey='r',restval='v')))
f=io.StringIO(); w=csv.DictWriter(f,['a','b'],restval='-'); w.writeheader(); w.writerows([{'a':1},{'b':'x,y'}]); print(repr(f.getvalue()))
try: w.writerow({'c':1})
except ValueError as e: print(e)

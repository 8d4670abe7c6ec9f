# Captures, empty matches and errors of a thousand made-up patterns, with the engine's own accidents.
import re, warnings
warnings.simplefilter('ignore')
seed=7
N=1000
state=seed
def rnd(n):
    global state
    state=(state*6364136223846793005+1442695040888963407)&0xffffffffffffffff
    return (state>>33)%n
def pick(l): return l[rnd(len(l))]
ATOMS=['a','b','c','ab','.','\\w','\\d','\\s','\\b','\\B','^','$','\\A','\\Z','[ab]','[^a]','[a-c]','\\1','\\2','(?P=n)','','x','A','\\W','[\\d_]','1','é','É','[é-ü]','\n', '(?(1)a|b)','ſ','K']
def gen(d):
    r=rnd(14)
    if d<=0 or r<4: return pick(ATOMS)
    if r<6: return gen(d-1)+gen(d-1)
    if r<7: return gen(d-1)+'|'+gen(d-1)
    if r<9: return '('+gen(d-1)+')'
    if r<10: return '(?:'+gen(d-1)+')'
    if r<12: return pick(['(?:%s)','(%s)','%s'])%gen(d-1)+pick(['*','+','?','*?','+?','??','{1,2}','{2}','{0,2}?','{,3}'])
    if r<13: return pick(['(?=%s)','(?!%s)','(?<=%s)','(?<!%s)','(?i:%s)','(?P<n>%s)','(?s:%s)','(?m:%s)','(?x:%s)','(?-i:%s)'])%gen(d-1)
    return gen(d-1)+gen(d-1)+gen(d-1)
TEXTS=['','a','ab','abc','aab','abab','cabba','a b','1a_b','A\nb\n','\n','aabbccab','xaxbxc','éÉa','ſSKk','aaa','abcabcab1']
for i in range(N):
    p=gen(4); f=pick([0,0,0,re.I,re.M,re.S,re.A,re.I|re.A, re.X])
    out=[]
    try:
        r=re.compile(p,f)
    except (re.error,OverflowError,ValueError) as e:
        print(i,repr(p),type(e).__name__,e); continue
    for t in (pick(TEXTS),pick(TEXTS),pick(TEXTS)):
        for m in (r.match(t), r.search(t), r.fullmatch(t), r.search(t,1), r.match(t,1,3)):
            out.append(m and (m.regs,m.lastindex))
        try:
            out.append(r.findall(t)); out.append(r.split(t)); out.append(r.sub('<\\g<0>>',t)); out.append([m.span() for m in r.finditer(t)])
        except SystemError as e: out.append(str(e))
    print(i,repr(p),hash(repr(out))%10**8)

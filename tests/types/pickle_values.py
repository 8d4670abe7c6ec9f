# Verifies what pickle writes for values of every kind in every protocol, that it reads them back, and what copy makes of them.
import pickle, collections, itertools, functools, operator, types, enum, sys, copy
class C:
    def __init__(s,*a): s.a=a
    def __eq__(s,o): return type(s) is type(o) and s.__dict__==o.__dict__
    def meth(s): return 5
    @classmethod
    def cm(c): return c
    @staticmethod
    def sm(): return 3
    class D:
        class E: pass
class S:
    __slots__=('a','__b')
    def __init__(s): s.a=1; s.__b=2
class L(list):
    pass
class Dd(dict): pass
class T(tuple): pass
class St(str): pass
class I(int): pass
class Fl(float): pass
class Se(set): pass
class Fs(frozenset): pass
class By(bytes): pass
class Ba(bytearray): pass
class Ex(Exception): pass
class NA(int):
    def __new__(c,*a,**k): return int.__new__(c,5)
    def __getnewargs_ex__(s): return (1,2),{'x':3}
NT=collections.namedtuple('NT','x y')
class Col(enum.Enum):
    R=1; G=2
class Fg(enum.IntFlag):
    A=1;B=2
def func(): pass
l=L([1,2]); l.x=5
d=Dd(a=1); d.y=l
rec=[]; rec.append(rec)
rd={}; rd['x']=rd
rt=([],); rt[0].append(rt)
c=C(1); c.self=c
def half(it,n=1):
    it=iter(it)
    for _ in range(n): next(it)
    return it
vals=[None,True,False,0,1,-1,255,256,65535,65536,-2**31,2**31-1,2**31,-2**31-1,2**63,-2**63,2**100,-2**2100,1.5,-0.0,float('inf'),float('nan'),1e100,1+2j,'', 'abc','\u20ac\n\\\0\r\x1a\xe9','\U0001f600','\ud800',b'',b'abc',b'\xff'*300,'x'*300,bytearray(),bytearray(b'ab'),(),(1,),(1,2),(1,2,3),(1,2,3,4),[],[1],[1,2],list(range(1000)),list(range(1001)),list(range(2500)),{},{1:2},{1:2,3:4},dict.fromkeys(range(1000)),dict.fromkeys(range(1001)),set(),{1},{1,2},set(range(1000)),frozenset(),frozenset({1,2}),C,C(),C(1),C.D,C.D.E,C.D.E(),S(),l,d,T((1,2)),St('x'),I(7),Fl(2.5),Se({1}),Fs({1}),By(b'q'),Ba(b'q'),Ex(1,2),Ex('a'),ValueError('x'),KeyError(1),OSError(2,'no','f'),UnicodeDecodeError('u',b'x',0,1,'r'),StopIteration(3),SystemExit(4),ImportError('m',name='n',path='p'),NA(),NT(1,2),Col.R,Fg.A,Fg.A|Fg.B,Col,func,len,C().meth,C.cm,C.sm,[].append,dict.fromkeys,str.join,int.__add__,(1).__add__,type,object,object(),int,None.__class__,type(...),...,NotImplemented,type(NotImplemented),range(3),range(1,10,2),slice(1,2,3),iter([1,2]),half([1,2,3]),iter((1,2)),iter({1:2}),iter({1:2}.items()),iter({1:2}.values()),iter({1}),iter(range(5)),half(range(5)),iter(b'ab'),iter(bytearray(b'ab')),reversed([1,2]),reversed((1,2)),reversed({1:2}),reversed(range(3)),enumerate('ab'),half(enumerate('ab',5)),zip([1],[2]),zip([1],[2],strict=True),map(len,['a']),filter(None,[1]),collections.deque([1,2]),collections.deque([1],5),iter(collections.deque([1,2])),collections.OrderedDict(a=1),iter(collections.OrderedDict(a=1)),collections.defaultdict(list,{1:[2]}),collections.Counter('aab'),collections.ChainMap({1:2}),functools.partial(int,'5',base=6),operator.itemgetter(1),operator.itemgetter(1,2),operator.attrgetter('a'),operator.attrgetter('a.b','c'),operator.methodcaller('x',1),operator.methodcaller('x',1,k=2),rec,rd,rt,c,types.SimpleNamespace(a=1),itertools.count(5),itertools.count(1.5,.5),itertools.cycle('ab'),half(itertools.cycle('abc')),itertools.repeat(1),itertools.repeat(1,3),itertools.chain([1],[2]),half(itertools.chain([1,2],[3])),itertools.islice([1,2,3],1,3),itertools.takewhile(bool,[1]),itertools.dropwhile(bool,[0]),itertools.starmap(pow,[(1,2)]),itertools.accumulate([1,2]),half(itertools.accumulate([1,2,3])),itertools.compress([1],[1]),itertools.filterfalse(None,[0]),itertools.zip_longest([1],[2,3],fillvalue=0),itertools.product([1],[2]),half(itertools.product([1,2],[2])),itertools.permutations([1,2]),half(itertools.permutations([1,2])),itertools.combinations([1,2],1),half(itertools.combinations([1,2],1)),itertools.combinations_with_replacement([1,2],1),half(itertools.combinations_with_replacement([1,2],1)),itertools.groupby([1,1,2]),half(itertools.groupby([1,1,2])),itertools.tee([1,2])[0],list[int],collections.UserDict({1:2}),collections.UserList([1]),collections.UserString('x'),sys.intern,functools.reduce,Warning,{}.keys(),{}.items(),{1:2}.values(),memoryview(b''),types.MappingProxyType({}),sys,(x for x in ''),lambda:1,property(),classmethod(len),staticmethod(len),super(C,C()),type('X',(),{})(),iter(int,1), half(iter([1])), half(reversed([1]))]
for i,v in enumerate(vals):
    for p in range(6):
        try: s=pickle.dumps(v,p)
        except Exception as e: print(i,p,type(v).__name__,type(e).__name__,str(e).split(' at 0x')[0]); continue
        print(i,p,type(v).__name__,s if len(s)<300 else (len(s),s[:100],s[-40:]))
        try:
            w=pickle.loads(s)
        except Exception as e: print(i,p,'LOAD',type(v).__name__,type(e).__name__,str(e).split(' at 0x')[0]); continue
        if type(w) is not type(v): print(i,p,'TYPE',type(w),type(v))
        if p in (1,4) and hasattr(w,'__next__') and type(v).__name__ not in('count','cycle','repeat','callable_iterator'): print([str(x).split(' at ')[0] for x in w])
    for f in (copy.copy,copy.deepcopy):
        try: w=f(v); 
        except Exception as e: print(i,f.__name__,type(v).__name__,type(e).__name__,str(e).split(' at 0x')[0]); continue
        print(i,f.__name__,type(w).__name__, w is v)

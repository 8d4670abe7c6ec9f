# Verifies how many levels each kind of recursion has up to the limit, and where the limit is hit.
# exact depths
import sys, functools
sys.setrecursionlimit(200)
def measure(name, start):
    global n
    n=0
    try: start()
    except RecursionError as e: print(name, n, e)
    except BaseException as e: print(name, n, type(e), e)
def tick():
    global n
    n+=1
def f():
    global n; n+=1; f()
measure('func', f)
def fk(a=1, *, b=2):
    global n; n+=1; fk(a, b=3)
measure('kw', fk)
def fs(*a, **k):
    global n; n+=1; fs(*a, **k)
measure('star', fs)
class I:
    def __init__(s):
        global n; n+=1; I()
measure('init', I)
class I2(I):
    def __init__(s):
        global n; n+=1; super().__init__()
class I3:
    def __init__(s,*a,**k):
        global n; n+=1; I3(*a,**k)
class I4:
    __slots__='a'
    def __init__(s):
        global n; n+=1; I4()
measure('init slots', I4)
class I5(list):
    def __init__(s):
        global n; n+=1; I5()
measure('init list', I5)
class I6:
    def __new__(c):
        global n; n+=1; return I6()
measure('new', I6)
class I7:
    def __new__(c): return object.__new__(c)
    def __init__(c):
        global n; n+=1; return I7()
measure('newinit', I7)
class Me:
    def m(s):
        global n; n+=1; s.m()
    @classmethod
    def c(s):
        global n; n+=1; s.c()
    @staticmethod
    def st():
        global n; n+=1; Me.st()
    @property
    def p(s):
        global n; n+=1; s.p
    def b(s):
        global n; n+=1; x=s.b; x()
    def __call__(s):
        global n; n+=1; s()
    def __len__(s):
        global n; n+=1; return len(s)
    def __bool__(s):
        global n; n+=1; return not s
    def __repr__(s):
        global n; n+=1; return repr(s)
    def __str__(s):
        global n; n+=1; return str(s)
    def __format__(s,x):
        global n; n+=1; return f'{s}'
    def __eq__(s,o):
        global n; n+=1; return s==o
    def __lt__(s,o):
        global n; n+=1; return s<o
    def __add__(s,o):
        global n; n+=1; return s+o
    def __neg__(s):
        global n; n+=1; return -s
    def __getitem__(s,o):
        global n; n+=1; return s[o]
    def __setitem__(s,o,v):
        global n; n+=1; s[o]=v
    def __delitem__(s,o):
        global n; n+=1; del s[o]
    def __iter__(s):
        global n; n+=1; return iter(s)
    def __next__(s):
        global n; n+=1; return next(s)
    def __contains__(s,o):
        global n; n+=1; return o in s
    def __hash__(s):
        global n; n+=1; return hash(s)
    def __enter__(s):
        global n; n+=1
        with s: pass
    def __exit__(s,*a): pass
    def __index__(s):
        global n; n+=1; return range(3)[s]
    def __int__(s):
        global n; n+=1; return int(s)
    def __float__(s):
        global n; n+=1; return float(s)
    def __abs__(s):
        global n; n+=1; return abs(s)
    def __iadd__(s,o):
        global n; n+=1; s+=o
    def __pow__(s,o):
        global n; n+=1; s**o
    def __round__(s):
        global n; n+=1; round(s)
    def __reversed__(s):
        global n; n+=1; return reversed(s)
    def __dir__(s):
        global n; n+=1; return dir(s)
    def __bytes__(s):
        global n; n+=1; return bytes(s)
    def __complex__(s):
        global n; n+=1; return complex(s)
    def __divmod__(s,o):
        global n; n+=1; return divmod(s,o)
    def __length_hint__(s):
        global n; n+=1; import operator; return operator.length_hint(s)
m=Me()
for name, fn in [('method', m.m), ('class', m.c), ('static', m.st), ('prop', lambda: m.p), ('bound', m.b), ('call', lambda: m()),
    ('len', lambda: len(m)), ('bool', lambda: bool(m)), ('repr', lambda: repr(m)), ('str', lambda: str(m)), ('format', lambda: f'{m}'),
    ('eq', lambda: m==m), ('lt', lambda: m<m), ('add', lambda: m+m), ('neg', lambda: -m), ('getitem', lambda: m[0]),
    ('setitem', lambda: m.__setitem__(1,2)), ('delitem', lambda: m.__delitem__(1)), ('iter', lambda: iter(m)), ('next', lambda: next(m)),
    ('contains', lambda: 1 in m), ('hash', lambda: hash(m)), ('with', m.__enter__), ('int', lambda: int(m)), ('float', lambda: float(m)),
    ('abs', lambda: abs(m)), ('iadd', lambda: m.__iadd__(1)), ('pow', lambda: m**2), ('round', lambda: round(m)), ('reversed', lambda: reversed(m)),
    ('dir', lambda: dir(m)), ('bytes', lambda: bytes(m)), ('complex', lambda: complex(m)), ('divmod', lambda: divmod(m,1)), 
    ('list', lambda: list(m)), ('set', lambda: {m}), ('dict', lambda: {m:1}), ('reprlist', lambda: repr([m])), ('tupeq', lambda: (m,)==(Me(),)), ('inlist', lambda: Me() in [m]), ('min', lambda: min(m,m)), ('print', lambda: print(m)), ('percent', lambda: '%s'%m), ('percent r', lambda: '%r'%m), ('fmt', lambda: '{}'.format(m)), ('join', lambda: ''.join(m)), ('dictget', lambda: {}.get(m)), ('unpack', lambda: (lambda a,*b: 0)(*m)), ('getattr', lambda: getattr(m,'p')), ('isinst', lambda: isinstance(m, int))]:
    measure(name, fn)
class Ga:
    def __getattr__(s,x):
        global n; n+=1; return s.y
measure('getattr', lambda: Ga().a)
class Gb:
    def __getattribute__(s,x):
        global n; n+=1; return s.y
measure('getattribute', lambda: Gb().a)
class Gc:
    def __setattr__(s,x,v):
        global n; n+=1; s.y=1
measure('setattr', lambda: setattr(Gc(),'a',1))
class Gd:
    def __delattr__(s,x):
        global n; n+=1; del s.y
measure('delattr', lambda: delattr(Gd(),'a'))
class De:
    def __get__(s,i,t):
        global n; n+=1; return t.d
    def __set__(s,i,v):
        global n; n+=1; i.d=v
class Dh: d=De()
measure('descr', lambda: Dh.d)
measure('descr set', lambda: setattr(Dh(),'d',1))
def sk(x):
    global n; n+=1; return sorted([x], key=sk)
measure('sorted', lambda: sk(1))
def mp(x):
    global n; n+=1; return list(map(mp,[x]))
measure('map', lambda: mp(1))
def fl(x):
    global n; n+=1; return tuple(filter(fl,[x]))
measure('filter', lambda: fl(1))
def mx(x):
    global n; n+=1; return max([x], key=mx)
measure('max', lambda: mx(1))
def rd(x,y=1):
    global n; n+=1; return functools.reduce(rd,[1,2])
measure('reduce', lambda: rd(1))
pp=functools.partial(lambda: (tick(), pp()))
measure('partial', pp)
@functools.lru_cache(None)
def lr(x):
    global n; n+=1; return lr(x+1)
measure('lru', lambda: lr(1))
@functools.wraps(f)
def wr(*a):
    global n; n+=1; return wr(*a)
measure('wraps', wr)
def ex():
    global n; n+=1; exec('ex()')
measure('exec', ex)
def ev():
    global n; n+=1; eval('ev()')
measure('eval', ev)
def gn():
    global n; n+=1
    yield from gn()
measure('gen', lambda: next(gn()))
measure('gen list', lambda: list(gn()))
def gf():
    global n; n+=1
    for x in gf(): yield x
measure('gen for', lambda: next(gf()))
def gs():
    global n; n+=1
    yield sum(x for x in gs())
measure('gen sum', lambda: next(gs()))
async def co():
    global n; n+=1
    await co()
measure('coro', lambda: co().send(None))
async def ag():
    global n; n+=1
    async for x in ag(): yield x
measure('agen', lambda: ag().__anext__().send(None))
def lc():
    global n; n+=1
    return [lc() for _ in (1,)]
measure('listcomp', lc)
def cl():
    global n; n+=1
    class X: a=cl()
measure('class', cl)
def dl():
    global n; n+=1
    class X:
        def __del__(s): pass
    dl()
measure('del', dl)
class Mt(type):
    def __call__(c):
        global n; n+=1; return c()
class Mu(metaclass=Mt): pass
measure('metacall', Mu)
class Mi(type):
    def __instancecheck__(c,o):
        global n; n+=1; return isinstance(o,c)
    def __subclasscheck__(c,o):
        global n; n+=1; return issubclass(o,c)
class Mv(metaclass=Mi): pass
measure('isinstance', lambda: isinstance(1,Mv))
measure('issubclass', lambda: issubclass(int,Mv))
def it():
    global n; n+=1
    return next(iter(it,0))
measure('calliter', it)
class Sb:
    def f(s):
        global n; n+=1; super(Sc,s).f if 0 else s.f()
class Sc(Sb):
    def f(s):
        global n; n+=1; return super().f()
measure('super', Sc().f)
measure('type call', lambda: type(f)(f.__code__, {'n':0,'f':f})())
def dd():
    global n; n+=1
    d=__import__('collections').defaultdict(dd); d[1]
measure('defaultdict', dd)
def srt():
    global n; n+=1
    [1,2].sort(key=lambda x: srt())
measure('sort', srt)
def hk():
    global n; n+=1
    sys.intern('a'); {}.setdefault(1, hk())
measure('arg', hk)
import operator
measure('opcall', lambda: operator.itemgetter(0)(m))
measure('attrgetter', lambda: operator.attrgetter('p')(m))
measure('methodcaller', lambda: operator.methodcaller('m')(m))
def em():
    global n; n+=1
    return list(enumerate(map(lambda x: em(), [1])))
measure('enumerate', em)
def zz():
    global n; n+=1
    return dict(zip(map(lambda x: zz(), [1]), [1]))
measure('zip', zz)
def aa():
    global n; n+=1
    return any(map(lambda x: aa(), [1]))
measure('any', aa)
def xx():
    global n; n+=1
    try: xx()
    except RecursionError: n+=1000; raise
measure('except', xx)
def yy():
    global n; n+=1
    try: yy()
    finally: n+=1000
measure('finally', yy)
def zy():
    global n; n+=1
    try: zy()
    except RecursionError: f()
measure('handler', zy)

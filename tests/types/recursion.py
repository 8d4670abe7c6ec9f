# Verifies RecursionError for recursion of every kind.
import sys
def attempt(name, f):
    try: r = f(); print(name, 'ok', type(r).__name__)
    except RecursionError as e: print(name, 'RecursionError', e)
    except BaseException as e: print(name, type(e).__name__, e)
def rec(n): return rec(n+1)
attempt('rec', lambda: rec(0))
depth=0
def rec2():
    global depth
    depth+=1; rec2()
attempt('rec2', rec2); print(depth)
class R:
    def __repr__(s): return repr(s)
attempt('repr', lambda: repr(R()))
class R2:
    def __repr__(s): return '%r' % (s,)
attempt('repr%', lambda: repr(R2()))
class R3:
    def __repr__(s): return f'{s!r}'
attempt('reprf', lambda: repr(R3()))
class R4:
    def __str__(s): return str([s])
    __repr__=__str__
attempt('repr4', lambda: str(R4()))
class E:
    def __eq__(s,o): return s==o
attempt('eq', lambda: E()==E())
class E2:
    def __eq__(s,o): return [s]==[o]
attempt('eq2', lambda: E2()==E2())
class L:
    def __lt__(s,o): return s<o
attempt('lt', lambda: L()<L())
class G:
    def __getattr__(s,n): return getattr(s,n+'x')
attempt('getattr', lambda: G().a)
class G2:
    def __getattr__(s,n): return s.missing
attempt('getattr2', lambda: G2().a)
class G3:
    def __getattribute__(s,n): return s.missing
attempt('getattribute', lambda: G3().a)
class I:
    def __init__(s): I()
attempt('init', lambda: I())
class N:
    def __new__(c): return c()
attempt('new', lambda: N())
class S:
    def __setattr__(s,n,v): s.x=v
def f(): S().x=1
attempt('setattr', f)
class D:
    def __delattr__(s,n): del s.x
def f(): del D().x
attempt('delattr', f)
class C:
    def __call__(s): return s()
attempt('call', lambda: C()())
class A:
    def __add__(s,o): return s+o
attempt('add', lambda: A()+A())
class A2:
    def __radd__(s,o): return o+s
attempt('radd', lambda: 1+A2())
class H:
    def __hash__(s): return hash(s)
attempt('hash', lambda: hash(H()))
attempt('dict', lambda: {H():1})
class LN:
    def __len__(s): return len(s)
attempt('len', lambda: len(LN()))
class B:
    def __bool__(s): return bool(s)
attempt('bool', lambda: bool(B()))
class It:
    def __iter__(s): return iter(s)
attempt('iter', lambda: iter(It()))
class Nx:
    def __iter__(s): return s
    def __next__(s): return next(s)
attempt('next', lambda: list(Nx()))
class Gi:
    def __getitem__(s,i): return s[i]
attempt('getitem', lambda: Gi()[0])
class Ct:
    def __contains__(s,i): return i in s
attempt('contains', lambda: 1 in Ct())
class Fm:
    def __format__(s,f): return format(s,f)
attempt('format', lambda: f'{Fm()}')
class P:
    @property
    def x(s): return s.x
attempt('property', lambda: P().x)
class Dsc:
    def __get__(s,i,t): return t.y
class X: y=Dsc()
attempt('descr', lambda: X.y)
class Ix:
    def __index__(s): import operator; return [0][s]
attempt('index', lambda: [1][Ix()])
class M(type):
    def __call__(c): return c()
attempt('metacall', lambda: M('Q',(),{})())
class MI(type):
    def __instancecheck__(c,o): return isinstance(o,c)
class Qi(metaclass=MI): pass
attempt('isinstance', lambda: isinstance(1,Qi))
class MS(type):
    def __subclasscheck__(c,o): return issubclass(o,c)
class Qs(metaclass=MS): pass
attempt('issubclass', lambda: issubclass(int,Qs))
class W:
    def __enter__(s):
        with s: pass
    def __exit__(s,*a): pass
def f():
    with W(): pass
attempt('with', f)
def dec(x): return map(dec, [x])
attempt('sortkey', lambda: sorted([1,2], key=lambda x: sorted([1], key=lambda y: rec(0))))
def sk(x): return sorted([x], key=sk)
attempt('sortkey2', lambda: sk(1))
def mp(x): return list(map(mp,[x]))
attempt('map', lambda: mp(1))
def rd(x): return max([x], key=rd)
attempt('max', lambda: rd(1))
def ex(n): exec('ex(n+1)', globals(), {'n':n})
attempt('exec', lambda: ex(1))
def ev(n): return eval('ev(n+1)', globals(), {'n':n})
attempt('eval', lambda: ev(1))
attempt('lambda', lambda: (lambda f: f(f))(lambda f: f(f)))
def comp(): return [comp() for _ in [0]]
attempt('comp', comp)
def gen(): yield from gen()
attempt('gen', lambda: next(gen()))
def gen2():
    for x in gen2(): yield x
attempt('gen2', lambda: next(gen2()))
def gen3(): return list(x for x in gen3())
attempt('gen3', gen3)
def cls():
    class Y: a=cls()
def tr():
    try: tr()
    finally: pass
attempt('finally', tr)
n=0
def tr2():
    global n
    try: tr2()
    except RecursionError: n+=1; raise
attempt('except', tr2); print(n)
def kw(**k): kw(**k)
attempt('kw', lambda: kw(a=1))
def st(*a): st(*a)
attempt('star', lambda: st(1))
def dflt(a=1,*,b=2): dflt(b=a)
attempt('dflt', dflt)
import functools
p=functools.partial(lambda: p())
attempt('partial', lambda: p())
@functools.lru_cache
def fib(n): return fib(n+1)
attempt('lru', lambda: fib(0))
attempt('reduce', lambda: functools.reduce(lambda a,b: rec(0), [1,2]))
class Del:
    def __del__(s): pass
def dd(n): d=Del(); dd(n+1)
attempt('del', lambda: dd(0))
class SC(int):
    def __add__(s,o): return int.__add__(s, s+o)
attempt('superadd', lambda: SC(1)+1)
class Base:
    def f(s): return s.f()
class Der(Base):
    def f(s): return super().f()
attempt('super', lambda: Der().f())
class Set(set):
    def __eq__(s,o): return set(s)==o
    __hash__=lambda s: hash(frozenset(s))
attempt('set', lambda: Set()==Set())
class Cmp:
    def __eq__(s,o): return {1:s}=={1:o}
attempt('dicteq', lambda: Cmp()==Cmp())
class Cmp2:
    def __eq__(s,o): return (1,s)==(1,o)
attempt('tupeq', lambda: Cmp2()==Cmp2())
attempt('isin', lambda: type('Z',(),{'__eq__': lambda s,o: o in [s]})() in [3])

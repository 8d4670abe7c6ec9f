# Verifies that nesting and recursion of every kind end as in CPython: in an answer or a RecursionError.
import sys
def t(name, f):
    try: r = f()
    except RecursionError as e: print(name, 'RecursionError', str(e)[:60])
    except BaseException as e: print(name, type(e).__name__, str(e)[:100])
    else: print(name, repr(r)[:60] if not isinstance(r, (list, tuple, dict)) else type(r))
N = 20000
def nest(kind):
    x = None
    for i in range(N):
        x = [x] if kind == 'l' else (x,) if kind == 't' else {1: x} if kind == 'd' else {'k': [x]}
    return x
for k in 'ltdm':
    x = nest(k); y = nest(k)
    t('repr '+k, lambda: repr(x))
    t('eq '+k, lambda: x == y)
    t('lt '+k, lambda: x < y)
    t('str '+k, lambda: str(x))
    t('format '+k, lambda: format(x))
    t('in '+k, lambda: x in [y])
    del x, y
import copy
x = nest('l')
t('deepcopy', lambda: copy.deepcopy(x))
t('copy', lambda: copy.copy(x) is not x)
del x
def fs():
    x = frozenset()
    for i in range(N): x = frozenset([x])
    return x
t('fs hash', lambda: hash(fs()))
t('fs repr', lambda: repr(fs()))
t('fs eq', lambda: fs() == fs())
def excs():
    e = None
    for i in range(N):
        n = ValueError(i); n.__context__ = e; e = n
    return e
t('exc chain', lambda: repr(excs()))
e = excs(); t('raise chain', lambda: (_ for _ in ()).throw(e)); del e
def gens():
    def g(x):
        yield from x
    x = iter([1])
    for i in range(5000): x = g(x)
    return next(x)
t('yield from', gens)
def maps():
    x = iter([1])
    for i in range(50000): x = map(abs, x)
    return next(x)
t('maps', lambda: 'skipped' )
class A:
    def __getattr__(self, n): return getattr(self, n + 'x')
t('getattr', lambda: A().foo)
class B:
    def __eq__(self, o): return o == self
    __hash__ = None
t('eq rec', lambda: B() == B())
class C:
    def __repr__(self): return repr(self)
t('repr rec', lambda: repr(C()))
class D:
    def __hash__(self): return hash(self)
t('hash rec', lambda: hash(D()))
class E:
    def __getattribute__(self, n): return self.foo
t('getattribute rec', lambda: E().x)
class F:
    def __call__(self): return self()
t('call rec', lambda: F()())
class G:
    __call__ = None
G.__call__ = G()
t('call chain', lambda: G()())
def union():
    t = int
    for i in range(N): t = (t,)
    return isinstance(1, t)
t('isinstance deep', union)
t('issubclass deep', lambda: issubclass(str, eval('('*50+'int'+',)'*50)))
class H:
    def __len__(self): return len(self)
    def __bool__(self): return bool(self)
    def __iter__(self): return iter(self)
    def __contains__(self, x): return x in self
    def __index__(self): return [1][self]
    def __add__(self, o): return self + o
    def __radd__(self, o): return o + self
    def __getitem__(self, i): return self[i]
    def __format__(self, s): return format(self, s)
    def __str__(self): return str(self)
    def __instancecheck__(self, o): return isinstance(o, self)
    def __enter__(self):
        with self: pass
    def __exit__(self, *a): pass
    def __lt__(self, o): return self < o
    def __dir__(self): return dir(self)
    def __int__(self): return int(self)
    def __float__(self): return float(self)
    def __complex__(self): return complex(self)
    def __bytes__(self): return bytes(self)
    def __round__(self): return round(self)
    def __reversed__(self): return reversed(self)
    def __next__(self): return next(self)
h = H()
for n, f in [('len', lambda: len(h)), ('bool', lambda: bool(h)), ('iter', lambda: iter(h)), ('in', lambda: 1 in h), ('index', lambda: [1][h]), ('add', lambda: h + 1), ('radd', lambda: 1 + h),
  ('getitem', lambda: h[1]), ('format', lambda: f'{h:x}'), ('str', lambda: str(h)), ('inst', lambda: isinstance(1, h)), ('with', lambda: h.__enter__()), ('lt', lambda: h < 1), ('dir', lambda: dir(h)),
  ('int', lambda: int(h)), ('float', lambda: float(h)), ('complex', lambda: complex(h)), ('bytes', lambda: bytes(h)), ('round', lambda: round(h)), ('rev', lambda: reversed(h)), ('next', lambda: next(h)), ('sum', lambda: sum([h, h])), ('max', lambda: max(h, h)), ('list', lambda: list(h)), ('print', lambda: print(h))]:
    t(n, f)
class I(int):
    def __new__(cls, *a): return cls(*a)
t('new rec', lambda: I(3))
class J:
    def __init__(self): J()
t('init rec', lambda: J())
class M(type):
    def __call__(cls): return cls()
class K(metaclass=M): pass
t('meta call', lambda: K())
class L:
    def __set_name__(self, o, n): type('x', (), {'a': self})
t('set_name', lambda: type('x', (), {'a': L()}))
class P:
    @property
    def x(self): return self.x
t('prop', lambda: P().x)
class Q(dict):
    def __missing__(self, k): return self[k]
t('missing', lambda: Q()[1])
class R:
    def __del__(self): R()
t('lam', lambda: (lambda f: f(f))(lambda f: f(f)))
l = []; l.append(l); t('self list', lambda: (repr(l), l == l))
m = []; m.append(m); t('two self', lambda: l == m)
d = {}; d[1] = d; t('self dict', lambda: (repr(d)))
tt = ([],); tt[0].append(tt); t('tuple self', lambda: repr(tt)); t('tuple hash', lambda: hash(tt))
import functools
p = functools.partial(print)
for i in range(20000): p = functools.partial(p)
t('partial', lambda: repr(p)[:20])
o = object
u = int
for i in range(5000): u = list[u]
t('alias', lambda: repr(u)[:10])
t('alias eq', lambda: u == u)
sys.setrecursionlimit(100)
def rr(n): return rr(n+1)
t('limit', lambda: rr(0))
sys.setrecursionlimit(1000)

# Verifies inspect: signatures, binding, members, states of generators, closures, documentation.
import inspect, functools, types
def f(a, b:int=1, /, c=2, *args, d, e:str='x', **kw) -> list: "doc"
class C:
    "C doc"
    def m(self, x, y=3): return x
    @classmethod
    def k(cls, z): pass
    @staticmethod
    def s(q): pass
    def __init__(self, aa, *, bb=None): pass
    @property
    def p(self): "prop doc"
for o in (f, C, C.m, C(1).m, C.k, C.s, functools.partial(f, 1, c=5), lambda *a: 0):
    print(inspect.signature(o), inspect.getfullargspec(o) if not isinstance(o, functools.partial) else '')
b = inspect.signature(f).bind(1, 2, 3, 4, d=5, z=6); print(b, b.args, b.kwargs)
b = inspect.signature(f).bind(1, d=5); b.apply_defaults(); print(b)
for bad in [lambda s: s.bind(), lambda s: s.bind(1,2,3,4), lambda s: s.bind(1,d=1,b=3)]:
    try: print(bad(inspect.signature(f)))
    except TypeError as e: print(e)
print([n for n, v in inspect.getmembers(C, inspect.isfunction)])
def g():
    yield 1
    x = 2
    yield x
it = g(); print(inspect.getgeneratorstate(it)); next(it); print(inspect.getgeneratorstate(it), inspect.getgeneratorlocals(it)); list(it); print(inspect.getgeneratorstate(it))
n = 5
def cl():
    y = n
    def inner(): return y, n, print, zzz
    return inner
print(inspect.getclosurevars(cl()))
print(inspect.getcallargs(f, 1, 2, d=3, q=9)); print(inspect.cleandoc("a\n   b\n     c\n")); print(inspect.getdoc(C.p), inspect.getmro(C), type(inspect.getattr_static(C, 'p')))
print(repr(inspect.signature(f)), inspect.signature(f).parameters['a'].kind, repr(inspect.signature(f).parameters['b'].kind), inspect.Parameter.empty)

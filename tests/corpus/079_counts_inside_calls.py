# Counts inside calls of every kind: arguments spread out, methods, partials, caches, natives that call back.
import sys, math
R = lambda o: 0 if type(o) in (int, str) or o is None or type(o) is tuple and not o else sys.getrefcount(o)
class F:
    def __float__(s): print('float', R(s)); return 1.0
    def __index__(s): print('index', R(s)); return 1
class N:
    def __init__(s, n): s.n = n
    def __del__(s): print('del', s.n)
    def __lt__(s, o): print('lt', R(s), R(o)); return s.n < o.n
i = F()
for n in 'sin pow hypot dist fsum fmod gcd lcm comb perm isclose ldexp floor log log2 prod atan2 copysign degrees factorial isqrt nextafter'.split():
    for a in ((i,), (i, i), ([i, i],), ([i], [i]), ((i,), (i,))):
        try:
            print(n, len(a)); getattr(math, n)(*a)
        except (TypeError, ValueError, ArithmeticError) as e: print(e)
print(math.prod([i], start=2) if 0 else 0)
print(max(*[N(1), N(2)], **{'key': lambda o: print(R(o)) or 1}).n)
print(max(*[N(1), N(2)]).n)
print(max(*(N(1), N(2)), default=3) if 0 else max(N(3), N(4)).n)
a = [N(5), N(6)]
print(max(a).n, max(a, key=lambda o: R(o)).n, min(*a, key=lambda o: print(R(o)) or 0).n, max(a[0], a[1], key=lambda o: print(R(o)) or 0).n)
def f(*a, **k):
    print([R(x) for x in a], [R(x) for x in k.values()], R(a), R(k))
x = N('x')
kw = {'k': x}
ar = (x, x)
f(*ar); f(*ar, **kw); f(x, *ar, k=x); f(x, k=x, **{'z': x}); f(*[x], **kw); f(**kw)
class C:
    def __init__(s, *a, **k): print('init', R(s), [R(x) for x in a], [R(x) for x in k.values()], R(a), R(k))
    def __new__(c, *a, **k): print('new', [R(x) for x in a], [R(x) for x in k.values()], R(a)); return super().__new__(c)
    def m(s, *a, **k): print('m', R(s), [R(x) for x in a], [R(x) for x in k.values()], R(a))
    def __call__(s, *a, **k): print('call', R(s), [R(x) for x in a], [R(x) for x in k.values()], R(a))
c = C(x, k=x); C(*ar, **kw); C(*ar); C(**kw); C(x, *ar, **kw)
c.m(x, k=x); c.m(*ar, **kw); c.m(*ar); c(x, k=x); c(*ar, **kw); c(*ar)
b = c.m
b(x); b(x, k=x); b(*ar, **kw); C.m(c, x); C.m(*[c, x], **kw)
import functools, operator
p = functools.partial(f, x, k=x)
p(); p(x); p(*ar, z=x); p(*ar); p(k=3)
p = functools.partial(c.m, x); p(); p(x)
list(map(f, [x], [x])); list(map(lambda o: print(R(o)), [N('t')]))
list(filter(lambda o: print(R(o)), [N('t'), x]))
sorted([x, N('s')], key=lambda o: print(R(o)) or 1)
[x, N('q')].sort(key=lambda o: print(R(o)) or 1, reverse=True)
functools.reduce(lambda a, b: print(R(a), R(b)) or b, [x, N('r'), x], N('i'))
operator.methodcaller('m', x, k=x)(c)
operator.attrgetter('n')(x)
m = functools.lru_cache(None)(f); m(x); m(x, k=x)
m = functools.lru_cache(2)(f); m(x); m(x, k=x)
import itertools
list(itertools.starmap(f, [(x, x)])); list(itertools.takewhile(lambda o: print(R(o)), [x])); list(itertools.dropwhile(lambda o: print(R(o)), [x]))
list(itertools.filterfalse(lambda o: print(R(o)), [x])); list(itertools.groupby([x, x, N('g')], lambda o: print(R(o))))
list(itertools.accumulate([x, N('ac')], lambda a, b: print(R(a), R(b)) or b))
iter(lambda: print('it') or 1, 1).__next__ 
list(iter(lambda: 1, 1))
import re
re.sub('a', lambda m: str(R(m)), 'aaa')
print(re.sub('a', lambda m: str(R(m)), 'aaa'))
class D(dict):
    def __missing__(s, k): print('missing', R(s), R(k)); return k
D()[x]; '{0[n]}'.format(D()); '%(q)s' % D()
sys.setrecursionlimit(1000)
import collections
dd = collections.defaultdict(lambda: x); dd[3]; print(R(x))
cc = collections.Counter([1, 1]); cc.update({1: 3}); print(cc, cc.most_common(1))
od = collections.OrderedDict(a=x); od.move_to_end('a'); print(R(x)); od.popitem()
class Cb:
    def __set_name__(s, o, n): print('sn', R(s), R(o) > 5, R(n) > 1)
    def __get__(s, o, t): print('get', R(s), R(o)); return 3
    def __set__(s, o, v): print('set', R(s), R(o), R(v))
    def __delete__(s, o): print('del', R(s), R(o))
class H: z = Cb()
h = H(); h.z; h.z = x; del h.z; H.z; getattr(h, 'z'); setattr(h, 'z', x)
class S:
    def __setattr__(s, k, v): print('sa', R(s), R(v)); super().__setattr__(k, v)
    def __delattr__(s, k): print('da', R(s)); super().__delattr__(k)
s = S(); s.a = x; del s.a; setattr(s, 'a', x); delattr(s, 'a')
pr = property(lambda o: print('fget', R(o)), lambda o, v: print('fset', R(o), R(v)))
H.pr = pr; h.pr; h.pr = x
import atexit; atexit.register(f, x, k=x)
class I:
    def __init_subclass__(c, **k): print('is', R(k))
class J(I, a=x): pass
def g():
    try: yield x
    except LookupError as e: print(R(e)); raise
    except BaseException as e: print(R(e)); raise
q = g(); next(q)
try: q.throw(KeyError('x'))
except KeyError as e: print(R(e))
print(str.format('{}', x)[:5], R(x))

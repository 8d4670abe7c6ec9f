"""Generators sent to, thrown into, closed, left alone."""
import sys, gc
from sys import getrefcount as rc
class R:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
    def __repr__(self): return self.n
def g1(a):
    b = R('b')
    got = yield a
    print('got', got, rc(a), rc(b))
    del a
    got = yield b
    b = None
    yield got
x = g1(R('a'))
print(rc(next(x)))
print(x.send(R('sent')))
print(next(x))
print(next(x, 'over'))
del x
def deleg(inner):
    r = yield from inner
    print('result', r, rc(r))
    return r
def src():
    try:
        yield R('1'); yield R('2')
        return R('ret')
    finally: print('src end')
for v in deleg(src()): print(v, rc(v))
del v
d = deleg(src()); next(d); d.close(); del d
d = deleg(src()); next(d)
try: d.throw(ValueError, R('thrown'))
except ValueError as e: print(e.args[0], rc(e.args[0]))
del d
s = src(); next(s); print('suspended', s.gi_frame.f_lineno); del s
u = src(); print('unstarted'); del u
def cyc():
    me = yield
    keep = R('cycle')
    yield me
c = cyc(); next(c); c.send(c); del c
print('collect', gc.collect())
ge = (R(str(i)) for i in range(3)); print(next(ge), rc(ge)); del ge
print(list(r.n for r in [R('p'), R('q')]))
print([r for r in (R('l1'), R('l2'))])
def fin():
    try:
        while True: yield R('w')
    except GeneratorExit: print('exit'); raise
    finally: print('finally')
f = fin(); next(f); f = None
def lazy(it):
    for i in it: yield i
it = lazy(lazy(lazy([R('deep')]))); print(next(it)); del it
def ret(): return (yield)
r = ret(); next(r)
try: r.send(R('val'))
except StopIteration as s: print(s.value, rc(s.value))
del r
def with_in():
    class C:
        def __enter__(self): print('in'); return self
        def __exit__(self, *a): print('out', a[0])
    with C() as c: yield c
w = with_in(); next(w); del w
def ignore():
    try: yield
    except GeneratorExit: yield 2
i = ignore(); next(i)
try: i.close()
except RuntimeError as e: print(e)
del i
def resurrect():
    try: yield
    finally: kept.append(me)
kept = []
me = resurrect(); next(me); me = None
print(kept)
import inspect
z = src(); print(inspect.getgeneratorstate(z)); next(z); print(inspect.getgeneratorstate(z), sorted(inspect.getgeneratorlocals(z))); z.close(); print(inspect.getgeneratorstate(z))
print(zip(*[iter([R('z1'), R('z2')])] * 2).__next__())
a, b = (R(n) for n in 'xy'); print(rc(a), rc(b))

# Verifies reference counts around asend() and values yielded by asynchronous generators.
import sys
# refcounts through asend, yields
class V: 
    def __init__(s,n): s.n=n
    def __del__(s): print('del', s.n)
def rc(o): return sys.getrefcount(o)-1
v=V('v'); w=V('w')
async def ag():
    x = yield v
    print('in', rc(x), rc(w))
    y = yield x
    x=None
    print('in2', y, rc(w))
    yield V('temp')
    print('bye')
g=ag()
a=g.__anext__(); print(rc(g))
try: a.send(None)
except StopIteration as e: print(e.value is v, rc(v)); 
del a; print(rc(g), rc(v))
a=g.asend(w); print(rc(w))
try: next(a)
except StopIteration as e: print(rc(w)); del e
print(rc(w)); del a; print(rc(w))
a=g.__anext__()
try: next(a)
except StopIteration as e: print('caught')
print('after')
def f():
    try: next(g.__anext__())
    except StopAsyncIteration: print('sai')
f()
import gc
class C: pass
async def cyc(c):
    try: yield c
    finally: print('cyc fin')
c=C(); c.g=cyc(c)
try: c.g.__anext__().send(None)
except StopIteration: pass
del c
print(gc.collect())
c=C(); c.a=cyc(c).__anext__(); del c
print(gc.collect())
c=C(); c.a=cyc(c).athrow(ValueError, c); del c
print(gc.collect())
print([ (type(o).__name__) for o in gc.get_referents(cyc(1).asend(3))])

# Verifies asynchronous generators: states of their awaitables, closing, throwing, hooks.
import sys, gc
def drive(aw, log=True):
    out=[]
    it = aw.__await__() if hasattr(aw,'__await__') else aw
    try:
        while True:
            out.append(('y', it.send(None)))
    except BaseException as e:
        out.append((type(e).__name__, e.args))
    if log: print(out)
    return out
class Aw:
    def __init__(s,v): s.v=v
    def __await__(s):
        r = yield s.v
        return (s.v, r)
async def ag(n):
    try:
        for i in range(n):
            x = yield i
            if x: print('got', x)
            r = await Aw('w%d'%i)
            print('r', r)
    except GeneratorExit:
        print('GE'); raise
    finally:
        print('fin')
g = ag(2)
print(repr(g)[:30], g.__name__, g.__qualname__, g.ag_running, g.ag_await, g.ag_frame is not None, g.ag_code.co_name)
print(type(g.asend(1)), type(g.athrow(ValueError)), type(g.aclose()), type(g.__anext__()))
drive(g.__anext__())
drive(g.asend('hello'))
drive(g.__anext__())
drive(g.__anext__())
drive(g.__anext__())
drive(g.aclose()); drive(g.athrow(ValueError)); drive(g.athrow())
g = ag(2)
a = g.asend(5)
try: a.send(None)
except Exception as e: print(type(e), e)
g=ag(3)
a=g.__anext__()
drive(a); drive(a)
b=g.__anext__(); 
print(b.send(None), g.ag_running, g.ag_await is not None)
c=g.__anext__(); drive(c)
c=g.aclose(); drive(c); drive(c)
c=g.athrow(KeyError); drive(c)
drive(b)
drive(b)
d=g.__anext__(); d.close(); drive(d)
d=g.aclose(); d.close(); drive(d)
d=g.aclose(); 
try: d.send(3)
except Exception as e: print(type(e), e)
drive(d)
drive(g.__anext__())
async def ign():
    while 1:
        try: yield 1
        except GeneratorExit: print('ignoring')
g=ign(); drive(g.__anext__()); drive(g.aclose()); 
print(g.ag_running); drive(g.__anext__()); drive(g.athrow(ValueError,'x')); drive(g.aclose())
async def awclose():
    try: yield 1
    finally:
        r = await Aw('closing')
        print('closed', r)
g=awclose(); drive(g.__anext__()); drive(g.aclose()); drive(g.aclose()); drive(g.__anext__())
g=awclose(); drive(g.__anext__()); c=g.aclose(); print(c.send(None), g.ag_running)
drive(g.__anext__())
try: print(c.throw(KeyError('k')))
except BaseException as e: print(type(e), e.args)
drive(c); drive(g.__anext__())
g=awclose(); drive(g.__anext__()); c=g.athrow(ValueError('v')); print(c.send(None)); 
try: print(c.throw(GeneratorExit))
except BaseException as e: print(type(e), e.args)
drive(c)
async def rsi():
    yield 1
    raise StopIteration(3)
async def rsai():
    yield 1
    raise StopAsyncIteration(4)
for f in rsi, rsai:
    g=f(); drive(g.__anext__())
    try: g.__anext__().send(None)
    except BaseException as e: print(repr(e), repr(e.__cause__), repr(e.__context__))
    drive(g.__anext__())
async def empty():
    if 0: yield
drive(empty().__anext__())
async def use():
    async for x in ag(3):
        print('x', x)
    else: print('else')
    l=[x async for x in ag(2)]
    print(l, {x async for x in ag(2)}, {x:x async for x in ag(1)})
    print([y async for y in (x+1 async for x in ag(2))])
    return 7
drive(use())
async def use2():
    async for x in ag(3):
        print('x', x); break
    print(await anext(ag(1)), await anext(ag(0), 'dflt'))
    g=ag(1)
    print(await g.__anext__())
    try: await g.__anext__()
    except StopAsyncIteration as e: print('sai', e.args)
    g=ag(1)
    print(await g.asend(None))
    try: await g.athrow(ValueError, 'boo')
    except ValueError as e: print('ve', e.args, e.__traceback__.tb_next is not None)
    g=ag(1); await g.aclose(); await g.aclose()
    try: await g.asend(1)
    except StopAsyncIteration: print("sai")
    return aiter(g) is g
drive(use2())
g=ag(1); g.__name__='nn'; g.__qualname__='qq'; print(repr(g)[:28])
for n in ('ag_running','ag_frame','ag_code','ag_await'):
    try: setattr(g,n,1)
    except AttributeError as e: print(e)
try: g.__name__=1
except TypeError as e: print(e)
print(type(g)[int])
async def tup():
    yield (1,2)
    yield ValueError('in')
    yield None
    yield StopIteration(3)
g=tup()
for i in range(5): drive(g.__anext__())
try: next(g)
except TypeError as e: print(e)
try: iter(g)
except TypeError as e: print(e)
del g; gc.collect()
print(sys.get_asyncgen_hooks())
def first(g): print('first', g.__name__)
def fina(g): print('final', g.__name__); keep.append(g)
keep=[]
sys.set_asyncgen_hooks(first, fina)
print(sys.get_asyncgen_hooks().firstiter is first)
g=awclose(); g.__anext__(); drive(g.__anext__()); del g
print(len(keep), sys.getrefcount(keep[0]))
drive(keep.pop().aclose())
g=awclose(); del g
g=awclose(); g.aclose(); del g
print(len(keep)); keep.clear(); print(len(keep))
def bad(g): raise KeyError('hook')
sys.set_asyncgen_hooks(firstiter=bad)
g=awclose()
for i in 1,2:
    try: g.__anext__()
    except KeyError as e: print(repr(e))
del g
keep.clear()
sys.set_asyncgen_hooks(None, None); print(sys.get_asyncgen_hooks())
g=awclose(); drive(g.__anext__()); del g
print('end')

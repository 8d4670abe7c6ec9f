# Verifies sys.set_asyncgen_hooks() arguments and anext() with a default.
import sys
for f in [lambda: sys.set_asyncgen_hooks(1), lambda: sys.set_asyncgen_hooks(finalizer=1), lambda: sys.set_asyncgen_hooks(1,2,3), lambda: sys.set_asyncgen_hooks(x=1), lambda: sys.set_asyncgen_hooks(None, firstiter=None), lambda: anext(3), lambda: aiter(3), lambda: anext(), lambda: anext(1,2,3), lambda: anext(1,x=1)]:
    try: print(f())
    except Exception as e: print(type(e), e)
class A:
  async def __anext__(s): 
    return 1
class S:
    async def __anext__(self): raise StopAsyncIteration
for m in [lambda c: c.close(), lambda c: c.send(None), lambda c: c.send((1,2)), lambda c: c.throw(KeyError), lambda c: c.throw(KeyError,'x'), lambda c: next(c), lambda c: c.send(3)]:
    for k in A, S:
        c=anext(k(),5)
        try: print(m(c))
        except BaseException as e: print(type(e), e)
class B:
    def __anext__(self): return 5
c=anext(B(),5)
try: next(c)
except BaseException as e: print(type(e), e)

# Verifies where coroutines remember to have been made, what is said of them when nobody waits for them, and what `async with` says
# of an exit that cannot be awaited.
import sys, gc, warnings
async def f(): pass
print(sys.get_coroutine_origin_tracking_depth())
c = f(); print(c.cr_origin); c.close()
sys.set_coroutine_origin_tracking_depth(2)
def nested(): return f()
def outer(): return nested()
c = outer(); print([(line, name) for file, line, name in c.cr_origin]); c.close()
for depth in (-1, 'x', 2**70):
    try: sys.set_coroutine_origin_tracking_depth(depth)
    except Exception as e: print(type(e).__name__, e)
sys.set_coroutine_origin_tracking_depth(depth=1000)
c = outer(); print(len(c.cr_origin)); c.close()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    outer()
    sys.set_coroutine_origin_tracking_depth(0)
    outer()
for w in caught: print(w.category.__name__, str(w.message).count('File'), str(w.message).splitlines()[:2], w.lineno)
sys.unraisablehook = lambda u: print('unraisable', u.exc_type.__name__, u.err_msg, type(u.object).__name__)
warnings._warn_unawaited_coroutine = lambda coro: print('asked', coro.__name__)
outer()
def broken(coro): raise ZeroDivisionError
warnings._warn_unawaited_coroutine = broken
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    outer()
print([str(w.message) for w in caught])
class CM:
    async def __aenter__(self): return self
    def __aexit__(self, *e): return 456
async def normal():
    async with CM(): pass
async def breaks():
    for i in range(2):
        async with CM(): break
async def returns():
    async with CM(): return
async def raises():
    async with CM(): 1 / 0
for g in (normal, breaks, returns, raises):
    try: g().send(None)
    except Exception as e: print(type(e).__name__, e)

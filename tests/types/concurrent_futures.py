# Futures of concurrent.futures and an executor without threads; a handler that keeps records.
from concurrent.futures import *
import concurrent.futures as cf
from logging.handlers import MemoryHandler
import logging, sys
class Inline(Executor):
    def submit(self, fn, /, *a, **k):
        f = Future()
        if f.set_running_or_notify_cancel():
            try: f.set_result(fn(*a, **k))
            except BaseException as e: f.set_exception(e)
        return f
with Inline() as ex:
    f = ex.submit(pow, 2, 5); print(f.result(), f.done(), f.exception())
    print(list(ex.map(abs, [-1, 2, -3])))
    g = ex.submit(int, 'x')
    try: g.result()
    except ValueError as e: print(e)
    print(wait([f, g]).done == {f, g}, len(list(as_completed([f, g]))))
f = Future(); print(f.cancel(), f.cancelled(), f.cancel())
try: f.result()
except CancelledError as e: print(repr(e))
f = Future()
try: f.result(0.01)
except cf.TimeoutError as e: print(repr(e))
f.add_done_callback(lambda f: print('cb', f.result())); f.set_result(3)
try: f.set_result(4)
except cf.InvalidStateError as e: print(str(e)[:9])
import asyncio
async def main(): return await asyncio.get_running_loop().run_in_executor(Inline(), pow, 3, 3)
print(asyncio.run(main()))
h = MemoryHandler(10, target=logging.StreamHandler(sys.stdout)); log = logging.getLogger('m'); log.propagate = False; log.addHandler(h)
log.warning('kept'); print('before'); log.error('flushes')

# What an event loop's pieces do: handlers of errors, locks, shields, queues, generators that are left open.
import asyncio, sys, logging
# never retrieved, destroyed pending, exception in callback, asyncgen shutdown
async def bad(): raise ValueError('x')
async def forever(): await asyncio.Event().wait()
async def agen():
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0); print('agen closed')
async def main():
    loop=asyncio.get_running_loop()
    loop.set_exception_handler(lambda l,c: print('H', sorted(c), c['message'], repr(c.get('exception'))))
    t=asyncio.create_task(bad()); await asyncio.sleep(0); await asyncio.sleep(0); del t
    import gc; gc.collect()
    loop.call_soon(lambda: 1/0); await asyncio.sleep(0)
    async for x in agen(): print(x); break
    gc.collect(); await asyncio.sleep(.1)
    g=agen(); print(await g.__anext__())
    try: await asyncio.gather(bad(), forever())
    except ValueError as e: print('gather', e)
    print(await asyncio.gather(bad(), asyncio.sleep(0,3), return_exceptions=True))
    s=asyncio.shield(asyncio.sleep(.1,5)); print(await s)
    async def c1():
        try: await forever()
        except asyncio.CancelledError as e: print('c', e.args); raise
    t=asyncio.create_task(c1(),name='nm'); await asyncio.sleep(0); t.cancel('m'); 
    try: await t
    except asyncio.CancelledError as e: print(e.args, e.__context__ and e.__context__.args)
    print(t.cancelled(), t.done(), t.get_name())
    lock=asyncio.Lock(); 
    async def user(n):
        async with lock: print('in',n); await asyncio.sleep(.01)
    await asyncio.gather(*map(user,range(3))); print(str(lock)[-11:])
    sem=asyncio.Semaphore(2)
    async def su(n):
        async with sem: print('s',n); await asyncio.sleep(.01)
    await asyncio.gather(*map(su,range(4)))
    cond=asyncio.Condition()
    async def waiter(n):
        async with cond: await cond.wait(); print('w',n)
    ws=[asyncio.create_task(waiter(i)) for i in range(3)]; await asyncio.sleep(0)
    async with cond: cond.notify(1)
    await asyncio.sleep(0)
    async with cond: cond.notify_all()
    await asyncio.gather(*ws)
    f=loop.create_future(); loop.call_later(.1,f.set_result,9); print(await f)
    try: f.set_result(1)
    except asyncio.InvalidStateError as e: print(e)
    try: await asyncio.wait_for(forever(),.05)
    except asyncio.TimeoutError as e: print(repr(e), repr(e.__cause__))
    d,p=await asyncio.wait({asyncio.create_task(asyncio.sleep(.1*i)) for i in range(1,4)}, return_when=asyncio.FIRST_COMPLETED); print(len(d),len(p))
    print(asyncio.current_task().get_name(), len(asyncio.all_tasks()), asyncio.iscoroutinefunction(main), asyncio.iscoroutine(3))
    left=asyncio.create_task(forever())
    for q in (asyncio.LifoQueue(), asyncio.PriorityQueue(), asyncio.Queue(2)):
        for i in (2,1): q.put_nowait(i)
        print(q, q.get_nowait(), q.qsize())
        q.task_done(); await q.get(); q.task_done(); await q.join()
    try: q.get_nowait()
    except asyncio.QueueEmpty as e: print(repr(e))
    return 'R'
print(asyncio.run(main()))
loop=asyncio.new_event_loop()
async def one(): return 1
c=one()
try: asyncio.run(3)
except ValueError as e: print(e)
loop.call_soon(print,'soon'); loop.call_later(.01, loop.stop); loop.run_forever(); 
async def never(): pass
loop.close()
try: loop.call_soon(print)
except RuntimeError as e: print(e)
try: loop.run_until_complete(c)
except RuntimeError as e: print(e)
async def uses(): await asyncio.to_thread(print, 1)
print(loop)

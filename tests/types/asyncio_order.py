# An event loop's order: sleeping, gathering, time limits, cancelling, queues.
import asyncio, time
async def w(n, d):
    print('start', n)
    await asyncio.sleep(d)
    print('end', n)
    return n
async def main():
    t0=time.monotonic()
    r = await asyncio.gather(w(1,.2), w(2,.1), w(3,.1))
    print(r, round(time.monotonic()-t0,1))
    try: await asyncio.wait_for(w(4,3),1)
    except asyncio.TimeoutError: print('timeout')
    t=asyncio.create_task(w(5,5)); await asyncio.sleep(0); t.cancel()
    try: await t
    except asyncio.CancelledError: print('cancelled')
    q=asyncio.Queue(2)
    async def prod():
        for i in range(5): await q.put(i); print('put',i)
        await q.put(None)
    async def cons():
        while (x:=await q.get()) is not None: print('got',x)
    await asyncio.gather(prod(),cons())
    for f in asyncio.as_completed([asyncio.sleep(.3, 6), asyncio.sleep(.1, 7)]): print(await f)
    print(await asyncio.wait([asyncio.create_task(w(8,.1)),asyncio.create_task(w(9,.5))],timeout=.2) and 1)
    return 7
print(asyncio.run(main()))

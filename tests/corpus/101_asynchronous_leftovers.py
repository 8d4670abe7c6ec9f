"""Asynchronous code with finalisers everywhere."""
import asyncio
import contextlib
import gc
import sys


class T:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        seen.append(self.n)
        [self.n]

    def __await__(self):
        T("await")
        yield from asyncio.sleep(0).__await__()
        return T("awaited %s" % self.n)

    async def __aenter__(self):
        await T("aenter")
        return T("entered")

    async def __aexit__(self, *a):
        await T("aexit")
        return T("true")

    def __aiter__(self):
        return AIter()


class AIter:
    def __init__(self):
        self.n = 0

    async def __anext__(self):
        self.n += 1
        if self.n > 2:
            raise StopAsyncIteration
        return T("item%d" % self.n)

    def __del__(self):
        seen.append("aiter")


seen = []


def show(t):
    print(t, seen)
    seen.clear()


async def agen(n):
    for i in range(n):
        got = yield T("y%d" % i)
        got = None


async def main():
    await T(1)
    show("await")
    (await T(2)).n
    show("await attr")
    async with T(3) as x:
        show("entered")
    show("left")
    x = None
    async with T(4), T(5):
        raise ValueError(T("exc"))
    show("swallowed")
    async for x in T(6):
        pass
    show("for")
    x = [y async for y in T(7)]
    x = None
    show("comp")
    x = {y.n async for y in agen(2)}
    show("agen")
    g = agen(3)
    await g.asend(None)
    await g.asend(T("sent"))
    try:
        await g.athrow(KeyError(T("thrown")))
    except KeyError:
        pass
    show("athrow")
    g = agen(2)
    await g.__anext__()
    del g
    await asyncio.sleep(0)
    show("dropped")
    r = await asyncio.gather(T(8), asyncio.sleep(0, T("slept")), return_exceptions=True)
    r.clear()
    show("gather")
    t = asyncio.create_task(asyncio.sleep(1, T("never")))
    await asyncio.sleep(0)
    t.cancel(T("msg"))
    try:
        await t
    except asyncio.CancelledError as e:
        e.args
    t = None
    show("cancelled")
    f = asyncio.get_running_loop().create_future()
    f.add_done_callback(lambda f: f.result().n)
    f.set_result(T("result"))
    await asyncio.sleep(0)
    f = None
    show("future")
    f = asyncio.get_running_loop().create_future()
    f.set_exception(ValueError(T("fexc")))
    try:
        await f
    except ValueError:
        pass
    f = None
    show("future exc")
    async with contextlib.AsyncExitStack() as st:
        await st.enter_async_context(T(9))
        st.push_async_callback(lambda t: T("cbresult"), T("arg"))
    st = None
    show("stack")
    q = asyncio.Queue()
    q.put_nowait(T("q"))
    (await q.get()).n
    q = None
    show("queue")
    try:
        await asyncio.wait_for(asyncio.sleep(1, T("slow")), 0.001)
    except asyncio.TimeoutError:
        pass
    show("timeout")
    return T("main")


asyncio.run(main()).n
show("run")
gc.collect()
c = main()
c.close()
show("never run")


async def outer():
    x = T("outer")
    await inner()


async def inner():
    y = T("inner")
    await asyncio.sleep(0)


c = outer()
c.send(None)
try:
    c.throw(KeyError(T("in")))
except KeyError:
    pass
show("thrown")
c = outer()
c.send(None)
del c
show("dropped")

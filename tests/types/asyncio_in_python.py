# Verifies asyncio's futures and tasks in Python, those that stand in when `_asyncio` is missing.
import asyncio
from asyncio import futures, tasks

print(futures._PyFuture is futures.Future, tasks._PyTask.__mro__[1] is futures._PyFuture)


def tried(function, *args):
    try:
        return function(*args)
    except BaseException as error:
        return type(error).__name__, str(error)


async def steps(name, count):
    for n in range(count):
        print(name, n)
        await asyncio.sleep(0)
    return name


async def waits(future):
    try:
        return await future
    except asyncio.CancelledError as error:
        print("cancelled", error.args)
        raise


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coro: tasks._PyTask(coro, loop=loop))
    a, b = loop.create_task(steps("a", 3)), asyncio.create_task(steps("b", 2))
    print(type(a) is tasks._PyTask, a.get_name() != b.get_name(), a.done(), await a, await b, a.result())
    f = futures._PyFuture(loop=loop)
    print(f, f.done(), tried(f.result), tried(f.exception))
    f.add_done_callback(lambda future: print("called back with", future.result()))
    waiting = loop.create_task(waits(f))
    await asyncio.sleep(0)
    f.set_result(5)
    print(await waiting, f, tried(f.set_result, 6), f.cancel(), f.remove_done_callback(print))
    g = loop.create_future() if False else futures._PyFuture(loop=loop)
    late = loop.create_task(waits(g))
    await asyncio.sleep(0)
    print(late.cancel("why"), g.cancelled(), late.cancelled())
    print(tried(await asyncio.gather(late, return_exceptions=True).__await__().__next__ if False else late.cancelled))
    print(await asyncio.gather(late, return_exceptions=True), late.cancelled(), g.cancelled())
    h = futures._PyFuture(loop=loop)
    h.set_exception(ValueError("bad"))
    print(h, tried(h.result), repr(h.exception()), tried(h.set_exception, StopIteration()))
    print(tried(tasks._PyTask, 5), tried(a.set_result, 1))

    async def yields(what):
        class Awaitable:
            def __await__(self):
                yield what

        await Awaitable()

    for what in (7, f):
        print(await asyncio.gather(loop.create_task(yields(what)), return_exceptions=True) and "odd yields are refused")


asyncio.run(main())


async def odd_ends():
    # A callback list that changes while it is searched; a cancelled child's message; both kinds of futures.
    for make in (futures._PyFuture, asyncio.Future):
        f = make()
        f.add_done_callback(str)
        for _ in range(10):
            f.add_done_callback(id)

        class Evil:
            def __eq__(self, other):
                f.remove_done_callback(id)
                return False

        print(f.remove_done_callback(Evil()), len(f._callbacks or ()))
        f.cancel("message")
        error = f._make_cancelled_error()
        print(repr(error), error.__context__)
    loop = asyncio.get_running_loop()
    for kind in (tasks._PyTask, asyncio.Task):

        async def sleeper():
            await asyncio.gather(asyncio.sleep(5), return_exceptions=True)

        task = kind(sleeper(), loop=loop)
        await asyncio.sleep(0)
        task.cancel("my message")
        try:
            await task
        except asyncio.CancelledError as error:
            seen = []
            while error is not None:
                seen.append(error.args)
                error = error.__context__
            print(seen)


asyncio.run(odd_ends())

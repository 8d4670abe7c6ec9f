# What a running generator's frame, a task's step and an event loop hold; what `!=` holds of the answer of `==`.
import asyncio
import gc
import sys

rc = sys.getrefcount


class T:
    def __init__(self, n=""):
        self.n = n

    def __del__(self):
        print("  free", self.n)


def kinds(o):
    return list(map(type, gc.get_referrers(o)))


def running():
    me = T("me")
    print(kinds(me), list(map(type, gc.get_referents(sys._getframe())))[:1])
    yield
    print(kinds(me))


g = running()
next(g)
next(g, None)
next((print(kinds(q)) for q in [T("q")]))


def collecting():
    a, b = T("a"), T("b")
    c = T("c")
    gc.collect()
    young = list(map(type, gc.get_objects(generation=2)[-5:]))
    for x in (a, b, c):
        x.me = x
    yield young
    del a, b, c, x
    gc.collect()


gc.disable()
gc.collect()
for young in collecting():
    print(young)


async def step(r):
    me = asyncio.current_task()
    loop = asyncio.get_running_loop()
    print(rc(me), rc(loop), rc(r), kinds(me))
    await asyncio.sleep(0)
    print(rc(me), rc(loop))
    return r


async def main():
    me = asyncio.current_task()
    print(rc(me))
    t = asyncio.create_task(step(T("r")))
    await t
    print(rc(t), rc(me), t.result().n)


asyncio.run(main())
loop = asyncio.new_event_loop()
print(rc(loop), loop.run_until_complete(step(T("s"))).n)
loop.close()
print(rc(loop))


class E:
    def __eq__(self, other):
        return B()


class B:
    def __bool__(self):
        print("  bool", rc(self))
        return True


print(E() != E())

def f():
    yield
    x = yield 1
    y = yield from z
    return x
def f():
    try: yield 1
    finally: a
def f():
    return (yield)
async def f():
    yield 1
    await x
    return
def f(): yield a, b; return (yield c)

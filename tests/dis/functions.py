def f(): pass
def f(a, b=1, *c, d, e=2, **g): return a
def f(a, /, b, *, c): return b
def f(a: int, *b: str, c: 1 = 2, **d: x) -> y: pass
@a
@b.c(d)
def f(): pass
def f():
    """Doc."""
def f():
    """Doc."""
    return
    return 1
async def f(): pass
def f():
    def g():
        def h(): return f, g, h
        return h
def f(x): return x if x else None
def f():
    if x: return 1
    else: return 2

"""Context managers: who holds the manager, its exit method and the value while the block runs."""
import contextlib
import sys


class Resource:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print("enter", self.name, sys.getrefcount(self))
        return self

    def __exit__(self, kind, value, trace):
        print("exit", self.name, kind and kind.__name__, sys.getrefcount(self))
        return kind is KeyError

    def __del__(self):
        print("del", self.name)


with Resource("a") as a:
    print("in", sys.getrefcount(a))
print("after", sys.getrefcount(a))

with Resource("b") as b, Resource("c") as c:
    del b
    print("b is held by its exit method")
del c

with Resource("d") as d:
    raise KeyError(d)
print("swallowed", sys.getrefcount(d))
d = None


@contextlib.contextmanager
def managed(name):
    r = Resource(name)
    try:
        yield r
    finally:
        print("finally", name)


with managed("e") as e:
    print(e.name, sys.getrefcount(e))
del e

with contextlib.ExitStack() as stack:
    one = stack.enter_context(Resource("f"))
    two = stack.enter_context(managed("g"))
    stack.callback(print, "callback", one.name)
    del one, two
print("stack done")


def early():
    with Resource("h") as h:
        for i in range(3):
            if i:
                return h
    return None


r = early()
print(sys.getrefcount(r))
try:
    with Resource("i") as i:
        raise ValueError("no")
except ValueError as error:
    print(error, error.__traceback__ is not None)
del i, r
with contextlib.suppress(ZeroDivisionError):
    with contextlib.closing(type("C", (), {"close": lambda self: print("closed")})()) as closing:
        1 / 0
del closing
with contextlib.nullcontext(Resource("j")) as j:
    print(sys.getrefcount(j))

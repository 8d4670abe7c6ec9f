"""Generators: send, throw, close, yield from, and the frames that hold on."""
import sys


class Obj:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def echo():
    received = None
    while True:
        try:
            received = yield received
            print("got", received and (received.name, sys.getrefcount(received)))
        except ValueError as error:
            print("caught", error.args[0].name, sys.getrefcount(error))
            received = error.args[0]


g = echo()
next(g)
o = Obj("sent")
print(g.send(o) is o, sys.getrefcount(o))
g.send(None)
print(sys.getrefcount(o))
thrown = g.throw(ValueError(Obj("thrown")))
print(thrown.name, sys.getrefcount(thrown))
del thrown
g.send(o)
g.close()
print(sys.getrefcount(o), g.gi_frame)


def inner(o):
    try:
        x = yield o
        print("inner x", x)
        return o
    finally:
        print("inner finally", sys.getrefcount(o))


def outer(o):
    result = yield from inner(o)
    print("result", result is o, sys.getrefcount(result))
    del result
    yield from [Obj("listed")]


g = outer(o)
print(next(g) is o, g.gi_yieldfrom.__name__, sys.getrefcount(o))
listed = g.send("x")
print(listed.name, sys.getrefcount(listed))
del listed
print(list(g))
g = outer(o)
next(g)
try:
    g.throw(KeyError, "out")
except KeyError as error:
    print("out", error, error.__traceback__.tb_next.tb_next is not None)
del g
g = outer(o)
next(g)
del g
print("died running", sys.getrefcount(o))


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        print("refuses")
        yield 2


g = stubborn()
next(g)
try:
    g.close()
except RuntimeError as error:
    print(error)
del g


def returns():
    return Obj("value")
    yield


try:
    next(returns())
except StopIteration as stop:
    print(stop.value.name, sys.getrefcount(stop.value))
print("end")
g = (sys.getrefcount(x) for x in [o, Obj("genexpr")])
print(next(g), next(g))
del g, o

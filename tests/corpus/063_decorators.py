"""Decorators: wrappers hold what they wrap, and what the wrapped functions are called with."""
import functools
import sys


class Obj:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def trace(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print("call", function.__name__, [sys.getrefcount(a) for a in args])
        result = function(*args, **kwargs)
        return result
    return wrapper


def tagged(tag):
    def decorate(function):
        function.tag = tag
        return function
    return decorate


class Count:
    def __init__(self, function):
        self.function = function
        self.calls = 0

    def __call__(self, *args, **kwargs):
        self.calls += 1
        return self.function(*args, **kwargs)

    def __get__(self, instance, owner):
        return functools.partial(self, instance)


@trace
@tagged(Obj("tag"))
def show(x, y=None):
    return sys.getrefcount(x), y and sys.getrefcount(y)


x = Obj("x")
print(show(x), show(x, y=x), show(x, x))
print(show(Obj("temporary"), y=Obj("keyword")))
print(show.tag.name, show.__wrapped__.__name__, sys.getrefcount(show))
del show


class K:
    @Count
    def method(self, other):
        return sys.getrefcount(self), sys.getrefcount(other)

    @staticmethod
    @trace
    def static(o):
        return o

    @classmethod
    def klass(cls, o):
        return sys.getrefcount(o)

    @functools.cached_property
    def value(self):
        return Obj("cached")


k = K()
print(k.method(x), K.__dict__["method"].calls)
print(K.static(x) is x, k.static(x) is x, K.klass(x), k.klass(x))
v = k.value
print(sys.getrefcount(v), sys.getrefcount(k.value))
del k
print("v holds on")
del v


@functools.lru_cache(maxsize=2)
def cached(key):
    return Obj(f"for {key}")


cached(1), cached(2)
kept = cached(1)
cached(3)
print(cached.cache_info(), sys.getrefcount(kept))
cached.cache_clear()
del kept


@functools.singledispatch
def visit(o):
    return "object"


@visit.register
def _(o: list):
    return sys.getrefcount(o)


print(visit([]), visit(x), visit((1,)))

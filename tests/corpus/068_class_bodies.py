"""Class bodies: their namespace, nested scopes, metaclasses, __init_subclass__ and __set_name__."""
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kwargs):
        print("prepare", name, kwargs)
        return {"prepared": Noisy("prepared " + name)}

    def __new__(mcs, name, bases, namespace, **kwargs):
        print("new", name, sorted(k for k in namespace if not k.startswith("__")))
        return super().__new__(mcs, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **kwargs):
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        print("call", cls.__name__)
        return super().__call__(*args, **kwargs)


x = Noisy("outer x")


class A(metaclass=Meta, flag=1):
    inner = x
    x = Noisy("class x")
    y = [inner, x]
    print(sys.getrefcount(inner), sys.getrefcount(x), sys.getrefcount(y))
    for i in range(2):
        z = Noisy(f"z{i}")
    del i

    def method(self, default=z):
        return __class__, default

    squares = [n * n for n in range(3)]


a = A()
print(a.method()[1].name, sys.getrefcount(A.z), sys.getrefcount(x))
del A.z
A.method.__defaults__ = ()
print("z1 gone")


class Base:
    subclasses = []

    def __init_subclass__(cls, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.tag = tag
        Base.subclasses.append(cls)
        print("subclass", cls.__name__, tag.name)


class Derived(Base, tag=Noisy("tag")):
    pass


print(Derived.tag.name, [c.__name__ for c in Base.subclasses])
Base.subclasses.clear()


def make(parameter):
    class Local:
        held = parameter

        def get(self):
            return parameter
    return Local


L = make(Noisy("parameter"))
print(sys.getrefcount(L.held), L().get() is L.held)
del L
import gc
print("collect", gc.collect())


class Outer:
    class Inner:
        value = Noisy("inner value")

    alias = Inner


del Outer.Inner.value
instance = Outer.alias()
instance.__class__ = Outer
print(type(instance).__name__)
try:
    class Broken:
        held = Noisy("broken")
        raise RuntimeError("in body")
except RuntimeError as error:
    print(error)
print("end")

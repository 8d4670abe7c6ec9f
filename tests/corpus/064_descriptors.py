"""Descriptors: data and non-data, properties, slots, and the references their calls hold."""
import sys


class Typed:
    def __set_name__(self, owner, name):
        self.name = "_" + name
        print("set_name", owner.__name__, name)

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return instance.__dict__.get(self.name)

    def __set__(self, instance, value):
        print("set", self.name, sys.getrefcount(value), sys.getrefcount(instance))
        instance.__dict__[self.name] = value

    def __delete__(self, instance):
        value = instance.__dict__.pop(self.name)
        print("delete", self.name, sys.getrefcount(value))


class Lazy:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        if instance is None:
            return self
        value = self.function(instance)
        instance.__dict__[self.function.__name__] = value
        return value


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


class Holder:
    first = Typed()
    second = Typed()

    def __init__(self):
        self.first = Noisy("first")
        self.second = self.first

    @Lazy
    def lazy(self):
        return Noisy("lazy")

    @property
    def both(self):
        return self.first, self.second

    @both.setter
    def both(self, pair):
        self.first, self.second = pair

    @both.deleter
    def both(self):
        del self.first, self.second


h = Holder()
print(sys.getrefcount(h.first), sys.getrefcount(h))
lazy = h.lazy
print(sys.getrefcount(lazy), h.lazy is lazy)
pair = h.both
print(sys.getrefcount(pair[0]))
h.both = pair[::-1]
h.both = Noisy("one"), Noisy("two")
del pair
print("pair gone")
del h.both
prop = Holder.both
print(prop.fget(h), sys.getrefcount(prop))
get = Holder.__dict__["first"].__get__
print(get(h), get(None, Holder) is Holder.first)


class Slotted:
    __slots__ = ("a", "b")


s = Slotted()
s.a = Noisy("slot a")
s.b = s
member = Slotted.a
print(sys.getrefcount(member.__get__(s)))
member.__delete__(s)
try:
    s.a
except AttributeError as error:
    print(error)
del s.b
s.a = Noisy("slot again")
del s, h
print("end")

"""Ordered dicts with methods of their own give what they pop; a base that stands for others sees the bases."""
import operator
import sys
from collections import OrderedDict


class Item:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return Sub(self.n)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        print("  attr", name, sys.getrefcount(self))
        return self

    def __del__(self):
        print("  free", self.n)


class Sub(int):
    pass


class Loud(OrderedDict):
    def __delitem__(self, key):
        print("  delitem", key)
        return super().__delitem__(key)

    def __getitem__(self, key):
        print("  getitem", key)
        return super().__getitem__(key)

    def __contains__(self, key):
        print("  contains", key)
        return super().__contains__(key)


loud = Loud((key, Item(key)) for key in "abcd")
print(loud.popitem()[0])
print(loud.pop("a").n)
value = loud.popitem(last=False)[1]
print(value.n, sys.getrefcount(value) - 1)
del value
print(loud.pop("zz", "default"), len(loud))
loud.clear()


class Base:
    pass


class Stand:
    def __init__(self, *real):
        self.real = real

    def __mro_entries__(self, bases):
        print("  entries", len(bases), sys.getrefcount(self), sys.getrefcount(bases))
        return self.real


stand = Stand(Base)


class One(stand):
    pass


class Two(Item, stand):
    pass


class Three(stand, Stand(), Item):
    pass


print([len(c.__bases__) for c in (One, Two, Three)], Two.__orig_bases__[1] is stand)
item = Item("getter")
operator.attrgetter("x")(item)
operator.attrgetter("x.y", "z")(item)
del item

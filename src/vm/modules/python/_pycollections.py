"""What `collections` falls back on where `_collections` is missing: OrderedDict and two small functions.

The order is a ring of links besides the dict: each knows the next one, and the one before weakly, so that no cycle keeps a dict alive."""

import sys
from _collections_abc import ItemsView, KeysView, MutableMapping, ValuesView
from _weakref import proxy
from itertools import repeat
from reprlib import recursive_repr

_absent = object()


class _Link:
    __slots__ = "before", "after", "key", "__weakref__"


class _OrderedKeys(KeysView):
    def __reversed__(self):
        return reversed(self._mapping)


class _OrderedItems(ItemsView):
    def __reversed__(self):
        for key in reversed(self._mapping):
            yield key, self._mapping[key]


class _OrderedValues(ValuesView):
    def __reversed__(self):
        for key in reversed(self._mapping):
            yield self._mapping[key]


class OrderedDict(dict):
    """A dict whose order can be changed, and counts when two of them are compared."""

    __module__ = "collections"

    def __init__(self, other=(), /, **kwds):
        # A link that stands for no key closes the ring; a subclass may call this again.
        if not hasattr(self, "_OrderedDict__ring"):
            end = self.__end = _Link()
            self.__ring = ring = proxy(end)
            ring.before = ring.after = ring
            self.__links = {}
        self.__update(other, **kwds)

    # ---- the ring

    def __insert(self, link, before):
        """Puts a link into the ring in front of another."""
        last = before.before
        link.before, link.after = last, before
        last.after = link
        before.before = proxy(link)

    def __unlink(self, link):
        before, after = link.before, link.after
        before.after = after
        after.before = before
        link.before = link.after = None

    # ---- what changes both

    def __setitem__(self, key, value, dict_setitem=dict.__setitem__):
        if key not in self:
            link = self.__links[key] = _Link()
            link.key = key
            self.__insert(link, self.__ring)
        dict_setitem(self, key, value)

    def __delitem__(self, key, dict_delitem=dict.__delitem__):
        dict_delitem(self, key)
        self.__unlink(self.__links.pop(key))

    def clear(self):
        """Takes all items away."""
        ring = self.__ring
        for link in self.__links.values():
            link.before = link.after = None
        self.__links.clear()
        ring.before = ring.after = ring
        dict.clear(self)

    def popitem(self, last=True):
        """Takes the last item away, or the first, and returns it."""
        if not self:
            raise KeyError("dictionary is empty")
        link = self.__ring.before if last else self.__ring.after
        key = link.key
        self.__unlink(self.__links.pop(key))
        return key, dict.pop(self, key)

    def move_to_end(self, key, last=True):
        """Makes a key the last one, or the first."""
        link, ring = self.__links[key], self.__ring
        self.__unlink(link)
        self.__insert(link, ring if last else ring.after)

    update = __update = MutableMapping.update

    def pop(self, key, default=_absent):
        """Takes a key away and returns its value, or the default where there is none."""
        value = dict.pop(self, key, _absent)
        if value is not _absent:
            self.__unlink(self.__links.pop(key))
            return value
        # A subclass may know other keys than the dict does.
        if key in self:
            value = self[key]
            del self[key]
            return value
        if default is _absent:
            raise KeyError(key)
        return default

    def setdefault(self, key, default=None):
        """The key's value; without one it gets the default."""
        if key not in self:
            self[key] = default
            return default
        return self[key]

    # ---- looking

    def __iter__(self):
        link, ring = self.__ring.after, self.__ring
        while link is not ring:
            yield link.key
            link = link.after

    def __reversed__(self):
        link, ring = self.__ring.before, self.__ring
        while link is not ring:
            yield link.key
            link = link.before

    def keys(self):
        return _OrderedKeys(self)

    def values(self):
        return _OrderedValues(self)

    def items(self):
        return _OrderedItems(self)

    __ne__ = MutableMapping.__ne__

    def __eq__(self, other):
        same = dict.__eq__(self, other)
        if isinstance(other, OrderedDict):
            return same and all(a is b or a == b for a, b in zip(self, other))
        return same

    def __sizeof__(self):
        size = sys.getsizeof
        count = len(self) + 1
        parts = (self.__dict__, self.__links, self.__links, self.__ring, self.__end)
        weights = (1, 1, 1, count, count)
        return sum(size(part) * weight for part, weight in zip(parts, weights))

    @recursive_repr()
    def __repr__(self):
        name = self.__class__.__name__
        return f"{name}({list(self.items())!r})" if self else f"{name}()"

    # ---- copies

    def __reduce__(self):
        state = self.__getstate__()
        if isinstance(state, tuple):
            state, slots = state
        else:
            slots = {}
        state, slots = dict(state), dict(slots)
        for known in vars(OrderedDict()):
            state.pop(known, None)
            slots.pop(known, None)
        rest = (state, slots) if slots else state or None
        return self.__class__, (), rest, None, iter(self.items())

    def __getstate__(self):
        slots = {}
        for kind in type(self).__mro__:
            names = kind.__dict__.get("__slots__", ())
            for name in [names] if isinstance(names, str) else names:
                if name not in ("__dict__", "__weakref__") and hasattr(self, name):
                    slots[name] = getattr(self, name)
        return (vars(self), slots) if slots else vars(self)

    def copy(self):
        return self.__class__(self)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """A dict of these keys, all with the same value."""
        made = cls()
        for key, value in zip(iterable, repeat(value)):
            made[key] = value
        return made

    # ---- unions

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(self)
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(other)
        made.update(self)
        return made

    def __ior__(self, other):
        self.update(other)
        return self




def _tuplegetter(index, doc):
    return property(lambda self: self[index], doc=doc)


def _count_elements(mapping, iterable):
    """Counts the elements of an iterable in a mapping."""
    known = mapping.get
    for key in iterable:
        mapping[key] = known(key, 0) + 1

"""What `_functools` does natively, in Python, for a `functools` that is made without it."""

import operator
from reprlib import recursive_repr
from types import GenericAlias

__name__ = "functools"


def cmp_to_key(mycmp):
    """A key function for a comparison in the old style."""

    class K(object):
        __slots__ = ("obj",)
        __hash__ = None

        def __init__(self, obj):
            self.obj = obj

    for name in ("lt", "gt", "eq", "le", "ge"):
        setattr(K, f"__{name}__", _comparison(mycmp, getattr(operator, name)))
    return K


def _comparison(mycmp, holds):
    return lambda self, other: holds(mycmp(self.obj, other.obj), 0)


_initial_missing = object()


def reduce(function, sequence, initial=_initial_missing):
    """Combines the items from left to right into one value."""
    items = iter(sequence)
    if initial is _initial_missing:
        try:
            initial = next(items)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    value = initial
    for item in items:
        value = function(value, item)
    return value


class partial:
    """A function with some of its arguments given."""

    __slots__ = "func", "args", "keywords", "__dict__", "__weakref__"

    def __new__(cls, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if hasattr(func, "func"):
            args, keywords, func = func.args + args, {**func.keywords, **keywords}, func.func
        self = super(partial, cls).__new__(cls)
        self.func, self.args, self.keywords = func, args, keywords
        return self

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    @recursive_repr()
    def __repr__(self):
        kind = type(self)
        name = kind.__qualname__ if kind.__module__ != "functools" else f"functools.{kind.__qualname__}"
        parts = [repr(self.func), *map(repr, self.args), *(f"{k}={v!r}" for k, v in self.keywords.items())]
        return f"{name}({', '.join(parts)})"

    def __reduce__(self):
        return type(self), (self.func,), (self.func, self.args, self.keywords or None, self.__dict__ or None)

    def __setstate__(self, state):
        if not isinstance(state, tuple):
            raise TypeError("argument to __setstate__ must be a tuple")
        if len(state) != 4:
            raise TypeError(f"expected 4 items in state, got {len(state)}")
        func, args, keywords, attributes = state
        right = callable(func) and isinstance(args, tuple)
        right = right and (keywords is None or isinstance(keywords, dict))
        if not right or not (attributes is None or isinstance(attributes, dict)):
            raise TypeError("invalid partial state")
        if keywords is None:
            keywords = {}
        elif type(keywords) is not dict:
            keywords = dict(keywords)
        self.__dict__ = {} if attributes is None else attributes
        self.func, self.args, self.keywords = func, tuple(args), keywords

    __class_getitem__ = classmethod(GenericAlias)


def _lru_cache_wrapper(user_function, maxsize, typed, _CacheInfo):
    """The function with its cache: a dict whose order is from the least to the most recently used."""
    from functools import _make_key

    kept = {}
    size = kept.__len__
    absent = object()
    hits = misses = 0

    def wrapper(*args, **kwds):
        nonlocal hits, misses
        if maxsize == 0:
            misses += 1
            return user_function(*args, **kwds)
        key = _make_key(args, kwds, typed)
        value = kept.get(key, absent)
        if value is not absent:
            hits += 1
            if maxsize is not None:
                del kept[key]
                kept[key] = value
            return value
        misses += 1
        value = user_function(*args, **kwds)
        if key not in kept:
            if maxsize is not None and size() >= maxsize:
                del kept[next(iter(kept))]
            kept[key] = value
        return value

    def cache_info():
        """Report cache statistics"""
        return _CacheInfo(hits, misses, maxsize, size())

    def cache_clear():
        """Clear the cache and cache statistics"""
        nonlocal hits, misses
        kept.clear()
        hits = misses = 0

    wrapper.cache_info, wrapper.cache_clear = cache_info, cache_clear
    return wrapper

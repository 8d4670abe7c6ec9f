"""The operators as functions in Python: what `operator` offers where its native half is shut out."""

from builtins import abs as _abs, len as _len

_BINARY = {
    "lt": "<", "le": "<=", "eq": "==", "ne": "!=", "ge": ">=", "gt": ">", "add": "+", "and_": "&", "floordiv": "//", "is_": "is",
    "is_not": "is not", "lshift": "<<", "mod": "%", "mul": "*", "matmul": "@", "or_": "|", "pow": "**", "rshift": ">>",
    "sub": "-", "truediv": "/", "xor": "^",
}
_UNARY = {"not_": "not ", "inv": "~", "invert": "~", "neg": "-", "pos": "+"}
_IN_PLACE = "add and floordiv lshift mod mul matmul or pow rshift sub truediv xor".split()


def _define():
    """The functions that only apply an operator."""
    lines = [f"def {name}(a, b):\n    'Same as a {sign} b.'\n    return a {sign} b" for name, sign in _BINARY.items()]
    lines += [f"def {name}(a):\n    'Same as {sign}a.'\n    return {sign}a" for name, sign in _UNARY.items()]
    for name in _IN_PLACE:
        sign = _BINARY.get(name) or _BINARY[name + "_"]
        lines.append(f"def i{name}(a, b):\n    'Same as a {sign}= b.'\n    a {sign}= b\n    return a")
    exec("\n".join(lines), globals())


_define()


def truth(a):
    """Whether an object counts as true."""
    return True if a else False


def index(a):
    """The int that an object stands for as an index."""
    return a.__index__()


def abs(a):
    """The absolute value."""
    return _abs(a)


def _sequences(a, b):
    if not hasattr(a, "__getitem__"):
        raise TypeError(f"'{type(a).__name__}' object can't be concatenated")


def concat(a, b):
    """a + b for sequences."""
    _sequences(a, b)
    return a + b


def iconcat(a, b):
    """a += b for sequences."""
    _sequences(a, b)
    a += b
    return a


def contains(a, b):
    """Whether b is in a: the operands are the other way round."""
    return b in a


def countOf(a, b):
    """How many elements of a are or equal b."""
    return sum(1 for element in a if element is b or element == b)


def indexOf(a, b):
    """The place of the first element of a that is or equals b."""
    for place, element in enumerate(a):
        if element is b or element == b:
            return place
    raise ValueError("sequence.index(x): x not in sequence")


def getitem(a, b):
    """a[b]"""
    return a[b]


def setitem(a, b, c):
    """a[b] = c"""
    a[b] = c


def delitem(a, b):
    """del a[b]"""
    del a[b]


def length_hint(obj, default=0):
    """About how many elements an object has: its length, or what its __length_hint__ says, or the default."""
    if not isinstance(default, int):
        raise TypeError(f"'{type(default).__name__}' object cannot be interpreted as an integer")
    try:
        return _len(obj)
    except TypeError:
        pass
    try:
        ask = type(obj).__length_hint__
    except AttributeError:
        return default
    try:
        hint = ask(obj)
    except TypeError:
        return default
    if hint is NotImplemented:
        return default
    if not isinstance(hint, int):
        raise TypeError(f"__length_hint__ must be an integer, not {type(hint).__name__}")
    if hint < 0:
        raise ValueError("__length_hint__() should return >= 0")
    return hint


def _shown(instance, arguments):
    kind = type(instance)
    return f"{kind.__module__}.{kind.__qualname__}({', '.join(arguments)})"


class attrgetter:
    """A callable that fetches attributes, by names that may have dots."""

    __slots__ = "_attrs", "_call"

    def __init__(self, attr, *attrs):
        self._attrs = (attr, *attrs)
        if not all(isinstance(name, str) for name in self._attrs):
            raise TypeError("attribute name must be a string")
        paths = [name.split(".") for name in self._attrs]

        def fetch(obj, path):
            for name in path:
                obj = getattr(obj, name)
            return obj

        if attrs:
            self._call = lambda obj: tuple(fetch(obj, path) for path in paths)
        else:
            self._call = lambda obj: fetch(obj, paths[0])

    def __call__(self, obj):
        return self._call(obj)

    def __repr__(self):
        return _shown(self, map(repr, self._attrs))

    def __reduce__(self):
        return type(self), self._attrs


class itemgetter:
    """A callable that fetches items."""

    __slots__ = "_items", "_call"

    def __init__(self, item, *items):
        self._items = (item, *items)
        if items:
            self._call = lambda obj: tuple(obj[item] for item in self._items)
        else:
            self._call = lambda obj: obj[item]

    def __call__(self, obj):
        return self._call(obj)

    def __repr__(self):
        return _shown(self, map(repr, self._items))

    def __reduce__(self):
        return type(self), self._items


class methodcaller:
    """A callable that calls a method with arguments given beforehand."""

    __slots__ = "_name", "_args", "_kwargs"

    def __init__(self, name, /, *args, **kwargs):
        if not isinstance(name, str):
            raise TypeError("method name must be a string")
        self._name, self._args, self._kwargs = name, args, kwargs

    def __call__(self, obj):
        return getattr(obj, self._name)(*self._args, **self._kwargs)

    def __repr__(self):
        arguments = [repr(one) for one in (self._name, *self._args)]
        return _shown(self, arguments + [f"{name}={value!r}" for name, value in self._kwargs.items()])

    def __reduce__(self):
        if not self._kwargs:
            return type(self), (self._name, *self._args)
        from functools import partial

        return partial(type(self), self._name, **self._kwargs), self._args


for _kind in attrgetter, itemgetter, methodcaller:
    _kind.__module__ = "operator"
del _kind

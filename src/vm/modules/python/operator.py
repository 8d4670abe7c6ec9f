"""The operators of the language, and a few more, as functions.

`_operator` has them natively; what stands here is for when that is missing."""


__all__ = (
    "abs add and_ attrgetter concat contains countOf delitem eq floordiv ge getitem gt iadd iand iconcat ifloordiv "
    "ilshift imatmul imod imul index indexOf inv invert ior ipow irshift is_ is_not isub itemgetter itruediv ixor le "
    "length_hint lshift lt matmul methodcaller mod mul ne neg not_ or_ pos pow rshift setitem sub truediv truth xor"
).split()

from builtins import abs as _abs


# ---- comparing


def lt(a, b):
    """a < b"""
    return a < b


def le(a, b):
    """a <= b"""
    return a <= b


def eq(a, b):
    """a == b"""
    return a == b


def ne(a, b):
    """a != b"""
    return a != b


def ge(a, b):
    """a >= b"""
    return a >= b


def gt(a, b):
    """a > b"""
    return a > b


# ---- truth and identity


def not_(a):
    """not a"""
    return not a


def truth(a):
    """bool(a)"""
    return True if a else False


def is_(a, b):
    """a is b"""
    return a is b


def is_not(a, b):
    """a is not b"""
    return a is not b


# ---- arithmetic


def add(a, b):
    """a + b"""
    return a + b


def and_(a, b):
    """a & b"""
    return a & b


def floordiv(a, b):
    """a // b"""
    return a // b


def lshift(a, b):
    """a << b"""
    return a << b


def matmul(a, b):
    """a @ b"""
    return a @ b


def mod(a, b):
    """a % b"""
    return a % b


def mul(a, b):
    """a * b"""
    return a * b


def or_(a, b):
    """a | b"""
    return a | b


def pow(a, b):
    """a ** b"""
    return a ** b


def rshift(a, b):
    """a >> b"""
    return a >> b


def sub(a, b):
    """a - b"""
    return a - b


def truediv(a, b):
    """a / b"""
    return a / b


def xor(a, b):
    """a ^ b"""
    return a ^ b


def abs(a):
    """abs(a)"""
    return _abs(a)


def index(a):
    """the int that a stands for"""
    return a.__index__()


def invert(a):
    """~a"""
    return ~a


inv = invert


def neg(a):
    """-a"""
    return -a


def pos(a):
    """+a"""
    return +a


# ---- arithmetic in place: what `a` is afterwards


def iadd(a, b):
    """a += b"""
    a += b
    return a


def iand(a, b):
    """a &= b"""
    a &= b
    return a


def ifloordiv(a, b):
    """a //= b"""
    a //= b
    return a


def ilshift(a, b):
    """a <<= b"""
    a <<= b
    return a


def imod(a, b):
    """a %= b"""
    a %= b
    return a


def imul(a, b):
    """a *= b"""
    a *= b
    return a


def imatmul(a, b):
    """a @= b"""
    a @= b
    return a


def ior(a, b):
    """a |= b"""
    a |= b
    return a


def ipow(a, b):
    """a **= b"""
    a **= b
    return a


def irshift(a, b):
    """a >>= b"""
    a >>= b
    return a


def isub(a, b):
    """a -= b"""
    a -= b
    return a


def itruediv(a, b):
    """a /= b"""
    a /= b
    return a


def ixor(a, b):
    """a ^= b"""
    a ^= b
    return a


# ---- containers


def _want_sequence(a):
    if not hasattr(a, "__getitem__"):
        raise TypeError(f"'{type(a).__name__}' object can't be concatenated")


def concat(a, b):
    """a + b, of sequences"""
    _want_sequence(a)
    return a + b


def iconcat(a, b):
    """a += b, of sequences"""
    _want_sequence(a)
    a += b
    return a


def contains(a, b):
    """b in a"""
    return b in a


def countOf(a, b):
    """How many items of a are b, or equal to it."""
    return sum(item is b or item == b for item in a)


def indexOf(a, b):
    """The place of the first item of a that is b, or equal to it."""
    for place, item in enumerate(a):
        if item is b or item == b:
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
    """The length of obj, or what it says its length might be, or else default."""
    if not isinstance(default, int):
        raise TypeError(f"'{type(default).__name__}' object cannot be interpreted as an integer")
    try:
        return len(obj)
    except TypeError:
        pass
    ask = getattr(type(obj), "__length_hint__", None)
    if ask is None:
        return default
    try:
        hint = ask(obj)
    except TypeError:
        return default
    if hint is NotImplemented:
        return default
    if not isinstance(hint, int):
        raise TypeError(f"__length_hint__ must be integer, not {type(hint).__name__}")
    if hint < 0:
        raise ValueError("__length_hint__() should return >= 0")
    return hint


# ---- attributes, items and methods by name


def _follow(dotted):
    steps = dotted.split(".")

    def reach(obj):
        for step in steps:
            obj = getattr(obj, step)
        return obj

    return reach


class attrgetter:
    """attrgetter("a", "b.c")(obj) is (obj.a, obj.b.c); of one name only, no tuple."""

    __slots__ = "_attrs", "_call"

    def __init__(self, attr, /, *attrs):
        self._attrs = (attr, *attrs)
        for name in self._attrs:
            if not isinstance(name, str):
                raise TypeError("attribute name must be a string")
        reach = [_follow(name) for name in self._attrs]
        self._call = (lambda obj: tuple(one(obj) for one in reach)) if attrs else reach[0]

    def __call__(self, obj, /):
        return self._call(obj)

    def __repr__(self):
        kind = type(self)
        return f"{kind.__module__}.{kind.__qualname__}({', '.join(map(repr, self._attrs))})"

    def __reduce__(self):
        return type(self), self._attrs


class itemgetter:
    """itemgetter(1, "k")(obj) is (obj[1], obj["k"]); of one key only, no tuple."""

    __slots__ = "_items", "_call"

    def __init__(self, item, /, *items):
        keys = self._items = (item, *items)
        self._call = (lambda obj: tuple(obj[key] for key in keys)) if items else (lambda obj: obj[item])

    def __call__(self, obj, /):
        return self._call(obj)

    def __repr__(self):
        kind = type(self)
        return f"{kind.__module__}.{kind.__name__}({', '.join(map(repr, self._items))})"

    def __reduce__(self):
        return type(self), self._items


class methodcaller:
    """methodcaller("m", 1, k=2)(obj) is obj.m(1, k=2)."""

    __slots__ = "_name", "_args", "_kwargs"

    def __init__(self, name, /, *args, **kwargs):
        if not isinstance(name, str):
            raise TypeError("method name must be a string")
        self._name, self._args, self._kwargs = name, args, kwargs

    def __call__(self, obj, /):
        return getattr(obj, self._name)(*self._args, **self._kwargs)

    def __repr__(self):
        kind = type(self)
        given = [repr(self._name), *map(repr, self._args), *(f"{k}={v!r}" for k, v in self._kwargs.items())]
        return f"{kind.__module__}.{kind.__name__}({', '.join(given)})"

    def __reduce__(self):
        if not self._kwargs:
            return type(self), (self._name, *self._args)
        from functools import partial

        return partial(type(self), self._name, **self._kwargs), self._args


try:
    from _operator import *
    from _operator import __doc__
except ImportError:
    pass

# ---- the same under the names of the methods, once it is settled which functions they are

__lt__ = lt
__le__ = le
__eq__ = eq
__ne__ = ne
__ge__ = ge
__gt__ = gt
__not__ = not_
__abs__ = abs
__add__ = add
__and__ = and_
__floordiv__ = floordiv
__index__ = index
__inv__ = inv
__invert__ = invert
__lshift__ = lshift
__mod__ = mod
__mul__ = mul
__matmul__ = matmul
__neg__ = neg
__or__ = or_
__pos__ = pos
__pow__ = pow
__rshift__ = rshift
__sub__ = sub
__truediv__ = truediv
__xor__ = xor
__concat__ = concat
__contains__ = contains
__delitem__ = delitem
__getitem__ = getitem
__setitem__ = setitem
__iadd__ = iadd
__iand__ = iand
__iconcat__ = iconcat
__ifloordiv__ = ifloordiv
__ilshift__ = ilshift
__imod__ = imod
__imul__ = imul
__imatmul__ = imatmul
__ior__ = ior
__ipow__ = ipow
__irshift__ = irshift
__isub__ = isub
__itruediv__ = itruediv
__ixor__ = ixor

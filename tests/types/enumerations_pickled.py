# Verifies which enumerations can be pickled, and the warning about private names in their bodies.
import enum
import pickle
import warnings


class Plain(int):
    pass


class Made(int):
    def __new__(cls, value):
        return int.__new__(cls, value)


class Told(int):
    def __new__(cls, value):
        return int.__new__(cls, value)

    def __getnewargs__(self):
        return (int(self),)


class A(Plain, enum.Enum):
    x = 1


class B(Made, enum.Enum):
    x = 1


class C(Told, enum.Enum):
    x = 1


class D(Made, enum.Enum):
    x = 1

    def __reduce_ex__(self, proto):
        return D, (1,)


class E(int, enum.Enum):
    x = 1, 2

    def __new__(cls, value, more):
        made = int.__new__(cls, value)
        made._value_ = value
        return made


for kind in (A, B, C, D, E):
    try:
        print(kind.__module__, pickle.loads(pickle.dumps(kind.x)) is kind.x)
    except Exception as error:
        print(kind.__module__, type(error).__name__, error)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")

    class Private(enum.Enum):
        __hidden = 1
        seen = 2
        __dunder__ = 3

print(list(Private), [(w.category.__name__, str(w.message)) for w in caught])
print([(name, enum._is_dunder(name), enum._is_sunder(name), enum._is_private("P", name)) for name in ("__a__", "_a_", "___a___", "_P__x", "_P__x_", "_P__x__", "a")])

"""A module with annotations of every kind, for tests that read them."""

from functools import wraps
from typing import Optional, Tuple

__annotations__[1] = 2


class C:
    x = 5
    y: Optional["C"] = None


x: int = 5
y: str = x
f: Tuple[int, int]


class M(type):
    __annotations__["123"] = 123
    o: type = object


(pars): bool = True


class D(C):
    j: str = "hi"
    k: str = "bye"


from types import new_class

h_class = new_class("H", (C,))
j_class = new_class("J")


class F:
    z: int = 5

    def __init__(self, x):
        pass


class Y(F):
    """Inherits its only annotation."""


class Meta(type):
    """A metaclass that adds nothing."""


class S(metaclass=Meta):
    x: str = "something"
    y: str = "something else"


def foo(x: int = 10):
    def bar(y: list[str]):
        x: str = "yes"

    bar()


def dec(func):
    @wraps(func)
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)

    return wrapper


u: int | float

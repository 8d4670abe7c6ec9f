"""Generic classes of the same names at two levels."""

from typing import Generic, Optional, TypeVar

default_a: Optional["A"] = None
default_b: Optional["B"] = None

T = TypeVar("T")


class A(Generic[T]):
    some_b: "B"


class B(Generic[T]):
    class A(Generic[T]):
        pass

    my_inner_a1: "B.A"
    my_inner_a2: A
    my_outer_a: "A"

"""Annotations that are evaluated and kept nowhere, and a forward reference."""

from typing import ClassVar, no_type_check

i: int = 1
j: int
x: float = i / 10


def f():
    class C:
        ...

    return C()


f().new_attr: object = object()


class C:
    def __init__(self, x: int) -> None:
        self.x = x


c = C(5)
c.new_attr: int = 10

__annotations__ = {}


@no_type_check
class NTC:
    def meth(self, param: complex) -> None:
        ...


class CV:
    var: ClassVar["CV"]


CV.var = CV()

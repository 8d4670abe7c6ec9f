# Verifies frozen dataclasses without fields of their own, and what they refuse.
from dataclasses import FrozenInstanceError, dataclass, field


@dataclass(frozen=True)
class Nothing:
    pass


@dataclass(frozen=True)
class Point(Nothing):
    x: int = 1
    y: list = field(default_factory=list, hash=False)


@dataclass(unsafe_hash=True)
class Empty:
    pass


class Loose(Nothing):
    pass


print(Nothing(), hash(Nothing()) == hash(()) == hash(Empty()), Nothing() == Nothing(), Point(2), hash(Point()) == hash((1,)))
for what in (Nothing(), Point(), Loose()):
    for name in ("x", "other"):
        for change in (lambda: setattr(what, name, 3), lambda: delattr(what, name)):
            try:
                change()
            except (FrozenInstanceError, AttributeError) as error:
                print(type(what).__name__, type(error).__name__, error)
            else:
                print(type(what).__name__, name, "changed")
try:
    @dataclass
    class Thawed(Nothing):
        z: int
except TypeError as error:
    print(error)

# What iterators answer to __reduce__, fresh and exhausted; the builtin they name is looked up first.
import builtins
from itertools import islice


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def spent(it):
    list(it)
    return it


class S:
    def __getitem__(self, i):
        return [1, 2][i]

    def __len__(self):
        return 2


its = [
    lambda: iter([1]), lambda: iter((1,)), lambda: iter("ab"), lambda: iter("a\u1234"), lambda: iter(b"ab"),
    lambda: iter(bytearray(b"x")), lambda: iter(range(3)), lambda: iter(range(2**70, 2**70 + 2)), lambda: reversed([1, 2]),
    lambda: reversed((1, 2)), lambda: reversed("ab"), lambda: reversed(range(3)), lambda: iter({1: 2}), lambda: iter({1}),
    lambda: iter({1: 2}.values()), lambda: reversed({1: 2}), lambda: iter(lambda: 0, 0),
]
for make in its:
    if type(make()).__name__ != "callable_iterator":
        t(lambda: (type(make()).__name__, make().__reduce__()))
    t(lambda: spent(make()).__reduce__())
it = iter(S())
print(next(it), it.__reduce__()[2], spent(it).__reduce__(), it.__length_hint__())

saved = builtins.iter
made = [make() for make in its]
del builtins.iter
for it in made[:10]:
    t(it.__reduce__)
builtins.iter = saved


class Endless:
    def __getitem__(self, i):
        return i


it = iter(Endless())
it.__setstate__(2**63 - 3)
for _ in range(4):
    t(lambda: next(it))

ra = range(10)
for a in [
    (ra,), (ra, 1, 2, 3, 4), (ra, -5, 10, 1), (ra, 1, -5, -1), (ra, 1, 10, -1), (ra, 1, 10, 0), (ra, "a"), (ra, "a", 1),
    (ra, 1, "a"), (ra, "a", 1, 1), (ra, 1, "a", 1), (ra, 2**63), (ra, 1, 2**63), (ra, 2**63, 3), (ra, 1, 2, 2**63),
    (ra, 1, 2, 2**63 - 1), (ra, 1, 2, "x"), (ra, 2**63 - 1), (ra, None, None, None), (ra, 1.5), (ra, 1, 10, 2**64), (ra, -1),
]:
    t(lambda: list(islice(*a)))


class Bad:
    def __index__(self):
        1 / 0


for a in (Bad(),), (Bad(), 1), (1, Bad()), (1, 2, Bad()):
    t(lambda: list(islice(ra, *a)))


# `yield from` over a class whose __next__ says what the value is
class MyIter:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration(42)


def g():
    print((yield from MyIter()))


list(g())

# A bytearray fills up while its source runs
b = bytearray()


def source():
    for i in range(3):
        yield i
        print(list(b))


b.__init__(source())

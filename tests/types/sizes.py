# Verifies sys.getsizeof and __sizeof__: what a list has in reserve follows how it came to its items, as list_resize has it.
import collections
import datetime
import itertools
import sys
import types

size = sys.getsizeof


def course(change, times, start=()):
    """The sizes of a list after each of so many changes."""
    items = list(start)
    sizes = []
    for i in range(times):
        change(items, i)
        sizes.append(size(items))
    return sizes


print(course(lambda l, i: l.append(i), 80))
print(course(lambda l, i: l.insert(0, i), 40))
print(course(lambda l, i: l.pop(), 40, range(40)))
print(course(lambda l, i: l.pop(0), 40, range(40)))
print(course(lambda l, i: l.extend([1, 2, 3]), 20))
print(course(lambda l, i: l.extend(range(i)), 20))
print(course(lambda l, i: l.extend(x for x in range(i)), 20))
print(course(lambda l, i: l.__delitem__(slice(0, 3)), 10, range(30)))
print(course(lambda l, i: l.__setitem__(slice(1, 2), "abc"), 20, "ab"))
print(course(lambda l, i: l.__imul__(2), 8, "abc"))
print(course(lambda l, i: l.__delitem__(slice(None, None, 2)), 6, range(60)))
print(course(lambda l, i: (l.clear(), l.append(1)), 2, range(9)))
print([size(l) for l in ([], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4, 5], [None] * 7, [1] + [2], [*"abc"], list("abcde"))])
print([size(list(range(n))) for n in range(20)], [size([x for x in range(n)]) for n in range(20)])
print([size(list(x for x in range(n))) for n in range(20)], [size(sorted(range(n))) for n in range(12)])
print([size(l) for l in ("".split(), "a b".split(), "a,b".split(",", 1), "a b c".rsplit(None, 3), ("x " * 30).split(), b"a b".split())])
print([size(l) for l in ("a\nb".splitlines(), list({1: 2}), list({1, 2, 3}), [1, 2, 3][:], [1, 2, 3].copy(), [1, 2, 3][::2])])
sorting = [3, 1, 2]
sorting.append(0)
sorting.sort()
print(size(sorting), size(list(reversed(sorting))), size(list(map(str, sorting))), size(list(zip(sorting))))


class Plain:
    pass


class Slots:
    __slots__ = ("a", "b")


class Text(str):
    pass


class Number(int):
    pass


class Items(list):
    pass


class Table(dict):
    pass


class Error(Exception):
    pass


for o in (0, 1, 2 ** 30, 2 ** 100, True, 1.5, 1j, None, "", "a", "\xe9", "\u20ac", b"abc", (), (1, 2), range(3), slice(1), {}, {1: 2}, set(),
          set(range(9)), frozenset(), Plain(), Slots(), Text("a"), Number(5), Items([1]), Table(a=1), Error(), ValueError(1), OSError(1, "x"),
          SyntaxError("x"), Plain, Slots, int, len, str.join, int.__add__, print, types.SimpleNamespace(), {}.keys(), iter([]), reversed([]),
          map(str, ()), itertools.count(), itertools.chain(), collections.OrderedDict(a=1), collections.defaultdict(int),
          datetime.date(2020, 1, 1), datetime.timedelta(1), memoryview(b""), int | str):
    print(type(o).__name__, size(o), o.__sizeof__() if not isinstance(o, type) else type(o).__sizeof__(o))


class Told:
    def __init__(self, size):
        self.size = size

    def __sizeof__(self):
        return self.size


for told in (100, -1, "x", 2 ** 70):
    try:
        print(size(Told(told)))
    except Exception as e:
        print(type(e).__name__, e)
print(size(Told("x"), 7))

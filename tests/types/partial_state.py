# functools.partial: its dict, its state, its repr while things change; unhashable keys of cmp_to_key; derived comparisons.
import collections.abc, contextvars, functools, io, pickle
from functools import partial


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


p = partial(print)
t(lambda: setattr(p, "__dict__", 5))
t(lambda: delattr(p, "__dict__"))
t(lambda: setattr(p, "func", 3))
d = {"a": 1}
p.__dict__ = d
print(p.a, p.__dict__ is d)
for s in [1, (), (print, (), {}), (print, (), {}, None, 1), (print, [], {}, None), (1, (), {}, None), (print, (), [], None), (print, (), None, None)]:
    p = partial(print)
    t(lambda: p.__setstate__(s))
    print(p.args, p.keywords, p.__dict__)
p.keywords[3] = 4
t(lambda: repr(p))
t(lambda: p())
t(lambda: p(a=1))


class D(dict):
    pass


p.__setstate__((print, (), D(x=3), {}))
print(type(p.keywords), repr(p))


class M:
    def __str__(self):
        p.keywords.clear()
        return "astr"


p = partial(print)
p.keywords[M()] = ["sth"]
p.keywords["b"] = 3
print(repr(p))


class B:
    def __str__(self):
        1 / 0


p = partial(print)
p.keywords[B()] = 1
t(lambda: repr(p))

key = functools.cmp_to_key(lambda a, b: 0)
print(isinstance(key(1), collections.abc.Hashable), type(key(1)).__hash__, contextvars.Context.__hash__)
print(type(pickle.Pickler(io.BytesIO()).memo).__hash__)


@functools.total_ordering
class Ordered:
    def __lt__(self, other):
        return False

    def __eq__(self, other):
        return True


for name in "__lt__", "__gt__", "__le__", "__ge__":
    method = getattr(Ordered, name)
    print(method.__name__, method.__qualname__, pickle.loads(pickle.dumps(method)) is method)
print(isinstance(functools.RLock(), type(functools.RLock())))

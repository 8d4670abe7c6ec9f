"""Reentrancy: containers changed by finalisers, comparisons and hashes while in use."""
import collections
import gc
import itertools


class Evil:
    def __init__(self, action, n=0):
        self.action, self.n = action, n

    def __del__(self):
        self.action()

    def __eq__(self, other):
        self.action()
        return self.n == getattr(other, "n", None)

    def __hash__(self):
        return 1

    def __lt__(self, other):
        self.action()
        return self.n < other.n


def t(name, f):
    try:
        print(name, f())
    except Exception as err:
        print(name, type(err).__name__, err)


def list_clear():
    xs = []
    xs[:] = [Evil(lambda: xs.append(len(xs))) for _ in range(3)]
    xs.clear()
    return xs


def list_slice():
    xs = []
    xs[:] = [Evil(lambda: xs.clear(), n) for n in range(4)]
    del xs[1:3]
    n = len(xs)
    xs.clear()
    return n


def list_eq():
    xs = [1, 2, 3]
    xs[1] = Evil(lambda: xs.clear() if len(xs) > 1 else None)
    return xs == [1, Evil(lambda: None, 5), 3], len(xs)


def list_index():
    xs = []
    xs[:] = [Evil(lambda: xs.clear(), n) for n in range(3)]
    return Evil(lambda: None, 9) in xs, len(xs)


def list_sort():
    xs = []
    xs[:] = [Evil(lambda: xs.append(1), n) for n in (2, 1)]
    try:
        xs.sort()
    finally:
        for x in xs:
            if x != 1:
                x.action = lambda: None
    return len(xs)


def dict_get():
    d = {}
    k = Evil(lambda: d.clear(), 1)
    d[k] = 1
    r = d.get(Evil(lambda: None, 2), "default")
    k.action = lambda: None
    return r, len(d)


def dict_replace():
    d = {}
    d["k"] = Evil(lambda: d.update(k="from del"))
    d["k"] = "new"
    return d


def dict_pop():
    d = {}
    d["a"] = Evil(lambda: d.update(a=2))
    d.pop("a")
    return d


def dict_iter():
    d = {n: Evil(lambda n=n: d.pop(n + 1, None)) for n in range(4)}
    out = []
    for k in list(d):
        out.append(k in d)
        d.pop(k, None)
    return out


def set_ops():
    s = set()
    a, b = Evil(lambda: s.clear(), 1), Evil(lambda: None, 2)
    s.add(a)
    s.add(b)
    n = len(s)
    a.action = lambda: None
    return n


def deque_ops():
    q = collections.deque()
    q.extend(Evil(lambda: q.append("x") if len(q) < 3 else None, n) for n in range(3))
    q.popleft()
    q.clear()
    return list(q)


def deque_iter():
    q = collections.deque([1, 2, 3])
    for x in q:
        if x == 2:
            q[0] = Evil(lambda: q.rotate())
            q[0] = 0
    return list(q)


def odict():
    d = collections.OrderedDict()
    d["a"] = Evil(lambda: d.move_to_end("a", last=False) if "a" in d else None)
    d["b"] = 1
    d["a"] = 2
    return list(d.items())


def gen():
    def g():
        x = Evil(lambda: log.append(it.gi_running))
        yield 1
        x = None
        yield 2
    log = []
    it = g()
    next(it)
    next(it)
    return log


def attr():
    class C:
        pass
    c = C()
    c.x = Evil(lambda: setattr(c, "x", "again"))
    c.x = "new"
    first = c.x
    c.y = Evil(lambda: c.__dict__.clear())
    del c.y
    return first, vars(c)


def glob():
    global g
    g = Evil(lambda: globals().update(g="revived"))
    g = 1
    return g


def cell():
    x = Evil(lambda: set_("from del"))

    def set_(v):
        nonlocal x
        x = v
    x = 1
    return x


def local():
    out = []
    x = Evil(lambda: out.append("x" in locals()))
    x = 1
    del x
    return out


def tee():
    a, b = itertools.tee([Evil(lambda: out.append(next(b, None) and 1), n) for n in range(3)])
    out = []
    next(a), next(a)
    del a
    n = [x.n for x in b]
    return n


def extend():
    xs = []

    def g():
        yield 1
        xs.clear()
        yield 2
        xs.append(9)
        yield 3
    xs.extend(g())
    return xs


def slice_assign():
    xs = [1, 2, 3]

    class It:
        def __iter__(self):
            xs.clear()
            return iter("ab")
    xs[1:2] = It()
    return xs


def join():
    parts = ["a", "b"]

    class S:
        def __iter__(self):
            for p in parts:
                yield p
            parts.clear()
    return ",".join(S()), parts


for f in (list_clear, list_slice, list_eq, list_index, list_sort, dict_get, dict_replace, dict_pop, dict_iter, set_ops,
          deque_ops, deque_iter, odict, gen, attr, glob, cell, local, tee, extend, slice_assign, join):
    t(f.__name__, f)
gc.collect()

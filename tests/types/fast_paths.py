# What the machine does in a short way gives what the long way gives: drained generators, fused instructions, slices, short strings.
import gc
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def raising(n):
    for i in range(n):
        yield Loud(i)
    raise ValueError("over")


# 1. Items of a generator that raises go last first.
for make in (list, tuple, sorted):
    try:
        make(raising(3))
    except (ValueError, TypeError) as e:
        print(make.__name__, type(e).__name__, e)


def counting(n):
    for i in range(n):
        got = yield i
        assert got is None


print(list(counting(4)), tuple(counting(5)), set(counting(6)), frozenset(counting(3)))
print(sum(counting(10)), sum(counting(3), 2.5), sum((x / 2 for x in range(5))), sum((x for x in [1, 2.5, True, 3])))
print(sum((x for x in [2**62, 2**62, 2**62, -5])), sum([0.1] * 10), sum([True, True, 2]), sum((x > 1 for x in range(4))))
print(sum([[1], [2]], []), sum(([x] for x in range(3)), []))
print(any(x > 2 for x in range(5)), any(x > 9 for x in range(5)), all(x < 9 for x in range(5)), all(x < 3 for x in range(5)))
print(any(x for x in [0, "", [], None, 0.0]), all(x for x in [1, "a", [0]]), any(iter([])), all(iter([])))
print("-".join(str(x) for x in range(5)), dict((x, x * x) for x in range(3)), max(x % 4 for x in range(9)))


def returning():
    yield 1
    return "value"


print(list(returning()), sum(returning()), tuple(returning()), set(returning()))

# 2. What was not taken goes on from there.
g = (x for x in range(10))
print(any(x > 3 for x in g), list(g))
g = (x for x in range(10))
print(3 in g, next(g), list(g), list(g))


def nested(n):
    yield from list(y for y in range(n))
    yield sum(list(z for z in nested(n - 1))) if n else 0


print(list(nested(4)))


def reads_itself():
    for i in range(3):
        yield i + len(out)


out = []
out.extend(reads_itself())
print(out)


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, other):
        print("eq", self.n)
        return self.n == getattr(other, "n", other)


print(len(set(k for k in [Key(1), 1, 2, Key(2), 3])))
try:
    print(set(x for x in [1, [], 2]))
except TypeError as e:
    print(e)


def tracing():
    events = []

    def tracer(frame, event, arg):
        events.append((event, frame.f_code.co_name))
        return tracer

    def late():
        yield 1
        sys.settrace(tracer)
        yield 2
        yield 3

    print(list(late()))
    sys.settrace(None)
    print([e for e in events if e[0] == "call"])


tracing()


def frames():
    for i in range(2):
        yield sys._getframe(1).f_code.co_name, sys.getrefcount(i) > 0


print(list(frames()), tuple(frames()))


def deep(n):
    return list(deep(n - 1) if n else 0 for _ in range(1))


try:
    deep(100000)
except RecursionError as e:
    print("RecursionError")


# 3. Fused jumps.
def loops(n):
    i = k = 0
    while i < n:
        i += 1
        while k:
            k -= 1
            if k == 2 or i is None:
                break
        if i in (2, 4):
            continue
        if i is not n:
            k = i
    return i, k


print(loops(7), loops(300))


def jumps(a, b):
    r = []
    if a < b: r.append("<")
    if a <= b: r.append("<=")
    if a == b: r.append("==")
    if a != b: r.append("!=")
    if a > b: r.append(">")
    if a >= b: r.append(">=")
    if not a < b: r.append("not <")
    if a is b: r.append("is")
    if a is not b: r.append("is not")
    if a is None: r.append("None")
    if b is not None: r.append("not None")
    if a: r.append("true")
    if not b: r.append("false")
    return " ".join(r)


nan = float("nan")
for a in (0, 1, -5, 1.0, 0.5, nan, 2**70, 2**53 + 1, float(2**53), True):
    for b in (1, 0.0, nan, 2**70, float("inf"), 2**53 + 1, False):
        print(a, b, jumps(a, b))
for v in ([], [1], (), (1,), "", "a", {}, {1: 1}, None, 0, 0.0, set(), {1}, range(0), b"", Ellipsis):
    print(repr(v), jumps("", "") if not v else "true", 1 if v else 0)


def unbound(which):
    if which == 0:
        del which
        if which: pass
    if which == 1:
        x = which + y
    if which == 2:
        [0][which] = z
    if which == 3:
        del which
        while which is None: pass
    if which == 4:
        k = which; print(k, w)
    if which == 5:
        del which
        v = [1, which - 1]
    y = z = w = 1


for n in range(6):
    try:
        unbound(n)
    except (UnboundLocalError, IndexError) as e:
        print(type(e).__name__, e)


class Counts:
    def __del__(self):
        print("counts", sys.getrefcount(box), sys.getrefcount(new))


box, new = [0, 1], ["new"]


def replace(l, i, v):
    l[i] = v


box[1] = Counts()
replace(box, 1, new)
box[0] = Counts()
box[0] = new
print(box, sys.getrefcount(new))


def store(a, i):
    a[i] = a[0] = i
    return a


print(store([1, 2, 3], -1), store({}, 0), store(bytearray(3), 2))

# 4. Slices.
a = list(range(10))
for s in (slice(None), slice(2, 5), slice(-3, None), slice(None, None, -1), slice(8, 2, -1), slice(3, None, -1), slice(0, 0, -1),
          slice(-100, 100, -1), slice(1, 9, 3), slice(9, 1, -3), slice(5, 2), slice(2**70), slice(None, -2**70, -1), slice(True, 4)):
    b = a[:]
    b[s] = a[s]
    print(a[s], tuple(a)[s], "0123456789"[s], b == a)
for step in (0, 2**80, -2**80):
    try:
        print(a[::step], "abc"[::step])
    except ValueError as e:
        print(e)
b = [Loud("old %d" % i) for i in range(3)]
b[:] = [1, 2, 3]
b[1:3] = b
print(b)
k = 3
b = list(range(6))
b[:k + 1] = b[k::-1]
print(b)
gc.disable()


def slices():
    before = gc.get_count()[0]
    for i in range(5):
        b[0:2]
    between = gc.get_count()[0]
    x, y = slice(1), slice(2)
    both = gc.get_count()[0]
    del x, y
    return between - before, both - between, gc.get_count()[0] - both


slices()
print(slices())
gc.enable()

# 5. Short and long strings.
words = ["", "a", "é", "abc", "x" * 23, "x" * 24, "x" * 25, "ü" * 12, "ü" * 13, "\ud800", "a\udc00b", "x" * 23 + "\ud800", "日本語" * 9]
for w in words:
    for v in words[::3]:
        both = w + v
        grown = w
        grown += v
        grown += "!"
        print(len(both), hash(both) == hash(grown[:-1]), ascii(both[1:3]), both == grown[:-1], ascii(grown[-2:]), both.find(v) >= 0)
    print(ascii(w * 2), len(w * 3), w == "".join(list(w)), ascii(w[::-1]), w < "b", w.split() == [w] if w else w.split())
print("\ud83d" + "\ude00" == "\U0001f600", len("\ud83d" + "\ude00"))
print(" a\tb\x1cc\x1dd \x0b\x0ce\x85f\xa0g ".split(), "a b c".split(None, 1), " \x1f ".split(), "ab  cd".split(), "x\x0by".split())
print([str(n) for n in (0, 7, -1, 10, 2**63, -2**63, 2**63 - 1, True)])

# 6. Divisions of large ints.
x = 3**500
for y in (x, x - 1, x + 1, x // 2, x // 2 + 1, x // 3, 2**64, 2**64 - 1, 2**65 + 3, x * 7, x // 10**17, x // 10**18, x // 10**19, 3**499, 3**480):
    for p, q in ((x, y), (-x, y), (x, -y), (-x, -y)):
        print(p // q == (p - p % q) // q, (p // q) % 10**9, hash(p % q), divmod(p, q)[0] == p // q)
for y in (0, 1, -1, 2, -7, 2**31, 2**63 - 1, -2**63):
    print(hash(x * y), hash(y * x), hash(x + y), hash(y + x), hash(x - y), hash(y - x), hash(-x * y))

# 7. Conversions of numbers, and methods of built-in types where they do not belong.
x, j = 1.5, 10**6
print(float(x) is x, int(j) is j, str(j), int(2.9), int(-2.9), float(2**60), float(2**53 + 1), int(-0.0), str(-5), str(7) is str(7))
print(float(True), int(True), str(True), int(1e300) == 10**300, int(1e15), float(10**400 // 10**399))
for f in (int, float):
    for v in (float("inf"), float("nan"), 10**400):
        try:
            print(f(v) == v)
        except (OverflowError, ValueError) as e:
            print(type(e).__name__, e)


class Odd:
    append = list.append
    get = dict.get
    upper = str.upper


for name, args in (("append", (1,)), ("get", (1, 2)), ("upper", ())):
    try:
        if name == "append": Odd().append(1)
        if name == "get": Odd().get(1, 2)
        if name == "upper": Odd().upper()
    except TypeError as e:
        print(e)


class Mine(list):
    pass


m = Mine()
m.append(3)
m.extend(x for x in "ab")
print(m, Mine.append is list.append)


# 8. One site, several classes.
class A:
    def __init__(self, v):
        self.v = v
        self.w = v

    def who(self):
        return "A"


class B(A):
    def __init__(self, v):
        self.w = v
        self.v = [v]

    def who(self):
        return "B"


class C:
    __slots__ = ("v", "w")

    def __init__(self, v, w=5, *, k=1):
        self.v = v

    def who(self):
        return "C"


class D(C):
    v = property(lambda self: "property", lambda self, v: print("set", v))


def visit(o):
    o.v = o.v
    try:
        w = o.w
    except AttributeError as e:
        w = str(e)
    o.w = 1
    return o.who(), o.v, w


for turn in range(3):
    print([visit(o) for o in (A(1), B(2), C(3), D(4), A(5), C(6, 7), B(8))])
    if turn == 0:
        A.who = lambda self: "new A"
    if turn == 1:
        del B.who
        B.v = property(lambda self: "late", lambda self, v: None)
try:
    C()
except TypeError as e:
    print(e)
try:
    C(1, 2, 3)
except TypeError as e:
    print(e)


def defaults(a, b=2, c=3):
    return a, b, c


print(defaults(1), defaults(1, 5), defaults(1, 5, 6), defaults(*(7, 8)), defaults(9, c=0))
for args in ((), (1, 2, 3, 4)):
    try:
        defaults(*args)
    except TypeError as e:
        print(e)

# 9. Numbers of two kinds, and looking for equals.
print([1 / 3, 7 / 2, -7 / 2, 2**53 / 3, (2**53 + 1) / 3, (2**70) / 3, 1 + 0.5, 0.5 - 1, 3 * 0.1, 0.1 * 3, 2 / 0.5, 0.5 / 2, (2**63) * 0.5, (2**53 + 1) * 1.0])
x = 5
x += 0.5
x -= 1
x *= 2
x /= 3
print(x, 7 // 2.0, 7.5 // 2, -7.5 % 2, 7 % -2.5, 2 ** 0.5, 2.0 ** 3, (-8.0) ** 2.0, 0.0 ** 0.0, 2.0 ** -1075.0)
for f in (lambda: 1 / 0, lambda: 1.0 / 0, lambda: 1 / 0.0, lambda: 0.0 ** -1.0, lambda: 1e200 ** 2.0, lambda: 10**400 / 3, lambda: 10**400 * 1.0):
    try:
        print(f())
    except (ZeroDivisionError, OverflowError) as e:
        print(type(e).__name__, e)
print((-8.0) ** 0.5 == (-8) ** 0.5, 1e308 * 10, float("inf") - 1, 3 in [1, 2.0, 3.0], True in [1], 1 in (True,), "a" in ["b", "a"], None in [0, None])
print(2 in [[], {}, 2], [nan] == [nan], nan in [nan], float("nan") in [nan], 2**70 in [2**70], Key(5) in [4, 5], (1, 2) in [(1, 2)])

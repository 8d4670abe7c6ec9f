# Verifies that list.sort compares the same pairs in the same order as CPython (a hash of them all is printed).
log = []
class K:
    __slots__ = ("v", "i")
    def __init__(self, v, i): self.v = v; self.i = i
    def __lt__(self, other):
        log.append((self.i, other.i))
        return self.v < other.v
def check(values, **kw):
    log.clear()
    l = [K(v, i) for i, v in enumerate(values)]
    l.sort(**kw)
    h = 0
    for a, b in log:
        h = (h * 1000003 + a * 7919 + b) % 2147483647
    print(len(values), sorted(kw), len(log), h, [k.i for k in l][:12])
seed = 12345
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) % 2147483648
    return (seed >> 8) % n
for n in (0, 1, 2, 3, 5, 10, 31, 63, 64, 65, 100, 127, 128, 200, 500, 1000):
    check([rnd(10**6) for _ in range(n)])
    check([rnd(4) for _ in range(n)])
    check(list(range(n)))
    check(list(range(n, 0, -1)))
    check([rnd(100) for _ in range(n)], reverse=True)
    half = [i * 2 for i in range(n // 2)]
    check(half + [i * 2 + 1 for i in range(n // 2)])
    check([i // 10 for i in range(n)] + [i for i in range(n // 3)])
    check(list(range(n)) + [n // 2] * 3 + list(range(0, n, 3)))
    check([0] * n + [1] * n + [0] * n)
print(sorted([3, 1, 2], key=lambda x: -x), sorted("hello", reverse=True))
l = [3, 1, 2]
def key(x):
    print(len(l), l)
    return x
l.sort(key=key); print(l)
def bad(x):
    l.append(5)
    return x
try: l.sort(key=bad)
except ValueError as e: print(e, l)
def fail(x):
    if x == 2: raise KeyError(x)
    return x
try: l.sort(key=fail)
except KeyError as e: print(repr(e), l)
class F:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        if self.v == 3 or o.v == 3: raise ZeroDivisionError
        return self.v < o.v
    def __repr__(self): return f"F{self.v}"
m = [F(5), F(1), F(3), F(2)]
try: m.sort()
except ZeroDivisionError: print(m)
try: m.sort(reverse=True)
except ZeroDivisionError: print(m)
m = [F(i * 7 % 101) for i in range(100)]
try: m.sort()
except ZeroDivisionError: print(sorted(x.v for x in m) == sorted(i * 7 % 101 for i in range(100)))
try: [1, 'a', None].sort()
except TypeError as e: print(e)
print([1.5, 1, True, 0.5].sort())
x = [(2, 'b'), (1, 'z'), (2, 'a')]; x.sort(); print(x)
x.sort(key=lambda t: t[1], reverse=True); print(x)

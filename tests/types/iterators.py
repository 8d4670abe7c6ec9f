# Verifies ranges, the iterators over sequences, length hints, unpacking and patterns.
for r in [range(5), range(2, 10, 3), range(10, 0, -3), range(0), range(5, 1), range(1 << 70, (1 << 70) + 3), range(-5, 5, 4), range(10**30, 0, -10**29)]:
    print(r, len(r) if r.stop < 1 << 63 else '?', list(r)[:12], r == range(r.start, r.stop, r.step), bool(r), list(reversed(r))[:5], r[::2], r[1:], r[::-1], r[-2:], r.start, r.stop, r.step)
    print(3 in r, 3.0 in r, 'a' in r, r.count(2), hash(r) == hash(range(r.start, r.stop, r.step)))
    try: print(r.index(2))
    except ValueError as e: print(e)
    try: print(r.index('a'))
    except ValueError as e: print(e)
print(range(3) == range(0, 3, 1), range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), range(1) != range(2), {range(3): 1}[range(0, 3)])
try: len(range(1 << 70))
except OverflowError as e: print(e)
try: range(1.5)
except TypeError as e: print(e)
try: range(3)[10]
except IndexError as e: print(e)
print(range(10)[-1], range(1 << 70)[1 << 69], range(True, 5), range(10).index(True))
it = iter(range(5)); next(it); print(it.__length_hint__(), list(it), list(it))
e = enumerate("abc", 5); print(next(e), list(e), list(enumerate([], 3)), list(enumerate("ab", 1 << 63)), list(enumerate('ab', start=-1)))
ids = set()
for t in enumerate(range(50)): ids.add(id(t))
print(len(ids) <= 2)
z = zip([1, 2, 3], "ab"); print(list(z), list(zip()), list(zip([1])), list(zip(range(3), range(3), strict=True)))
for t in zip([1, 2], [3, 4]): pass
print(t)
m = map(lambda a, b: a + b, [1, 2, 3], [10, 20]); print(list(m), list(map(str, [1, 2])))
print(list(filter(None, [0, 1, '', 'a'])), list(filter(bool, [0, 2])), list(filter(lambda x: x > 1, range(4))))
class S:
    def __init__(self, n): self.n = n
    def __getitem__(self, i):
        if i >= self.n: raise IndexError
        return i * i
    def __len__(self): return self.n
print(list(S(4)), list(reversed(S(4))), 9 in S(4), iter(S(2)), tuple(S(3)), [*S(2)], max(S(3))) if False else print(list(S(4)), list(reversed(S(4))), 9 in S(4), tuple(S(3)), [*S(2)])
a, b = S(2); print(a, b)
l = [1, 2, 3, 0, 5]
it = iter(l.pop, 2); print(list(it), l); print(next(it, 'done'))
class It:
    def __init__(self): self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > 3: raise StopIteration("x")
        return self.i
    def __length_hint__(self): print("hint"); return 2
print(list(It()), tuple(It()), sum(It()), [x for x in It()], list(map(lambda x: x, It())), list(zip(It(), It())))
class NoIter:
    def __iter__(self): return 5
for f in (iter, list, tuple, lambda x: [*x], lambda x: 1 in x, lambda x: [a for a in x]):
    try: f(NoIter())
    except TypeError as e: print(e)
class BadLen(It):
    def __length_hint__(self): return -1
for v in (-1, 'a', NotImplemented):
    class H(It):
        def __length_hint__(self): return v
    try: print(list(H()))
    except (TypeError, ValueError) as e: print(type(e), e)
class LenErr:
    def __iter__(self): return iter([1])
    def __len__(self): raise TypeError("no len")
print(list(LenErr()), tuple(LenErr()))
def g():
    try:
        yield 1
        yield 2
    finally: print("closed")
a, *_ = g(); print(a)
try: a, = g()
except ValueError as e: print(e)
print(1 in g())
print(type(iter(S(1))), type(iter(int, 1)), slice(1, 2), slice(None), slice(5).indices(10), slice(None, None, -1).indices(5), slice(-3, 1 << 70, 2).indices(1 << 65), slice(1, 2) == slice(1, 2), slice(1) < slice(2))
print(slice(1, 2, 3).start, slice(1).stop, slice(1, 2, 3).step)
match [1, 2, 3]:
    case [a, *b]: print(a, b)
match {"k": 1, "j": 2, "z": 3}:
    case {"k": v, "j": w, **rest}: print(v, w, rest)
class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x = x; self.y = y
match P(1, 2):
    case P(1, y=q): print("P", q)
match 5:
    case int(n): print("int", n)
match P(1, 2):
    case P(x=3): print("no")
    case P(a, b): print(a, b)
try:
    match P(1, 2):
        case P(1, 2, 3): pass
except TypeError as e: print(e)
try:
    match P(1, 2):
        case P(1, x=3): pass
        case P(1, x=1): pass
except TypeError as e: print(e)
try:
    match 5:
        case int(1, 2): pass
except TypeError as e: print(e)
class Q: __match_args__ = ["a"]
try:
    match Q():
        case Q(1): pass
except TypeError as e: print(e)

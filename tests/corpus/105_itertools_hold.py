"""itertools objects: what each holds, and lets go of, as it advances."""
import itertools
import sys

rc = sys.getrefcount


class R:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("  free", self.n)

    def __repr__(self):
        return "R%s" % self.n


def src(k, n):
    for i in range(n):
        yield R("%s%d" % (k, i))


a, b = itertools.tee(src("t", 3))
x = next(a)
print(x, rc(x))
del x
y = next(b)
print("both have read", rc(y))
del y
c = a.__copy__()
next(a)
next(a)
print("a is ahead")
del a
del b
print("copy still holds")
print(list(c))
del c
pairs = itertools.zip_longest(src("p", 1), src("q", 2), fillvalue=R("fill"))
for p in pairs:
    print(p, [rc(i) for i in p], rc(p))
del p, pairs
for key, group in itertools.groupby(src("g", 3), key=lambda r: r.n > "g0"):
    first = next(group)
    print(key, first, rc(first), rc(group))
del group, first
print("chained")
ch = itertools.chain(src("c", 1), [R("d")], (R("e"),))
for r in ch:
    print(r, rc(r))
del r, ch
pr = itertools.product([R("x"), R("y")], repeat=2)
t = next(pr)
print(t, rc(t[0]), rc(t))
t = next(pr)
print(t, rc(t[0]), rc(t[1]))
del t
print(len(list(pr)))
del pr
s = itertools.islice(src("s", 5), 1, 4, 2)
print(list(s))
del s
cy = itertools.cycle(src("y", 2))
print([next(cy).n for _ in range(5)])
del cy
ac = itertools.accumulate(src("a", 3), lambda p, q: q)
for r in ac:
    print(r, rc(r))
del r, ac
pw = itertools.pairwise(src("w", 3))
for l, r in pw:
    print(l, r, rc(l), rc(r))
del l, r, pw
pm = itertools.permutations([R("m"), R("n")])
for t in pm:
    print(t, rc(t), rc(t[0]))
del t, pm

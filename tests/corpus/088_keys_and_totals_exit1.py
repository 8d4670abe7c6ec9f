# The order in which sums, groups, sorts and a SystemExit let go of what they hold, and how often ordered keys are asked.
import sys, gc, itertools, types
from collections import OrderedDict
rc = sys.getrefcount
print("left behind by types:", gc.collect())
class K:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
    def __repr__(self): return "K%s" % self.n
    def __str__(self): print("str", rc(self)); return "<%s>" % self.n
    def __add__(self, o): return K("%s+%s" % (self.n, o.n))
    def __lt__(self, o): return self.n < o.n
    def __eq__(self, o): print("eq", self.n, o.n, rc(self), rc(o)); return self.n == o.n
    def __hash__(self): return 5
def ks(*a): return [K(x) for x in a]
a = itertools.accumulate(ks("p", "q"), initial=K("init")); next(a); next(a); print("-"); del a
print([type(x).__name__ for x in gc.get_referents(itertools.accumulate([1], initial=2))])
def boom(a, b): raise ValueError("boom")
a = itertools.accumulate(ks("x", "y"), boom); next(a)
try: next(a)
except ValueError as e: print(e)
del a
for k, g in itertools.groupby(ks(1, 2, 3), key=lambda k: K("key %d" % k.n) and k.n): print(k)
del g
for k, g in itertools.groupby((K(i) for i in (4, 5)), key=lambda k: [K("in key %d" % k.n)]): print(k)
del k, g
l = ks(3, 1, 2); l.sort(key=lambda k: K(10 + k.n)); print("sorted")
l.sort(key=lambda k: K(20 + k.n), reverse=True); print("reversed"); del l
o = OrderedDict()
for i in range(4): print("set", i); o[K(i)] = i
print("again"); o[K(2)] = 22
print("missing", o.pop(K(77), None))
o.clear()
def leave():
    try: sys.exit(K("code"))
    finally: print("leaving")
leave()

"""Long chains of every kind come apart in order."""
import gc, sys
class N:
    def __init__(self, i, nxt): self.i, self.nxt = i, nxt
    def __del__(self):
        if self.i % 20 == 0: print(self.i, end=' ')
x = None
for i in range(130): x = N(i, x)
del x; print('| instances')
x = None
for i in range(130): x = [N(i, None), x]
del x; print('| lists')
x = None
for i in range(130): x = (x, N(i, None))
del x; print('| tuples')
x = None
for i in range(130): x = {'n': x, 'v': N(i, None)}
del x; print('| dicts')
def chain(n):
    g = None
    def make(prev, i):
        keep = N(i, None)
        yield prev
    for i in range(n): g = make(g, i); next(g)
    return g
g = chain(130); del g; print('| generators')
def clos(prev, n):
    def f(): return prev, n
    return f
f = None
for i in range(130): f = clos(f, N(i, None))
del f; print('| closures')
e = None
for i in range(130):
    n = Exception(N(i, None)); n.__cause__ = e; e = n
n = None; del e; print('| exceptions')
x = None
for i in range(120): x = [x]
del x; print('deep')
x = None
for i in range(120): x = {1: x}
x = None; print('deep dict')
class L(list):
    def __del__(self):
        if self.i % 20 == 0: print(self.i, end=' ')
x = None
for i in range(130): y = L([x]); y.i = i; x = y; y = None
del x; print('| list subclass')
import functools, itertools
x = None
for i in range(130): x = functools.partial(print, x, N(i, None))
del x; print('| partial')
x = N(-1, None)
for i in range(130): x = iter([x, N(i, None)])
del x; print('| iterators')
x = None
for i in range(130): x = types.MethodType(print, (x, N(i, None))) if 'types' in globals() else [x]
del x
a = None
for i in range(60): a = N(i, [a])
a = None; print('| mixed')
class S:
    __slots__ = 'i', 'n'
    def __init__(self, i, n): self.i, self.n = i, n
    def __del__(self):
        if self.i % 25 == 0: print(self.i, end=' ')
s = None
for i in range(130): s = S(i, s)
del s; print('| slots')
root = N(0, None); root.nxt = [N(k, root) for k in range(1, 60)]; del root; print(gc.collect())

# copy and deepcopy: hooks, memo and rebuilt graphs, and what is kept meanwhile.
import copy, sys, gc, weakref
gc.collect()
class N:
    def __init__(self, n, *kids): self.n = n; self.kids = list(kids)
    def __del__(self): print('del', self.n)
class S:
    __slots__ = ('a', 'b', '__weakref__')
class R:
    def __init__(self, v): self.v = v
    def __reduce__(self): return R, (self.v,), {'extra': [1]}
class D(dict): pass
n = N('root', N('kid'))
n.kids.append(n)
m = copy.deepcopy(n)
print(m.kids[1] is m, sys.getrefcount(m))
m.n = 'copy'
m.kids[0].n = 'copykid'
s = copy.copy(n)
s.n = 'shallow'
print(s.kids is n.kids, sys.getrefcount(n.kids))
del s
memo = {}
t = ([], [])
u = copy.deepcopy(t, memo)
print(len(memo), sys.getrefcount(u), u is t)
c = (1, (2, 3))
print(copy.deepcopy(c) is c, copy.copy(c) is c)
x = S(); x.a = [1]; x.b = x
y = copy.deepcopy(x)
print(y.b is y, y.a is not x.a)
r = R([1])
q = copy.deepcopy(r)
print(q.v, q.extra, q.v is r.v)
d = D(a=[1]); d.attr = d
e = copy.deepcopy(d)
print(e, e.attr is e, type(e))
f = copy.copy(lambda: 1)
st = copy.copy({1, 2}); fs = copy.deepcopy(frozenset([1]))
b = copy.deepcopy(bytearray(b'xx'))
print(st, fs, b)
del n
print('n gone')
print(gc.collect())
del m
print(gc.collect())
class E(Exception):
    def __init__(self, a): super().__init__(a); self.a = a
ex = copy.deepcopy(E([1]))
print(ex.args, ex.a)
class K:
    def __deepcopy__(self, memo):
        print('memo', len(memo), sys.getrefcount(memo))
        return self
print(copy.deepcopy([K(), K()])[0])if 0 else copy.deepcopy([K(), K()])
try:
    copy.deepcopy(sys.stdin and (i for i in ()))
except TypeError as err:
    print(err)

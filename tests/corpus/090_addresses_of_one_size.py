# Which addresses are taken again: what is of one size comes from one place, whatever it is.
class A: pass
class S: __slots__ = ("a",)
def f(): pass
def again(i, y): return id(y) == i
x = A(); i = id(x); del x
for k in range(2): y = A(); print("range", again(i, y)); break
del y
x = A(); i = id(x); del x
for k in [1, 2]: y = A(); print("tuple iterator", again(i, y)); break
del y
l = [1, 2]; x = A(); i = id(x); del x
for k in l: y = A(); print("list iterator", again(i, y)); break
del y
x = A(); i = id(x); del x; it = iter(l); print("list iterator takes it", again(i, it)); del it; y = A(); print(again(i, y)); del y
x = A(); i = id(x); del x; r = range(5); print("range takes it", again(i, r)); r2 = iter(r); print(again(i, r2)); i2 = id(r2); del r2; y = A(); print(again(i2, y)); del y, r
x = A(); i = id(x); del x; c = (lambda z: lambda: z)(1).__closure__[0]; print("cell", again(i, c)); del c
x = A(); i = id(x); del x; m = staticmethod(f); print("staticmethod", again(i, m)); del m
m = A().__init__ if False else [].append; i = id(m); del m; m = {}.get; print("builtin method", again(i, m)); del m
class B:
    def m(self): pass
b = B(); m = b.m; i = id(m); del m; n = b.m; print("bound method", again(i, n)); del n
o = object(); i = id(o); del o; p = object(); print("object", again(i, p)); s = S(); s2 = object(); print(id(s2) == i); del p, s, s2
x = A(); y = A(); i, j = id(x), id(y); del x; del y; z = A(); it = iter(()); print("two", again(j, z), again(i, it)); del z, it
import weakref
a = A(); r = weakref.ref(a, f); i = id(r); del r; r = weakref.ref(a, f); print("weakref", again(i, r)); del r; r = [].pop; print(again(i, r))
def g():
    x = A(); i = id(x); del x
    def h(): return v
    v = 1
    return again(i, h.__closure__[0])
print("cell of a function", g())

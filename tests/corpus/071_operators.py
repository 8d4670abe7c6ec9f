"""Operator overloads: operands and results on the stack, reflected and in-place forms."""
import sys


class V:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)

    def __add__(self, other):
        if not isinstance(other, V):
            return NotImplemented
        return V(f"({self.name}+{other.name})")

    def __radd__(self, other):
        return V(f"({other}r+{self.name})")

    def __iadd__(self, other):
        self.name += "+="
        return self

    def __mul__(self, n):
        return [self] * n

    __rmul__ = __mul__

    def __neg__(self):
        return V("-" + self.name)

    def __getitem__(self, key):
        return self, key

    def __setitem__(self, key, value):
        print("set", key, sys.getrefcount(value), sys.getrefcount(self))

    def __delitem__(self, key):
        print("delitem", key)

    def __contains__(self, other):
        return sys.getrefcount(other) > 3

    def __eq__(self, other):
        print("eq", sys.getrefcount(self), sys.getrefcount(other))
        return self is other

    def __hash__(self):
        return 7

    def __lt__(self, other):
        print("lt", self.name, other.name)
        return self.name < other.name

    def __bool__(self):
        print("bool", sys.getrefcount(self))
        return True

    def __len__(self):
        return 2

    def __call__(self, *args):
        return args

    def __iter__(self):
        yield self
        yield self

    def __matmul__(self, other):
        return other

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass


a, b = V("a"), V("b")
c = a + b + a
print(c.name)
d = 1 + a
print(d.name, -a is a)
e = a
e += b
print(e is a, sys.getrefcount(a))
del e
l = 2 * a
print(sys.getrefcount(a))
l += [b]
del l
a[1:2] = b
a[0] = V("temporary")
del a["x"]
print(a[b][1] is b, b in a, V("fresh") in a)
x = a == b
y = {a: 1, b: 2}
print(len(y), y[a])
del y
print(sorted([b, a, c]) == [a, b, c])
print(max(a, b) is b)
z = a and b
z = not a
w = a or b
del z, w
p, q = a
print(p is q, sys.getrefcount(p))
del p, q
print(a(b, c)[1] is c, a @ b is b)
print(a < b < c, 1 if a else 2)
if a:
    pass
while not b:
    pass
f = f"{a.name}{b.name!r:>5}"
print(f, list(map(V.__neg__, [a]))[0].name)
print([*a, *b] == [a, a, b, b])

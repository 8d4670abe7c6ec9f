a = lambda: 0
b = lambda x, *y, z=1, **w: (x, y, z, w)
c = lambda: (yield)
d = lambda x: lambda y: x + y
e = [lambda: 0, lambda: 0]
f = lambda x=lambda: 1: x
g = lambda: (
    1)

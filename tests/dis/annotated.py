a: int
b: int = 1
(c): int = 2
d.e: f
d.e: f = g
h[i]: j
h[i:k, l]: m = n
class A:
    x: "int" = 3
    __y: A
def f():
    z: int = 4
    w: nope
if True:
    q: int

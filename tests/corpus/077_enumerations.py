"""Enumerations: members, values, and what the class body sees."""
import enum, sys, gc
from sys import getrefcount as rc
class V(list):
    def __eq__(self, o): print('eq', rc(self), rc(o)); return self is o
class A(enum.Enum):
    X = V([1])
    Y = V([2])
    Z = X
    def __init__(self, v): self.extra = v; print('init', rc(v), rc(self))
    @property
    def p(self): return self.value
    def __repr__(self): return 'A.' + self.name
print(list(A), A.Z is A.X, rc(A.X.value), rc(A.X), A.X.p is A.X.extra)
class B(enum.IntEnum):
    ONE = 1
    TWO = enum.auto()
print(B.TWO, B(1) is B.ONE, B.ONE + 1, rc(B.ONE), B['TWO'], B.__members__['ONE'] is B.ONE)
class C(enum.Flag):
    R = enum.auto(); W = enum.auto(); RW = R | W
print(C.R | C.W, C.RW & ~C.R, rc(C.RW), C(0), bool(C(0)), C.R in C.RW)
class D(tuple, enum.Enum):
    P = 1, 2
    Q = (3, 4)
print(D.P.value, D((3, 4)) is D.Q)
class E(enum.Enum):
    def _generate_next_value_(name, start, count, last): print(name, start, count, last, rc(last)); return [name]
    M = enum.auto()
    N = enum.auto()
print(E.M.value, rc(E.M.value), rc(E.N))
try: A(5)
except ValueError as e: print(e)
class F(enum.Enum):
    def __new__(cls, a, b): o = object.__new__(cls); o._value_ = a; o.b = b; return o
    K = [1], {}
print(F.K.value, rc(F.K.b), rc(F.K.value))
@enum.unique
class G(enum.Enum): a = 1; b = 2
x = A.X; del A; print(gc.collect() >= 0, type(x).__name__, rc(x)); del x; print(gc.collect())
dyn = enum.Enum('Dyn', 'p q'); print(list(dyn), rc(dyn.p)); del dyn; print(gc.collect())
for m in B: print(m.name, rc(m))

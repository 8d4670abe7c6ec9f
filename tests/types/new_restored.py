# A built-in __new__ put into a class does not change what makes its instances (update_one_slot).
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class C1(list): __new__ = object.__new__
class C2(object): __new__ = list.__new__
class C3(int): __new__ = object.__new__
class C4(Exception): __new__ = object.__new__
class C5(dict): __new__ = list.__new__
t(C1); t(lambda: type(C2()).__name__); t(C3); t(lambda: C3(5)); t(C4); t(lambda: C4(1)); t(C5)
class A:
    def __new__(cls, *a, **k): raise AssertionError
class B(A):
    __new__ = object.__new__
    def __init__(self, foo): self.foo = foo
t(lambda: B(3).foo)
class S(str): __new__ = str.__new__
t(lambda: S('x'))
class T(tuple):
    def __new__(cls, x): return tuple.__new__(cls, (x,))
class U(T): __new__ = tuple.__new__
t(lambda: U([1,2]))
t(lambda: C1.__new__ is object.__new__)
class A:
    def __new__(cls, *a): print('new', a); return object.__new__(cls)
    def __init__(self, *a): print('init', a)
t(lambda: type(A(1)).__name__); A.__new__ = object.__new__; t(lambda: type(A()).__name__); t(lambda: type(A(1)).__name__); del A.__new__; t(lambda: type(A()).__name__); t(lambda: type(A(1)).__name__)
class Mix: 
    def __new__(cls, *a): print('mix'); return super().__new__(cls, *a)
class L(Mix, list): pass
class L2(list, Mix): pass
t(lambda: L([1])); t(lambda: L2([1,2]))
class P: __new__ = object.__new__
class Q(P, int): pass
t(lambda: Q(7)); t(lambda: Q.__new__ is object.__new__)
class E1(KeyError, ValueError): pass
t(lambda: repr(E1(1)))
class M(type):
    __new__ = type.__new__
t(lambda: M('Z', (), {}).__name__)
class N(type):
    def __new__(m, *a): return type.__new__(m, *a)
class O(metaclass=N): pass
t(lambda: type(O).__name__)
class D(dict):
    def __new__(cls, **k): return dict.__new__(cls)
t(lambda: D(a=1)); D.__new__ = dict.__new__; t(lambda: D(a=2)); t(lambda: D({'b': 1}))
import collections, datetime
class Dt(datetime.date): __new__ = datetime.date.__new__
t(lambda: Dt(2024,1,1))
class X(object): pass
X.__new__ = lambda cls, *a: 5
t(lambda: X(1, 2)); del X.__new__; t(lambda: type(X()).__name__); t(lambda: X(1))
class Base1: pass
class Y(Base1): pass
class Z1(int): pass
Y.__bases__ = (A,)
t(lambda: type(Y()).__name__)
t(lambda: object.__new__(int)); t(lambda: int.__new__(object)); t(lambda: int.__new__(bool, 1)); t(lambda: list.__new__(L, [1]))
class NT(collections.namedtuple('NT', 'a b')): __new__ = tuple.__new__
t(lambda: NT((1, 2)))

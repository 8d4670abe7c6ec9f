# Verifies methods taken over from classes they do not fit, the "Carlo Verre hack", and __dict__ of instances of built-in types.
import types
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
class A(int):
    __eq__ = str.__eq__
    __add__ = str.__add__
    __len__ = list.__len__
a=A()
t(lambda: a==a); t(lambda: a+a); t(lambda: len(a)); t(lambda: 1+a)
class X(dict):
    __neg__ = dict.copy; __str__=dict.__repr__; __repr__=int.__repr__
t(lambda: -X(a=1)); t(lambda: str(X(a=1))); t(lambda: repr(X()))
class Foo: pass
Foo.__repr__ = Foo.__str__
def deep(f):
    try: f(Foo())
    except RecursionError: print('RecursionError')
deep(str); deep(repr)
class Meta(type):
    def __setattr__(cls, key, value): object.__setattr__(cls, key, value)
class Mixed(type('B', (), {}), Meta): pass
for meta in (Meta, Mixed):
    t(lambda: setattr(meta('D', (), {}), 'x', 1))
t(lambda: object.__setattr__(int, 'x', 1)); t(lambda: type.__setattr__(int, 'x', 1)); t(lambda: object.__delattr__(Foo, 'x'))
t(lambda: object.__setattr__(Foo(), 'x', 1)); t(lambda: dict.__setattr__({}, 'x', 1))
class Base: pass
own = Base.__dict__['__dict__']
class Meta1(type, Base): pass
class Module1(types.ModuleType, Base): pass
class Error1(Exception, Base): pass
t(lambda: own.__set__(Meta1('E', (), {}), {})); t(lambda: own.__set__(Module1('m'), {})); t(lambda: own.__get__(Module1('m'))['__name__'])
e = Error1(); own.__set__(e, {'a': 1}); print(e.a, own.__get__(e)); t(lambda: own.__set__(e, 1)); t(lambda: own.__delete__(e))
class M(type):
    def mro(cls):
        if cls.__mro__ is None and cls.__name__ != 'X':
            t(lambda: type('X', (cls,), {}))
        return type.mro(cls)
class UsesM(metaclass=M): pass
def new_args(value):
    class C:
        def __getnewargs_ex__(self): return value
    t(lambda: C().__reduce_ex__(2)[1:])
for value in (((1,), {'a': 2}), ((), 'bad'), ('bad', {}), (), 'bad', ((1,), {})): new_args(value)

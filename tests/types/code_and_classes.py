# Verifies code.replace, types.CodeType, and assigning __bases__ and __class__.
import sys
def t(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r)[:200])
def ff(a, b=2, *c, d=4, **e):
    "doc"
    x = 1
    return a+x
co = ff.__code__
t(lambda: co.replace(co_name='zz').co_name)
t(lambda: co.replace(co_code=b'').co_code)
t(lambda: co.replace(foo=1))
t(lambda: co.replace(co_argcount='a'))
t(lambda: co.replace(co_argcount=-1))
t(lambda: co.replace(co_consts=(None,5)).co_consts)
t(lambda: co.replace(co_varnames=('q','w')))
t(lambda: co.replace(co_flags=co.co_flags|0x100).co_flags)
t(lambda: co == co.replace())
t(lambda: list(co.co_lines()))
import types
t(lambda: types.CodeType())
g = types.FunctionType(co.replace(co_consts=('doc', 10)), globals())
t(g, 5)
class A: pass
class B: 
    def hi(self): return 'hi'
class C(A): pass
def setb(): 
    C.__bases__ = (B,)
    return C().hi(), C.__mro__
t(setb)
t(setattr, C, '__bases__', ())
t(setattr, C, '__bases__', 3)
t(setattr, C, '__bases__', (int,))
t(setattr, C, '__bases__', (C,))
t(setattr, int, '__bases__', (object,))
t(setattr, object, '__bases__', ())
t(delattr, C, '__bases__')
class D(C): pass
t(setattr, B, '__bases__', (D,))
t(lambda: B.__bases__)
def setc():
    x = A(); x.__class__ = D
    return x.hi()
t(setc)
t(setattr, A(), '__class__', int)
t(setattr, 5, '__class__', int)
t(setattr, A(), '__class__', 5)
t(delattr, A(), '__class__')
class S: __slots__ = ('a',)
class S2: __slots__ = ('a',)
class S3: __slots__ = ('b',)
x = S(); x.a = 3
def sc(): 
    x.__class__ = S2; return x.a, type(x)
t(sc)
t(setattr, x, '__class__', S3)
t(setattr, x, '__class__', A)
import types
class M(types.ModuleType): 
    @property
    def foo(self): return 'foo'
def mc():
    m = sys.modules['__main__']; m.__class__ = M; return m.foo
t(mc)
t(setattr, type('K',(int,),{})(3), '__class__', type('K2',(int,),{}))
t(setattr, [], '__class__', type('K2',(list,),{}))

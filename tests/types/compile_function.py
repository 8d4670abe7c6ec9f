# Verifies compile(), eval() and exec(), their arguments and errors, and names that are no text.
# test_class
class A:
    @property
    def x(self): raise AttributeError('booh')
    def __getattr__(self, n): return 'ga '+n
    def __eq__(self, o): raise AttributeError('booh')
class E:
    __eq__ = property(lambda s: (_ for _ in ()).throw(AttributeError('booh')))
E() == E()
class I:
    __init__ = property(lambda s: (_ for _ in ()).throw(AttributeError('booh')))
try: I()
except AttributeError as x: print(x)
print(A().x)
class B: pass
def t(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r)[:200])
t(type.__setattr__, B, b'x', None)
t(object.__setattr__, B(), b'x', None)
t(setattr, B(), 3, None)
t(object.__getattribute__, B(), 3)
t(object.__delattr__, B(), 3)
t(getattr, B(), 3)
t(getattr, B(), 3, 4)
t(hasattr, B(), 3)
t(type, 'a\udc00', (), {})
def sn(): B.__name__ = 'a\udc00'
t(sn)
def sd():
    C = type('C', (), {'__doc__': 'x\udcdcy'}); return C.__doc__
t(sd)
t(compile, 'x=5\ny=6', 'f', 'single')
t(compile, 'x=5 # c\nx', 'f', 'single')
f1 = eval(compile('lambda: 0.0', 'x', 'eval')); f2 = eval(compile('lambda: -0.0', 'x', 'eval'))
print(f1.__code__ == f2.__code__)
print(compile('assert 0', 'f', 'exec', optimize=1).co_code == compile('', 'f', 'exec').co_code)
print(compile('__debug__', 'f', 'eval', optimize=2).co_consts)
fn = 'my file'; c = compile('def f():\n def g(): pass\n return g\n', fn, 'exec')
print(c.co_filename is fn, c.co_consts[0].co_filename is c.co_filename)
t(exec, compile('x = 1; print(x)', '', 'exec'), {})
t(eval, b'# coding: latin-1\n"\xe9"')
t(eval, bytearray(b'1+1'))
t(eval, memoryview(b'1+1'))
t(eval, ' 1')
t(eval, '\n1')
t(eval, '1;')
t(exec, 'a\0b')
t(exec, '\udc00')

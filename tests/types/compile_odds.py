# compile() of one statement, with paths; unions with type variables; __get__ called as it stands in the class.
import typing, types
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, str(e)[:150])
for s in ['1\n2','def f(): pass','a = 13\nb = 187','del x\ndel y','f()\ng()','f()\n# blah\nblah()','f()\nxy # blah\nblah()','x = 5 # comment\nx = 6\n',"c = '''\nd=1\n'''\na = 1\n\nb = 2\n",'def f(): pass\n','def f(): pass\n\n','if 1: pass','if 1:\n  pass','if 1:\n pass\n','class A: pass','@d\ndef f(): pass','for i in x: pass','while 1: pass','try: pass\nfinally: pass','with a: pass','async def f(): pass','match x:\n case 1: pass','a=1;b=2','a=1','\n','#c','#c\n','a=1\n\n\n','a=1 #c\n#d\n']:
    print(repr(s), end=' '); t(lambda: bool(compile(s,'?','single')))
class P:
    def __init__(s,p): s.p=p
    def __fspath__(s):
        if isinstance(s.p,Exception): raise s.p
        return s.p
t(lambda: compile('42',P('abc'),'single').co_filename)
t(lambda: compile('42',P(b'abc'),'single').co_filename)
t(lambda: compile('42',P(5),'single').co_filename)
t(lambda: compile('42',P(ZeroDivisionError()),'single').co_filename)
T=typing.TypeVar('T')
for x in (int|T, T|int, typing.Union[int,T], typing.Union[T,int]):
    print(x); t(lambda: isinstance(1,x)); t(lambda: issubclass(int,x)); t(lambda: isinstance(object(),x)); t(lambda: issubclass(object,x))
class BadMeta(type):
    __qualname__='TypeVar'
    @property
    def __module__(self): 1/0
TypeVar=BadMeta('TypeVar',(),{})
t(lambda: str|TypeVar())
def func():
    x=1
    return x
c=func.__code__
t(lambda: list(c.replace(co_linetable=b'').co_lines()))
t(lambda: c.replace(co_linetable=b'').co_lnotab)


class Bound:
    __get__ = isinstance


class X:
    a = Bound()


t(lambda: X.a)


class Static:
    __get__ = staticmethod(lambda *args: len(args))


class Y:
    a = Static()


print(Y.a, Y().a)

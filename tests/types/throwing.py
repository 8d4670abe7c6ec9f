# Verifies what throw() accepts, contexts of what is thrown, delegates that are no generators, reentrancy.
# throw with tracebacks, contexts and odd arguments
import sys
def g():
    while 1:
        try: yield 1
        except BaseException as e:
            tb=e.__traceback__; n=0
            while tb: n+=1; tb=tb.tb_next
            print(repr(e), repr(e.__context__), n)
class Bad(Exception):
    def __init__(s,*a): raise KeyError('bad init')
class Bad2(Exception):
    def __new__(c): return 5
x=g(); next(x)
def t(*a):
    try: print(x.throw(*a))
    except BaseException as e: print('out', repr(e))
t(ValueError); t(ValueError('a')); t(ValueError, 'b'); t(ValueError, ValueError('c')); t(ValueError,(1,2)); t(LookupError, KeyError('d'))
t(KeyError, ValueError('e')); t(Bad); t(Bad,1); t(Bad2); t(int); t(5); t('x'); t(ValueError, None, None); t(ValueError, None, 5); t(ValueError('f'), 3); t(ValueError('f'), None)
try: 1/0
except ZeroDivisionError as e: tb=e.__traceback__; z=e
t(ValueError, 'g', tb); t(z); t(z, None, tb); t(ValueError, z); t(ZeroDivisionError, z)
try: raise IndexError
except IndexError: t(ValueError); t(z); x.send(None)
t(); t(1,2,3,4)
try: x.close()
except RuntimeError as e: print(e)
t(ValueError('after'))
def h():
    try: raise KeyError(1)
    except KeyError:
        try: yield
        except ValueError as e: print(repr(e.__context__))
        try: yield
        except ZeroDivisionError as e: print(repr(e.__context__))
        print(sys.exc_info()[0])
        yield
    print(sys.exc_info()[0])
x=h(); next(x)
try: raise OSError
except OSError: t(ValueError); t(z); print(sys.exc_info()[0])
try: next(x)
except StopIteration: pass
def inner():
    try: yield 1
    except ValueError: return 'r'
def outer():
    while 1: print('got', (yield from inner()))
x=outer(); next(x); t(ValueError); t(ValueError('z'))
class It:
    def __iter__(s): return s
    def __next__(s): return 1
    def throw(s,*a): print('It.throw', a); raise StopIteration('it')
    def close(s): print('It.close'); raise KeyError('close')
def o2(): print('res', (yield from It())); yield 'after'
x=o2(); next(x); t(ValueError, 'v'); x.close()
x=o2(); next(x)
try: x.close()
except KeyError as e: print(repr(e))
x=o2(); next(x); t(GeneratorExit)
class It2(It):
    throw=None
del It.throw
It2.throw=property(lambda s: 1/0)
class It3(It): pass
def o3(): 
    try: yield from It3()
    except ValueError as e: print('here', repr(e)); yield 7
x=o3(); next(x); t(ValueError,'here')
def o4(): yield from It2()
x=o4(); next(x); t(ValueError)
class NoClose:
    def __iter__(s): return s
    def __next__(s): return 1
def o5():
    try: yield from NoClose()
    except GeneratorExit: print('GE'); raise
x=o5(); next(x); x.close()
# reentrancy
def re1():
    try: yield 1
    except ValueError:
        print(me.gi_running, me.gi_yieldfrom.__name__)
        for f in (lambda: next(me), lambda: me.close(), lambda: me.throw(KeyError), lambda: me.send(2)):
            try: f()
            except ValueError as e: print(e)
        yield 2
def re2(): yield from re1()
me=re2(); next(me); print(me.throw(ValueError))
print(next(me,'end'), me.gi_running)
async def c(): await c2()
async def c2():
    print(k.cr_running, k.cr_await)
    try: k.send(None)
    except ValueError as e: print(e)
k=c()
try: k.send(None)
except StopIteration: print('done')
def gg():
    yield g2
    yield from g2
g2=gg(); next(g2)
for i in range(2):
    try: next(g2)
    except (ValueError, StopIteration) as e: print(repr(e))

# Counts of frame objects: of functions, generators, coroutines and classes that run, delegate, wait or are over.
import sys
def check(frame):
    print(sys.getrefcount(frame), frame.f_code.co_name, frame.f_back and frame.f_back.f_code.co_name)
def f():
    check(sys._getframe())
    try: yield
    except Exception: pass
    check(sys._getframe())
    x = sys._getframe()
    check(x)
def g():
    check(sys._getframe())
    yield from f()
    check(sys._getframe())
n = g(); n.send(None)
try: n.send(None)
except StopIteration: pass
n = g(); n.send(None)
try: n.throw(KeyError)
except StopIteration: pass
n = f(); next(n)
for _ in n: pass
n = f(); list(n)
def h():
    check(sys._getframe()); y = sys._getframe(); check(y); check(y.f_back)
h()
async def c():
    check(sys._getframe()); await d()
async def d():
    check(sys._getframe())
try: c().send(None)
except StopIteration: pass
check(sys._getframe())
class K:
    check(sys._getframe())
    def __del__(self): check(sys._getframe())
K()
(lambda: check(sys._getframe()))()
[check(sys._getframe()) for _ in 'a']
list(check(sys._getframe()) for _ in 'a')
exec('check(sys._getframe())')
def tb():
    try: 1 / 0
    except ZeroDivisionError as e:
        check(e.__traceback__.tb_frame); print(sys.getrefcount(e.__traceback__))
        return e
e = tb(); check(e.__traceback__.tb_frame)

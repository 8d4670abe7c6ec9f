"""Exceptions, their tracebacks, causes and contexts, and who holds them."""
import sys, gc
from sys import getrefcount as rc
class R:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
    def __repr__(self): return 'R'
class Err(Exception):
    def __del__(self): print('del err', self.args)
def inner(r):
    x = R('local')
    raise Err(r)
def outer():
    y = R('outer')
    try:
        inner(y)
    except Err as e:
        print('caught', rc(e), rc(y), e.__traceback__.tb_next is not None)
        raise KeyError(y) from e
    finally:
        print('finally', sys.exc_info()[0], rc(y))
saved = None
try:
    outer()
except KeyError as k:
    saved = k
    print(rc(k), rc(k.__cause__), k.__context__ is k.__cause__)
print('after', sys.exc_info())
tb = saved.__traceback__
while tb:
    print(tb.tb_frame.f_code.co_name, tb.tb_lineno, sorted(tb.tb_frame.f_locals)[:3])
    tb = tb.tb_next
saved.__traceback__ = None
print('cleared', rc(saved))
saved = None
print('dropped')
def gen():
    r = R('gen')
    try:
        yield 1
        yield 2
    except Err as e:
        print('in gen', rc(e), rc(r)); yield e
    finally:
        print('gen done')
g = gen(); next(g)
e = g.throw(Err('thrown'))
print(rc(e)); del e
g.close(); del g
def nested():
    try:
        try:
            raise Err(1)
        finally:
            try: raise Err(2)
            except Err as two: print(two.__context__.args); t = two
            print('t', rc(t))
            del t
    except Err as one:
        print(one.args, one.__context__)
        return one
n = nested(); print(rc(n)); n = None
def reraise():
    try:
        try: raise Err('re')
        except Err: raise
    except Err as e:
        return len([1 for _ in iter(lambda t=[e.__traceback__]: t.__setitem__(0, t[0].tb_next) or t[0], None)])
print(reraise())
class Ctx:
    def __enter__(self): return R('entered')
    def __exit__(self, t, v, tb): print('exit', t, rc(v) if v else v); return t is Err
with Ctx() as c: raise Err('in with')
print('c', rc(c)); del c
try:
    with Ctx() as c, Ctx() as d: raise ValueError(R('v'))
except ValueError as e: print(rc(e), rc(e.args[0]))
for i in range(2):
    try: raise Err(i)
    except Err as e: last = e
print(last.__context__); last = None
try: raise Err
except Err: print(rc(sys.exc_info()[1]))
try: raise Err from None
except Err as e: print(e.__suppress_context__)
def f():
    while True:
        try: return R('ret')
        finally: break
    return 'broken'
print(f())
assert sys.exc_info() == (None, None, None)
try: assert False, R('msg')
except AssertionError as e: print(rc(e.args[0]))
print(gc.collect())

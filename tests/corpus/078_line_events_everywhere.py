# Line events: with two managers, finally, throw into a delegate, match, decorators, asynchronous statements.
import sys
class C:
    def __init__(self, ok=False): self.ok = ok
    def __enter__(self): return self
    def __exit__(self, *a):
        return self.ok
def f(n):
    try:
        with C() as a, C() as b:
            x = [n][n]
    except IndexError:
        x = 2
    else:
        x = 3
    finally:
        y = 4
    while n < 3:
        try:
            n += 1
            if n == 2:
                continue
            if n == 3: break
        finally:
            z = [n
                 for n in range(2)]
    with C(True):
        with C(True) as q:
            raise KeyError(
                'a',
                n)
        x = 1
        raise ValueError
    try:
        try:
            1 / 0
        except KeyError: pass
        except (ZeroDivisionError,
                ValueError) as e:
            try:
                raise
            finally:
                w = 3
    except ZeroDivisionError: w = 4
    return (x if n
            else y)
for i in range(3): f(i)
def g():
    try:
        r = yield 1
    except KeyError as e:
        yield 2
    finally:
        q = 3
        yield 4
    return 5
def h():
    a = yield from g()
    b = ((yield from g()),
         (yield from g()))
    return b
it = h()
next(it)
it.throw(KeyError)
next(it)
for z in it: pass
it = h(); next(it); it.close() if 0 else None
match [1, 2, {'a': 3}]:
    case [1]: pass
    case [1, x, {'a': 4}]:
        pass
    case [1, 2, {'a': y}] if (y ==
            4):
        pass
    case [*_, {'a': (1 | 2) as y}]:
        pass
    case _:
        y = 2
assert (y ==
        2), 'x'
d = {
    'a': 1,
    'b': [i for i in range(2)
          if i],
    **{'c':
        3},
}
s = (d['a']
     if y else
     d['b'])
print(s,
      d,
      sep='')
lam = lambda: (
    1,
    2)
lam()
def deco(f): return f
@deco
@(lambda f:
  f)
def k(a=1,
      b=2):
    return a
k()
@deco
class Z(object,
        metaclass=type):
    """doc"""
    x = 1
    def m(self): pass
async def co():
    async with AC() as x, AC() as y:
        z = 1
    async with AC() as x, AC() as y:
        raise KeyError
    async for q in ag(): pass
    return [q async for q in ag()]
async def ag():
    try:
        yield 1
        yield 2
    finally:
        w = 1
class AC:
    async def __aenter__(self): return self
    async def __aexit__(self, *a): return False
try: co().send(None)
except StopIteration: pass
except KeyError: pass
for a in range(2):
    for b in range(2):
        if a: continue
        if b: break
    else:
        x = 1
else: x = 2
while True:
    if x: break
del (x,
     y)
try:
    del x
except NameError: pass
finally: pass
try:
    try: raise KeyError
    except KeyError as e: raise ValueError from e
except ValueError as e: pass
try:
    with C() as c:
        with C() as d: 1/0
except: pass
import os.path as p, \
    sys
global_ = 1
def loops():
    for i in (1,
              2):
        try: continue
        finally: i = 3
    for i in [1]:
        with C(): break
    for i in [1]:
        with C(): return 1
loops()
x = [1, 2]
x[0:
  1] = [3]
x += [
  4]
a = b = c = \
  3
if a and \
   b and \
   not c: pass
elif a:
    pass
x = 1 if a else 2; y = 2; z = 3
f'{a}' f'''{a}
'''

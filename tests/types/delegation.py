# Verifies yield from and await on generators and coroutines: values, exceptions, counts, depth.
import sys
def rc(o): return sys.getrefcount(o)-1
class V:
    def __init__(s,n): s.n=n
    def __del__(s): print('del', s.n)
def inner():
    try:
        x = yield 1
        print('inner got', x and rc(x))
        x = yield 2
        print('inner got', x)
        return 'ret'
    except KeyError as e:
        print('inner KeyError'); yield 'handled'; return 'afterke'
    finally: print('inner fin')
def mid():
    try: r = yield from inner()
    except ValueError as e: print('mid VE', e); r = yield 'midve'
    print('mid', r); 
    return r, 'mid'
def outer():
    r = yield from mid()
    print('outer', r); return r
g=outer(); print(next(g)); print(g.send(V(1))); 
try: g.send(3)
except StopIteration as e: print(e.value)
g=outer(); print(next(g), g.gi_yieldfrom.__name__, g.gi_yieldfrom.gi_yieldfrom.__name__); print(g.throw(KeyError)); 
try: next(g)
except StopIteration as e: print(e.value)
g=outer(); next(g); print(g.throw(ValueError('q'))); g.close()
g=outer(); next(g); del g
for x in outer(): print('for', x)
print(list(outer()))
def raiser():
    yield 1
    raise ValueError('deep')
def o2():
    try: yield from raiser()
    except ValueError as e:
        tb=e.__traceback__
        while tb: print(tb.tb_frame.f_code.co_name, tb.tb_lineno); tb=tb.tb_next
        yield 'c'
print(list(o2()))
def o3(): yield from raiser()
def o4(): yield from o3()

try: list(o4())
except ValueError as e:
    tb=e.__traceback__
    while tb: print(tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_lasti); tb=tb.tb_next
def stopper():
    yield 1
    raise StopIteration(5)
def o5(): yield from stopper()
try: list(o5())
except RuntimeError as e: print(repr(e), repr(e.__cause__))
# running
def selfr():
    yield 1
    yield from me
me=selfr(); next(me)
try: next(me)
except ValueError as e: print(e)
def fin():
    g2=inner(); next(g2); 
    for _ in g2: pass
    x = yield from g2
    print('finished gives', x)
    yield 9
print(list(fin()))
async def co(): return 1
async def reuse():
    c=co(); print(await c)
    try: await c
    except RuntimeError as e: print(e)
    return 2
try: reuse().send(None)
except StopIteration as e: print(e.value)
c=co()
try: c.send(None)
except StopIteration: pass
for m in (lambda: c.send(None), lambda: c.throw(ValueError), lambda: c.close()):
    try: print(m())
    except BaseException as e: print(repr(e))
# exception context
def ctx():
    try: raise KeyError('a')
    except KeyError: 
        try: yield 1
        except ValueError as e: print(repr(e.__context__)); yield 2
g=ctx(); next(g); print(g.throw(ValueError('v')))
def ctx2():
    try: raise KeyError('a')
    except KeyError as e:
        try: yield e
        except KeyError as e2: print(e2 is e, repr(e2.__context__)); yield 2
g=ctx2(); k=next(g); print(g.throw(k))
def ctx3():
    try: yield 1
    except ValueError as e: print(repr(e.__context__)); yield 2
g=ctx3(); next(g)
try: 1/0
except ZeroDivisionError: print(g.throw(ValueError))
# deep
def chain(n):
    if n: yield from chain(n-1)
    else: yield 'bottom'
print(list(chain(900)))
def cr():
    r=0
    try:
        for x in chain(3000): r+=1
    except RecursionError as e: print('RE', e, r)
cr()
sys.setrecursionlimit(20000)
n=0
for x in chain(15000): n+=1
print(n)
def ch2(n):
    try:
        if n: return 1+(yield from ch2(n-1))
        else:
            x = yield 'bottom'
            return 0
    finally:
        if n%3000==0: print('f', n)
g=ch2(9000); print(next(g))
try: g.throw(ValueError('through'))
except ValueError as e: print('thru', e)
g=ch2(9000); print(next(g)); g.close()
g=ch2(9000); print(next(g))
try: g.send(None)
except StopIteration as e: print(e.value)
async def cc(n):
    if n: return 1+await cc(n-1)
    return 0
try: cc(9000).send(None)
except StopIteration as e: print(e.value)
sys.setrecursionlimit(1000)
g = ch2(1200)
try: next(g)
except RecursionError as e: print('RE2', e)
try: next(g)
except StopIteration as e: print('stopped', e.value)
async def c3(n):
    if n: return 1+await c3(n-1)
    return 0
c=c3(5000)
try: c.send(None)
except RecursionError as e: print('RE3', e)
# a chain that grows from the bottom
sys.setrecursionlimit(300)
def leaf():
    while 1: yield 1
def wrap(g): yield from g
g=leaf(); next(g); k=0
try:
    while 1:
        g=wrap(g); next(g); k+=1
except RecursionError as e: print('grow', k, e)
try: print(next(g))
except BaseException as e: print(repr(e))
# mutual iteration with sends counted
sys.setrecursionlimit(1000)
def cnt():
    while 1:
        x = yield
        if x is None: continue
        print('rc', rc(x))
def d1(): yield from cnt()
def d2(): yield from d1()
g=d2(); next(g); v=V('s'); g.send(v); g.send(V('t')); print(rc(v))
g.close(); 

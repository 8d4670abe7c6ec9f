# Verifies what sys.settrace and sys.setprofile hooks are told, and when.
import sys
ev = []
def tr(frame, event, arg):
    if frame.f_code.co_filename != __file__: return
    a = arg if not isinstance(arg, tuple) else (arg[0].__name__, str(arg[1]))
    print(frame.f_code.co_name, event, frame.f_lineno, frame.f_lasti if 0 else '', repr(a)[:60])
    return tr
def gen(n):
    for i in range(n):
        yield i
    return 'done'
def outer():
    r = yield from gen(2)
    yield r
def f(x):
    y = x + 1
    if y > 2:
        y = 3
    try:
        1/0
    except ZeroDivisionError:
        pass
    finally:
        y = 5
    for i in range(2): pass
    while y:
        y -= 3
        if y < 0: break
    return y
def g():
    raise ValueError('x')
class A:
    def __init__(self): self.x = 1
    def __del__(self): pass
def lam(): return (lambda a:
      a + 1)(3)
def comp(): return [i
    for i in range(2)
    if i]
def w():
    import contextlib
    with contextlib.suppress(ValueError):
        g()
    return 1
def thrower():
    it = gen(3)
    next(it)
    try: it.throw(KeyError('k'))
    except KeyError: pass
    it2 = gen(3); next(it2); it2.close()
def modify():
    z = 1
    z = z
    return z
sys.settrace(tr)
f(1)
list(outer())
try: g()
except ValueError: pass
A()
lam(); comp(); w(); thrower()
sys.settrace(None)
def tr2(frame, event, arg):
    if event == 'line' and frame.f_lineno == modify.__code__.co_firstlineno + 2:
        frame.f_locals['z'] = 42
    return tr2
sys.settrace(tr2)
print(modify())
sys.settrace(None)
def bad(frame, event, arg):
    if event == 'line' : raise RuntimeError('in trace')
    return bad
sys.settrace(bad)
try: modify()
except RuntimeError as e: print('caught', e, sys.gettrace())
def prof(frame, event, arg):
    if frame.f_code.co_filename != __file__: return
    print('P', frame.f_code.co_name, event, frame.f_lineno, getattr(arg, '__qualname__', arg))
def p1():
    len('x'); [].append(1); 'a'.upper(); print
    try: int('q')
    except ValueError: pass
    try: len(3)
    except TypeError: pass
    sorted([3,1], key=lambda q: q)
    list(gen(1))
    dict.get({}, *(1,))
    dict.get({}, 1)
sys.setprofile(prof)
p1()
sys.setprofile(None)
def op(frame, event, arg):
    frame.f_trace_opcodes = True
    frame.f_trace_lines = False
    print(event, frame.f_lasti, frame.f_lineno)
    return op
sys.settrace(op)
modify()
sys.settrace(None)
try: sys._getframe().f_trace_lines = 3
except TypeError as e: print(e)
print(sys.gettrace(), sys._getframe().f_trace)

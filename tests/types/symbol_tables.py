# Verifies symtable: kinds, names, lines, flags and order of the symbols of every scope.
import symtable
SOURCE = '''
from __future__ import generator_stop
import sys, os.path as p
glob: int = 5
@decorated
def spam(a, /, b=glob, *args, c, d: str = 'x', **kw):
    global bar, newer
    bar = 47
    some = 1
    def inner(x):
        nonlocal some
        some = b
        return [x + y + z for y in args if (z := y)]
    class Local:
        attr = a
        __private = 1
        def method(self): return __class__, self.__private, attr
        lam = lambda q, *r: q + a
    return {k: v for k, v in kw.items()}, {e for e in args}, (g for g in args)
class Mine(object, metaclass=type):
    x: int
    def f(self): yield super().f()
    async def g(self): await glob
del glob
match spam:
    case [u, *rest] | {'k': u, **rest}: pass
for i in range(3): pass
try: pass
except E as err: newer
with a as b: pass
'''
def show(table, deep=0):
    pad = '  ' * deep
    print(pad, table, table.get_type(), table.get_name(), table.get_lineno(), table.is_optimized(), table.is_nested(), table.has_children(), list(table.get_identifiers()))
    if table.get_type() == 'function':
        print(pad, table.get_parameters(), table.get_locals(), table.get_globals(), table.get_nonlocals(), table.get_frees())
    if table.get_type() == 'class': print(pad, table.get_methods())
    for s in table.get_symbols():
        print(pad, s, s._Symbol__flags if hasattr(s, '_Symbol__flags') else s._flags, *[int(getattr(s, n)()) for n in dir(s) if n.startswith('is_')], [t.get_name() for t in s.get_namespaces()])
    for child in table.get_children(): show(child, deep + 1)
top = symtable.symtable(SOURCE, 'file.py', 'exec')
show(top)
print(top.lookup('spam').get_namespace() is top.get_children()[0])
show(symtable.symtable('[a for a in b]', '?', 'eval'))
show(symtable.symtable('x = 1', '?', 'single'))
for source, mode in (('def f(x): global x', 'exec'), ('x = ', 'exec'), ('a', 'other'), ('def f(a, a): pass', 'exec'), (b'x', 'eval'), (5, 'exec')):
    try: print(symtable.symtable(source, 'f.py', mode))
    except Exception as e: print(type(e).__name__, e, getattr(e, 'lineno', None), getattr(e, 'offset', None))
for name in ('some', 'glob'):
    try: top.lookup(name).get_namespace()
    except Exception as e: print(type(e).__name__, e)

# Verifies how many allocations the collector counts for compile(), exec() and eval(), the first compile() included.
import gc
gc.collect(); gc.disable()
def t(src, mode='exec'):
    gc.collect()
    a = gc.get_count()[0]
    r = compile(src, 'f', mode)
    b = gc.get_count()[0]
    r = None
    c = gc.get_count()[0]
    print(repr(src), b - a, c - a)
for s in ['1', '', 'x', 'x=1', 'x=1.5', 'x=(1,2)', 'x=y', 'a.b', 'def f(): pass', 'def f(x): return x', 'class C: pass', 'def f():\n def g(): pass', 'lambda: 0', '[x for x in y]', 'f(1, a=2)', 'x = b"a"', 'x=True', '"doc"', 'import a', 'from a import b', 'x="a"\ny="b"', 'f"{x}"', 'def f(a, b=1, *, c=2): d = 1; return a', 'def f():\n x=1\n def g(): return x\n return g', 'class C:\n def f(self): return super()']:
    t(s)
t('1', 'eval'); t('x+1', 'eval'); t('[1]', 'eval'); t('(lambda: 1)()', 'eval')
for s in ['x = {1, "a"} == y in {1,2,3}', 'def f():\n try: pass\n except E: pass\n finally: g()', 'async def f():\n async with a: await b', 'class A(B, metaclass=M):\n  """d"""\n  x: int = 1\n  def __init__(self, *a, **k): self.a = a\n  @property\n  def p(self): return [i for i in self.a if i]', 'match x:\n case [1, *y]: pass\n case {"a": z}: pass', 'x = 1j; y = 2.5; z = (1.5, "a", b"c", (True, None))', 'import os.path as p, sys\nfrom . import (a, b)', 'x = f"{a!r:>{b}} {c}"', 'if a: b\nelif c: d\nelse:\n while e: f; break', 'with a as b, c: d', '\n'.join('v%d = %d' % (i, i) for i in range(30)), '\n'.join('def f%d(a, b=%d): return a' % (i, i) for i in range(45)), 'assert x, "y"', 'def f(x: int, y: "str" = 1, *, z: list) -> None: pass', '[[a for a in b] for b in c]', '{k: v for k, v in z}', '(yield)' if 0 else 'def g(): yield from x', 'try:\n  import q\nexcept* E: pass' if 0 else 'raise X from Y']: t(s)
def te(f):
    gc.collect()
    a = gc.get_count()[0]
    f()
    b = gc.get_count()[0]
    print(b - a)
d = {}
te(lambda: exec('a = [1]\ndef f(): return 1', d)); te(lambda: d.clear()); te(lambda: eval('1 + x', {'x': 2})); te(lambda: eval('[lambda: 0]', {})); te(lambda: exec('class C:\n def m(self): pass', d)); te(lambda: d.pop('C'))
try: compile('x = = 1', 'f', 'exec')
except SyntaxError: pass
te(lambda: [eval(str(i)) for i in range(5)])

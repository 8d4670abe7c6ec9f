"""The same inside statements: assignments, deletions, loops, with, raise."""
import contextlib
import gc
import sys


class T:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        x = {self.n: [self.n]}
        seen.append(self.n)
        del x

    def __setattr__(self, k, v):
        super().__setattr__(k, v)

    def __setitem__(self, k, v):
        pass

    def __delitem__(self, k):
        pass

    def __iadd__(self, o):
        return T(self.n + 1)

    def __enter__(self):
        return T(self.n + 10)

    def __exit__(self, *a):
        return T(0)

    def __iter__(self):
        yield T(20)
        yield T(21)

    def __get__(self, o, c=None):
        return T(30)

    def __set__(self, o, v):
        T(31)

    def __set_name__(self, o, n):
        T(32)

    def __instancecheck__(self, o):
        T(33)
        return True

    def __mro_entries__(self, bases):
        return (Base,)


class Base:
    def __init_subclass__(cls, **kw):
        cls.kw = kw
        T(40)


seen = []
out = []


def show(title):
    print(title, seen)
    seen.clear()


def s(src):
    try:
        exec(compile(src, "<s>", "exec"), {"T": T, "Base": Base, "contextlib": contextlib, "sys": sys})
        err = ""
    except BaseException as e:
        err = type(e).__name__
    print(repr(src), err, [n if isinstance(n, (int, str)) else "T" for n in seen])
    seen.clear()


for src in """a = T(1); a = T(2)
a, b = T(1), T(2); a, b = b, a
a, *b = T(1)
[a, [b, c]] = T(1), (T(2), T(3))
a = b = T(1); a = None
T(1).x = T(2)
T(1)[T(2)] = T(3)
del T(1)[T(2)]
x = T(1); x += T(2)
x = [T(1)]; x[0] += T(2)
x = [T(1), T(2), T(3)]; x[0:2] = T(4)
x = [T(1), T(2), T(3)]; del x[::2]
for x in T(1): T(5)
for x in [T(1), T(2)]: break
for x, y in [(T(1), T(2))]: pass
while T(1): break
if T(1): T(2)
with T(1) as x: T(2)
with T(1): raise ValueError(T(2))
with T(1) as x, T(2) as y: 1 / 0
raise ValueError(T(1))
raise ValueError(T(1)) from KeyError(T(2))
raise T(1)
try: raise ValueError(T(1))\nexcept ValueError as e: T(2)
try: raise ValueError(T(1))\nexcept T(2): pass
try: raise ValueError(T(1))\nfinally: T(2)
try: T(1).zz\nexcept AttributeError as e: T(2)
assert T(1), T(2)
assert not T(1), T(2)
def f(x=T(1)): return T(2)\nf(); f(T(3))
def f(): yield T(1)\nnext(f())
def f(): yield from T(1)\nlist(f())
def f(): x = T(1); return (lambda: x)\nf()().n
class C: a = T(1)
class C: a = T(1)\nC().a\nC().a = T(2)
class C(T(1)): pass
class C(Base, k=T(1)): pass
class C(Base): b = [T(2)]; raise KeyError
@T(1).zz\ndef f(): pass
@(lambda f: T(1))\ndef f(): pass
isinstance(T(1), T(2))
lambda: T(1)
(lambda: T(1))()
global g; g = T(1)
x = {T(1): T(2), **{T(3): T(4)}}
x = [*T(1), T(2)]
x = f'{T(1)}'
import sys as T1; del T1
match T(1):\n  case T(n=1) as x: T(2)
match [T(1), T(2)]:\n  case [x, y]: del x
x: T(1) = T(2)
print(T(1).n, [T(2).n], file=None)
x = T(1); x.me = x; del x
x = T(1) if T(2) else T(3)
(y := T(1)); y = None
[T(i) for i in range(3)][1]
[T(i) for i in range(2)]; {T(i): T(i) for i in range(2)}
sum(T(i).n for i in range(3))
T(1), T(2); T(3)
T(T(T(1)))
x = T(1); del x; x
import contextlib\nwith contextlib.ExitStack() as st: st.enter_context(T(1)); st.callback(T, 5)
exec('T(1)'); eval('T(2)')
x = T(1).__class__(T(2))
async def f(): return T(1)\ntry: f().send(None)\nexcept StopIteration: pass
async def f():\n  async with T(1): pass\nf().send(None)""".split("\n"):
    s(src.replace("\\n", "\n"))
gc.collect()
show("collected")

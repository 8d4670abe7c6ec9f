# Verifies which objects are shared or made anew: empty tuples, code objects, unions, texts in memory; how sort and tee ask.
import gc, io, itertools, sys
gc.collect(); gc.disable()
e = ()
t = tuple(iter([])); print(t is e, gc.is_tracked(t))
t = tuple(x for x in []); print(t is e, gc.is_tracked(t))
t = tuple([]); print(t is e)
t = tuple(map(str, [])); print(t is e)
t = tuple({}); print(t is e)
t = tuple(set()); print(t is e)
t = tuple(range(0)); print(t is e)
t = tuple(''); print(t is e)
t = tuple(zip()); print(t is e)
def f(*a): return a
print(f(*iter([])) is e, f(*[]) is e, f(*(x for x in [])) is e, (*[],) is e, (*iter([]),) is e)
class T(tuple): pass
print(T() == e, T() is T(), tuple(T()) is e)
class L(list): pass
print(tuple(L()) is e)
t = tuple(iter([])); print(gc.is_tracked(t)); gc.collect(); print(gc.is_tracked(t), hash(t) == hash(e), t == e)
a = gc.get_count()[0]; t = [tuple(iter([])) for _ in range(5)]; print(gc.get_count()[0] - a)
print(zip(*[]) and 1, dict.fromkeys(iter([])), sorted(iter([])))

f, g = (lambda: list(x for x in [1])), (lambda: any(x for x in [1]))
print(f.__code__ is g.__code__, f.__code__.co_consts[1] is g.__code__.co_consts[1])
f, g = (lambda x: x), (lambda x: x)
print(f.__code__ is g.__code__, f is g)
f = lambda x: x
g = lambda x: x
print(f.__code__ is g.__code__, f.__code__ == g.__code__)
def both(): return (lambda: (y for y in [1])), (lambda: (y for y in [1]))
p, q = both()
print(p.__code__ is q.__code__, p().gi_code is q().gi_code)

class P:
    def __lt__(self, other): print('lt'); return NotImplemented
for keys in ([P(), P()], [(P(),), (P(),)], [(1, P()), (1, P())], [P(), 1], [((P(),),), ((P(),),)]):
    try: keys.sort()
    except TypeError as e: print(e)
def t(f):
    gc.collect()
    a = gc.get_count()[0]
    r = f()
    b = gc.get_count()[0]
    r = None
    c = gc.get_count()[0]
    print(f.__name__, b-a, c-a)
def a1(): return int | str
def a2(): return int | None
def a3(): return int | str | None
def a4(): return int | int
def a5(): return isinstance(1, int | str)
u = int | str
def a6(): return u == (str | int)
def a8(): return u.__args__
def a9(): return hash(u)
def b1(): return list[int]
def b2(): return list[int][0:0] if 0 else list[int].__origin__
def b3(): return dict[str, int]
for f in (a1, a2, a3, a4, a5, a6, a8, a9, b1, b2, b3)*2: t(f)

s = io.StringIO()
x = ''.join(['some', ' text'])
s.write(x); print(sys.getrefcount(x), s.getvalue() is s.getvalue(), sys.getrefcount(x))
s.write('more'); s.write('x'); v = s.getvalue(); print(sys.getrefcount(v)); print(s.read(), s.tell())
s.seek(0); w = s.read(); print(w is v, sys.getrefcount(v)); s.seek(3); print(s.read(2), sys.getrefcount(v))
t = io.StringIO('abc'); print(t.readline()); t.truncate(1); print(t.getvalue()); t.close()
u = io.StringIO(newline='\r\n'); u.write('a\nb'); print(repr(u.getvalue()), repr(u.read()))
p = io.StringIO(); p.write('k\n'); p.seek(0); print(list(p)); import pickle
q = pickle.loads(pickle.dumps(p)); print(q.getvalue(), q.tell()); p.__init__(); print(p.getvalue()); p.write('1'); p.__setstate__(('', '\n', 0, None)); print(repr(p.getvalue()))

class Asked:
    def __iter__(self): print('iter'); return self
    def __next__(self): return 1
print(next(itertools.tee(Asked())[0]))

# Verifies finalisers that raise, resurrect, collect; order of death.
# finalisers
import gc, weakref, sys; gc.collect()
keep=[]
class R:
    def __init__(s,n): s.n=n
    def __del__(s): print('del', s.n); keep.append(s)
    def __repr__(s): return f'R{s.n}'
r=R(1); del r; print(keep, sys.getrefcount(keep[0]))
keep.clear(); print('gone', keep)
class X:
    def __del__(s): raise ValueError('in del')
x=X(); del x
x=X(); x.me=x; del x; print(gc.collect())
class G:
    def __del__(s): print('collect', gc.collect())
g=G(); g.me=g; del g; print(gc.collect())
def f():
    g=G(); h=[g]; return 5
print(f())
class RC:
    def __init__(s): s.me=s
    def __del__(s): print('res'); keep.append(s)
RC(); print(gc.collect(), len(keep)); keep.clear(); print(gc.collect(), len(keep))
class Rec:
    n=0
    def __del__(s):
        Rec.n+=1
        if Rec.n<5000: Rec()
try: Rec()
except RecursionError as e: print('rec', e)
print(Rec.n)
class W: pass
w=W(); r=weakref.ref(w, lambda r: print('cb', r())); del w
w=W(); r2=weakref.ref(w, lambda r: 1/0); del w
w=W(); w.me=w; r3=weakref.ref(w, lambda r: print('cb3', gc.collect())); del w; print(gc.collect())
class F:
    def __del__(s):
        try: raise KeyError('x')
        except KeyError: pass
        print('F', sys.exc_info()[0])
try:
    try: 1/0
    finally:
        f=F(); del f
except ZeroDivisionError as e: print(repr(e), e.__context__)
def gen():
    try: yield 1
    finally: print('gen fin'); keep.append('g')
g=gen(); next(g); del g
def gen2():
    try: yield 1
    finally: yield 2
g=gen2(); next(g); del g
def gen3():
    try: yield 1
    except GeneratorExit: raise ValueError('g3')
g=gen3(); next(g); del g
def gen4():
    global resurrected
    me=yield 1
    try: yield 2
    finally: resurrected=me
g=gen4(); next(g); g.send(g); del g; print(gc.collect()); print(resurrected is not None)
try: next(resurrected)
except StopIteration: print('stop')
del resurrected
class T:
    def __init__(s,o): s.o=o
    def __del__(s): print('T', gc.is_tracked(s.o), len(gc.get_objects())>0)
t=T([]); t.o.append(t); del t; gc.collect()
class Meta(type):
    def __del__(c): print('metadel', c.__name__)
def mk():
    class Z(metaclass=Meta): pass
mk(); gc.collect()
class Order:
    def __init__(s,n): s.n=n
    def __del__(s): print(s.n, end=' ')
l=[Order(i) for i in range(5)]; del l; print()
d={i:Order(i) for i in range(5)}; del d; print()
t=tuple(Order(i) for i in range(5)); del t; print()
def loc(): a=Order('a'); b=Order('b'); c=Order('c')
loc(); print()
class Sl: 
    __slots__=('b','a')
s=Sl(); s.a=Order('sa'); s.b=Order('sb'); del s; print()
o=W(); o.x=Order('x'); o.y=Order('y'); del o; print()
a=Order('cy1'); b=Order('cy2'); a.b=b; b.a=a; del a,b; gc.collect(); print()
gc.disable()
class Th:
    def __del__(s): gc.collect(); print('nested', end=' ')
for i in range(3):
    a=Th(); a.a=a
del a; gc.collect(); print()
class Call:
    def __call__(s,*a): print('called', a)
cb=Call(); w=W(); wr=weakref.ref(w,cb); cb.w=w; del w, cb; gc.collect()
print(wr() is not None); 
class Raise2:
    def __del__(s): raise Exception
    def __repr__(s): raise Exception('repr')
Raise2()
class Raise3:
    def __del__(s): sys.exit(3)
Raise3()
class Raise4:
    def __del__(s): raise KeyboardInterrupt
Raise4()
class Exc(Exception):
    def __str__(s): raise ValueError
class Raise5:
    def __del__(s): raise Exc
Raise5()
sys.unraisablehook=lambda u: (print('hook', u.exc_type, u.object.__qualname__), 1/0)
Raise5()
sys.unraisablehook=sys.__unraisablehook__
sys.unraisablehook=None
Raise5()
del sys.unraisablehook
Raise5()
gc.callbacks.append(lambda ph, info: print(ph, sorted(info.items())))
gc.collect()
gc.callbacks[:]=[lambda ph, info: 1/0]
gc.collect()
gc.callbacks.clear()
class Last:
    def __del__(s): print('last', Last is None)
last=Last()
cyc=Last(); cyc.c=cyc

# Verifies deeply nested objects: repr, comparison, and that long chains die without a crash.
import sys
def attempt(name, f):
    try: r = f(); print(name, 'ok', type(r).__name__)
    except RecursionError as e: print(name, 'RecursionError', e)
    except BaseException as e: print(name, type(e).__name__, e)
def nest(n, k):
    x = k()
    for i in range(n):
        x = {'l': lambda x: [x], 't': lambda x: (x,), 'd': lambda x: {1:x}, 's': lambda x: frozenset([i])}[k.__name__[0]](x)
    return x
def lst(n):
    x=[]
    for i in range(n): x=[x]
    return x
def tup(n):
    x=()
    for i in range(n): x=(x,)
    return x
def dct(n):
    x={}
    for i in range(n): x={1:x}
    return x
for n in 100, 500, 5000:
    for mk in lst, tup, dct:
        a, b = mk(n), mk(n)
        attempt(f'repr {mk.__name__} {n}', lambda: repr(a))
        attempt(f'str {mk.__name__} {n}', lambda: str(a))
        attempt(f'eq {mk.__name__} {n}', lambda: a==b)
        if mk is not dct: attempt(f'lt {mk.__name__} {n}', lambda: a<b)
        if mk is tup and n <= 5000:
            attempt(f'hash {n}', lambda: hash(a))
        del a, b
x=[]; 
for i in range(10000): x=[x, x] if i%1000==0 else [x]
del x
class Node:
    def __init__(s,n): s.n=n
x=None
for i in range(10000): x=Node(x)
del x
print('chain of nodes gone')
class Node2:
    def __init__(s,n): s.n=n
    def __del__(s): pass
x=None
for i in range(3000): x=Node2(x)
del x
print('chain with del gone')
import gc
a=Node(None); x=a
for i in range(10000): x=Node(x)
a.n=x; del a,x
print(gc.collect()>0)
f=lambda: 0
for i in range(10000):
    def f(f=f): pass
del f
print('functions')
def mk(f): return lambda: f
f=mk(None)
for i in range(10000): f=mk(f)
del f
print('closures')
it=iter([1])
for i in range(10000): it=iter(map(str,it)) if i%2 else filter(None,it)
del it
print('iters')
it=iter([1])
for i in range(500): it=map(lambda x:x,it)
print(list(it))
def g(it):
    for x in it: yield x
it=iter([1])
for i in range(3000): it=g(it)
attempt('gens', lambda: list(it))
it=iter([1])
for i in range(300): it=g(it)
attempt('gens', lambda: list(it))
del it
print('gens')
e=None
for i in range(10000):
    n=ValueError(i); n.__context__=e; e=n
del e,n
print('excs')
import weakref
class WW: pass
w=WW()
for i in range(10000):
    n=WW(); n.w=w; w=n
r=weakref.ref(w); del w,n; print(r())
t=()
for i in range(10000): t=(t, i)
del t
s=frozenset()
for i in range(10000): s=frozenset([s])
del s
print('fs')
d=None
for i in range(10000): d=type('x',(),{})() if d is None else d; d={'a':[d]}
del d
m=[].append
for i in range(10000): m=(lambda x: x).__get__(m)
del m
print('methods')
import functools
p=print
for i in range(10000): p=functools.partial(p) if False else functools.partial(lambda a: a, p)
del p
print('partials')
sl=None
for i in range(10000): sl=slice(sl)
del sl
print('slices')
class Cell: pass
x=1
for i in range(10000):
    c=Cell(); c.__dict__['y']=x; x=c.__dict__
del x,c
print('dicts')
tb=None
def thrower(n):
    if n==0: raise ValueError
    thrower(n-1)
try: thrower(900)
except ValueError as e: pass
print('end')

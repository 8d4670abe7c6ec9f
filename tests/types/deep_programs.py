# Verifies RecursionError in ordinary recursive programs.
class A:
    __repr__=lambda s: 1
for f in str, repr:
    try: f(A())
    except TypeError as e: print(e)
def g():
    yield 1
    return 5
x=g(); next(x)
try: next(x)
except StopIteration as e: print(e.value)
try: next(x)
except StopIteration as e: print(e.value)
print(next(x, 'd'))
x=g(); next(x); print(next(x,'d'))
# ordinary factorial recursion, uncaught
def fact(n):
    if n == 0:
        return 1
    return n*fact(n-1)
try: fact(5000)
except RecursionError as e: print(e)
import sys
class Node:
    def __init__(s, d):
        s.d=d
        s.child = Node(d+1) if d < 5000 else None
try: Node(0)
except RecursionError as e: print(e)
def walk(l): return sum(walk(x) if isinstance(x, list) else 1 for x in l)
l=[]
for i in range(600): l=[l,1]
try: print(walk(l))
except RecursionError as e: print(e)
def deepcopy(o):
    if isinstance(o, list): return [deepcopy(x) for x in o]
    if isinstance(o, dict): return {deepcopy(k): deepcopy(v) for k, v in o.items()}
    return o
try: print(len(deepcopy(l)))
except RecursionError as e: print(e)
class T:
    def __init__(s, l, r): s.l, s.r = l, r
    def __eq__(s, o): return s.l == o.l and s.r == o.r
    def __repr__(s): return f'T({s.l!r}, {s.r!r})'
    def __hash__(s): return hash((s.l, s.r))
    def __iter__(s):
        if s.l: yield from s.l
        yield s.r
a=b=None
for i in range(2000): a, b = T(a, i), T(b, i)
for f in (lambda: a==b, lambda: repr(a), lambda: hash(a), lambda: list(a)):
    try: print(f())
    except RecursionError as e: print(e)
try: 
    s=sorted([T(1,2), T(3,4)], key=lambda t: walk(l))
except RecursionError as e: print('sorted', e)
def inf(): return inf()
def handler():
    try: inf()
    except RecursionError:
        try: inf()
        except RecursionError as e:
            print('again', e, repr(e.__context__))
            raise

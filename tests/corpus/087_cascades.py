# What dies in which order: trees, chains, attributes, slots, locals, and what built-in types hold.
import sys, gc
order = []
class N:
    def __init__(s, n, *k): s.n = n; s.k = k
    def __del__(s): order.append(s.n)
def show(l):
    print(l, order); order.clear()
def tree(d, n='r'): return N(n, *([tree(d - 1, n + c) for c in 'abc'] if d else []))
t = tree(2); del t; show('tree')
t = tree(2); t.k[0].up = t; del t; show('tree cyc'); print(gc.collect()); show('tree col')
class M(N):
    def __del__(s):
        order.append('m' + s.n)
        s.k = (); order.append('after ' + s.n)
m = M('1', N('2', N('3')), N('4')); del m; show('m')
class L:
    def __init__(s, n, nx): s.n = n; s.nx = nx
    def __del__(s):
        order.append(s.n)
        if s.n % 3 == 0: gc.collect()
h = None
for i in range(9): h = L(i, h)
h = None; show('chain gc')
d = {}; 
for i in range(4): d[i] = N(i, [N((i, j)) for j in range(2)])
d[1] = d[2]; show('d'); del d[2]; show('d2'); d = None; show('d3')
class S:
    __slots__ = ('a', 'b', 'c', '__dict__')
    def __del__(s): order.append('S')
s = S(); s.c = N('c'); s.a = N('a'); s.z = N('z'); s.b = N('b'); s.y = N('y'); del s; show('slots')
class S2(S): __slots__ = ('d',)
s = S2(); s.d = N('d'); s.c = N('c'); s.a = N('a'); s.z = N('z'); del s; show('slots2')
def f(a, b):
    c = N('lc'); e = N('le'); d = N('ld'); del e; e = N('le2')
    def g(): return cc, a
    cc = N('cell'); return None
f(N('a'), N('b')); show('locals')
def gen(a):
    b = N('gb'); yield; c = N('gc'); yield
g = gen(N('ga')); next(g); next(g); del g; show('gen')
x = [N(0), (N(1), {2: N(2), 'k': [N(3)]}), {N(4)}]; x = 1; show('nest')
x = {N('key'): N('val')}; x.clear(); show('kv')
x = N('o'); x.a = N('1'); x.b = N('2'); del x.a; x.a = N('3'); del x; show('attrs')
x = N('p'); x.__dict__ = {'q': N('q')}; show('dict'); d = x.__dict__; del x; show('x'); del d; show('dd')
class C1: r = N('c1'); s = N('c2'); 
class C2(C1): t = N('c3')
del C1; gc.collect(); show('C1'); del C2; gc.collect(); show('C2')
def dflt(a=N('d1'), *, k=N('k1')): pass
dflt.at = N('fa'); dflt.__defaults__ = None; show('df'); dflt.__kwdefaults__ = None; show('kw'); del dflt; show('fn')
import itertools
def lots(): return [N(i) for i in range(3)]
s = slice(N(1), N(2), N(3)); del s; show('slice')

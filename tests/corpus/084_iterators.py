# What iterators hold, and in which order they let go of it: itertools' parts, exhausted ones, shared ones.
import sys, gc, itertools
rc = sys.getrefcount
class R:
    def __init__(s, n): s.n = n
    def __del__(s): print('del', s.n)
    def __repr__(s): return f'R{s.n}'
def mk(n, b=0): return [R(b + i) for i in range(n)]
it = iter(mk(2)); next(it); print('a'); next(it); print('b'); print(next(it, 'end')); print('ex'); it = None
it = iter(tuple(mk(2, 10))); list(it); print('lt'); it = None
l = mk(2, 20); it = iter(l); print(rc(l)); list(it); print(rc(l)); l.append(R(22)); print(next(it, 'no')); del l, it
e = enumerate(mk(2, 30)); i, r = next(e); print(rc(r)); del r; print('-'); next(e); print(next(e, None)); del e
z = zip(mk(1, 40), mk(2, 41)); t = next(z); print(rc(t), rc(t[0])); print(next(z, 'zend')); del t; print('-'); del z
m = map(lambda a, b: (rc(a), rc(b)), mk(1, 50), mk(1, 51)); print(list(m)); del m; print('-')
f = filter(lambda r: r.n % 2, mk(3, 60)); print(next(f)); print('-'); del f
r = reversed(mk(2, 70)); next(r); print('-'); next(r); print(next(r, 0)); del r
a, b = itertools.tee(R(80 + i) for i in range(2)); next(a); print('-'); next(b); print('-'); del a; next(b); print('-'); del b
c = itertools.chain(mk(1, 90), mk(1, 91)); next(c); print('-'); next(c); print('-'); del c; c = itertools.chain.from_iterable(mk(1, i) for i in (92, 93)); next(c); next(c); print('-'); del c
s = itertools.islice(mk(3, 100), 1, 2); next(s); print('-'); print(next(s, 0)); del s
p = itertools.product(mk(1, 110), mk(2, 111)); x = next(p); print(rc(x), rc(x[0])); y = next(p); print(rc(x[0])); del x, y; print(next(p, 0)); del p; print('-')
g = itertools.groupby(mk(2, 120), key=lambda r: R(0) and r.n); k, gg = next(g); print(k); v = next(gg); print(rc(v)); del v, gg; k, gg = next(g); print(list(gg)); del g, gg
w = itertools.takewhile(lambda r: r.n < 131, mk(3, 130)); print(list(w)); print('-'); del w
w = itertools.dropwhile(lambda r: r.n < 141, mk(3, 140)); print(next(w)); print('-'); del w
co = itertools.combinations(mk(3, 150), 2); q = next(co); print(rc(q[0])); q = next(co); print(rc(q[0])); del q; del co; print('-')
cy = itertools.cycle(mk(2, 160)); next(cy); next(cy); print(next(cy)); del cy
st = itertools.starmap(lambda a, b: a, [mk(2, 180)]); print(next(st)); del st
zl = itertools.zip_longest(mk(1, 190), mk(2, 191), fillvalue=R(199)); next(zl); print(next(zl)); del zl
cp = itertools.compress(mk(3, 200), [0, 1, 0]); print(next(cp)); del cp
rp = itertools.repeat(R(210), 2); next(rp); print(list(rp)); del rp
ci = iter(iter(mk(2, 220)).__next__, None); print(next(ci)); del ci
d = {R(230): R(231), R(232): R(233)}; i = iter(d); k = next(i); print(rc(k)); i2 = iter(d.items()); kv = next(i2); print(rc(kv)); del kv; kv = next(i2); print(kv); d2 = d; del d, d2; print('-'); del i, i2, k; print('-'); del kv
s = {R(240)}; i = iter(s); del s; print(next(i)); print(next(i, 0)); del i
class Seq:
    def __getitem__(s, i):
        if i > 1: raise IndexError
        return R(250 + i)
    def __del__(s): print('Seq')
for x in Seq(): print(x)
del x; i = iter(Seq()); next(i); list(i); print('-'); del i
class It:
    def __iter__(s): return s
    def __next__(s): return R(260)
    def __del__(s): print('It')
for x in It(): break
print('-'); del x; a, *b = mk(3, 270); del a; print(b); b = None; [x for x in mk(2, 280)]; print('-'); {x: 1 for x in mk(1, 290)}; print('-'); sum([0 for x in mk(2, 300)]); any(x.n for x in mk(2, 310)); print(max(mk(2, 320), key=lambda r: r.n)); print(min((R(i) for i in (330, 331)), key=lambda r: -r.n)); print(sorted(mk(2, 340), key=lambda r: -r.n)); print(' '.join(str(r) for r in mk(2, 350)))

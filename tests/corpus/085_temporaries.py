# When temporaries die: operands, arguments, items of displays and slices, totals of a sum, values of a finally.
import sys
rc = sys.getrefcount
class R:
    def __init__(s, n): s.n = n
    def __del__(s): print('~' + str(s.n), end=' ')
    def __lt__(s, o): return s.n < o.n
    def __add__(s, o): return R(s.n + o.n)
    def __iadd__(s, o): s.n += o.n; return s
    def __isub__(s, o): return R(s.n - o.n)
    def __neg__(s): return R(-s.n)
    def __getitem__(s, i): return R(i)
    def __call__(s, *a): return R(len(a))
    def __bool__(s): return s.n > 0
    def __str__(s): return f'<{s.n}>'
    def __format__(s, f): return f + str(s.n)
    def __contains__(s, x): return x.n == s.n
    def __enter__(s): return R(s.n + 100)
    def __exit__(s, *a): pass
    def __iter__(s): return iter([R(s.n + 1), R(s.n + 2)])
    def m(s, x=None): return R(s.n * 2)
R(1) < R(2) < R(3); print('|'); R(3) < R(2) < R(1); print('|'); (R(1) + R(2)) + R(3); print('|'); R(1) + (R(2) + R(3)); print('|'); -(-R(4)); print('|'); R(1)[2][3]; print('|'); R(1)(R(2), R(3))(R(4)); print('|')
x = R(1); x += R(2); print('|', x.n); x -= R(1); print('|'); x = x + x; print('|'); x = R(9); print('|'); x = None; print('|')
R(1) and R(2) and R(0) and R(4); print('|'); R(0) or R(-1) or R(5); print('|'); R(1) if R(0) else R(2); print('|'); not R(3); print('|')
f'{R(1)} {R(2):x} {R(3)!s:>5}'; print('|'); print(f'{R(1)}{R(2)}', '%s%s' % (R(3), R(4)), '|'); str(R(5)); print('|')
R(1) in R(1); print('|'); R(1) in [R(2), R(1)]; print('|'); [R(1), R(2)][0]; print('|'); {'a': R(1), 'b': R(2)}['a']; print('|'); (R(1), R(2), R(3))[1:]; print('|'); [R(1), R(2)] + [R(3)]; print('|'); [R(1)] * 2; print('|')
with R(1) as a, R(2) as b: print('body'); 
print('|'); a = b = None; print('|'); a, b = R(5); print('|'); a, b = b, a; print('|'); a = b; print('|'); del a, b; print('|')
for q in R(1): print(q)
print('|'); del q; print('|'); R(1).m().m(R(2)).n; print('|'); (lambda a, b: a)(R(1), R(2)); print('|'); (lambda *a: a)(R(1), R(2)); print('|'); (lambda **k: 0)(a=R(1), b=R(2)); print('|'); print(R(1), R(2), sep='', end='|\n')
l = [R(1), R(2), R(3)]; l[0] = R(4); print('|'); l[0], l[1] = l[1], l[0]; print('|'); l[:2] = [R(5)]; print('|'); l[0] += R(1); print('|'); l[0] -= R(1); print('|'); del l[0]; print('|'); l.sort(); l.append(R(6)) or l.append(R(7)); l = l[1:]; print('|'); l = None; print('|')
class O: pass
o = O(); o.a = R(1); o.a = R(2); print('|'); o.a += R(3); print('|'); o.a -= R(1); print('|'); o.b = o.a; o.a = None; del o.b; print('|'); o.__dict__['z'] = R(8); o = None; print('|')
d = {}; d['a'] = R(1); d['a'] = R(2); print('|'); d['a'] += R(1); d['a'] -= R(1); print('|'); d.pop('a'); print('|'); d.get('x', R(3)); print('|'); d.setdefault('k', R(4)); d.setdefault('k', R(5)); print('|'); d.update(k=R(6)); print('|'); d = {**d, 'k': R(7)}; print('|'); d = None; print('|')
(w := R(1)).n; print('|'); w = (w := R(2)); print('|'); print((w := R(3)) and rc(w)); del w; print('|')
def f():
    try: return R(1)
    finally: print('fin', end=' ')
f(); print('|')
def g():
    for i in range(3):
        try:
            r = R(i)
            if i == 1: continue
            if i == 2: break
        finally: print('f', i, end=' ')
    return r
g(); print('|')
def h():
    try: return R(1)
    finally: return R(2)
h(); print('|')
def k(a, b=R(50), *c, d=R(60), **e): a = None; print('in', end=' '); return b
k(R(1), R(2), R(3), d=R(4), e=R(5)); print('|'); k(R(1)); print('|'); del k; print('|')
try: R(1).x.y
except AttributeError: print('ae', end=' ')
print('|')
try: [R(1), R(2), 1 / 0]
except ZeroDivisionError: print('zd', end=' ')
print('|')
try: f(R(1), R(2))
except TypeError: print('te', end=' ')
print('|')
try: R(1) + [R(2)][5]
except IndexError: print('ie', end=' ')
print('|')
try: {R(1): R(2), [R(3)]: 4}
except TypeError: print('uh', end=' ')
print('|')
try: a, b, c = R(5)
except ValueError: print('ve', end=' ')
print('|')
assert R(1); print('|')
try: assert R(0), R(7)
except AssertionError as e: print(rc(e.args[0]), end=' ')
print('|'); isinstance(R(1), R); print('|'); getattr(R(1), 'n'); print('|'); vars(R(2)); print('|'); hash(R(3)); print('|'); repr(R(4))[:1]; print('|'); type(R(5)); print('|'); id(R(6)); print('|'); bool(R(7)); print('|'); list(R(8)); print('|'); dict(a=R(9)); print('|'); tuple(R(10)); print('|'); sorted([R(2), R(1)]); print('|'); min(R(1), R(2)); print('|'); slice(R(1), R(2)); print('|'); max([R(1), R(2)]); print('|'); next(iter(R(1))); print('|'); [*R(1)]; print('|'); print(*R(2)); sum(R(1), R(0)); print('|')

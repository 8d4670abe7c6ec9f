# Verifies containers that change while they are compared, iterated, sorted or cleared, and sizes beyond all memory.
import sys, gc, weakref
def t(name, f):
    try: r = f()
    except BaseException as e: print(name, type(e).__name__, str(e)[:120])
    else: print(name, repr(r)[:120])
class EqClear:
    def __init__(s, f): s.f = f
    def __eq__(s, o): s.f(); return False
    def __hash__(s): return 1
    def __lt__(s, o): s.f(); return False
    def __repr__(s): s.f(); return 'E'
    def __index__(s): s.f(); return 0
    def __bool__(s): s.f(); return True
    def __del__(s): s.f()
def nop(): pass
def lst(op):
    l = []
    l.extend([EqClear(l.clear), EqClear(nop), 3, 4, 5])
    return op(l), l
for n, op in [('index', lambda l: l.index(99)), ('count', lambda l: l.count(99)), ('remove', lambda l: l.remove(99)), ('in', lambda l: 99 in l), ('eq', lambda l: l == [1,2,3,4,5]), ('lt', lambda l: l < [1,2,3,4,5]), ('sort', lambda l: l.sort()), ('sortk', lambda l: l.sort(key=lambda x: l.clear())), ('repr', lambda l: repr(l)), ('sorted', lambda l: sorted(l)), ('min', lambda l: min(l)), ('any', lambda l: any(l)), ('all', lambda l: all(l)), ('filter', lambda l: list(filter(None, l))), ('map', lambda l: list(map(bool, l))), ('tuple', lambda l: tuple(map(bool, l))), ('join', lambda l: ','.join(map(repr, l))), ('slice', lambda l: l.__setitem__(slice(0,5), [x for x in l if bool(x)])), ('del', lambda l: l.__delitem__(l[0])), ('ins', lambda l: l.insert(l[0], 5)), ('mul', lambda l: l * l[0]), ('pop', lambda l: l.pop(l[0])), ('ext', lambda l: l.extend(map(bool, l))), ('getitem', lambda l: l[l[0]]), ('setitem', lambda l: l.__setitem__(l[0], 7)), ('sum', lambda l: sum(l, [])), ('zip', lambda l: list(zip(l, map(bool, l)))), ('rev', lambda l: [bool(x) for x in reversed(l)]), ('enum', lambda l: [bool(x) for x in enumerate(l)]), ('copy', lambda l: l.copy() == l), ('unpack', lambda l: (lambda *a: len(a))(*map(bool, l))), ('set', lambda l: set(l)), ('dict', lambda l: dict.fromkeys(l)), ('slice2', lambda l: l[l[0]:]), ('slice3', lambda l: l[:l[0]]), ('setslice', lambda l: l.__setitem__(slice(l[0], None), [1]))]:
    t('list.' + n, lambda: lst(op)[0])
def dct(op):
    d = {}
    k = EqClear(nop); k2 = EqClear(nop)
    d[k] = 1; d[k2] = 2; d['a'] = 3
    k.f = k2.f = d.clear
    r = op(d)
    return r, len(d)
for n, op in [('get', lambda d: d.get(EqClear(nop))), ('in', lambda d: EqClear(nop) in d), ('set', lambda d: d.__setitem__(EqClear(nop), 5)), ('setdefault', lambda d: d.setdefault(EqClear(nop), 5)), ('pop', lambda d: d.pop(EqClear(nop), 7)), ('del', lambda d: d.__delitem__(EqClear(nop))), ('eq', lambda d: d == {EqClear(nop): 1, 'b': 2, 'c': 4}), ('eq2', lambda d: {1: EqClear(d.clear), 'b': 2, 'c': 4} == d), ('update', lambda d: d.update({EqClear(nop): 3})), ('repr', lambda d: repr(d)), ('or', lambda d: d | {EqClear(nop): 1}), ('keys', lambda d: d.keys() & {EqClear(nop)}), ('items', lambda d: (EqClear(nop), 1) in d.items()), ('values', lambda d: 99 in d.values()), ('iter', lambda d: [d.clear() for k in d]), ('iteri', lambda d: [d.pop(k) for k, v in d.items()]), ('itera', lambda d: [d.__setitem__(len(d), 1) for k in d]), ('popitem', lambda d: d.popitem()), ('copy', lambda d: len(d.copy())), ('rev', lambda d: [d.clear() for k in reversed(d)]), ('list', lambda d: len(list(d)))]:
    t('dict.' + n, lambda: op and dct(op))
def st(op):
    s = set()
    k = EqClear(nop); k2 = EqClear(nop)
    s.add(k); s.add(k2); s.add('a')
    k.f = k2.f = s.clear
    r = op(s)
    return len(s)
for n, op in [('add', lambda s: s.add(EqClear(nop))), ('in', lambda s: EqClear(nop) in s), ('remove', lambda s: s.remove(EqClear(nop))), ('discard', lambda s: s.discard(EqClear(nop))), ('or', lambda s: s | {EqClear(nop)}), ('and', lambda s: s & {EqClear(nop), 1}), ('sub', lambda s: s - {EqClear(nop)}), ('xor', lambda s: s ^ {EqClear(nop)}), ('le', lambda s: s <= {EqClear(nop), 1, 2, 3}), ('eq', lambda s: s == {EqClear(nop), 1, 2}), ('upd', lambda s: s.update([EqClear(nop)])), ('iupd', lambda s: s.intersection_update([EqClear(nop)])), ('dupd', lambda s: s.difference_update([EqClear(nop)])), ('xupd', lambda s: s.symmetric_difference_update([EqClear(nop)])), ('isdis', lambda s: s.isdisjoint([EqClear(nop)])), ('iter', lambda s: [s.clear() for x in s]), ('itera', lambda s: [s.add(object()) for x in s]), ('repr', lambda s: repr(s)), ('pop', lambda s: s.pop()), ('copy', lambda s: s.copy())]:
    t('set.' + n, lambda: st(op))
class Boom:
    def __init__(s, f=None): s.f = f
    def __del__(s):
        if s.f: s.f()
def boom():
    l = [Boom() for i in range(5)]
    for x in l: x.f = lambda: l.append(1)
    del x
    l.clear(); r = len(l)
    d = {i: Boom(lambda: d.update({len(d) + 100: 1})) for i in range(5)}
    d.clear(); r2 = len(d)
    s = {Boom(lambda: s.add(len(s))) for i in range(5)}
    s.clear()
    return r, r2, len(s)
t('boom', boom)
def boom2():
    l = [Boom() for i in range(5)]
    l[0].f = lambda: l.__delitem__(slice(None))
    l[0] = 1
    l[:] = [Boom(lambda: l.extend([1,2,3])) for i in range(3)]
    l[1:2] = []
    del l[0]
    l *= 0
    return len(l)
t('boom2', boom2)
def boom3():
    class X: pass
    x = X()
    x.a = Boom(lambda: x.__dict__.clear()); x.b = Boom(lambda: setattr(x, 'c', 1)); x.a = 1; del x.b
    return sorted(x.__dict__)
t('boom3', boom3)
def wr():
    out = []
    class X: pass
    a = X(); rs = []
    rs += [weakref.ref(a, lambda r: rs.clear() or out.append(1)), weakref.ref(a, lambda r: out.append(2)), weakref.ref(a, lambda r: 1/0)]
    sys.unraisablehook = lambda u: out.append(u.exc_type.__name__)
    del a
    gc.collect()
    return out
t('wr', wr)
from collections import deque, OrderedDict, defaultdict, Counter
def dq(op):
    d = deque()
    d.extend([EqClear(d.clear), 2, 3])
    return op(d)
for n, op in [('index', lambda d: d.index(99)), ('count', lambda d: d.count(99)), ('remove', lambda d: d.remove(99)), ('in', lambda d: 99 in d), ('eq', lambda d: d == deque([1,2,3])), ('repr', lambda d: repr(d)), ('iter', lambda d: [d.append(1) for x in d]), ('copy', lambda d: d.copy() == d), ('rot', lambda d: d.rotate(d[0])), ('ins', lambda d: d.insert(d[0], 1)), ('get', lambda d: d[d[0]]), ('mul', lambda d: d * d[0])]:
    t('deque.' + n, lambda: dq(op))
def od(op):
    d = OrderedDict((i, EqClear(nop)) for i in range(4))
    for v in d.values(): v.f = d.clear
    return op(d)
for n, op in [('eq', lambda d: d == OrderedDict((i, 1) for i in range(4))), ('iter', lambda d: [d.clear() for k in d]), ('move', lambda d: [d.move_to_end(k) for k in d]), ('repr', lambda d: repr(d)), ('items', lambda d: [d.popitem() for k in d.items()]), ('pop', lambda d: d.pop(0)), ('rev', lambda d: [d.__delitem__(k) for k in reversed(d)])]:
    t('od.' + n, lambda: od(op))
def it():
    l = [1, 2, 3]; i = iter(l); next(i); l.clear(); r = list(i); l.extend([4, 5]); return r, list(i)
t('iter', it)
def gen():
    def g():
        try: yield 1
        finally: yield 2
    x = g(); next(x)
    try: x.close()
    except RuntimeError as e: return str(e)
t('gen', gen)
def gen2():
    def g():
        next(x)
        yield
    x = g()
    return next(x)
t('gen2', gen2)
def bytea():
    b = bytearray(b'abcdef'); m = memoryview(b)
    try: b.append(1)
    except BufferError as e: r = str(e)
    class I:
        def __index__(s): b.clear(); return 5
    m.release()
    try: b[I()] = 3
    except Exception as e: return r, type(e).__name__, str(e)
t('bytea', bytea)
def sortmut():
    l = [3, 1, 2]
    class K:
        def __init__(s, x): s.x = x
        def __lt__(s, o): l.append(5); return s.x < o.x
    l[:] = [K(3), K(1), K(2)]
    try: l.sort()
    except ValueError as e: return str(e), len(l)
t('sortmut', sortmut)
def dictdel():
    class K:
        def __hash__(s): return 5
        def __eq__(s, o):
            if d: d.popitem()
            return False
    d = {}
    for i in range(10):
        try: d[K()] = i
        except KeyError as e: pass
    return len(d)
t('dictdel', dictdel)
t('big', lambda: [0] * (1 << 62))
t('big2', lambda: 'a' * (1 << 62))
t('big3', lambda: b'a' * (1 << 62))
t('big4', lambda: (1,) * (1 << 62))
t('big5', lambda: [0] * (1 << 64))
t('big6', lambda: bytearray(1 << 62))
t('big7', lambda: bytes(1 << 62))
t('big8', lambda: range(1 << 70)[1 << 69])
t('big9', lambda: 'a'.center(1 << 62))
t('big10', lambda: '%*d' % (1 << 40, 1))
t('big11', lambda: f'{1:{1 << 62}}')
t('big12', lambda: 1 << (1 << 62))
t('big13', lambda: int('9' * 5000))
t('big14', lambda: str(10 ** 5000)[:5])
t('big15', lambda: list(range(1 << 62)))
t('big16', lambda: 'x'.join(['y' * 10] * 3).replace('y', 'z' * (1 << 58)))
t('big17', lambda: 'a'.ljust(1 << 63))
t('big18', lambda: '\t'.expandtabs(1 << 62))
t('big19', lambda: (5).to_bytes(1 << 62, 'big'))
t('big22', lambda: '{:.9999999999}'.format(1.5))
t('big23', lambda: '%.99999999999f' % 1.5)
t('big24', lambda: 'a'.zfill(1 << 62))
t('big25', lambda: list('a') * (1 << 61))

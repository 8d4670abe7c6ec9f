# Verifies deep cascades, finalisers that collect, callbacks that drop their own weakref, and a cycle through every type that can hold one.
import gc, weakref, sys, functools, itertools, collections, types, operator
gc.collect()
log = []
class N:
    def __init__(s, n, next=None): s.n = n; s.next = next
    def __del__(s):
        if s.n % 250 == 0: log.append((s.n, gc.collect()))
def chain(count, wrap):
    x = None
    for i in range(count): x = wrap(N(i, x))
    return x
for name, wrap in [('plain', lambda n: n), ('list', lambda n: [n]), ('tuple', lambda n: (n,)), ('dict', lambda n: {'k': n}), ('set', lambda n: {n}),
                   ('partial', lambda n: functools.partial(print, n)), ('method', lambda n: n.__init__), ('cell', lambda n: (lambda: n)),
                   ('iter', lambda n: iter([n])), ('deque', lambda n: collections.deque([n])), ('zip', lambda n: zip([n])), ('gen', lambda n: (x for x in [n]))]:
    x = chain(1000, wrap); del x
    print(name, log, gc.collect()); log.clear()

# A callback that drops its own weakref, another's, and makes a new one.
class T:
    pass
def own(r):
    global ref; print('own', r is ref, r() is None); del ref
t = T(); ref = weakref.ref(t, own); del t
def other(r):
    refs.remove(r); print('other', len(refs)); refs.clear()
t = T(); refs = []
for i in range(3): refs.append(weakref.ref(t, other))
del t; print(len(refs))
def again(r):
    print('again', gc.collect()); keep.append(weakref.ref(holder, lambda r: print('late')))
keep = []; holder = T(); t = T(); t.me = t; r = weakref.ref(t, again); del t; print(gc.collect()); del holder; print(len(keep))
class Sub(weakref.ref):
    def __del__(s): print('ref dies')
t = T(); s = Sub(t, lambda r: print('called')); t.s = s; del s; del t; print(gc.collect())

# A cycle through each type.
class D:
    def __init__(s): s.x = None
    def __del__(s): dead.append(1)
class S:
    __slots__ = 'x', '__weakref__'
    def __del__(s): dead.append(1)
class Str(str): pass
class Int(int): pass
dead = []
def frame_of(o):
    try: raise ValueError(o)
    except ValueError as e: return e
def gen(o):
    yield o
    yield o
def started(o):
    g = gen(o); next(g); return g
async def co(o): return o
def made(o):
    c = co(o); return c
class Desc:
    def __init__(s, o): s.o = o
makers = [lambda o: [o], lambda o: (o,), lambda o: {o}, lambda o: frozenset([o]), lambda o: {o: o}, lambda o: {1: o}.items(), lambda o: {1: o}.values(),
    lambda o: iter([o]), lambda o: iter((o,)), lambda o: iter({1: o}.values()), lambda o: iter({o}), lambda o: reversed([o]), lambda o: enumerate([o]),
    lambda o: zip([o], [o]), lambda o: map(str, [o]), lambda o: filter(None, [o]), lambda o: (lambda: o), lambda o: (lambda x=o: x), lambda o: functools.partial(id, o),
    lambda o: functools.lru_cache(functools.partial(id, o)), lambda o: types.MethodType(print, o), lambda o: property(o), lambda o: staticmethod(o), lambda o: classmethod(o),
    lambda o: slice(o), lambda o: slice(1, o, 2), lambda o: super(D, o) if isinstance(o, D) else [o], lambda o: types.MappingProxyType({1: o}), lambda o: types.SimpleNamespace(a=o),
    lambda o: collections.deque([o]), lambda o: collections.OrderedDict(a=o), lambda o: collections.defaultdict(o.__class__, {1: o}), lambda o: itertools.chain([o]),
    lambda o: itertools.cycle([o]), lambda o: itertools.repeat(o), lambda o: itertools.islice([o], 1), lambda o: itertools.tee([o])[1], lambda o: itertools.groupby([o]),
    lambda o: itertools.product([o]), lambda o: itertools.permutations([o]), lambda o: itertools.accumulate([o]), lambda o: itertools.starmap(id, [o]),
    lambda o: operator.itemgetter(o), lambda o: operator.methodcaller('x', o), frame_of, gen, started,
    lambda o: weakref.ref(T, lambda r, o=o: o), lambda o: memoryview(bytearray(b'a')) and [o], lambda o: types.CellType(o), lambda o: type('C', (), {'o': o}),
    lambda o: type('M', (type,), {})('C', (), {'o': o}), lambda o: type('L', (list,), {})([o]), lambda o: types.GenericAlias(list, (o,)), Desc,
    lambda o: iter(lambda: o, 1), lambda o: types.ModuleType('m').__dict__.update(o=o) or [o], lambda o: BaseException(o), lambda o: ImportError(name=o), lambda o: OSError(1, o),
    lambda o: StopIteration(o), lambda o: vars(D()).update(o=o) or [o], lambda o: [o].append, lambda o: {1: o}.get, lambda o: [[[o]]],
    lambda o: collections.ChainMap({1: o}), lambda o: collections.UserList([o]), lambda o: functools.cmp_to_key(o.__eq__)(o), lambda o: functools.cached_property(o),
    lambda o: weakref.finalize(T, o.__repr__).detach() or [o]]
for i, make in enumerate(makers):
    for cls in D, S:
        o = cls(); o.x = make(o); n = sys.getrefcount(o) - 1; name = type(o.x).__name__
        del o
        before = len(dead); first = gc.collect()
        print(i, name, n, before, len(dead), first, gc.collect(), len(gc.garbage)); dead.clear()

# Resurrection in the middle of a cascade, and a finaliser that collects while the cascade runs.
class R:
    def __init__(s, n, *o): s.n = n; s.o = o
    def __del__(s):
        print('del', s.n, gc.collect())
        if s.n == 3: saved.append(s)
saved = []
x = None
for i in range(6): x = R(i, x)
del x
print([r.n for r in saved], saved[0].o[0].n); saved.clear()
a, b = R('a'), R('b'); a.b = b; b.a = a; a.l = [a, b]; del a, b
print(gc.collect(), gc.get_count()[1:])

"""What library functions hold while they call back."""
import copy, contextlib, dataclasses, enum, functools, itertools, operator, sys, gc, types, weakref
from sys import getrefcount as rc
class V:
    def __init__(self, n='v'): self.n = n
    def __del__(self): print('del', self.n)
@dataclasses.dataclass
class P:
    x: object
    y: list = dataclasses.field(default_factory=list)
    z: object = None
p = P(V('dx')); q = dataclasses.replace(p, z=p.x); print(rc(p.x), rc(p.y), p.y is q.y); del p; print(rc(q.x)); d = dataclasses.asdict(q); del q; print(len(d)); del d
@dataclasses.dataclass(frozen=True, order=True)
class F: a: int; b: object = dataclasses.field(compare=False, default=None)
f = F(1, V('fb')); print(f < F(2), hash(f) == hash(F(1)), rc(f.b)); del f
class Color(enum.Enum):
    RED = 1; GREEN = [2]
    def __init__(self, v): self.held = v
print(rc(Color.GREEN.value), Color(1) is Color.RED, Color['GREEN'].held is Color.GREEN.value)
v = V('orig'); c = copy.copy(v); c.n = 'copy'; del c
l = [v, [v]]; m = copy.deepcopy(l); print(m[0] is m[1][0], rc(m[0]), rc(v)); m[0].n = 'deep'; del m; del l
class CC:
    def __copy__(self): return V('__copy__')
    def __deepcopy__(self, memo): print(len(memo)); return V('__deepcopy__')
copy.copy(CC()); copy.deepcopy([CC()])
@contextlib.contextmanager
def cm(o):
    print('in', rc(o))
    try: yield o
    except ValueError as e: print('swallow', rc(e), rc(e.args[0]))
    finally: print('out', rc(o))
with cm(V('cm')) as o: print(rc(o))
del o
with cm(v) as o: raise ValueError(V('arg'))
del o
with contextlib.ExitStack() as st:
    a = st.enter_context(cm(V('st1'))); st.callback(print, 'cb', V('st2').n); st.push(lambda *e: print(e[0])); del a
with contextlib.suppress(KeyError): {}[V('key')]
with contextlib.closing(types.SimpleNamespace(close=lambda: print('closed'))) as x: pass
del x
with contextlib.nullcontext(V('null')) as x: print(rc(x))
del x
class K:
    def __init__(self): self.n = 0
    @functools.cached_property
    def big(self): self.n += 1; return V('cached')
    @functools.lru_cache(None)
    def meth(self, a): return V('meth%s' % a)
    @functools.singledispatchmethod
    def sd(self, a): return 'obj'
    @sd.register
    def _(self, a: int): return 'int'
k = K(); k.big; print(rc(k.big), k.n, rc(k)); k.meth(1); print(rc(k), K.meth.cache_info().currsize); print(k.sd(1), k.sd('')); K.meth.cache_clear(); del k
@functools.singledispatch
def sd(a): return V('sd')
@sd.register(list)
def _(a): return rc(a)
print(sd([1])); sd(2)
print(functools.reduce(lambda a, b: b, [V('r1'), V('r2'), V('r3')]).n)
t1, t2 = itertools.tee([V('t1'), V('t2')]); print(rc(next(t1)), rc(next(t2))); del t1, t2
print([rc(a) for a in itertools.chain([V('ch')], [v])])
for key, g in itertools.groupby([V('g'), V('g')], lambda o: o.n): print(key, [rc(o) for o in g])
del g
for x in itertools.islice(itertools.count(1), 2): print(x)
print([a.n for a, b in itertools.zip_longest([V('zl')], [1, 2]) if a]); print(list(itertools.accumulate([[1], [2]]))); print([rc(c[0]) for c in itertools.combinations([v, v], 2)], [rc(c[0]) for c in itertools.product([v], repeat=2)])
cy = itertools.cycle([V('cy')]); next(cy); next(cy); print(rc(next(cy))); del cy
rp = itertools.repeat(V('rp'), 2); print(rc(next(rp))); del rp
print(operator.attrgetter('n')(v), operator.itemgetter(0)([v]) is v, rc(v))
s = itertools.starmap(lambda a: a, [(V('sm'),)]); print(rc(next(s))); del s
ns = types.SimpleNamespace(a=V('ns')); del ns
mp = types.MappingProxyType({'k': V('mp')}); print(rc(mp['k'])); del mp
total = functools.total_ordering(type('T', (), {'__lt__': lambda a, b: True})); print(total() > total()); del total; print(gc.collect() > 0)
it = filter(None, [V('ft')]); print(rc(next(it))); del it
print(sorted([V('b'), V('a')], key=operator.attrgetter('n'))[0].n)

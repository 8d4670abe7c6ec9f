import abc, array, bisect, collections, contextvars, copy, dataclasses, enum, heapq, io, pickle, re, threading, traceback
from collections import ChainMap, Counter, namedtuple

# Library code in Python allocates what CPython's does only where it is cut into the same functions: no automatic collections here.
gc = types.SimpleNamespace(**vars(gc))
gc.set_threshold = gc.enable = gc.get_count = lambda *args: (0, 0, 0)
gc.disable()

# CPython's `tokenize`, which `traceback` imports, has compiled with flags and so made one of them; the first sort by a key does too.
re.compile('', re.ASCII)

NT = namedtuple('NT', 'a b')
NT1 = type('NT1', (P,), {'__slots__': ('held', 'other')})
VAR = contextvars.ContextVar('VAR')
TL = threading.local()


@dataclasses.dataclass(eq=False)
class DC:
    name: str
    a: object = None
    b: list = dataclasses.field(default_factory=list)

    def __del__(self):
        print('  del dataclass', label(self.name), label(self.a))


@dataclasses.dataclass(frozen=True)
class FZ:
    name: str
    a: object = None


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class Flags(enum.Flag):
    A = 1
    B = 2


class CNT(D):
    alive = 0

    def __init__(self, name):
        super().__init__(name)
        CNT.alive += 1

    def __del__(self):
        CNT.alive -= 1
        print('  del counted', self.name, CNT.alive)


class GA(P):
    def __init__(self, name='ga'):
        super().__init__(name)

    def __getattr__(self, name):
        print('  any', name, sys.getrefcount(self))
        if name[0] == '_':
            raise AttributeError(name)
        return [self]


class OP(D):
    def __add__(self, other):
        print('  add', sys.getrefcount(self), refs(other))
        return OP(self.name + '+') if isinstance(other, OP) else NotImplemented

    def __radd__(self, other):
        print('  radd', sys.getrefcount(self), refs(other))
        return [other, self]

    def __iadd__(self, other):
        print('  iadd', sys.getrefcount(self), refs(other))
        self.a = other
        return self

    def __matmul__(self, other):
        return (self, other)

    def __neg__(self):
        return self

    def __lt__(self, other):
        print('  lt', sys.getrefcount(self), refs(other))
        return self.name < other.name

    def __eq__(self, other):
        print('  eq', sys.getrefcount(self), refs(other))
        return isinstance(other, OP) and self.name[:1] == other.name[:1]

    def __hash__(self):
        print('  hash', sys.getrefcount(self))
        return 7

    def __getitem__(self, key):
        print('  getitem', sys.getrefcount(self), refs(key))
        if key == 2:
            raise IndexError(key)
        return key

    def __setitem__(self, key, value):
        print('  setitem', sys.getrefcount(self), refs(key), refs(value))

    def __delitem__(self, key):
        print('  delitem', sys.getrefcount(self), refs(key))

    def __call__(self, *args, **kwargs):
        return args, kwargs

    def __contains__(self, o):
        return refs(o) == 3

    def __len__(self):
        return 2

    def __bool__(self):
        return True

    def __format__(self, spec):
        print('  format', sys.getrefcount(self), spec)
        return self.name

    def __str__(self):
        print('  str', sys.getrefcount(self))
        return self.name


class PK(D):
    def __init__(self, name, a=None):
        super().__init__(name)
        self.a = a

    def __getstate__(self):
        print('  getstate', sys.getrefcount(self))
        return self.__dict__

    def __setstate__(self, state):
        print('  setstate', sys.getrefcount(self), sys.getrefcount(state))
        self.__dict__.update(state)


class UD(dict):
    def __init__(self, name, **items):
        super().__init__(items)
        self.name = name

    def keys(self):
        print('  keys', sys.getrefcount(self))
        return super().keys()

    def __getitem__(self, key):
        print('  item', sys.getrefcount(self), refs(key))
        return super().__getitem__(key)

    def __del__(self):
        print('  del dict', label(self.name), labels(self.values()))


class CX(complex):
    def __new__(cls, name, held=None):
        self = complex.__new__(cls, 1, 2)
        self.name = name
        self.a = held
        return self

    def __del__(self):
        print('  del number', label(self.name))


class WS1(collections.deque):
    def __init__(self, name, *items):
        super().__init__(items, 3)
        self.name = name

    def __del__(self):
        print('  del deque', label(self.name), labels(self))


class Prepared(type):
    @classmethod
    def __prepare__(meta, name, bases, **k):
        return UD(name)

    def __new__(meta, name, bases, scope, **k):
        return super().__new__(meta, name, bases, dict(scope))

    def __init__(cls, name, bases, scope, **k):
        print('  class', label(name), labels(k.values()), sys.getrefcount(scope))


FAMILY |= {DC, FZ, NT1, CNT, GA, OP, PK, UD, CX, WS1, NT}


@functools.singledispatch
def single(x):
    return [x]


@single.register(list)
@single.register(tuple)
def _(x):
    return x[0], refs(x)


@single.register(D)
def _(x):
    return x.name, x


class Single:
    @functools.singledispatchmethod
    def meth(self, x):
        return self, x

    @meth.register(P)
    def _(self, x):
        return x, refs(x)


@functools.lru_cache(2)
def cached(*args, **kwargs):
    print('  computed', labels(args))
    return args, kwargs


@contextlib.contextmanager
def ctx(x):
    try:
        print('  in', refs(x))
        yield x
    except E as e:
        print('  ctx caught', labels(e.args))
        raise KeyError(x) from e
    finally:
        print('  out', refs(x))


async def co(x):
    print('  co', refs(x))
    return [x]


async def agen(x):
    try:
        yield x
        yield await co(x)
    finally:
        print('  agen done', refs(x))


async def gather(*x):
    return [await co(y) for y in x]


def run(awaitable):
    it = awaitable.__await__() if not hasattr(awaitable, 'send') else awaitable
    value = None
    for _ in range(9):
        try:
            value = it.send(value)
        except StopIteration as e:
            return e.value
        except StopAsyncIteration:
            return 'exhausted'
    it.close()


def inspect_frame(x):
    y = sys._getframe(0)
    return y.f_locals


def f_raises(x, *y):
    z = [x]
    raise E(z)

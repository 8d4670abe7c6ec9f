import atexit, contextlib, functools, gc, itertools, operator, sys, types, warnings, weakref
from collections import OrderedDict, defaultdict, deque

# A coroutine that is never awaited would import what formats the warning.
warnings.simplefilter('ignore')

# Nothing is written while objects may die: a write inside a write loses text in CPython.
LOG = []


def print(*args):
    LOG.append(' '.join([str(a) for a in args]))


def write_log():
    global print
    print = original
    print('\n'.join(LOG))
    del LOG[:]


original = __builtins__.print
PLAIN = (int, str, bytes, float, bool, type(None), complex)
SHARED = PLAIN + (type, type(len), type(str.join), type(object.__init__), frozenset, tuple)
saved = []


def label(o):
    kind = type(o)
    if kind in PLAIN:
        return repr(o) if len(repr(o)) < 20 else kind.__name__
    if kind in FAMILY:
        try:
            name = o.name
            return '%s:%s' % (kind.__name__, name if type(name) is str else type(name).__name__)
        except AttributeError:
            return kind.__name__ + ':?'
    if isinstance(o, type):
        return 'class ' + o.__name__
    return kind.__name__


def labels(objects):
    return ' '.join([label(o) for o in objects])


def refs(o):
    return '-' if type(o) in SHARED else sys.getrefcount(o)


def report(e):
    text = str(e)
    print('  !', type(e).__name__, '...' if '0x' in text else text)


class P:
    def __init__(self, name):
        self.name = name

    def meth(self, *args):
        return args

    @property
    def prop(self):
        return self.__dict__.get('a', self)


class D(P):
    def __del__(self):
        print('  del', self.name, sys.getrefcount(self), label(self.__dict__.get('a')))


class R(P):
    def __del__(self):
        print('  resurrect', self.name, len(saved))
        saved.append(self)


class S:
    __slots__ = 'name', 'a', 'b', '__weakref__'

    def __init__(self, name):
        self.name = name

    def meth(self):
        return self


class SD(S):
    __slots__ = 'c',

    def __del__(self):
        print('  del slots', self.name, sys.getrefcount(self))


class X(P):
    def __del__(self):
        print('  raising', self.name)
        raise ValueError(self.name)


class G(P):
    def __del__(self):
        print('  collecting', self.name, gc.collect())


class L(list):
    def __init__(self, name, *items):
        self.name = name
        self.extend(items)

    def __del__(self):
        print('  del list', self.name, labels(self))


class M(dict):
    def __init__(self, name, **items):
        self.name = name
        self.update(items)


class T(tuple):
    def __new__(cls, name, *items):
        self = tuple.__new__(cls, items)
        self.name = name
        return self

    def __del__(self):
        print('  del tuple', self.name, len(self))


class E(Exception):
    name = 'e'

    def __del__(self):
        print('  del exception', labels(self.args))


class Q(set):
    name = 'q'


class Meta(type):
    def __del__(cls):
        print('  del class', cls.__name__)


class CM(D):
    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        print('  exit', self.name, kind.__name__ if kind else None)
        return self.name.endswith('7')


class CA(CM):
    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, value, trace):
        return self.__exit__(kind, value, trace)


class Pause(D):
    def __await__(self):
        return (yield self)


class SW(S):
    __slots__ = 'd', '__dict__'

    @property
    def prop(self):
        return self.a

    @prop.setter
    def prop(self, value):
        self.b = value

    @prop.deleter
    def prop(self):
        del self.b


class CP(D):
    @functools.cached_property
    def prop(self):
        return [self]

    @classmethod
    def make(cls, *args):
        return cls(*args)

    @staticmethod
    def pair(*args):
        return args


class MS(M):
    def __missing__(self, key):
        print('  missing', sys.getrefcount(self), label(key))
        self[key] = value = [key]
        return value


class AT(P):
    def __getattr__(self, name):
        print('  getattr', name, sys.getrefcount(self))
        if name == 'c':
            return self.name
        raise AttributeError(name)

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)


class IT(D):
    def __iter__(self):
        return self

    def __next__(self):
        self.left = left = self.__dict__.get('left', 2) - 1
        if left < 0:
            raise StopIteration(self)
        return D(self.name)

    def __len__(self):
        return 1

    def __getitem__(self, key):
        return key

    def __contains__(self, o):
        return o is self

    def __eq__(self, other):
        print('  eq', sys.getrefcount(self), sys.getrefcount(other) if type(other) not in SHARED else '-')
        return self is other

    def __hash__(self):
        return 1

    def __add__(self, other):
        return [self, other]

    def __call__(self, *args, **kwargs):
        return args, kwargs


class RR(D):
    def __del__(self):
        print('  again', self.name, gc.get_count()[1:])
        saved.append(self)
        self.name = self.name + '+'


FAMILY = {P, D, CA, Pause, SW, CP, MS, AT, IT, RR, R, S, SD, X, G, L, M, T, E, Q, CM}


def cb(text):
    def callback(ref):
        print('  callback', text, ref() is None, sys.getrefcount(ref))
    return callback


def keep(ref):
    print('  kept', len(saved))
    saved.append(ref)


def fin(*args):
    print('  finalize', labels(args))


def gen(*args):
    try:
        x = yield args
        for _ in range(20):
            x = yield x, args
    finally:
        print('  closing', labels(args))


def delegating(x):
    try:
        y = yield from x
        yield y
    except E as e:
        yield e
    finally:
        print('  delegated', label(x))


def guarded(x):
    with CM('guard') as held:
        try:
            yield held
            yield x
        except E as e:
            print('  caught', labels(e.args), refs(x))
            yield e
        finally:
            print('  leaving', refs(x), sys.exc_info()[0])


async def awaiting(x):
    try:
        y = await Pause(x)
        return x, y
    finally:
        print('  awaited', label(x))


async def streaming(x):
    try:
        yield x
        y = await Pause(x)
        yield y
    finally:
        print('  streamed', label(x))


@contextlib.contextmanager
def managed(x):
    print('  entering', refs(x))
    try:
        yield x
    finally:
        print('  exiting', refs(x))


def hidden(x, y):
    def first():
        nonlocal x
        x, y_ = y, x
        return y_

    def second(z=x):
        def third():
            nonlocal y
            y = (x, z)
            return y
        return third
    return first, second()


def counted(*args, **kwargs):
    print('  counted', ' '.join([str(refs(a)) for a in args]), ' '.join([str(refs(a)) for a in kwargs.values()]))
    return args


def clos(x, y=None):
    def inner(z=None):
        nonlocal x
        x, z = z, x
        return z, y
    return inner


def hook(args):
    print('  unraisable', args.exc_type.__name__, args.exc_value, args.err_msg, label(args.object))


def watch(phase, info):
    print('  gc', phase, info['generation'], info['collected'], info['uncollectable'])


def lengths():
    return [len(gc.get_objects(i)) for i in range(2)], len(gc.get_referrers(P)), len(gc.get_referrers(D)), len(gc.get_referents(E))


def mine(generation):
    return labels([o for o in gc.get_objects(generation) if type(o) in FAMILY])


def dump():
    scope = globals()
    seen = {}
    for i in range(8):
        key = 'v%d' % i
        if key not in scope:
            print(key, 'unbound')
            continue
        o = scope[key]
        same = seen.setdefault(id(o), key)
        if type(o) in SHARED and type(o) is not tuple or isinstance(o, (frozenset, types.ModuleType)) and not o:
            print(key, label(o))
            continue
        if same != key:
            print(key, 'is', same)
            continue
        # 2: this local and the argument
        count = '-' if type(o) is tuple and not gc.is_tracked(o) else sys.getrefcount(o) - 2
        referents = gc.get_referents(o) if o not in TABLES else []
        if type(o) in (Q, set, frozenset):
            referents.sort(key=label)
        print(key, label(o), count, gc.is_tracked(o), gc.is_finalized(o), '->', labels(referents),
              '<-', labels(gc.get_referrers(o)))


class Tables(list):
    def __contains__(self, o):
        return any([o is t for t in self])


WV = weakref.WeakValueDictionary()
WK = weakref.WeakKeyDictionary()
WS = weakref.WeakSet()
TABLES = Tables()
TABLES.extend([WV, WK, WS, globals(), sys.modules])
sys.unraisablehook = hook
v0 = v1 = v2 = v3 = v4 = v5 = v6 = v7 = None

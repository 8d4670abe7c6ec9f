import atexit, functools, gc, itertools, operator, sys, types, weakref
from collections import OrderedDict, defaultdict, deque

# Nothing is written while objects may die: a write inside a write loses text in CPython.
LOG = []


def print(*args):
    LOG.append(' '.join([str(a) for a in args]))


def write_log():
    global print
    print = original
    print('\n'.join(LOG))


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


FAMILY = {P, D, R, S, SD, X, G, L, M, T, E, Q, CM}


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
        while True:
            x = yield x, args
    finally:
        print('  closing', labels(args))


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

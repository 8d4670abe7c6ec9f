# Verifies operators that are methods of a Python class: what they answer, raise, hold and let go of, and when.
import gc, sys, traceback


class Num:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        if isinstance(other, Num):
            return Num(self.n + other.n)
        return NotImplemented

    def __radd__(self, other):
        return Num(other + self.n)

    def __mul__(self, other):
        return NotImplemented

    def __lt__(self, other):
        if not isinstance(other, Num):
            return NotImplemented
        return self.n < other.n

    def __eq__(self, other):
        return NotImplemented if not isinstance(other, Num) else self.n == other.n

    def __getitem__(self, key):
        if key == 'bad':
            raise KeyError(key)
        return (self.n, key)

    def __setitem__(self, key, value):
        if value is None:
            raise ValueError('no None')
        self.n = value

    @property
    def twice(self):
        return self.n * 2

    @property
    def broken(self):
        return self.missing

    def __repr__(self):
        return f'Num({self.n})'

    def __del__(self):
        print('del', self.n)


class Sub(Num):
    def __radd__(self, other):
        return ('sub radd', other.n)

    def __gt__(self, other):
        return 'sub gt'


class Fallback:
    @property
    def x(self):
        raise AttributeError('inner')

    def __getattr__(self, name):
        return ('fallback', name)


class Answer:
    def __init__(self, truth):
        self.truth = truth

    def __bool__(self):
        print('bool asked')
        return self.truth


class Odd:
    def __lt__(self, other):
        return Answer(False)

    def __ge__(self, other):
        return Answer(True)


def temporaries():
    print(Num(1) + Num(2))
    print((Num(1) + Num(2)).twice)
    print(Num(3)[Num(4).n])
    print(Num(5) < Num(6))
    Num(7)['k'] = 8
    print(Num(9).twice)
    s = 0
    for i in range(3):
        s += Num(i).twice
    print(s)


def asks_on():
    a = Num(1)
    print(1 + a)
    for what in ('a + 1', 'a * 2', 'a * a', 'a < 1', 'a == 1', 'a != 1', 'a < None'):
        try:
            print(what, eval(what, {'a': a}))
        except TypeError as e:
            print(what, e)
    try:
        a + 1
    except TypeError as e:
        print(e, e.__traceback__.tb_next)
    try:
        a < 'x'
    except TypeError as e:
        print(e)
    a += Num(5)
    print(a)
    try:
        a += 'x'
    except TypeError as e:
        print(e)
    s = Sub(10)
    print(a + s, a < s)
    if a == 1:
        print('equal')
    else:
        print('not equal')


def raising():
    a = Num(20)
    for f in (lambda: a['bad'], lambda: a.broken, lambda: a.__setitem__('k', None)):
        try:
            f()
        except Exception as e:
            print(type(e).__name__, e, [t.name for t in traceback.extract_tb(e.__traceback__)])
    try:
        a['k'] = None
    except ValueError as e:
        print(e, [t.name for t in traceback.extract_tb(e.__traceback__)])
    try:
        Num(21)['bad']
    except KeyError as e:
        print('key', e)
    print(Fallback().x)
    f = Fallback()
    print(f.x)


def truths():
    o = Odd()
    if o < o:
        print('lt')
    if o >= o:
        print('ge')
    print(o < o or 'second')
    while o < 1:
        print('never')
    print([1 for _ in 'ab' if o >= _])


def counted():
    class Counted:
        def __add__(self, other):
            return sys.getrefcount(self), sys.getrefcount(other), sys.getrefcount(Counted.__add__)

        def __getitem__(self, key):
            return sys.getrefcount(self), sys.getrefcount(key), sys.getrefcount(Counted.__getitem__)

        def __lt__(self, other):
            return sys.getrefcount(self), sys.getrefcount(other), sys.getrefcount(Counted.__lt__)

        def __setitem__(self, key, value):
            print(sys.getrefcount(self), sys.getrefcount(key), sys.getrefcount(value))

        @property
        def p(self):
            return sys.getrefcount(self), sys.getrefcount(Counted.__dict__['p'])

    c = Counted()
    k = []
    print(c + k, c[k], c < k, c.p)
    c[k] = k
    print(Counted() + [], Counted()[[]], Counted() < [], Counted().p)
    Counted()[[]] = []


class Vanishing:
    def __add__(self, other):
        del Vanishing.__add__
        gc.collect()
        return 'added'

    def __getitem__(self, key):
        del Vanishing.__getitem__
        return 'got'

    @property
    def p(self):
        del Vanishing.p
        return 'property'


class Deep:
    def __eq__(self, other):
        return Deep() == other

    def __add__(self, other):
        return self + other

    def __getitem__(self, key):
        return self[key]

    @property
    def p(self):
        return self.p


def deep():
    d = Deep()
    for f in (lambda: d == d, lambda: d + d, lambda: d[0], lambda: d.p):
        try:
            f()
        except RecursionError as e:
            print(e)


def in_generators():
    a = Num(30)

    def g():
        yield a[1]
        yield a + Num(1)
        yield a < a
        try:
            yield a['bad']
        except KeyError:
            yield 'caught'

    print(list(g()))
    print(sorted([Num(3), Num(1), Num(2)])[0].n)
    print(max(Num(1), Num(2)).n)


class Dict(dict):
    def __getitem__(self, key):
        return super().__getitem__(key) + 1

    def __setitem__(self, key, value):
        super().__setitem__(key, value * 2)


class Tuple(tuple):
    __slots__ = ()

    @property
    def first(self):
        return self[0]

    def __add__(self, other):
        return Tuple(tuple(self) + other)

    def __lt__(self, other):
        return NotImplemented


for test in (temporaries, asks_on, raising, truths, counted, deep, in_generators):
    print('--', test.__name__)
    test()
v = Vanishing()
print(v + v, v[0], v.p)
d = Dict()
d['a'] = 4
d['a'] += 1
print(d['a'], dict(d))
t = Tuple((1, 2))
print(t.first, (t + (3,)).first, len(t + (3,)))
try:
    t < t
except TypeError as e:
    print(e)


class NoInit:
    def __init__(self):
        return 1


try:
    NoInit()
except TypeError as e:
    print(e)

# A callback that collects while the object it tells of is being deallocated, for objects of all kinds.
import array, collections, contextlib, contextvars, functools, gc, io, itertools, queue, re, threading, types, weakref
async def co(): pass
async def ag(): yield
def gen(): yield
class A: pass
class S:
    __slots__ = ('__weakref__', 'x')
class L(list): pass
class T(tuple): pass
class D(dict): pass
class I(int): pass
class St(set): pass
class E(Exception): pass
class W(weakref.ref): pass
class P(property): pass
class Fn(functools.partial): pass
class Dl(A):
    def __del__(self): gc.collect()
def started():
    g = gen(); next(g); return g
def started_ag():
    g = ag()
    try: g.__anext__().send(None)
    except StopIteration: pass
    return g
makers = {
    'function': lambda: (lambda: 0),
    'set': lambda: {A()},
    'frozenset': lambda: frozenset([A()]),
    'deque': lambda: collections.deque([A()]),
    'module': lambda: types.ModuleType('m'),
    'class': lambda: type('C', (), {'a': A()}),
    'method': lambda: A().__init_subclass__,
    'bound': lambda: types.MethodType(len, A()),
    'builtin': lambda: [A()].append,
    'partial': lambda: functools.partial(len, A()),
    'lru': lambda: functools.lru_cache(lambda: 0),
    'array': lambda: array.array('i'),
    'memoryview': lambda: memoryview(bytearray(3)),
    'gen': gen,
    'started': started,
    'started_ag': started_ag,
    'coro': lambda: (lambda c: (c.close(), c)[1])(co()),
    'agen': ag,
    'od': lambda: collections.OrderedDict(a=A()),
    'dd': lambda: collections.defaultdict(A),
    'list': lambda: L([A()]),
    'tuple': lambda: T([A()]),
    'dict': lambda: D(a=A()),
    'int': lambda: I(5),
    'Set': lambda: St([A()]),
    'exc': lambda: E(A()),
    'ref': lambda: W(A),
    'prop': lambda: P(A()),
    'fn': lambda: Fn(len, A()),
    'inst': A,
    'slots': S,
    'del': Dl,
    'stringio': io.StringIO,
    'bytesio': io.BytesIO,
    'tee': lambda: itertools.tee([A()])[0],
    'code': lambda: compile('1', 'f', 'eval'),
    'queue': queue.SimpleQueue,
    'context': contextvars.copy_context,
    'lock': threading.Lock,
    'rlock': threading.RLock,
    'counter': lambda: collections.Counter('aa'),
    'userdict': lambda: collections.UserDict(a=A()),
    'textio': lambda: io.TextIOWrapper(io.BytesIO()),
    'bufr': lambda: io.BufferedReader(io.BytesIO()),
    'mock': lambda: types.SimpleNamespace(a=A()),
    'weakset': lambda: weakref.WeakSet(),
    'cm': lambda: contextlib.contextmanager(gen)(),
    'chainmap': lambda: collections.ChainMap({}, {}),
    'alias': lambda: list[A()],  'union': lambda: int | A,
    'exit': lambda: contextlib.ExitStack(),
}


def callback(reference):
    gc.collect()
    seen.append(reference() if type(reference) is weakref.ref else 'other')


for name, make in makers.items():
    seen = []
    o = make()
    try:
        r = weakref.ref(o, callback)
    except TypeError as e:
        print(name, e)
        continue
    o = None
    print(name, seen)
    seen = []
    o = make()
    box = [o]
    box.append(box)
    r = weakref.ref(o, callback)
    o = box = None
    gc.collect()
    print(name, 'collected', seen)

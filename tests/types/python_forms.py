# Verifies what modules do whose native parts are missing: their forms in Python.
import importlib
import pickle
import random
import sys


def without(name, *blocked, fresh=()):
    kept = {each: sys.modules.pop(each, None) for each in (name, *blocked, *fresh)}
    for each in blocked:
        sys.modules[each] = None
    try:
        return importlib.import_module(name)
    finally:
        for each, module in kept.items():
            sys.modules.pop(each, None)
            if module is not None:
                sys.modules[each] = module


def tried(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return type(error).__name__, str(error)


rnd = random.Random(3)

op = without("operator", "_operator")
print(op.add.__module__, op.attrgetter.__module__, op.__add__ is op.add)
for name in ("add", "and_", "concat", "eq", "floordiv", "ge", "gt", "iadd", "iconcat", "is_", "is_not", "le", "lshift", "lt", "mod",
             "mul", "ne", "or_", "pow", "rshift", "sub", "truediv", "xor", "countOf", "indexOf", "contains", "getitem"):
    print(name, [tried(getattr(op, name), a, b) for a, b in ((7, 2), ([1, 2], [2]), ("ab", "b"), ([1, 2, 2], 2), (1, None))])
for name in ("abs", "index", "inv", "neg", "not_", "pos", "truth", "length_hint"):
    print(name, [tried(getattr(op, name), a) for a in (3, -2.5, "ab", [], iter([1, 2]))])
for make in (lambda: op.attrgetter("real"), lambda: op.attrgetter("real", "imag.real"), lambda: op.itemgetter(1),
             lambda: op.itemgetter(0, -1), lambda: op.methodcaller("split", "b", maxsplit=1), lambda: op.attrgetter(3), op.itemgetter):
    getter = tried(make)
    print(getter, [tried(getter, what) for what in (3 + 4j, "abcb", [1, 2])] if callable(getter) else "")
    if callable(getter):
        kind, args = getter.__reduce__()[:2]
        print(getattr(kind, "__name__", kind), args)

bisect = without("bisect", "_bisect")
for _ in range(40):
    a = sorted(rnd.choices(range(10), k=rnd.randrange(8)))
    x = rnd.randrange(-1, 11)
    print(a, x, bisect.bisect_left(a, x), bisect.bisect_right(a, x), bisect.bisect(a, -x, key=lambda v: -v if v < 3 else v), end="; ")
    bisect.insort(a, x)
    print(a)
print(tried(bisect.bisect, [1], 1, -1), tried(bisect.bisect, [1], "x"))

heapq = without("heapq", "_heapq")
for _ in range(20):
    a = rnd.choices(range(20), k=rnd.randrange(9))
    heapq.heapify(a)
    print(a, heapq.heappushpop(a, 5), heapq.nsmallest(3, a), heapq.nlargest(2, a, key=lambda v: -v), end=" ")
    print([heapq.heappop(a) for _ in range(len(a))])
print(list(heapq.merge([1, 4], [2, 3], reverse=False)), tried(heapq.heappop, []), tried(heapq.heapreplace, [], 1))

statistics = without("statistics", "_statistics")
normal = statistics.NormalDist(2, 3)
print([normal.inv_cdf(p) for p in (0.001, 0.1, 0.5, 0.7, 0.999999, 1e-30)], statistics._normal_dist_inv_cdf.__module__)

collections = without("collections", "_collections")
od = collections.OrderedDict([("a", 1), ("b", 2)], c=3)
od.move_to_end("a")
od.move_to_end("c", last=False)
print(od, list(reversed(od)), od.popitem(last=False), od == {"b": 2, "a": 1}, od == collections.OrderedDict(a=1, b=2))
print(list(od.items()), list(reversed(od.values())), od.pop("z", 5), tried(od.pop, "z"), od | {"q": 1}, od.setdefault("n"))
print(od.__reduce__()[:3], collections.Counter("abca"), collections.namedtuple("P", "x y")(1, 2).y)
od.clear()
print(od, tried(od.popitem), len(od))
dict.__setitem__(od, "hidden", 1)
print(list(od), len(od), "hidden" in od)

queue = without("queue", "_queue")
q = queue.SimpleQueue()
print(q.empty(), q.put(1), q.qsize(), q.get(), tried(q.get_nowait), tried(q.get, timeout=-1))

json = without("json", "_json", fresh=("json.decoder", "json.encoder", "json.scanner"))
for text in ('{"a": [1, -2.5e3, null, true, false, NaN, -Infinity], "b\\u00e9\\ud834\\udd1e\\n": {}}', "[", "[1,]", '{"a" 1}', '{"a": }', "{1}",
             '"abc', '"\\x"', '"\\u12"', '"a\tb"', "", "01", "-", "[1] 2", "  {} ", '{"a":1,', "nul"):
    print(tried(json.loads, text))
for value in ({"é\n": [1.5, float("inf"), None, True, (2, 3)], 1: {}, None: "\x7f😀"}, {(1,): 2}, object, [[]] * 2):
    print(tried(json.dumps, value), tried(json.dumps, value, indent=1, ensure_ascii=False))

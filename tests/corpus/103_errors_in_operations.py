"""Errors in the middle of built-in operations: what is let go on the way out."""
import collections, functools, itertools, io, operator, heapq, bisect, json, copy, pickle, re, string, struct, array, types, weakref, contextlib, sys


class T:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        z = {self.n: 1}
        seen.append(self.n)

    def __repr__(self):
        raise KeyError("repr")

    def __hash__(self):
        if self.n == "bad":
            raise KeyError("hash")
        return 1

    def __eq__(self, o):
        if self.n == "bad" or getattr(o, "n", 0) == "bad2":
            raise KeyError("eq")
        return False

    def __lt__(self, o):
        raise KeyError("lt")

    def __iter__(self):
        yield T("first")
        yield T("second")
        raise KeyError("iter")

    def __len__(self):
        raise KeyError("len")

    def __bool__(self):
        raise KeyError("bool")

    def __index__(self):
        raise KeyError("index")

    def __getitem__(self, k):
        raise KeyError("getitem")

    def __call__(self, *a, **k):
        raise KeyError("call")

    def __format__(self, f):
        raise KeyError("format")

    def __str__(self):
        return T("str")

    def __add__(self, o):
        raise KeyError("add")

    def __enter__(self):
        raise KeyError("enter")

    def __exit__(self, *a):
        pass

    def __getattr__(self, k):
        raise KeyError("getattr")

    def __reduce_ex__(self, p):
        raise KeyError("reduce")

    def __float__(self):
        return T("float")

    def __int__(self):
        return T("int")

    def __bytes__(self):
        return T("bytes")

    def __dir__(self):
        return T("dir")

    def __contains__(self, x):
        raise KeyError("contains")

    def __missing__(self, x):
        raise KeyError("missing")

    def __get__(self, o, c):
        raise KeyError("get")


class Gen:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        for i in range(self.n):
            yield T(i)
        raise KeyError("gen")


class Desc:
    t = T("desc")

    def __init__(self):
        pass


seen = []
ops = '''repr(T(1))|str(T(1))|format(T(1))|f"{T(1)}{T(2)}"|"%s" % T(1)|"{} {}".format(T(1), T(2))|[T(1), repr(T(2))]|(T(1), len(T(2)))|{T(1): T(2), T("bad"): T(3)}|{T(1): 1, T("bad2"): 2}|dict([(T(1), T(2)), (T("bad"), T(3))])|dict([(T(1), T(2)), T(3)])|set([T(1), T("bad")])|frozenset([T(1), T("bad")])
list(T(1))|tuple(T(1))|set(T(1))|dict(T(1))|[*T(1)]|{*T(1)}|(*T(1),)|{**T(1)}|(lambda *a: a)(*T(1))|(lambda **k: k)(**T(1))|sorted(T(1))|sorted([T(1), T(2)])|sorted([1, 2], key=T(1))|min(T(1))|max([T(1), T(2)])|max(1, 2, key=T(1))|sum(T(1))|sum([T(1), T(2)])|any(T(1))|all([T(1)])|list(map(T(1), [T(2)]))|list(map(str, Gen(2)))|list(filter(T(1), [T(2)]))|list(filter(None, [T(2)]))|list(zip(Gen(1), Gen(2)))|list(enumerate(Gen(1)))|list(reversed(T(1)))
T(1) + T(2)|T(1)[T(2)]|T(1)(T(2))|T(3) in T(1)|T(1) in [T(2), T("bad")]|T(1) == T("bad2")|T(1) < T(2)|[T(1)] == [T("bad2")]|(T(1),) < (T(2),)|{T(1): 1} == {T("bad2"): 1}|T(1).zz|getattr(T(1), "q", T(2))|hasattr(T(1), "q")|isinstance(1, T(1))|issubclass(int, T(1))|[1, 2][T(1)]|[1, 2][T(1):T(2)]|"ab"[T(1)]|[T(1)] * T(2)|range(T(1))|int(T(1))|float(T(1))|bytes(T(1))|complex(T(1))|dir(T(1))|len(T(1))|not T(1)|T(1) and T(2)|T(1) if T(2) else T(3)|chr(T(1))|round(T(1))|iter(T(1), T(2)).__next__()|next(T(1))|hash(T("bad"))|{}[T("bad")]|{T(1): 2}.get(T("bad"))|{T(1): 2}.setdefault(T("bad"), T(3))|{T(1): 2}.pop(T("bad"))|{T(1): 2}.update({T("bad2"): T(3)})|[T(1)].index(T(2))|[T(1)].remove(T("bad2"))|[T(1), T("bad")].count(T(2))|[].extend(Gen(2))|[T(0)].extend(Gen(1))|Desc().t
print(T(1), file=io.StringIO())|" ".join([T(1), T(2)])|" ".join(Gen(1))|b"".join(Gen(1))|bytes([T(1)])|bytearray([T(1)])|"a".join(T(1))|"%d" % T(1)|"%c" % T(1)|"%(a)s %(b)s" % {"a": T(1)}|"{a}".format(b=T(1))|"{0.x}".format(T(1))|"{0[x]}".format(T(1))|f"{T(1)!r}"|eval("1", {}, T(1))|exec("x", {"__builtins__": {}}, T(1))|type("C", (T(1),), {})|type("C", (), {"__slots__": Gen(1)})|super(T, T(1)).zz|vars(1)|T(1, 2)|T()|object(T(1))|print(T(1), bad=T(2))|int("1", T(1))|sorted([1], bad=T(1))|dict(1, a=T(1))|list(T(1), T(2))|tuple(a=T(1))
functools.reduce(T(1), [T(2), T(3)])|functools.reduce(operator.add, Gen(2))|functools.partial(T(1), T(2))()|operator.attrgetter("a.b")(T(1))|operator.itemgetter(0, 1)(T(1))|operator.methodcaller("x", T(2))(T(1))|list(itertools.chain([T(1)], Gen(1)))|list(itertools.product([T(1)], Gen(1)))|list(itertools.groupby([T(1), T(2)], T(3)))|list(itertools.accumulate([T(1), T(2)]))|list(itertools.starmap(len, [(T(1),), T(2)]))|list(itertools.zip_longest(Gen(1), [T(5), T(6)]))|list(itertools.islice(Gen(2), 5))|list(itertools.tee(Gen(1))[0])|list(itertools.takewhile(T(1), [T(2)]))|list(itertools.compress([T(1)], [T(2)]))|list(itertools.permutations(Gen(1)))|list(itertools.cycle(Gen(1)))|list(itertools.filterfalse(T(1), [T(2)]))|list(itertools.pairwise(Gen(2)))
collections.Counter(Gen(1))|collections.deque(Gen(2))|collections.OrderedDict([(T(1), T(2)), (T("bad"), T(3))])|collections.defaultdict(T(1))[T(2)]|collections.defaultdict(T(1))["k"]|collections.namedtuple("N", "a b")(T(1))|collections.namedtuple("N", "a")._make(Gen(1))|collections.ChainMap({}, {T(1): 1})[T("bad")]|collections.deque([T(1)]).index(T(2))|collections.deque([T("bad")]).remove(T(1))|collections.deque([T(1)]) < collections.deque([T(2)])|heapq.heapify([T(1), T(2)])|heapq.heappush([T(1)], T(2))|bisect.bisect([T(1)], T(2))|json.dumps([T(1)])|json.dumps([T(1)], default=T(2))|json.dumps({T(1): T(2)})|json.loads("[1]", parse_int=T(1))|json.loads('{"a": 1}', object_hook=T(1))|copy.copy(T(1))|copy.deepcopy([T(1), T(2)])|pickle.dumps([T(1)])|re.sub("a", T(1), "a")|re.match(T(1), "a")|struct.pack("i", T(1))|array.array("i", [T(1)])|string.Template("$a").substitute(T(1))|types.SimpleNamespace(**{"a": T(1)}, b=repr(T(2)))|weakref.ref(T(1), T(2))|contextlib.ExitStack().enter_context(T(1))|array.array("i", Gen(1))|struct.unpack("i", T(1))
[x for x in Gen(2)]|{x: T(9) for x in Gen(2)}|[x.zz for x in [T(1), T(2)]]|[x for x in [T(1), T(2)] if x]|{x for x in [T(1), T("bad")]}|list(x for x in Gen(2))|(lambda a, b: a)(T(1))|(lambda a: a)(T(1), T(2))|(lambda *, k: k)(T(1))|(lambda a: a)(T(1), a=T(2))|(lambda a: a)(b=T(1))|(lambda: (yield T(1)))().throw(KeyError(T(2)))|(lambda a=T(1), *, b=T(2): repr(a))()|[T(1), T(2), 1 / 0]|{T(1): T(2), 3: 1 / 0}|T(1) + (T(2), 1 / 0)|f"{T(1).n}{1 / 0}"|print(T(1).n, 1 / 0)|(T(1), [T(2)][3])|(y := T(1)).zz|T(1).n if 1 / 0 else T(2)|isinstance(T(1), (int, 5))|abs(T(1))|divmod(T(1), T(2))|pow(T(1), T(2), T(3))|~T(1)|T(1)[T(2):T(3)]|await_(T(1))'''
for line in ops.split("\n"):
    for op in line.split("|"):
        if op.count("(") != op.count(")") or op.count("[") != op.count("]"):
            continue
        try:
            r = eval(op)
            text = type(r).__name__
            r = None
        except BaseException as err:
            text = type(err).__name__ + " " + str(err.args)[:80] if not any(isinstance(a, T) for a in err.args) else type(err).__name__
        y = None
        print(op, text, seen)
        seen.clear()

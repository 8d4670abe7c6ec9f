"""Subclasses of library types with hooks, whose items die inside of them."""
import array, bisect, collections, contextlib, copy, functools, heapq, io, itertools, json, operator, pickle, queue, random, re, string, struct, sys, textwrap, types, weakref, gc


class T:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        z = [self.n]
        seen.append(z[0])

    def __repr__(self):
        return "T%s" % self.n

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, o):
        return self.n == getattr(o, "n", None)

    def __lt__(self, o):
        return self.n < o.n

    def __reduce__(self):
        return T, (self.n,), [T("state").n]

    def __setstate__(self, s):
        T("setstate")

    def __copy__(self):
        return T("copied")

    def write(self, s):
        return T("written")

    def flush(self):
        return T("flushed")

    def read(self, n=-1):
        return "text"

    def readline(self, n=-1):
        return ""


class D(dict):
    def __getitem__(self, k):
        T("get")
        return super().__getitem__(k)

    def __setitem__(self, k, v):
        T("set")
        super().__setitem__(k, v)

    def __delitem__(self, k):
        T("delitem")
        super().__delitem__(k)

    def __missing__(self, k):
        return T("missing")

    def __contains__(self, k):
        T("contains")
        return super().__contains__(k)

    def keys(self):
        T("keys")
        return super().keys()

    def __iter__(self):
        T("iter")
        return super().__iter__()

    def copy(self):
        return D(self)


class L(list):
    def __getitem__(self, i):
        r = super().__getitem__(i)
        return T("li") if isinstance(r, T) else r

    def __iter__(self):
        return iter([T("it1"), T("it2")])

    def append(self, x):
        super().append(T("appended"))

    def __len__(self):
        T("len")
        return super().__len__()


class S(set):
    def add(self, x):
        super().add(T("added"))

    def __contains__(self, x):
        T("in")
        return super().__contains__(x)


class O(collections.OrderedDict):
    def __setitem__(self, k, v):
        super().__setitem__(k, T("od" + str(k)))

    def __delitem__(self, k):
        T("oddel")
        super().__delitem__(k)


class C(collections.Counter):
    def __missing__(self, k):
        T("cmiss")
        return 0

    def __getitem__(self, k):
        T("cget")
        return super().__getitem__(k)


class DD(collections.defaultdict):
    def __missing__(self, k):
        return T("ddmiss")


class Q(collections.deque):
    def __iter__(self):
        return iter([T("qi")])

    def append(self, x):
        super().append(T("qa"))


class U(collections.UserDict):
    def __setitem__(self, k, v):
        self.data[k] = T(v)


class Str(str):
    def __del__(self):
        seen.append("str")
        [1]

    def __str__(self):
        return Str("other")

    def __format__(self, f):
        return Str("fmt")

    def __add__(self, o):
        return Str("sum")

    def __mod__(self, o):
        return Str("mod")


class I(int):
    def __del__(self):
        seen.append("int")
        [1]

    def __add__(self, o):
        return I(3)

    __radd__ = __add__

    def __index__(self):
        return I(1)


class B(bytearray):
    def __del__(self):
        seen.append("buf")
        [1]


seen = []
ops = '''D(a=T(1))["a"]|D()["q"]|D(a=T(1)).get("a")|D(a=T(1)).pop("a")|dict(D(a=T(1)))|{**D(a=T(1))}|D(a=T(1)) | {"a": T(2)}|list(D(a=T(1)))|copy.copy(D(a=T(1)))|copy.deepcopy(D(a=T(1)))|D.fromkeys(["a", "b"], T(1))|D(D(a=T(1)))|"%(a)s" % D(a=T(1))|"{a}".format_map(D(a=T(1)))|(lambda **k: k)(**D(a=T(1)))|collections.ChainMap(D(a=T(1)))["a"]|collections.ChainMap(D())["zz"]
L([T(1)])[0]|list(L([T(1)]))|[*L([T(1)])]|L([T(1)]) + [T(2)]|L([T(1)]).append(T(2))|sorted(L([T(2), T(1)]))|copy.copy(L([T(1)]))|copy.deepcopy(L([T(1)]))|tuple(L([T(1)]))|L(L([T(1)]))|len(L([T(1)]))|T(5) in L([T(1)])|reversed(L([T(1)])).__next__()|"".join(L([]) and [])|L([T(1), T(2)])[0:1]|json.dumps(L([1]))|random.choice(L([T(1)]))|heapq.heappop(L([T(1)]))|bisect.insort(L([]), T(1))
S([T(1)])|S([T(1)]) | S([T(2)])|S().add(T(1))|T(1) in S([T(1)])|frozenset(S([T(1)]))|S([T(1), T(1)])|S([T(1)]).pop()|copy.copy(S([T(1)]))|S([T(1)]) - {T(1)}|S([T(1)]) ^ [T(2)] if 0 else 1|S([T(1)]).symmetric_difference([T(1), T(2)])
O(a=T(1))|O([("a", T(1)), ("b", T(2))]).popitem()|O(a=T(1)).pop("a")|O(a=T(1)).move_to_end("a")|O(a=T(1)).setdefault("b", T(2))|O(a=T(1)).copy()|O(a=T(1)) | {"b": T(2)}|O(a=T(1)) == O(a=T(1))|O(a=T(1)).update(b=T(2))|pickle.loads(pickle.dumps(collections.OrderedDict(a=T(1))))|list(reversed(O(a=T(1), b=T(2))).__iter__())|O.fromkeys("ab", T(1))
C("aab")|C("aab")["z"]|C("aab") + C("b")|C("aab").most_common(1)|C("aab").subtract("a")|C([T(1), T(1)])|C([T(1)]).update([T(1)])|C("ab") & C("b")|-C("a")|C([T(1)]).elements().__next__()|C("ab").total()
DD()["q"]|DD(list)["q"]|DD(list, a=T(1)).copy()|collections.defaultdict(lambda: T("made"))["k"]|collections.defaultdict(None, {"a": T(1)}).pop("a")|DD(list) | {"a": T(1)}
Q([T(1)])|list(Q([T(1)]))|Q([T(1)]).append(T(2))|Q([T(1), T(2)], 1)|Q([T(1)]) + Q([T(2)])|Q([T(1)]).copy()|Q([T(1)]) * 2|Q([T(1), T(2)]).rotate()|T(1) in Q([T(1)])|Q([T(1)]).remove(T(1))|copy.copy(Q([T(1)]))|Q([T(1)])[0]|Q([T(1)]).extendleft([T(2), T(3)])|Q([T(1)]).insert(0, T(2))
U(a=1)["a"]|U(a=1).pop("a")|U(a=1).popitem()|U(a=1).copy()|dict(U(a=1))|U(a=1) | {"b": 2}
str(Str("a"))|f"{Str('a')}"|f"{Str('a')!s:>3}"|Str("a") + "b"|"a" + Str("b")|Str("%s") % T(1)|"%s" % Str("a")|"{}".format(Str("a"))|Str("a").join(["x", "y"])|"".join([Str("a")])|"".join([Str("a"), "b"])|Str("abc")[0]|Str("abc")[:]|Str("ab").upper()|Str("a") * 2|Str("a").replace("a", "b")|Str("a b").split()|{Str("k"): T(1)}["k"]|getattr(T(1), Str("n"))|setattr(T(1), Str("zz"), T(2))|sys.intern("a") and 1|re.sub("a", Str("b"), Str("aa"))|re.match("a", Str("a")).string|int(Str("12"))|float(Str("1.5"))|Str("abc").encode()|Str("x").center(3)|textwrap.dedent(Str(" a"))|print(Str("a"), end=Str(""), file=T(1))|string.Template(Str("$a")).substitute(a=T(1))|eval(Str("1"))|type(Str("N"), (), {})|__import__(Str("sys")) and 1|ascii(Str("a"))|ord(Str("a"))|Str("a") in "abc"|"abc".startswith(Str("a"))|Str("a") == "a"
I(1) + 1|1 + I(1)|I(1) * 2|-I(1)|int(I(1))|[1, 2][I(0)]|range(I(3))[I(1)]|"ab"[I(0):I(1)]|[0] * I(2)|sum([I(1), I(2)])|sum([I(1)], I(2))|hash(I(1))|bytes([I(1)])|chr(I(65))|round(1.2345, I(2))|"%d" % I(1)|f"{I(1)}"|"%*d" % (I(3), I(1))|divmod(I(7), I(2))|pow(I(2), I(3), I(5))|I(1) == 1|I(5) & I(3)|~I(1)|I(1) << I(2)|abs(I(-1))|array.array("i", [I(1)])|struct.pack("i", I(1))|itertools.islice("abc", I(1)).__next__()|list(itertools.count(I(1)).__next__().__class__.__mro__)[0] and 1|max(I(1), I(2))|operator.index(I(1))|hex(I(10))|float(I(1))|complex(I(1), I(2))|I(3).bit_length()|I(1).to_bytes(I(2), "big")|types.SimpleNamespace(a=I(1)).a|functools.reduce(operator.add, [I(1), I(2)])
B(b"ab") + b"c"|B(b"ab")[0]|B(b"ab")[:]|bytes(B(b"ab"))|memoryview(B(b"ab"))[0]|memoryview(B(b"ab")).tobytes()|B(b"ab") * 2|B(b"ab").replace(b"a", B(b"b"))|b"".join([B(b"a"), B(b"b")])|B(b"a,b").split(B(b","))|io.BytesIO(B(b"ab")).read()|io.BytesIO().write(B(b"ab"))|struct.unpack("bb", B(b"ab"))|B(b"ab").decode()|str(B(b"ab"), "ascii")|int(B(b"12"))|B(b"ab") == b"ab"|b"ab" in B(b"abc")|array.array("b", B(b"ab"))|re.match(b"a", B(b"ab")).group()|B(b"ab").hex()|B(b"ab").translate(None, B(b"a"))|B(b"ab").find(B(b"b"))|pickle.loads(B(pickle.dumps(1)))|B(b"abc").pop()
copy.copy(T(1))|copy.deepcopy(T(1))|copy.deepcopy([T(1), T(1)])|pickle.loads(pickle.dumps(T(1)))|pickle.loads(pickle.dumps([T(1), {T(2): T(3)}]))|print(T(1), file=T(2))|json.load(T(1))|pickle.dump(1, T(1))|types.MappingProxyType({"a": T(1)})["a"]|types.SimpleNamespace(a=T(1)).a|types.MethodType(T, T(1))()|functools.partial(T)(T(1))|contextlib.nullcontext(T(1)).__enter__()|queue.SimpleQueue().put(T(1))|weakref.ref(T(1))()|weakref.proxy(T(1)).n|operator.setitem({}, T(1), T(2))|operator.delitem([T(1)], 0)|operator.concat([T(1)], [T(2)])|operator.contains([T(1)], T(1))|operator.indexOf([T(1)], T(1))|operator.countOf([T(1)], T(1))'''
for line in ops.split("\n"):
    for op in line.split("|"):
        if op.count("(") != op.count(")") or op.count("[") != op.count("]"):
            continue
        try:
            r = eval(op)
            text = type(r).__name__
            r = None
        except Exception as err:
            text = type(err).__name__ + " " + str(err)[:60]
        print(op, text, seen)
        seen.clear()

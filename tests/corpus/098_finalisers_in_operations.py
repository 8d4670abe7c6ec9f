"""Finalisers running in the middle of built-in operations."""
import sys, gc, itertools, functools, collections, operator, re, json, copy, io, string, math, array, struct, bisect, heapq


class T:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        x = [self.n]
        seen.append(x[0])

    def __repr__(self):
        return "T%s" % self.n

    def __str__(self):
        return "s%s" % self.n

    def __format__(self, f):
        return "f%s" % self.n

    def __index__(self):
        return self.n

    def __int__(self):
        return self.n

    def __float__(self):
        return float(self.n)

    def __len__(self):
        return self.n

    def __iter__(self):
        return iter([T(self.n + 10)])

    def __lt__(self, o):
        return self.n < o.n

    def __eq__(self, o):
        return self.n == getattr(o, "n", o)

    def __hash__(self):
        return hash(self.n)

    def __add__(self, o):
        return T(self.n + 100)

    def __getitem__(self, k):
        return T(k if isinstance(k, int) else 77)

    def __bytes__(self):
        return b"bytes"

    def __fspath__(self):
        return "path"

    def __call__(self, *a, **k):
        return T(self.n * 2)

    def __contains__(self, x):
        return True

    def __reversed__(self):
        return iter([T(1)])

    def __round__(self, n=0):
        return T(2)

    def __divmod__(self, o):
        return T(1), T(2)

    def __pow__(self, o, m=None):
        return T(3)

    def __abs__(self):
        return T(4)

    def __bool__(self):
        return True

    def __complex__(self):
        return 1j

    def __length_hint__(self):
        return 1

    def __dir__(self):
        return ["b", "a"]

    def __getattr__(self, n):
        if n.startswith("_"):
            raise AttributeError(n)
        return T(55)

    def keys(self):
        return ["k"]


seen = []
ops = '''str(T(1))|repr(T(1))|format(T(1))|"%s %r" % (T(1), T(2))|"{} {!r:>4}".format(T(1), T(2))|f"{T(1)} {T(2)!r}"|"{0.a.b[c]}".format(T(1))
"%(a)s" % {"a": T(1)}|"%*d" % (T(4), T(1))|int(T(3))|float(T(3))|complex(T(1))|bytes(T(3))|bytearray(T(3))|list(T(1))|tuple(T(1))|set(T(1))|frozenset(T(1))
dict(T(1))|{**T(1)}|[*T(1)]|(lambda *a, **k: (a, k))(*T(1), **T(2))|sorted(T(1))|sorted([T(2), T(1)])|sorted([T(2), T(1)], key=lambda t: T(t.n))|min(T(1), T(2))|max([T(1), T(2)], key=T)
sum([T(1), T(2)], T(0))|any([T(0), T(1)])|all(T(1))|list(map(T(1), [T(2)]))|list(filter(T(1), [T(2), T(3)]))|list(zip(T(1), T(2)))|list(enumerate(T(1)))|list(reversed(T(1)))
T(1) + T(2)|T(1)[T(2)]|T(1)(T(2), k=T(3))|T(1) in T(2)|T(1) == T(1)|T(1) < T(2)|hash(T(1))|len(T(2))|abs(T(1))|round(T(1))|divmod(T(1), T(2))|pow(T(1), T(2))|T(1) ** T(2)
[1, 2, 3][T(1)]|[1, 2, 3][T(0):T(2)]|"abc"[T(1)]|(1, 2)[T(0):]|range(T(3))[T(1)]|[T(1)] * T(2)|"a" * T(2)|[T(1)] + [T(2)]|(T(1),) + (T(2),)|[T(1)].index(T(1))|[T(1)].count(T(1))
[T(1), T(2)].pop()|[T(1)].pop(T(0))|{T(1): T(2)}[T(1)]|{T(1): T(2)}.pop(T(1))|{T(1): T(2)}.get(T(3), T(4))|{T(1): T(2)}.setdefault(T(1), T(3))|{T(1): T(2)}.popitem()|{T(1)} | {T(1)}|{T(1)} & {T(1)}|{T(1)} - {T(2)}|{T(1)} ^ {T(2)}
dict.fromkeys([T(1), T(1)], T(2))|{T(1): T(2)} | {T(1): T(3)}|{T(1): T(2)} == {T(1): T(2)}|[T(1)] == [T(1)]|(T(1),) < (T(2),)|T(1).a.b.c|getattr(T(1), "zz")|getattr(T(1), "_zz", T(2))|hasattr(T(1), "q")|dir(T(1))|vars(T(1))|type(T(1))
isinstance(T(1), (T, int))|callable(T(1))|id(T(1)) and 1|iter(T(1))|next(iter(T(1)))|next(iter([]), T(1))|slice(T(1), T(2))|chr(T(65))|hex(T(1))|bin(T(2))|print(T(1), T(2), file=io.StringIO())
" ".join([str(T(1))])|"a".replace("a", str(T(1)))|"abc".find("c", T(0))|"abc".center(T(5))|b"abc"[T(1)]|bytes([T(1), T(2)])|bytearray(b"abc").pop(T(0))|math.sqrt(T(4))|math.floor(2.5)|math.gcd(T(4), T(6))|math.fsum([T(1)])|math.dist([T(1)], [T(2)])|math.prod([T(1)], start=2) if 0 else 1
functools.reduce(operator.add, [T(1), T(2), T(3)])|functools.partial(T(1), T(2))(T(3))|functools.cmp_to_key(lambda a, b: T(1))(T(2)) and 1|operator.attrgetter("a.b", "c")(T(1))|operator.itemgetter(1, 2)(T(1))|operator.methodcaller("keys")(T(1))|operator.add(T(1), T(2))|operator.length_hint(T(3))
list(itertools.chain(T(1), T(2)))|list(itertools.islice(T(1), T(1)))|list(itertools.product(T(1), T(2)))|list(itertools.permutations([T(1), T(2)]))|list(itertools.groupby([T(1), T(1)]))|list(itertools.accumulate([T(1), T(2)]))|list(itertools.starmap(T(1), [(T(2),)]))|list(itertools.zip_longest(T(1), [], fillvalue=T(3)))|list(itertools.compress([T(1)], [T(1)]))|[next(t) for t in itertools.tee(T(1))]|list(itertools.takewhile(T(1), [T(2)]))|list(itertools.pairwise([T(1), T(2), T(3)]))
collections.Counter([T(1), T(1)])|collections.deque([T(1), T(2)], T(1))|collections.OrderedDict([(T(1), T(2)), (T(1), T(3))])|collections.defaultdict(T(1))[T(2)]|collections.ChainMap({T(1): T(2)})[T(1)]|collections.namedtuple("N", "a b")(T(1), T(2))._replace(a=T(3))|collections.deque([T(1), T(2)]).index(T(2))|collections.deque([T(1)]) == collections.deque([T(1)])|collections.Counter([T(1)]) + collections.Counter([T(1)])
re.sub("a", lambda m: str(T(1)), "aaa")|json.dumps([T(1)], default=lambda t: T(t.n).n)|json.loads("[1, 2]", parse_int=T)|json.loads('{"a": 1}', object_hook=lambda d: T(1))|copy.copy([T(1)])|copy.deepcopy(T(1))|copy.deepcopy([T(1), {T(2): T(3)}])|string.Template("$a").substitute(a=T(1))|io.StringIO(str(T(1))).read()|array.array("i", [T(1), T(2)])|struct.pack("ii", T(1), T(2))|bisect.bisect([T(1), T(3)], T(2))|heapq.nsmallest(1, [T(2), T(1)])|list(heapq.merge([T(1)], [T(2)]))
exec("x = T(1); del x")|eval("T(1) + T(2)")|(lambda: (yield T(1)))().send(None)|[x for x in T(1)]|{x: T(2) for x in T(1)}|{x for x in [T(1), T(1)]}|list(x + T(1) for x in T(2))|(lambda a=T(1), *b, c=T(2), **d: a)()|type("C", (), {"a": T(1)})().a|T(1) if T(2) else T(3)|T(1) and T(2) or T(3)|(T(1), T(2))[0]|[T(1), T(2)][::-1]|T(1).n.__class__|str(T(1)) + str(T(2))|T.__call__(T(1))|object.__repr__(T(1)) and 1'''
for line in ops.split("\n"):
    for op in line.split("|"):
        if op.count("(") != op.count(")") or op.count("[") != op.count("]"):
            continue
        try:
            r = eval(op)
            text = type(r).__name__
            r = None
        except Exception as err:
            text = type(err).__name__ + " " + str(err)
        print(op, text, seen)
        seen.clear()

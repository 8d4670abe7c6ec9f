# pickletools: the listing of pickles, what is wrong with broken ones, and pickles without idle stores.
import io, pickle, pickletools


class Point:
    def __init__(self, x):
        self.x = x


shared = ["s"]
for proto in range(6):
    data = pickle.dumps([1, -5, 2**70, 1.5, True, None, "é", b"x", (1, 2), {"k": shared}, shared, Point(3), {1}], proto)
    pickletools.dis(data)
    small = pickletools.optimize(data)
    print(len(data), len(small), pickle.loads(small)[9:11], small)
pickletools.dis(pickle.dumps([(), {}, bytearray(b"a")], 5), annotate=30, indentlevel=2)
out = io.StringIO()
pickletools.dis(pickle.dumps("a"), out)
print(repr(out.getvalue()))
for broken in b"", b"\xff", b"(", b"0.", b"t.", b"q\0.", b"h\0.", b"(q\0.", b"NN.", b"K", b"Sabc\n.", b"S'a\n.", b"Ix\n.", b"X\5\0\0\0ab.", b"N2p0\n0p0\n.", b"((I1\n.", b"(0N.", b"Na.":
    try:
        pickletools.dis(broken)
    except Exception as e:
        print(broken, type(e).__name__, e)
print([(o.name, a, p) for o, a, p in pickletools.genops(pickle.dumps({"a": 1}, 0))])
print(len(pickletools.opcodes), pickletools.code2op["q"].arg.name, pickletools.code2op["q"].arg.n, pickletools.code2op["t"].stack_before)
big = pickle.dumps(["x" * 70000, "y" * 70000, "x"], 4)
print(len(pickletools.optimize(big)), pickle.loads(pickletools.optimize(big)) == pickle.loads(big))

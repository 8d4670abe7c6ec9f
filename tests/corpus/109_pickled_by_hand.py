"""__reduce_ex__, __getnewargs_ex__, copyreg, slots and shared state through pickle."""
import copy
import copyreg
import gc
import pickle
import sys

gc.disable()
gc.collect()
rc = sys.getrefcount


class Slots:
    __slots__ = ("a", "b")

    def __init__(self, a):
        self.a = a

    def __del__(self):
        print("  free slots", getattr(self, "a", "unset"))


s = Slots([1])
c = copy.copy(s)
print(c.a is s.a, rc(s.a))
d = copy.deepcopy(s)
print(d.a is s.a, rc(d.a))
u = pickle.loads(pickle.dumps(s))
print(u.a, rc(u), hasattr(u, "b"))
c.a, d.a, u.a = "c", "d", "u"
del c, d, u


class Ext:
    def __init__(self, v):
        self.v = v

    def __del__(self):
        print("  free ext", self.v)


def reduce_ext(e):
    print("  reducing", rc(e))
    return Ext, (e.v + 1,)


copyreg.pickle(Ext, reduce_ext)
e = Ext(1)
f = copy.copy(e)
g = copy.deepcopy([e])[0]
print(f.v, g.v, rc(e))
h = pickle.loads(pickle.dumps((e, e)))
print(h[0] is h[1], rc(h[0]))
del f, g, h
del copyreg.dispatch_table[Ext]


class State:
    def __init__(self):
        self.x = [1]

    def __reduce__(self):
        return State.build, (), {"x": self.x}, iter(["i1", "i2"]), iter([("k", "v")])

    @staticmethod
    def build():
        print("  build")
        return State()

    def extend(self, items):
        print("  extend", items)

    def append(self, item):
        print("  append", item)

    def __setitem__(self, k, v):
        print("  set", k, v, rc(self))


st = State()
t = copy.copy(st)
print(t.x is st.x, rc(st.x))
w = pickle.loads(pickle.dumps(st))
print(w.x, rc(w.x))


class L(list):
    def __del__(self):
        print("  free L", len(self))


l = L([1, 2])
l.attr = {"k": l}
m = copy.deepcopy(l)
print(m.attr["k"] is m, rc(m), type(m).__name__)
n = pickle.loads(pickle.dumps(l, 4))
print(n.attr["k"] is n, rc(n))
del l, m, n
print("collect", gc.collect())


class NoPickle:
    def __reduce_ex__(self, proto):
        raise TypeError("refuse %d" % proto)

    def __del__(self):
        print("  free refuser")


try:
    pickle.dumps([NoPickle()])
except TypeError as err:
    print(err)
try:
    copy.deepcopy({"k": NoPickle()})
except TypeError as err:
    print(err)
print("collect", gc.collect())

# Finalisers of the old kind (tp_del): by count, in cycles, what they keep alive, resurrection; dicts that cannot be taken away.
import collections, functools, gc, io, sys, weakref
from _testcapi import exception_print, traceback_print, with_tp_del, write_unraisable_exc


class Plain:
    def __del__(self):
        print("plain", self.name)


@with_tp_del
class Old:
    def __init__(self, name):
        self.name = name

    def __tp_del__(self):
        print("old", self.name, weak() if weak else None)
        if keep is not None:
            keep.append(self)


class Child(Old):
    def __del__(self):
        print("new", self.name)


gc.disable()
gc.collect()
weak = keep = None
a = Old("a")
weak = weakref.ref(a, lambda r: print("callback"))
del a
keep = []
b = Child("b")
del b
print([k.name for k in keep])
keep, gone = None, keep
del gone

weak = None
a, p, q = Old("c"), Plain(), Plain()
p.name, q.name = "p", "q"
a.me, a.p, q.me = a, p, q
r = weakref.ref(a)
del a, p, q
print(gc.collect(), [o.name for o in gc.garbage], r() is gc.garbage[0], gc.get_stats()[2]["uncollectable"])
print(gc.collect(), len(gc.garbage))
del gc.garbage[0].me
del gc.garbage[:]
print(gc.collect(), gc.garbage)


def told(phase, info):
    print(phase, info["collected"], info["uncollectable"])


gc.callbacks.append(told)
a = Old("d")
a.me = a
del a
print(gc.collect())
gc.callbacks.clear()
del gc.garbage[0].me
del gc.garbage[:]


class Raising:
    def __tp_del__(self):
        raise ValueError("in __tp_del__")


with_tp_del(Raising)
sys.unraisablehook = lambda u: print("unraisable", repr(u.exc_value), u.object.__qualname__, u.err_msg)
Raising()
write_unraisable_exc(KeyError(1), "when told to", Raising.__tp_del__)
write_unraisable_exc(KeyError(2), None, Raising.__tp_del__)
try:
    with_tp_del(int)
except TypeError as e:
    print(e)

sys.stderr = io.StringIO()
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise KeyError("x") from e
except KeyError as e:
    exception_print(e)
    print(sys.stderr.getvalue().count("Traceback"), sys.stderr.getvalue().splitlines()[-1])
    out = io.StringIO()
    traceback_print(e.__traceback__, out)
    print(len(out.getvalue().splitlines()))
try:
    exception_print(5)
except TypeError as e:
    print(e)
sys.stderr = sys.__stderr__


def f():
    pass


@functools.lru_cache
def g():
    pass


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


for o in f, classmethod(f), staticmethod(f), collections.OrderedDict(), g, functools.partial(f), type("A", (), {})(), ValueError():
    print(type(o).__name__)
    t(lambda: setattr(o, "__dict__", {"a": 1}))
    t(lambda: getattr(o, "a", "none"))
    t(lambda: setattr(o, "__dict__", []))
    t(lambda: delattr(o, "__dict__"))

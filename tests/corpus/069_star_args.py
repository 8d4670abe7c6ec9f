"""Star arguments: tuples and dicts made for a call, and the extra references they hold."""
import sys

grc = sys.getrefcount


class Obj:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def positional(*args):
    return [grc(a) for a in args], grc(args)


def keywords(**kw):
    return {k: grc(v) for k, v in kw.items()}, grc(kw)


def mixed(a, /, b, *args, c=None, **kw):
    return grc(a), grc(b), c and grc(c), [grc(x) for x in args], [grc(x) for x in kw.values()]


x, y = Obj("x"), Obj("y")
args, kw = (x, y), {"c": x, "d": y}
print(positional(x, y), positional(*args), positional(*[x, y]), positional(x, *args, y))
print(keywords(c=x), keywords(**kw), keywords(e=y, **kw), keywords(**{"z": Obj("in dict")}))
print(mixed(x, y), mixed(x, b=y), mixed(*args), mixed(*args, **kw), mixed(x, y, x, c=y, d=x))
print(mixed(*args, *args, **{"c": y}, **{"q": x}))
print(mixed(x, **{"b": y}), mixed(*(x,), b=y))
print(grc(*args[:1]), grc(*[x]))


class K:
    def __init__(self, *args, **kw):
        self.args, self.kw = args, kw
        print("init", [grc(a) for a in args], [grc(v) for v in kw.values()])

    def method(self, *args, **kw):
        return grc(self), [grc(a) for a in args], [grc(v) for v in kw.values()]

    def __call__(self, *args, **kw):
        return self.method(*args, **kw)


k = K(x, *args, **kw)
print(k.method(x), k.method(*args), k.method(*args, **kw), k.method(x, e=y))
print(k(x), k(*args), k(*args, **kw), k(x, e=y))
bound = k.method
print(bound(x), bound(*args), bound(*args, **kw))
print(K.method(k, *args, **kw))


def swallow(a, b, **rest):
    return rest


rest = swallow(*args, **{"t": Obj("kept")})
print(grc(rest), grc(rest["t"]))
del rest
a, *middle, b = [x, y, x, y]
print(grc(a), grc(middle), grc(b))
*first, last = "abc"
merged = [*args, *middle]
both = {**kw, **{"c": y}}
union = {*args}
print(grc(x), grc(y), grc(merged))
del a, b, middle, merged, both, union, args, kw
print(grc(x), grc(y))
print(sorted([x, y], key=lambda o: grc(o))[0].name, max([x, y], key=lambda o: o.name).name)
list(map(lambda *a: print([grc(i) for i in a]), [x], [y]))
(lambda o=x, *, p=y: print(grc(o), grc(p)))()
del k, bound

"""String formatting calls __format__, __str__ and __repr__ on temporaries."""
import string
import sys


class T:
    def __init__(self, n):
        self.n = n

    def __format__(self, spec):
        return "<%s:%s:%d>" % (self.n, spec, sys.getrefcount(self))

    def __str__(self):
        return "str%s" % self.n

    def __repr__(self):
        return "repr%s" % self.n

    def __getitem__(self, key):
        return T("%s.%s" % (self.n, key))

    def __del__(self):
        print("  free", self.n)


print(f"{T(1)} {T(2)!s} {T(3)!r:>8} {T(4):x}")
print("{} {:>4} {!r} {0}".replace("{0}", "").format(T(5), T(6), T(7)))
print("{0[k]} {a.n} {a[x]:y}".format(T(8), a=T(9)))
print("%s %r %a" % (T(10), T(11), T(12)))
print("%(a)s %(b)r" % {"a": T(13), "b": T(14)})
w = T(15)
print(f"{w=} {w!s:*^9} {[w]}")
print(format(w, "abc"), str(w), repr([w, w]))
try:
    "%d" % T(16)
except TypeError as err:
    print(err)
try:
    f"{T(17)}{1 / 0}"
except ZeroDivisionError as err:
    print(err)
try:
    "{} {}".format(T(18))
except IndexError as err:
    print(err)
print("-".join(str(T(n)) for n in range(20, 22)))
t = string.Template("$a and $b")
print(t.substitute(a=T(23), b=T(24)))
print("{:{width}}".format(T(25), width=T(26)))
print(str(T(27)) + "x" * 2, "".join([f"{T(n)}" for n in (28, 29)]))
del w
print("%s" % (T(30),), "{!s}".format(T(31)), "%s" % T(32))
print(T(33), T(34), sep="|", end="!\n")
"{}".format_map({"": T(35)}) if False else None
print("{x}".format_map({"x": T(36)}))

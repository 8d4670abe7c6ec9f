# help() of functions, methods, classes, values and names
import collections, dataclasses, enum
def f(a, b=2, *args, c, **kw):
    """Does f.

    More of it.
    """
class A:
    """Doc of A."""
    x = 1
    def m(self, y): "doc m"
    @property
    def p(self): "prop"
    @classmethod
    def c(cls): pass
    @staticmethod
    def s(): "stat"
class B(A):
    def m(self, y): return 1
    def n(self) -> int: "n doc"
    alias = n
help(f); help(A); help(B); help(B().n); help(A.p)
P = collections.namedtuple('P', 'x y')
@dataclasses.dataclass
class D:
    "a point"
    x: int = 1
help(P.x); help(D); help('nosuchthing')
class E(enum.Enum):
    RED = 1
help(E.RED.name.upper)
print(type(help(f)))

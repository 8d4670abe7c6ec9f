"""copy, deepcopy and pickle: temporaries of __reduce_ex__, memo dicts, and hooks."""
import copy
import pickle
import sys


class Plain:
    def __init__(self, name):
        self.name = name
        self.parts = []

    def __del__(self):
        print("del", self.name)


class Stateful(Plain):
    def __getstate__(self):
        print("getstate", sys.getrefcount(self))
        return dict(self.__dict__, name=self.name + "'")

    def __setstate__(self, state):
        print("setstate", sys.getrefcount(self), sorted(state))
        self.__dict__.update(state)


class Reduced(Plain):
    def __reduce__(self):
        return Reduced, (self.name + "r",), {"parts": self.parts}


class Args(Plain):
    def __new__(cls, *args):
        return super().__new__(cls)

    def __getnewargs__(self):
        return (self.name,)


p = Plain("p")
p.parts.append(p)
shallow = copy.copy(p)
shallow.name = "shallow"
print(sys.getrefcount(p), shallow.parts is p.parts)
del shallow
deep = copy.deepcopy(p)
deep.name = "deep"
print(deep.parts[0] is deep, sys.getrefcount(deep))
deep.parts.clear()
del deep
s = copy.copy(Stateful("s"))
print(s.name)
d = copy.deepcopy(s)
print(d.name, sys.getrefcount(d))
r = copy.deepcopy(Reduced("r"))
print(r.name)
a = pickle.loads(pickle.dumps(Args("a")))
print(a.name, sys.getrefcount(a))
l = [s, s, [d]]
m = copy.deepcopy(l)
print(m[0] is m[1], sys.getrefcount(m[0]), sys.getrefcount(s))
del m, l
memo = {}
c = copy.deepcopy(r, memo)
print(len(memo), sys.getrefcount(c), sys.getrefcount(r))
del memo, c
data = pickle.dumps([p, s], 2)
back = pickle.loads(data)
back[0].name = "back"
print(back[0].parts[0] is back[0], back[1].name)
back[0].parts.clear()
del back
p.parts.clear()
t = copy.deepcopy((1, "x", (2,)))
u = copy.copy({1: p})
print(t, sys.getrefcount(p))
del u, p, s, d, r, a

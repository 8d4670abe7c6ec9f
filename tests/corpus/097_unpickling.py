"""What a pickle's reducers are called with, and what an unpickler asks of its file."""
import io
import pickle, sys, copy
class R:
    def __init__(self, items):
        print('init', sys.getrefcount(items), sys.getrefcount(self))
    def __reduce__(self):
        return R, ([],)
class N:
    def __new__(cls, items):
        print('new', sys.getrefcount(items))
        return object.__new__(cls)
    def __reduce__(self):
        return N, ([],)
class M:
    def __new__(cls, items=()):
        print('new', type(items).__name__)
        return object.__new__(cls)
    def __getnewargs__(self): return [],
class MK:
    def __new__(cls, *, items=()):
        print('new', type(items).__name__)
        return object.__new__(cls)
    def __getnewargs_ex__(self): return (), {'items': []}
def f(items): print('f', sys.getrefcount(items)); return 1
class F:
    def __reduce__(self): return f, ([],)
class C:
    def __call__(self, items): print('call', sys.getrefcount(items), sys.getrefcount(self))
class G:
    def __reduce__(self): return C(), ([],)
class Meta(type):
    def __call__(cls, items): print('metacall', sys.getrefcount(items))
class H(metaclass=Meta): pass
class I:
    def __reduce__(self): return H, ([],)
for p in (0, 2, 4):
    for o in (R([]), N([]), M(), F(), G(), I()):
        x = pickle.dumps(o, p)
        pickle.loads(x)
pickle.loads(pickle.dumps(MK()))
for o in (R([]), N([]), M(), MK(), F(), G(), I()):
    copy.copy(o); copy.deepcopy(o)
class F:
    def __init__(self, d): self.b = io.BytesIO(d)
    def read(self, n): print('read', n); return self.b.read(n)
    def readline(self): print('readline'); return self.b.readline()
    def readinto(self, b): print('readinto', len(b), type(b).__name__); return self.b.readinto(b)
d = pickle.dumps([b'x'*10, b'y'*300, bytearray(b'z'*70), 'q'*300, bytearray(b'k'*70000), b'p'*80000], 5)
f = F(d)
u = pickle.Unpickler(f)
print(sys.getrefcount(f))
print(u.load()[0])

# Verifies where a dying object is in the collector's lists while its finaliser runs, and that a class keeps its subclasses in a dict.
import gc
gc.collect(); gc.freeze(); gc.disable()
class D:
    def __del__(self):
        print([type(o).__name__ for o in gc.get_objects(0)], [type(o).__name__ for o in gc.get_objects(1)], [type(o).__name__ for o in gc.get_objects(2)])
class L(list):
    def __del__(self):
        print([type(o).__name__ for o in gc.get_objects(0)], gc.is_tracked(self))
def g():
    try: yield
    finally: print([type(o).__name__ for o in gc.get_objects(0)], [type(o).__name__ for o in gc.get_objects(2)])
x=D(); y=[]; gc.collect(); z=[]
x.a=[]
del x
x=L(); gc.collect(); z={1:[]}; del x
x=g(); next(x); z=[[]]; del x
x=g(); next(x); gc.collect(); z=[[]]; del x
keep=[]
class R:
    def __del__(self): keep.append(self)
x=R(); gc.collect(); del x
print([type(o).__name__ for o in gc.get_objects(0)], [type(o).__name__ for o in gc.get_objects(2)])
def h():
    try: yield
    finally: keep.append(me)
me=None
async def co():
    try: await aw()
    finally: print([type(o).__name__ for o in gc.get_objects(0)])
class aw:
    def __await__(self): yield 1
c=co(); c.send(None); z=[()]; del c
async def ag():
    try: yield 1
    finally: print([type(o).__name__ for o in gc.get_objects(0)])
c=ag(); s=c.__anext__()
try: s.send(None)
except StopIteration: pass
z=[()]
del s
del c
import io
class F(io.StringIO):
    def __del__(self): print([type(o).__name__ for o in gc.get_objects(0)][-2:])
x=F(); z=[[]]; del x
class E(Exception):
    def __del__(self): print([type(o).__name__ for o in gc.get_objects(0)][-3:])
x=E(1); z=[[]]; del x
class T(tuple):
    def __del__(self): print([type(o).__name__ for o in gc.get_objects(0)][-3:])
x=T([1,[]]); z=[[]]; del x
class S:
    __slots__='a',
    def __del__(self): print([type(o).__name__ for o in gc.get_objects(0)][-3:])
x=S(); z=[[]]; del x
class I(int):
    def __del__(self): print([type(o).__name__ for o in gc.get_objects(0)][-3:])
x=I(); z=[[]]; del x
class M(type):
    def __del__(self): print([type(o).__name__ for o in gc.get_objects(0)][-3:])
M('Z',(),{}); z=[[]]
gc.collect()

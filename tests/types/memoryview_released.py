# A released view keeps its managed buffer, which has let go of the object.
import gc
import sys


class B(bytearray):
    def __del__(self):
        print('del', bytes(self))


def referents(o):
    return [type(x).__name__ for x in gc.get_referents(o)]


b = B(b'abc')
before = sys.getrefcount(b)
v = memoryview(b)
print(referents(v), referents(gc.get_referents(v)[0]), sys.getrefcount(b) - before)
v.release()
v.release()
print(referents(v), referents(gc.get_referents(v)[0]), sys.getrefcount(b) - before)
b.append(1)
with memoryview(b) as w:
    print(sys.getrefcount(b) - before, referents(w))
    try:
        b.append(2)
    except BufferError as e:
        print(e)
print(sys.getrefcount(b) - before, referents(w))
for view in v, w:
    try:
        view[0]
    except ValueError as e:
        print(e)
print(repr(v)[:21], gc.is_tracked(v))
x = memoryview(B(b'dies'))
x.release()
print('released')
y = memoryview(b)
z = y[1:]
y.release()
print(sys.getrefcount(b) - before, z.tobytes())
z.release()
print(sys.getrefcount(b) - before)
del b
print(len(gc.get_referents(x)))

"""memoryview, bytearray and array: exports keep and lock their owner."""
import array
import gc
import io
import sys
import weakref

gc.disable()
gc.collect()


class Buf(bytearray):
    def __del__(self):
        print("  buffer freed", bytes(self[:3]))


b = Buf(b"hello")
m = memoryview(b)
print(m.obj is b, sys.getrefcount(b) - 1, len(m))
part = m[1:3]
print(part.tobytes(), sys.getrefcount(b) - 1)
try:
    b.append(1)
except BufferError as err:
    print(err)
m.release()
try:
    m[0]
except ValueError as err:
    print(err)
try:
    b.clear()
except BufferError as err:
    print("the slice exports too:", err)
part.release()
b += b"!"
print(b)
m = memoryview(b)
b = None
print("view keeps it", bytes(m), m.obj[:1])
m = None
print("gone")
a = array.array("i", [1, 2, 3])
v = memoryview(a)
v[0] = 9
print(a, v.format, v.itemsize, v.tolist())
try:
    a.append(4)
except BufferError as err:
    print(err)
with v:
    print(v.nbytes)
a.append(4)
print(a.tolist())
r = weakref.ref(a)
a = None
print(r(), "dead array")
s = io.BytesIO(b"abcdef")
g = s.getbuffer()
g[:2] = b"XY"
try:
    s.write(b"long enough to grow")
except BufferError as err:
    print(err)
print(s.getvalue(), sys.getrefcount(s) - 1)
del g
s.write(b"1234567")
print(s.getvalue())
m = memoryview(b"const")
print(m.readonly, hash(m) == hash(b"const"), m == b"const", m[::2].tobytes())
c = m.cast("b").cast("B", shape=[5])
print(c.shape, c.ndim, c.c_contiguous)


class Holder:
    pass


h = Holder()
h.buf = Buf(b"cycle")
h.view = memoryview(h.buf)
h.me = h
del h
print("collect:", gc.collect())

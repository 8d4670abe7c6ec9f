# What a wrong call says of the method: bound, named after the object's own class; not bound, after the one that defines it.
import array, collections, csv, decimal, heapq, operator, os, re, struct, threading, zlib, _abc
class Mine(list): pass
def attempt(f, *args, **kwargs):
    try: print(f(*args, **kwargs))
    except Exception as e: print(type(e).__name__, e)
m = Mine()
attempt(m.append); attempt(list.append, m); attempt(getattr(m, 'append')); attempt(Mine.append, m, 1, 2)
try: m.append()
except TypeError as e: print(e)
attempt(True.bit_length, 1); attempt(collections.Counter().keys, 1); attempt(FileNotFoundError().with_traceback)
attempt(collections.defaultdict.fromkeys); attempt(frozenset().__format__, 1, 2); attempt(type.__instancecheck__, int)
attempt((1.5).__pow__); attempt((1.5).__rpow__, 1, 2, 3); attempt(property().__get__); attempt(property().__set__, 1)
attempt(str.__getattribute__); attempt(str.__getattribute__, 5); attempt(ValueError.__new__); attempt(ValueError.__init__)
attempt(UnicodeDecodeError.__new__, 5); attempt(b''.translate); attempt(struct.unpack_from); attempt(memoryview(b'').tobytes, 5)
attempt(memoryview(b'').__exit__, x=1); attempt(threading.Lock().__exit__, x=1); attempt(re.match('a', 'a').group, x=1)
attempt(decimal.Context().add, x=1); attempt(array.array('b').extend); attempt(array.array('b').extend, 1, 2)
c = zlib.compressobj()
attempt(c.compress); attempt(c.compress, 1, 2); attempt(c.copy, 1); attempt(c.flush, 1, 2); attempt(c.compress, data=b'')
attempt(heapq.heappush, None, 1); attempt(heapq.heapify, 5); attempt(operator.length_hint); attempt(csv.get_dialect)
attempt(csv.field_size_limit, 1, 2); attempt(_abc._abc_init, 5); attempt(os.listdir, zz=1)

# Verifies inspect.signature of what is built in, by its text signature.
import inspect, math, functools, itertools, operator, sys, collections
for o in (len, print, sorted, list.append, [].append, dict.get, str.split, "".join, math.sqrt, object, type, int, float, dict.fromkeys, int.from_bytes, (1).to_bytes, sys.exit, sys.getrefcount, operator.add, itertools.count, functools.reduce, collections.deque, collections.deque.append, enumerate, zip, sum, min, iter, isinstance, getattr, bytes.hex, slice, range, property, super, list.__add__, object.__init__, Exception, KeyError, tuple.index, frozenset, reversed, map, complex, memoryview, bytearray, type.__call__, list.__getitem__, functools.partial, operator.itemgetter, math.hypot, abs, round, pow, divmod, __import__, id, hash):
    try: print(o.__name__, inspect.signature(o))
    except Exception as e: print(o.__name__, type(e).__name__, str(e).split(' at 0x')[0])
    print(repr(o.__text_signature__))

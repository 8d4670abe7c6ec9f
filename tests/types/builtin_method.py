# Methods that are told the class that defines them are bound as objects of a kind of their own.
import array
import gc
import queue
import re
import sys
import types
import weakref
import zlib

pattern = re.compile('a')
before = sys.getrefcount(type(pattern))
match = pattern.match
print(type(match), repr(match).split(' at ')[0], type(match).__mro__, vars(type(match)))
print(sys.getrefcount(type(pattern)) - before, gc.get_referents(match) == [type(pattern), pattern])
print(isinstance(match, types.BuiltinFunctionType), type(match) is types.BuiltinMethodType, callable(match))
print(match.__name__, match.__qualname__, match.__self__ is pattern, match.__module__, sys.getsizeof(match))
print(match == pattern.match, match is pattern.match, hash(match) == hash(pattern.match), weakref.ref(match)() is match)
print(match('abc'), pattern.findall.__class__, match.__reduce__()[1][1])
print(type(re.Pattern.match), gc.is_tracked(match))
for o, names in ((array.array('i'), ('extend', 'append')), (queue.SimpleQueue(), ('get', 'get_nowait', 'put')),
                 (zlib.compressobj(), ('compress', 'flush', 'copy')), (zlib.decompressobj(), ('decompress', 'flush'))):
    print(type(o).__name__, [type(getattr(o, name)).__name__ for name in names])
try:
    type(match)()
except TypeError as e:
    print(e)
try:
    class C(type(match)):
        pass
except TypeError as e:
    print(e)
del match
print(sys.getrefcount(type(pattern)) - before)
print(gc.get_referents(pattern.finditer('aa'))[0].__class__)

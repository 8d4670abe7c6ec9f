# Sizes, offsets and flags of types as their structures have them; which dunders the tables of types repeat.
import array, collections, datetime, decimal, functools, io, itertools, re, struct, types
VALID_VERSION_TAG = 1 << 19
NAMED = [object, type, int, bool, float, complex, str, bytes, bytearray, memoryview, list, tuple, dict, set, frozenset, range, slice,
         enumerate, zip, map, filter, reversed, property, super, classmethod, staticmethod, BaseException, ValueError, OSError,
         KeyError, SyntaxError, ImportError, StopIteration, UnicodeDecodeError, array.array, collections.deque, 
         datetime.date, datetime.datetime, datetime.timedelta, decimal.Decimal, functools.partial,
         itertools.chain, io.StringIO, io.BytesIO, re.Pattern, struct.Struct, types.FunctionType, types.MethodType, types.CodeType,
         types.ModuleType, types.GeneratorType, types.SimpleNamespace, types.MappingProxyType, types.GenericAlias]
class Plain: pass
class Slots: __slots__ = ('a', 'b')
class Weak(Slots): __slots__ = ('c', '__weakref__')
class Both(Slots): pass
class Number(int): pass
class Pair(tuple): __slots__ = ()
class Table(dict): __slots__ = ('extra',)
class Error(ValueError): pass
class Meta(type): pass
for t in NAMED + [Plain, Slots, Weak, Both, Number, Pair, Table, Error, Meta]:
    print(t.__name__, t.__basicsize__, t.__itemsize__, t.__dictoffset__, t.__weakrefoffset__, hex(t.__flags__ & ~VALID_VERSION_TAG),
          [name for name in ('__getattribute__', '__setattr__', '__init__', '__new__', '__str__') if name in vars(t)])
class Getter(dict):
    def __getattr__(self, name): return 'made up: ' + name
g = Getter(a=1)
g.x = 5
print(g.x, g.y, g['a'], g.keys())
print(collections.deque.maxlen, datetime.timedelta.days, re.Pattern.flags, io.TextIOWrapper.buffer)

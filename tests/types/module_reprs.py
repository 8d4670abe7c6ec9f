# Verifies how modules show themselves, by spec, loader and attributes, and what sys.getsizeof makes of odd sizes.
import sys, types, json, os, calendar
print(sys, types.ModuleType("x"))
m=types.ModuleType('foo'); m.__file__='/tmp/x.py'; print(m)
m.__loader__=5; print(m); del m.__file__; print(m); del m.__name__; print(m)
class L:
    @classmethod
    def module_repr(c, m): return '<crafted>'
m.__loader__=L; print(m); m.__file__='y'; print(m)
class Bad:
    def module_repr(self, m): raise KeyError
m.__loader__=Bad(); print(m)
from importlib.machinery import ModuleSpec
m=types.ModuleType('s'); m.__spec__=ModuleSpec('s', None); print(m); m.__spec__=ModuleSpec('s', 7, origin='o'); print(m); m.__spec__.has_location=True; print(m); m.__spec__=ModuleSpec(None, 7); print(m)
class S:
    def __sizeof__(self): return None
print(sys.getsizeof(S(), 'd'))
for v in (None, 4.5, 2**70, -1, 5, sys.maxsize, True):
    class S:
        def __sizeof__(self): return v
    try: print(sys.getsizeof(S()))
    except Exception as e: print(type(e).__name__, e)

# A script's own __loader__, and how many references there are to it.
import sys
print(type(__loader__).__name__, __loader__.name, __spec__)
print(sys.getrefcount(__loader__), [k for k in globals() if k.startswith('__')])

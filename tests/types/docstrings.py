# Verifies the documentation of built-in functions, types, methods and exceptions, as scripts print it.
import builtins

for name, thing in sorted(vars(builtins).items()):
    if isinstance(thing, type) and issubclass(thing, BaseException):
        print(name, repr(thing.__doc__))
for thing in (len, print, sorted, zip, range, int, str, list, dict, type, property, super, object, bool, open):
    print(thing.__name__, thing.__doc__)
for thing in (str.upper, str.split, list.append, dict.pop, set.union, int.to_bytes, bytes.fromhex, float.hex, (1).__add__, [].sort):
    print(thing.__qualname__, thing.__doc__)


class Own(ValueError):
    pass


class Told(ValueError):
    """Its own."""


print(Own.__doc__, Told.__doc__, Own("x").__doc__, KeyError("x").__doc__)
try:
    1 / 0
except Exception as e:
    print(type(e).__name__, e, e.__doc__)
print(property(lambda self: 1, doc="told").__doc__, property.__doc__.splitlines()[0])

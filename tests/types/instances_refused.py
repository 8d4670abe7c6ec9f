# Verifies which types object.__new__ makes no instances of, and what an unfinished super, and the order of a type's names, look like.
import types
class K(type): pass
for T in (types.GeneratorType, types.FrameType, types.BuiltinFunctionType, type(len.__call__), types.TracebackType, type(None), type(...), type(iter([])), dict, bool, type({}.keys()), types.FunctionType, types.CodeType, type, K, types.MappingProxyType, type(NotImplemented), types.UnionType, types.GenericAlias):
    try: print(type(object.__new__(T)))
    except TypeError as e: print(e)
    try: print(type(T.__new__(T)))
    except TypeError as e: print(e)


class Later(super):
    def __init__(self, *args):
        if args:
            super().__init__(*args)


for args in ((1,), (1, 2), ()):
    try:
        print(type(Later().__get__(*args)))
    except Exception as error:
        print(type(error).__name__, error)
for kind in (int, dict, list, super, property, enumerate, object, Exception):
    print(kind.__name__, list(vars(kind))[:4])

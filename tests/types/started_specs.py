# Specs and loaders of the modules that the interpreter starts with, and what is asked for their repr.
import builtins
import gc
import sys
import types
import warnings

loader = sys.__loader__
for module in sys, builtins, gc:
    spec = module.__spec__
    print(spec, module.__loader__, repr(module.__package__), sorted(vars(spec)))
    del module.__spec__
    print(module)
    del module.__loader__
    print(module)
    module.__spec__ = spec
    print(module)
print([name for name in vars(sys) if name[:2] == '__'][:5], [name for name in vars(builtins)][:6])
module = types.ModuleType('sys')
print(module)
module.__loader__ = loader
print(module)
module.__spec__ = sys.__spec__
print(module)

with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter('always')
    print(loader.module_repr(types.ModuleType('m')), loader.module_repr.__doc__.split()[:3])
    try:
        loader.module_repr(1)
    except AttributeError as e:
        print(e)
for each in told:
    print(each.category.__name__, each.message, each.filename, each.lineno)

# Verifies importlib.util.LazyLoader: when a module is run, and what becomes of what was put into it before.
import importlib.util
import sys
import types


class Source:
    """A finder and loader of one module."""

    def __init__(self, lazy=True):
        self.lazy, self.runs = lazy, 0

    def find_spec(self, name, path=None, target=None):
        if name == "lazily":
            return importlib.util.spec_from_loader(name, importlib.util.LazyLoader(self))

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        self.runs += 1
        exec("attr = 42\nother = [attr]\nname = __name__", module.__dict__)


def load():
    source = Source()
    spec = source.find_spec("lazily")
    module = importlib.util.module_from_spec(spec)
    sys.modules["lazily"] = module
    spec.loader.exec_module(module)
    return source, module


source, module = load()
print(source.runs, object.__getattribute__(module, "__class__").__name__)
print(module.attr, source.runs, type(module) is types.ModuleType, module.other, module.name, source.runs)
source, module = load()
module.attr = 6
module.new = "kept"
print(source.runs, module.attr, module.new, module.name, source.runs)
source, module = load()
del module.attr
print(source.runs, hasattr(module, "attr"), module.other)
source, module = load()
try:
    del module.missing
except AttributeError as error:
    print(type(error).__name__, source.runs)
source, module = load()
sys.modules["lazily"] = types.ModuleType("lazily")
try:
    module.attr
except ValueError as error:
    print(error)
for wrong in (object, object()):
    for make in (importlib.util.LazyLoader, importlib.util.LazyLoader.factory):
        try:
            make(wrong)
        except TypeError as error:
            print(error)
print(importlib.util.LazyLoader.factory(Source)(False).loader.lazy)

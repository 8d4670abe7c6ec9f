"""What finders, loaders and their users need."""

import sys
import types
from contextlib import contextmanager

from . import _bootstrap
from ._bootstrap import ModuleSpec, SourceFileLoader, module_from_spec
from .abc import Loader

MAGIC_NUMBER = b"o\r\r\n"


def resolve_name(name, package):
    """The absolute name of a relative one."""
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError(f"no package specified for {repr(name)} (required for relative module names)")
    level = len(name) - len(name.lstrip("."))
    return _bootstrap._resolve_name(name[level:], package, level)


def find_spec(name, package=None):
    """The spec of a module; its packages are imported for that, it is not."""
    fullname = resolve_name(name, package)
    if fullname in sys.modules:
        module = sys.modules[fullname]
        if module is None:
            return None
        try:
            spec = module.__spec__
        except AttributeError:
            raise ValueError("{}.__spec__ is not set".format(name)) from None
        if spec is None:
            raise ValueError("{}.__spec__ is None".format(name))
        return spec
    parent = fullname.rpartition(".")[0]
    if not parent:
        return _bootstrap._find_spec(fullname)
    try:
        path = __import__(parent, fromlist=["__path__"]).__path__
    except AttributeError as error:
        raise ModuleNotFoundError(
            f"__path__ attribute not found on {parent!r} while trying to find {fullname!r}", name=fullname
        ) from error
    return _bootstrap._find_spec(fullname, path)


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """A spec for a loader."""
    if is_package is None:
        try:
            is_package = loader.is_package(name)
        except (AttributeError, ImportError):
            is_package = False
    if origin is None:
        origin = getattr(loader, "path", None)
    spec = ModuleSpec(name, loader, origin=origin, is_package=is_package)
    spec.has_location = getattr(loader, "path", None) is not None
    return spec


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=()):
    """A spec for a file; none if it is no Python source."""
    import os

    if location is None:
        location = loader.get_filename(name)
    location = os.fspath(location)
    if not os.path.isabs(location):
        location = os.path.join(os.getcwd(), location)
    if loader is None:
        if not location.endswith(".py"):
            return None
        loader = SourceFileLoader(name, location)
    spec = ModuleSpec(name, loader, origin=location)
    spec.has_location = True
    if submodule_search_locations != ():
        spec.submodule_search_locations = submodule_search_locations
    elif hasattr(loader, "is_package") and loader.is_package(name):
        spec.submodule_search_locations = [os.path.dirname(location)]
    if spec.submodule_search_locations == []:
        spec.submodule_search_locations.append(os.path.dirname(location))
    return spec


def cache_from_source(path, debug_override=None, *, optimization=None):
    """Where CPython would keep the compiled module."""
    import os

    folder, name = os.path.split(os.fspath(path))
    mark = f".opt-{optimization}" if optimization else ""
    return os.path.join(folder, "__pycache__", f"{name.rpartition('.')[0]}.cpython-310{mark}.pyc")


def source_from_cache(path):
    """The source of a compiled module."""
    import os

    folder, name = os.path.split(os.fspath(path))
    above, cache = os.path.split(folder)
    if cache != "__pycache__":
        raise ValueError(f"__pycache__ not bottom-level directory in {path!r}")
    return os.path.join(above, name.partition(".")[0] + ".py")


def source_hash(source_bytes):
    """A number for a source text."""
    return hash(source_bytes).to_bytes(8, "little", signed=True)


def decode_source(source_bytes):
    """The text of a source file, newlines translated."""
    import io

    return io.TextIOWrapper(io.BytesIO(source_bytes), encoding="utf-8-sig").read()


class _LazyModule(types.ModuleType):
    """A module that is run when somebody first looks into it; what has been put into it before is put into it again."""

    def __getattribute__(self, attr):
        # From here on it is an ordinary module.
        self.__class__ = types.ModuleType
        spec, now = self.__spec__, self.__dict__
        name, then = spec.name, spec.loader_state["__dict__"]
        nothing = object()
        changed = {key: value for key, value in now.items() if then.get(key, nothing) is not value}
        spec.loader.exec_module(self)
        if sys.modules.get(name, self) is not self:
            raise ValueError(f"module object for {name!r} substituted in sys.modules during a lazy load")
        now.update(changed)
        return getattr(self, attr)

    def __delattr__(self, attr):
        self.__getattribute__(attr)  # it has to be there to be taken away
        delattr(self, attr)


class LazyLoader(Loader):
    """Puts off running a module until it is needed."""

    @staticmethod
    def _want_executor(loader):
        if not hasattr(loader, "exec_module"):
            raise TypeError("loader must define exec_module()")

    def __init__(self, loader):
        self._want_executor(loader)
        self.loader = loader

    @classmethod
    def factory(cls, loader):
        """What makes lazy loaders of what the loader makes."""
        cls._want_executor(loader)
        return lambda *args, **kwargs: cls(loader(*args, **kwargs))

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        spec = module.__spec__
        spec.loader = module.__loader__ = self.loader
        spec.loader_state = {"__dict__": module.__dict__.copy(), "__class__": module.__class__}
        module.__class__ = _LazyModule


@contextmanager
def _module_to_load(name):
    yield sys.modules.setdefault(name, types.ModuleType(name))

"""Importing, by function instead of by statement."""

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]

import sys

from . import _bootstrap
from builtins import __import__

_RELOADING = {}


def invalidate_caches():
    """The finders forget what they know of folders."""
    for finder in sys.meta_path:
        if hasattr(finder, "invalidate_caches"):
            finder.invalidate_caches()


def import_module(name, package=None):
    """The module of this name itself; a relative name needs the package that it is relative to."""
    level = len(name) - len(name.lstrip("."))
    if level:
        if not package:
            raise TypeError(
                "the 'package' argument is required to perform a relative import for {!r}".format(name)
            )
        name = _bootstrap._resolve_name(name[level:], package, level)
    __import__(name)
    return sys.modules[name]


def find_loader(name, path=None):
    """The loader of a module."""
    import warnings

    warnings.warn("Deprecated since Python 3.4 and slated for removal in Python 3.12; use importlib.util.find_spec() instead", DeprecationWarning,
                  stacklevel=2)
    spec = _bootstrap._find_spec(name, path)
    return None if spec is None else spec.loader


def reload(module):
    """Runs the module's code again in the same module."""
    try:
        name = module.__spec__.name
    except AttributeError:
        try:
            name = module.__name__
        except AttributeError:
            raise TypeError("reload() argument must be a module")
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    if name in _RELOADING:
        return _RELOADING[name]
    _RELOADING[name] = module
    try:
        parent = name.rpartition(".")[0]
        path = None
        if parent:
            try:
                path = sys.modules[parent].__path__
            except KeyError:
                raise ImportError(f"parent {parent!r} not in sys.modules", name=parent) from None
        spec = module.__spec__ = _bootstrap._find_spec(name, path, module)
        if spec is None:
            raise ModuleNotFoundError(f"spec not found for the module {name!r}", name=name)
        _bootstrap._exec(spec, module)
        return sys.modules[name]
    finally:
        _RELOADING.pop(name, None)

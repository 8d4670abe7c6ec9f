"""Modules from their specs: making, running, reloading. Finding is the machine's own business."""

import _imports
import sys

from _imports import BuiltinImporter, ModuleSpec, SourceFileLoader

_Module = type(sys)


def _resolve_name(name, package, level):
    """The absolute name of a relative one."""
    parts = package.rsplit(".", level - 1)
    if len(parts) < level:
        raise ImportError("attempted relative import beyond top-level package")
    return f"{parts[0]}.{name}" if name else parts[0]


def _find_spec(name, path=None, target=None):
    """The finders of sys.meta_path are asked first."""
    for finder in list(sys.meta_path):
        find = getattr(finder, "find_spec", None)
        if find is not None and (spec := find(name, path, target)) is not None:
            return spec
    return _imports.find_spec(name, path)


def _init_module_attrs(spec, module, *, override=False):
    """Writes what the spec knows into the module."""
    def put(name, value):
        if override or getattr(module, name, None) is None:
            try:
                setattr(module, name, value)
            except AttributeError:
                pass

    put("__name__", spec.name)
    put("__loader__", spec.loader)
    put("__package__", spec.parent)
    module.__spec__ = spec
    if spec.submodule_search_locations is not None:
        put("__path__", spec.submodule_search_locations)
    if spec.has_location:
        put("__file__", spec.origin)
        if spec.cached is not None:
            put("__cached__", spec.cached)
    return module


def module_from_spec(spec):
    """A new module for the spec, not yet run."""
    module = None
    if hasattr(spec.loader, "create_module"):
        module = spec.loader.create_module(spec)
    elif hasattr(spec.loader, "exec_module"):
        raise ImportError("loaders that define exec_module() must also define create_module()")
    if module is None:
        module = _Module(spec.name)
    return _init_module_attrs(spec, module)


def _load(spec):
    """Makes the module, puts it into sys.modules, runs it; what is in sys.modules then is the result."""
    if spec.loader is not None and not hasattr(spec.loader, "exec_module"):
        module = spec.loader.load_module(spec.name)
        return _init_module_attrs(spec, sys.modules.get(spec.name, module))
    if spec.loader is BuiltinImporter:
        return __import__(spec.name)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        if spec.loader is not None:
            spec.loader.exec_module(module)
        elif spec.submodule_search_locations is None:
            raise ImportError("missing loader", name=spec.name)
    except BaseException:
        sys.modules.pop(spec.name, None)
        raise
    module = sys.modules.pop(spec.name)
    sys.modules[spec.name] = module
    return module


def _exec(spec, module):
    """Runs the code again in a module that is there."""
    if sys.modules.get(spec.name) is not module:
        raise ImportError("module {!r} not in sys.modules".format(spec.name), name=spec.name)
    try:
        _init_module_attrs(spec, module, override=True)
        if spec.loader is None:
            if spec.submodule_search_locations is None:
                raise ImportError("missing loader", name=spec.name)
        else:
            spec.loader.exec_module(module)
    finally:
        module = sys.modules.pop(spec.name)
        sys.modules[spec.name] = module
    return module

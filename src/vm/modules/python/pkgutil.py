"""Packages: what modules they have, and data beside them."""

import _imports
import importlib
import importlib.util
import os
import sys
from collections import namedtuple

__all__ = [
    "get_importer", "iter_importers", "get_loader", "find_loader", "walk_packages", "iter_modules", "get_data",
    "read_code", "extend_path", "ModuleInfo", "resolve_name",
]

ModuleInfo = namedtuple("ModuleInfo", "module_finder name ispkg")
ModuleInfo.__doc__ = "A module's finder, its name, and whether it is a package."


def get_importer(path_item):
    """The finder for an entry of sys.path."""
    return importlib.machinery.FileFinder(os.fsdecode(path_item))


def iter_importers(fullname=""):
    """The finders that would look for a module."""
    package = fullname.rpartition(".")[0]
    path = importlib.import_module(package).__path__ if package else sys.path
    yield from map(get_importer, path)


def iter_modules(path=None, prefix=""):
    """The modules in folders, by default those of sys.path; nothing is imported."""
    if isinstance(path, str):
        raise ValueError("path must be None or list of paths to look for modules in")
    seen = set()
    for folder in sys.path if path is None else path:
        finder = get_importer(folder)
        for name, is_package in _imports.modules(folder or os.getcwd()):
            if name not in seen:
                seen.add(name)
                yield ModuleInfo(finder, prefix + name, is_package)


def walk_packages(path=None, prefix="", onerror=None):
    """The same with the modules of packages; those are imported for that."""
    for info in iter_modules(path, prefix):
        yield info
        if not info.ispkg:
            continue
        try:
            __import__(info.name)
        except ImportError:
            if onerror is not None:
                onerror(info.name)
        except Exception:
            if onerror is None:
                raise
            onerror(info.name)
        else:
            below = getattr(sys.modules[info.name], "__path__", None) or []
            yield from walk_packages(list(below), info.name + ".", onerror)


def get_loader(module_or_name):
    """The loader of a module, or of a name."""
    if module_or_name in sys.modules:
        module_or_name = sys.modules[module_or_name]
        if module_or_name is None:
            return None
    if isinstance(module_or_name, type(sys)):
        loader = getattr(module_or_name, "__loader__", None)
        if loader is not None:
            return loader
        module_or_name = module_or_name.__name__
    return find_loader(module_or_name)


def find_loader(fullname):
    """The loader of a name."""
    if fullname.startswith("."):
        raise ImportError("Relative module name {!r} not supported".format(fullname))
    spec = importlib.util.find_spec(fullname)
    return spec.loader if spec is not None else None


def extend_path(path, name):
    """A package's path with the folders of that name in all of sys.path."""
    if not isinstance(path, list):
        return path
    path = path[:]
    for folder in sys.path:
        spec = _imports.find_spec(name, [folder])
        for portion in (spec.submodule_search_locations or ()) if spec is not None else ():
            if portion not in path:
                path.append(portion)
    return path


def get_data(package, resource):
    """The bytes of a file in a package's folder; None if it cannot be had that way."""
    spec = importlib.util.find_spec(package)
    if spec is None or not hasattr(spec.loader, "get_data"):
        return None
    module = sys.modules.get(package) or importlib.import_module(package)
    if not hasattr(module, "__file__"):
        return None
    parts = resource.split("/")
    return spec.loader.get_data(os.path.join(os.path.dirname(module.__file__), *parts))


def read_code(stream):
    """Compiled code is not read here."""
    return None


def resolve_name(name):
    """The object of a dotted name, or of module:name."""
    module, colon, attributes = name.partition(":")
    if colon:
        found = importlib.import_module(module)
        names = attributes.split(".") if attributes else []
    else:
        names = name.split(".")
        if not all(part.isidentifier() for part in names):
            raise ValueError(f"invalid format: {name!r}")
        dotted = names.pop(0)
        found = importlib.import_module(dotted)
        while names:
            try:
                found = importlib.import_module(f"{dotted}.{names[0]}")
            except ImportError:
                break
            dotted += "." + names.pop(0)
    for part in names:
        found = getattr(found, part)
    return found

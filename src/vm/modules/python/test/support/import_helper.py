"""Imports for tests: modules that may be missing, and second copies of modules."""

import contextlib
import sys
import warnings


@contextlib.contextmanager
def _ignore_deprecated_imports(ignore=True):
    with warnings.catch_warnings():
        if ignore:
            warnings.filterwarnings("ignore", ".+ (module|package)", DeprecationWarning)
        yield


def unload(name):
    """Forgets an imported module."""
    sys.modules.pop(name, None)


def forget(modname):
    unload(modname)


def _import(name):
    __import__(name)
    return sys.modules[name]


def import_module(name, deprecated=False, *, required_on=()):
    """The module; the test is skipped where there is none."""
    with _ignore_deprecated_imports(deprecated):
        try:
            return _import(name)
        except ImportError as error:
            if sys.platform.startswith(tuple(required_on)):
                raise
            from unittest import SkipTest

            raise SkipTest(str(error))


def _with_parts(name):
    return [known for known in sys.modules if known == name or known.startswith(name + ".")]


def import_fresh_module(name, fresh=(), blocked=(), deprecated=False):
    """Another copy of a module, made with its `fresh` parts anew and without its `blocked` ones; None if that cannot be.

    `sys.modules` is afterwards as it was."""
    with _ignore_deprecated_imports(deprecated):
        kept = {}
        for each in (name, *fresh, *blocked):
            for known in _with_parts(each):
                kept[known] = sys.modules.pop(known)
        blocks = list(blocked)
        for each in blocks:
            sys.modules[each] = None
        try:
            for each in fresh:
                _import(each)
            return _import(name)
        except ImportError:
            return None
        finally:
            for each in (name, *fresh, *blocks):
                for known in _with_parts(each):
                    del sys.modules[known]
            sys.modules.update(kept)


class CleanImport:
    """In this block the modules named are imported anew."""

    def __init__(self, *module_names):
        self.original_modules = sys.modules.copy()
        for name in module_names:
            sys.modules.pop(name, None)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        sys.modules.update(self.original_modules)


class DirsOnSysPath:
    """In this block these folders are on `sys.path`; afterwards it is what it was."""

    def __init__(self, *paths):
        self.original_object, self.original_value = sys.path, sys.path[:]
        sys.path.extend(paths)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        sys.path = self.original_object
        sys.path[:] = self.original_value


def modules_setup():
    return (sys.modules.copy(),)


def modules_cleanup(oldmodules):
    encodings = [(name, module) for name, module in sys.modules.items() if name.startswith("encodings.")]
    sys.modules.clear()
    sys.modules.update(encodings)
    sys.modules.update(oldmodules)


def unlink(filename):
    """Removes a file that need not exist."""
    from test.support import os_helper

    os_helper.unlink(filename)


def make_legacy_pyc(source):
    """Moves a compiled file out of `__pycache__`, and gives its new path."""
    import importlib.util
    import os
    import shutil

    legacy = source + "c"
    shutil.move(importlib.util.cache_from_source(source), os.path.abspath(legacy))
    return legacy


@contextlib.contextmanager
def isolated_modules():
    """In this block imports are the block's own."""
    (kept,) = modules_setup()
    try:
        yield
    finally:
        modules_cleanup(kept)

"""The finders and loaders of modules, as far as they are objects here."""

import _imports
from _imports import BuiltinImporter, ModuleSpec, SourceFileLoader

SOURCE_SUFFIXES = [".py"]
DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = BYTECODE_SUFFIXES = [".pyc"]
EXTENSION_SUFFIXES = []


def all_suffixes():
    """All endings that files of modules may have."""
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES


class PathFinder:
    """Finds modules in the folders of sys.path."""

    @staticmethod
    def find_spec(fullname, path=None, target=None):
        return _imports.find_spec(fullname, path)

    @staticmethod
    def invalidate_caches():
        """There are no caches."""


class FrozenImporter:
    """Finds modules that are carried in the binary."""

    @staticmethod
    def find_spec(fullname, path=None, target=None):
        spec = _imports.find_spec(fullname, [])
        return spec if spec is not None and spec.has_location else None


class SourcelessFileLoader(SourceFileLoader):
    """Would load bytecode."""


class ExtensionFileLoader(SourceFileLoader):
    """Would load C."""


class FileFinder:
    """Finds modules in one folder."""

    def __init__(self, path, *loader_details):
        self.path = path or "."

    def find_spec(self, fullname, target=None):
        return _imports.find_spec(fullname, [self.path])

    def invalidate_caches(self):
        """There are no caches."""

"""What finders and loaders have to offer."""

import abc

from . import machinery

__all__ = [
    "Loader", "Finder", "MetaPathFinder", "PathEntryFinder", "ResourceLoader", "InspectLoader", "ExecutionLoader",
    "FileLoader", "SourceLoader",
]


class Finder(abc.ABC):
    """The old kind of finder."""

    @abc.abstractmethod
    def find_module(self, fullname, path=None):
        """The loader of a module, or None."""


class MetaPathFinder(Finder):
    """A finder of sys.meta_path."""

    def find_module(self, fullname, path):
        spec = self.find_spec(fullname, path) if hasattr(self, "find_spec") else None
        return spec.loader if spec is not None else None

    def invalidate_caches(self):
        """Forget what is known of folders."""


class PathEntryFinder(Finder):
    """A finder for one entry of sys.path."""

    def find_module(self, fullname, path=None):
        return None

    def invalidate_caches(self):
        """Forget what is known of the folder."""


class Loader(abc.ABC):
    """Makes and runs modules."""

    def create_module(self, spec):
        """A module for the spec; None stands for the usual one."""
        return None

    def load_module(self, fullname):
        """The old way: make, register and run."""
        if not hasattr(self, "exec_module"):
            raise ImportError
        from ._bootstrap import ModuleSpec, _load

        return _load(ModuleSpec(fullname, self))


class ResourceLoader(Loader):
    @abc.abstractmethod
    def get_data(self, path):
        """The bytes of a file."""
        raise OSError


class InspectLoader(Loader):
    """A loader that knows the text of its modules."""

    def is_package(self, fullname):
        raise ImportError

    def get_code(self, fullname):
        source = self.get_source(fullname)
        return None if source is None else self.source_to_code(source)

    @abc.abstractmethod
    def get_source(self, fullname):
        raise ImportError

    @staticmethod
    def source_to_code(data, path="<string>"):
        return compile(data, path, "exec", dont_inherit=True)

    def exec_module(self, module):
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError(f"cannot load module {module.__name__!r} when get_code() returns None")
        exec(code, module.__dict__)


class ExecutionLoader(InspectLoader):
    """A loader that knows the files of its modules."""

    @abc.abstractmethod
    def get_filename(self, fullname):
        raise ImportError

    def get_code(self, fullname):
        source = self.get_source(fullname)
        if source is None:
            return None
        try:
            path = self.get_filename(fullname)
        except ImportError:
            return self.source_to_code(source)
        return self.source_to_code(source, path)


class FileLoader(ResourceLoader, ExecutionLoader):
    """A loader for one file."""

    def __init__(self, fullname, path):
        self.name, self.path = fullname, path

    def get_data(self, path):
        with open(path, "rb") as file:
            return file.read()

    def get_filename(self, name=None):
        return self.path


class SourceLoader(ResourceLoader, ExecutionLoader):
    """A loader of source text."""

    def get_source(self, fullname):
        return self.get_data(self.get_filename(fullname)).decode("utf-8-sig")


for _kind in (machinery.BuiltinImporter, machinery.PathFinder, machinery.FrozenImporter):
    MetaPathFinder.register(_kind)
for _kind in (machinery.SourceFileLoader,):
    SourceLoader.register(_kind)
    FileLoader.register(_kind)
PathEntryFinder.register(machinery.FileFinder)
del _kind

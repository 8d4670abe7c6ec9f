"""Files that lie in a package's folder."""

import os
import types
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

__all__ = [
    "Package", "Resource", "ResourceReader", "as_file", "contents", "files", "is_resource", "open_binary", "open_text", "path",
    "read_binary", "read_text",
]

Package = types.ModuleType | str
Resource = str | os.PathLike


class ResourceReader:
    """What a loader offers that knows its package's files."""

    def open_resource(self, resource):
        raise FileNotFoundError

    def resource_path(self, resource):
        raise FileNotFoundError

    def is_resource(self, path):
        raise FileNotFoundError

    def contents(self):
        raise FileNotFoundError


ResourceReader.__module__ = "importlib.abc"


def _package(package):
    module = package if isinstance(package, types.ModuleType) else import_module(package)
    if module.__spec__.submodule_search_locations is None:
        raise TypeError(f"{package!r} is not a package")
    return module


def _name_of(resource):
    folder, name = os.path.split(os.fspath(resource))
    if folder:
        raise ValueError(f"{resource!r} must be only a file name")
    return name


def files(package):
    """The package's folder, whose files can be reached from there."""
    return Path(list(_package(package).__spec__.submodule_search_locations)[0])


@contextmanager
def as_file(path):
    """The file on the disk for what `files` found: itself."""
    yield path


def open_binary(package, resource):
    """The file, opened to read bytes."""
    name = _name_of(resource)
    place = files(package) / name
    try:
        return open(place, "rb")
    except FileNotFoundError:
        where = _package(package).__spec__.name
        raise FileNotFoundError(f"{name!r} resource not found in {where!r}") from None


def open_text(package, resource, encoding="utf-8", errors="strict"):
    """The file, opened to read text."""
    import io

    return io.TextIOWrapper(open_binary(package, resource), encoding=encoding, errors=errors)


def read_binary(package, resource):
    """The bytes of the file."""
    with open_binary(package, resource) as file:
        return file.read()


def read_text(package, resource, encoding="utf-8", errors="strict"):
    """The text of the file."""
    with open_text(package, resource, encoding, errors) as file:
        return file.read()


@contextmanager
def path(package, resource):
    """The path of the file."""
    place = files(package) / _name_of(resource)
    if not place.exists():
        raise FileNotFoundError(place)
    yield place


def is_resource(package, name):
    """Whether the package's folder has a file of that name."""
    return (files(package) / _name_of(name)).is_file()


def contents(package):
    """The names of everything in the package's folder."""
    return [entry.name for entry in files(package).iterdir()]

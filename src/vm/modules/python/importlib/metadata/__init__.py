"""What is known of installed distributions: the `METADATA`, `RECORD` and `entry_points.txt` beside the packages."""

import collections
import csv
import functools
import os
import pathlib
import re
import sys
from importlib import import_module
from itertools import chain

__all__ = [
    "Distribution", "DistributionFinder", "PackageMetadata", "PackageNotFoundError", "distribution", "distributions",
    "entry_points", "files", "metadata", "packages_distributions", "requires", "version",
]


class PackageNotFoundError(ModuleNotFoundError):
    """The package was not found."""

    def __str__(self):
        return f"No package metadata was found for {self.name}"

    @property
    def name(self):
        (name,) = self.args
        return name


class PackageMetadata:
    """The fields of a `METADATA` file, in its order; a field may stand there often."""

    def __init__(self, text):
        head, _, body = text.partition("\n\n")
        self._fields, self._payload = [], body
        for line in head.split("\n"):
            if line[:1] in (" ", "\t") and self._fields:
                name, value = self._fields[-1]
                self._fields[-1] = name, value + "\n" + line
            elif ":" in line:
                name, _, value = line.partition(":")
                self._fields.append((name, value.strip()))

    def get_all(self, name, failobj=None):
        """All values of a field."""
        return [value for key, value in self._fields if key.lower() == name.lower()] or failobj

    def get(self, name, failobj=None):
        """The first value of a field."""
        return next(iter(self.get_all(name, ())), failobj)

    def __getitem__(self, name):
        return self.get(name)

    def __contains__(self, name):
        return self.get_all(name) is not None

    def __len__(self):
        return len(self._fields)

    def __iter__(self):
        return iter(self.keys())

    def keys(self):
        return [name for name, _ in self._fields]

    def values(self):
        return [value for _, value in self._fields]

    def items(self):
        return list(self._fields)

    def get_payload(self):
        """The description below the fields."""
        return self._payload

    @property
    def json(self):
        """The fields by names that JSON likes."""
        several = {"Classifier", "Obsoletes-Dist", "Platform", "Project-URL", "Provides-Dist", "Provides-Extra", "Requires-Dist",
                   "Requires-External", "Supported-Platform", "Dynamic"}
        return {
            name.lower().replace("-", "_"): self.get_all(name) if name in several else self[name]
            for name in dict.fromkeys(self.keys())
        }


class EntryPoint(collections.namedtuple("EntryPointBase", "name value group")):
    """A name for an object of a distribution."""

    pattern = re.compile(r"(?P<module>[\w.]+)\s*(:\s*(?P<attr>[\w.]+))?\s*(?P<extras>\[.*\])?\s*$")
    dist = None

    def load(self):
        """The object itself; its module is imported."""
        match = self.pattern.match(self.value)
        module = import_module(match.group("module"))
        names = filter(None, (match.group("attr") or "").split("."))
        return functools.reduce(getattr, names, module)

    @property
    def module(self):
        return self.pattern.match(self.value).group("module")

    @property
    def attr(self):
        return self.pattern.match(self.value).group("attr")

    @property
    def extras(self):
        return list(re.finditer(r"\w+", self.pattern.match(self.value).group("extras") or ""))

    def _for(self, dist):
        self.dist = dist
        return self

    def matches(self, **params):
        """Whether the attributes are these."""
        return all(getattr(self, name) == value for name, value in params.items())


class EntryPoints(list):
    """Entry points that can be chosen from."""

    __slots__ = ()

    def __getitem__(self, name):
        if isinstance(name, int):
            return super().__getitem__(name)
        try:
            return next(iter(self.select(name=name)))
        except StopIteration:
            raise KeyError(name)

    def select(self, **params):
        return EntryPoints(point for point in self if point.matches(**params))

    @property
    def names(self):
        return {point.name for point in self}

    @property
    def groups(self):
        return {point.group for point in self}


class SelectableGroups(dict):
    """Groups of entry points by name."""

    @property
    def _all(self):
        return EntryPoints(chain.from_iterable(self.values()))

    @property
    def groups(self):
        return self._all.groups

    @property
    def names(self):
        return self._all.names

    def select(self, **params):
        return self._all.select(**params) if params else self


class PackagePath(pathlib.PurePosixPath):
    """A file of a distribution."""

    def read_text(self, encoding="utf-8"):
        with self.locate().open(encoding=encoding) as stream:
            return stream.read()

    def read_binary(self):
        with self.locate().open("rb") as stream:
            return stream.read()

    def locate(self):
        """Where the file lies."""
        return self.dist.locate_file(self)


class FileHash:
    """How a file's content is checked."""

    def __init__(self, spec):
        self.mode, _, self.value = spec.partition("=")

    def __repr__(self):
        return f"<FileHash mode: {self.mode} value: {self.value}>"


def _normalized(name):
    return re.sub(r"[-_.]+", "-", name).lower().replace("-", "_")


class Distribution:
    """An installed distribution."""

    def __init__(self, path):
        self._path = path

    @classmethod
    def from_name(cls, name):
        """The distribution of this name."""
        for dist in cls.discover(name=name):
            return dist
        raise PackageNotFoundError(name)

    @classmethod
    def discover(cls, *, context=None, name=None, path=None):
        """Those on the path, or those of one name."""
        if context is not None:
            name, path = context.name, context.path
        for folder in sys.path if path is None else path:
            yield from _in_folder(pathlib.Path(folder or "."), name)

    @staticmethod
    def at(path):
        """The distribution whose metadata folder this is."""
        return PathDistribution(pathlib.Path(path))

    def read_text(self, filename):
        """A file of the metadata folder; None if it is not there."""
        try:
            return self._path.joinpath(filename).read_text(encoding="utf-8")
        except (FileNotFoundError, IsADirectoryError, KeyError, NotADirectoryError, PermissionError):
            return None

    def locate_file(self, path):
        """Where a file of the distribution lies."""
        return self._path.parent / path

    @property
    def metadata(self):
        return PackageMetadata(self.read_text("METADATA") or self.read_text("PKG-INFO") or self.read_text("") or "")

    @property
    def name(self):
        return self.metadata["Name"]

    @property
    def version(self):
        return self.metadata["Version"]

    @property
    def entry_points(self):
        return EntryPoints(point._for(self) for point in _points(self.read_text("entry_points.txt") or ""))

    @property
    def files(self):
        """The files of the distribution; None if nobody wrote them down."""
        text = self.read_text("RECORD")
        if text is None:
            return None
        return [self._file(*row) for row in csv.reader(text.splitlines())]

    def _file(self, name, hash=None, size=None):
        path = PackagePath(name)
        path.hash, path.size, path.dist = FileHash(hash) if hash else None, int(size) if size else None, self
        return path

    @property
    def requires(self):
        """What the distribution needs; None if it needs nothing."""
        found = self.metadata.get_all("Requires-Dist")
        return found and list(found)


class PathDistribution(Distribution):
    """A distribution in a folder."""


class DistributionFinder:
    """What finds distributions."""

    class Context:
        """What is asked for."""

        name = None

        def __init__(self, **kwargs):
            vars(self).update(kwargs)

        @property
        def path(self):
            return vars(self).get("path", sys.path)


def _in_folder(folder, name):
    try:
        entries = sorted(os.listdir(folder))
    except OSError:
        return
    wanted = name and _normalized(name)
    for entry in entries:
        base, suffix = os.path.splitext(entry)
        if suffix in (".dist-info", ".egg-info") and (not wanted or _normalized(base.partition("-")[0]) == wanted):
            yield PathDistribution(folder / entry)


def _points(text):
    group = None
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            group = line[1:-1]
        elif line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield EntryPoint(name.strip(), value.strip(), group)


def distribution(distribution_name):
    """The distribution of this name."""
    return Distribution.from_name(distribution_name)


def distributions(**kwargs):
    """All distributions."""
    return Distribution.discover(**kwargs)


def metadata(distribution_name):
    """The fields of a distribution's metadata."""
    return distribution(distribution_name).metadata


def version(distribution_name):
    """The version of a distribution."""
    return distribution(distribution_name).version


def entry_points(**params):
    """The entry points of all distributions, by group unless some are chosen."""
    seen, points = set(), []
    for dist in distributions():
        if (key := _normalized(dist._path.stem.partition("-")[0])) not in seen:
            seen.add(key)
            points.extend(dist.entry_points)
    groups = SelectableGroups()
    for point in sorted(points, key=lambda point: point.group):
        groups.setdefault(point.group, EntryPoints()).append(point)
    return groups.select(**params)


def files(distribution_name):
    """The files of a distribution."""
    return distribution(distribution_name).files


def requires(distribution_name):
    """What a distribution needs."""
    return distribution(distribution_name).requires


def packages_distributions():
    """Top-level packages, and the distributions that brought them."""
    found = collections.defaultdict(list)
    for dist in distributions():
        for package in (dist.read_text("top_level.txt") or "").split():
            found[package].append(dist.metadata["Name"])
    return dict(found)

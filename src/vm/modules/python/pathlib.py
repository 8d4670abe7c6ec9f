"""Paths as objects: pure ones, which only know their own text, and ones of this system, which reach the files."""

import fnmatch
import functools
import io
import os
import re
import sys
import warnings
from _collections_abc import Sequence
from errno import EBADF, ELOOP, ENOENT, ENOTDIR
from operator import attrgetter
from stat import S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISLNK, S_ISREG, S_ISSOCK

__all__ = ["PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]

_IGNORED_ERRNOS = (ENOENT, ENOTDIR, EBADF, ELOOP)


def _ignore_error(error):
    return getattr(error, "errno", None) in _IGNORED_ERRNOS


class _Flavour:
    """How paths of a system are taken apart."""

    def parse_parts(self, parts):
        """Drive, root, and all parts, the anchor first if there is one; the last absolute part counts."""
        parsed = []
        drive = root = ""
        for part in reversed(parts):
            if not part:
                continue
            if self.altsep:
                part = part.replace(self.altsep, self.sep)
            drive, root, rest = self.splitroot(part)
            names = rest.split(self.sep) if self.sep in rest else [rest]
            parsed.extend(sys.intern(name) for name in reversed(names) if name and name != ".")
            if drive or root:
                if not drive:
                    # The drive may be named by a part further left.
                    for earlier in parts[: len(parts) - 1][::-1]:
                        if not earlier:
                            continue
                        if self.altsep:
                            earlier = earlier.replace(self.altsep, self.sep)
                        drive = self.splitroot(earlier)[0]
                        if drive:
                            break
                break
        if drive or root:
            parsed.append(drive + root)
        parsed.reverse()
        return drive, root, parsed

    def join_parsed_parts(self, drive, root, parts, drive2, root2, parts2):
        """The second path below the first."""
        if root2:
            if not drive2 and drive:
                return drive, root2, [drive + root2] + parts2[1:]
        elif drive2:
            if drive2 == drive or self.casefold(drive2) == self.casefold(drive):
                return drive, root, parts + parts2[1:]
        else:
            return drive, root, parts + parts2
        return drive2, root2, parts2


class _PosixFlavour(_Flavour):
    sep, altsep, has_drv = "/", "", False
    is_supported = os.name != "nt"

    def splitroot(self, part, sep="/"):
        if not part or part[0] != sep:
            return "", "", part
        rest = part.lstrip(sep)
        # Two slashes at the start, and no more, mean something of their own.
        if len(part) - len(rest) == 2:
            return "", sep * 2, rest
        return "", sep, rest

    def casefold(self, s):
        return s

    def casefold_parts(self, parts):
        return parts

    def compile_pattern(self, pattern):
        return re.compile(fnmatch.translate(pattern)).fullmatch

    def is_reserved(self, parts):
        return False

    def make_uri(self, path):
        return "file://" + _quote(bytes(path))


_WINDOWS_RESERVED = (
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {"COM%s" % digit for digit in "123456789\xb9\xb2\xb3"}
    | {"LPT%s" % digit for digit in "123456789\xb9\xb2\xb3"}
)


class _WindowsFlavour(_Flavour):
    sep, altsep, has_drv = "\\", "/", True
    is_supported = os.name == "nt"
    drive_letters = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

    def splitroot(self, part, sep="\\"):
        extended = ""
        if part.startswith("\\\\?\\"):
            extended, part = part[:4], part[4:]
            if part.startswith("UNC\\"):
                extended, part = extended + part[:3], "\\" + part[3:]
        first, second = part[0:1], part[1:2]
        if first == second == sep and part[2:3] != sep:
            # \\machine\mountpoint\...
            end = part.find(sep, 2)
            if end != -1:
                end2 = part.find(sep, end + 1)
                if end2 != end + 1:
                    if end2 == -1:
                        end2 = len(part)
                    if extended:
                        return extended + part[1:end2], sep, part[end2 + 1:]
                    return part[:end2], sep, part[end2 + 1:]
        drive = root = ""
        if second == ":" and first in self.drive_letters:
            drive, part = part[:2], part[2:]
            first = part[0:1]
        if first == sep:
            root, part = first, part.lstrip(sep)
        return extended + drive, root, part

    def casefold(self, s):
        return s.lower()

    def casefold_parts(self, parts):
        return [part.lower() for part in parts]

    def compile_pattern(self, pattern):
        return re.compile(fnmatch.translate(pattern), re.IGNORECASE).fullmatch

    def is_reserved(self, parts):
        if not parts or parts[0].startswith("\\\\"):
            return False
        name = parts[-1].partition(".")[0].partition(":")[0].rstrip(" ")
        return name.upper() in _WINDOWS_RESERVED

    def make_uri(self, path):
        drive = path.drive
        if len(drive) == 2 and drive[1] == ":":
            rest = path.as_posix()[2:].lstrip("/")
            return "file:///%s/%s" % (drive, _quote(rest.encode("utf-8")))
        return "file:" + _quote(path.as_posix().encode("utf-8"))


def _quote(data):
    """Bytes as they stand in a URL."""
    safe = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/"
    return "".join(chr(byte) if byte in safe else "%%%02X" % byte for byte in data)


_windows_flavour = _WindowsFlavour()
_posix_flavour = _PosixFlavour()


@functools.lru_cache()
def _make_selector(pattern_parts, flavour):
    part, rest = pattern_parts[0], pattern_parts[1:]
    if part == "**":
        kind = _RecursiveWildcardSelector
    elif "**" in part:
        raise ValueError("Invalid pattern: '**' can only be an entire path component")
    elif any(char in part for char in "*?["):
        kind = _WildcardSelector
    else:
        kind = _PreciseSelector
    return kind(part, rest, flavour)


class _Selector:
    """Finds what one part of a pattern means, and hands it on to the selector of the rest."""

    def __init__(self, part, rest, flavour):
        self.part = part
        self.dironly = bool(rest)
        self.successor = _make_selector(rest, flavour) if rest else _TerminatingSelector()
        if isinstance(self, _WildcardSelector):
            self.match = flavour.compile_pattern(part)

    def select_from(self, parent):
        if not parent.is_dir():
            return iter([])
        return self._select_from(parent)


class _TerminatingSelector:
    def _select_from(self, parent):
        yield parent


class _PreciseSelector(_Selector):
    def _select_from(self, parent):
        try:
            path = parent._make_child_relpath(self.part)
            if path.is_dir() if self.dironly else path.exists():
                yield from self.successor._select_from(path)
        except PermissionError:
            return


def _entries(parent):
    with os.scandir(parent) as listing:
        return list(listing)


class _WildcardSelector(_Selector):
    def _select_from(self, parent):
        try:
            for entry in _entries(parent):
                if self.dironly:
                    try:
                        if not entry.is_dir():
                            continue
                    except OSError as error:
                        if not _ignore_error(error):
                            raise
                        continue
                if self.match(entry.name):
                    yield from self.successor._select_from(parent._make_child_relpath(entry.name))
        except PermissionError:
            return


class _RecursiveWildcardSelector(_Selector):
    def _folders(self, parent):
        yield parent
        try:
            for entry in _entries(parent):
                is_folder = False
                try:
                    is_folder = entry.is_dir() and not entry.is_symlink()
                except OSError as error:
                    if not _ignore_error(error):
                        raise
                if is_folder:
                    yield from self._folders(parent._make_child_relpath(entry.name))
        except PermissionError:
            return

    def _select_from(self, parent):
        seen = set()
        try:
            for start in self._folders(parent):
                for path in self.successor._select_from(start):
                    if path not in seen:
                        seen.add(path)
                        yield path
        except PermissionError:
            return


class _PathParents(Sequence):
    """The folders above a path, the nearest first."""

    __slots__ = ("_pathcls", "_drv", "_root", "_parts")

    def __init__(self, path):
        self._pathcls = type(path)
        self._drv, self._root, self._parts = path._drv, path._root, path._parts

    def __len__(self):
        return len(self._parts) - (1 if self._drv or self._root else 0)

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return tuple(self[i] for i in range(*idx.indices(len(self))))
        if idx >= len(self) or idx < -len(self):
            raise IndexError(idx)
        if idx < 0:
            idx += len(self)
        return self._pathcls._from_parsed_parts(self._drv, self._root, self._parts[: -idx - 1])

    def __repr__(self):
        return "<{}.parents>".format(self._pathcls.__name__)


class PurePath:
    """A path that is only text: it can be taken apart and put together, and never looks at a file."""

    __slots__ = ("_drv", "_root", "_parts", "_str", "_hash", "_pparts", "_cached_cparts")

    def __new__(cls, *args):
        if cls is PurePath:
            cls = PureWindowsPath if os.name == "nt" else PurePosixPath
        return cls._from_parts(args)

    def __reduce__(self):
        return (self.__class__, tuple(self._parts))

    @classmethod
    def _parse_args(cls, args):
        parts = []
        for arg in args:
            if isinstance(arg, PurePath):
                parts += arg._parts
                continue
            arg = os.fspath(arg)
            if not isinstance(arg, str):
                raise TypeError(
                    "argument should be a str object or an os.PathLike object returning str, not %r" % type(arg)
                )
            parts.append(str(arg))
        return cls._flavour.parse_parts(parts)

    @classmethod
    def _from_parts(cls, args):
        return cls._from_parsed_parts(*cls._parse_args(args))

    @classmethod
    def _from_parsed_parts(cls, drive, root, parts):
        self = object.__new__(cls)
        self._drv, self._root, self._parts = drive, root, parts
        return self

    @classmethod
    def _format_parsed_parts(cls, drive, root, parts):
        if drive or root:
            return drive + root + cls._flavour.sep.join(parts[1:])
        return cls._flavour.sep.join(parts)

    def _make_child(self, args):
        joined = self._flavour.join_parsed_parts(self._drv, self._root, self._parts, *self._parse_args(args))
        return self._from_parsed_parts(*joined)

    def __str__(self):
        try:
            return self._str
        except AttributeError:
            self._str = self._format_parsed_parts(self._drv, self._root, self._parts) or "."
            return self._str

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        """The text with forward slashes."""
        return str(self).replace(self._flavour.sep, "/")

    def __bytes__(self):
        return os.fsencode(self)

    def __repr__(self):
        return "{}({!r})".format(self.__class__.__name__, self.as_posix())

    def as_uri(self):
        """The path as a file: URL."""
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        return self._flavour.make_uri(self)

    @property
    def _cparts(self):
        try:
            return self._cached_cparts
        except AttributeError:
            self._cached_cparts = self._flavour.casefold_parts(self._parts)
            return self._cached_cparts

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._cparts == other._cparts and self._flavour is other._flavour

    def __hash__(self):
        try:
            return self._hash
        except AttributeError:
            self._hash = hash(tuple(self._cparts))
            return self._hash

    def _comparable(self, other):
        return isinstance(other, PurePath) and self._flavour is other._flavour

    def __lt__(self, other):
        return self._cparts < other._cparts if self._comparable(other) else NotImplemented

    def __le__(self, other):
        return self._cparts <= other._cparts if self._comparable(other) else NotImplemented

    def __gt__(self, other):
        return self._cparts > other._cparts if self._comparable(other) else NotImplemented

    def __ge__(self, other):
        return self._cparts >= other._cparts if self._comparable(other) else NotImplemented

    def __class_getitem__(cls, type):
        return cls

    drive = property(attrgetter("_drv"), doc="The drive, or ''.")
    root = property(attrgetter("_root"), doc="The root, or ''.")

    @property
    def anchor(self):
        """Drive and root together."""
        return self._drv + self._root

    @property
    def name(self):
        """The last part, unless it is the anchor."""
        parts = self._parts
        if len(parts) == (1 if self._drv or self._root else 0):
            return ""
        return parts[-1]

    def _dot(self):
        name = self.name
        at = name.rfind(".")
        return name, at if 0 < at < len(name) - 1 else -1

    @property
    def suffix(self):
        """The last part's extension, with its dot."""
        name, at = self._dot()
        return name[at:] if at >= 0 else ""

    @property
    def suffixes(self):
        """All of the last part's extensions."""
        name = self.name
        if name.endswith("."):
            return []
        return ["." + suffix for suffix in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        """The last part without its extension."""
        name, at = self._dot()
        return name[:at] if at >= 0 else name

    def with_name(self, name):
        """The same path with another last part."""
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        drive, root, parts = self._flavour.parse_parts((name,))
        ends = name and name[-1] in [self._flavour.sep, self._flavour.altsep]
        if not name or ends or drive or root or len(parts) != 1:
            raise ValueError("Invalid name %r" % name)
        return self._from_parsed_parts(self._drv, self._root, self._parts[:-1] + [name])

    def with_stem(self, stem):
        """The same path with another last part, but its extension."""
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        """The same path with another extension; '' takes it away."""
        flavour = self._flavour
        if flavour.sep in suffix or flavour.altsep and flavour.altsep in suffix:
            raise ValueError("Invalid suffix %r" % (suffix,))
        if suffix and not suffix.startswith(".") or suffix == ".":
            raise ValueError("Invalid suffix %r" % (suffix))
        name = self.name
        if not name:
            raise ValueError("%r has an empty name" % (self,))
        old = self.suffix
        name = name[: -len(old)] + suffix if old else name + suffix
        return self._from_parsed_parts(self._drv, self._root, self._parts[:-1] + [name])

    def relative_to(self, *other):
        """The way from a folder above to this path."""
        if not other:
            raise TypeError("need at least one argument")
        parts, drive, root = self._parts, self._drv, self._root
        whole = [drive, root] + parts[1:] if root else [drive] + parts[1:] if drive else parts
        to_drive, to_root, to_parts = self._parse_args(other)
        if to_root:
            to_whole = [to_drive, to_root] + to_parts[1:]
        else:
            to_whole = [to_drive] + to_parts[1:] if to_drive else to_parts
        count = len(to_whole)
        fold = self._flavour.casefold_parts
        if (root or drive) if count == 0 else fold(whole[:count]) != fold(to_whole):
            shown = self._format_parsed_parts(to_drive, to_root, to_parts)
            raise ValueError(
                "{!r} is not in the subpath of {!r}"
                " OR one path is relative and the other is absolute.".format(str(self), str(shown))
            )
        return self._from_parsed_parts("", root if count == 1 else "", whole[count:])

    def is_relative_to(self, *other):
        """Whether relative_to() would work."""
        try:
            self.relative_to(*other)
        except ValueError:
            return False
        return True

    @property
    def parts(self):
        """All parts, the anchor first."""
        try:
            return self._pparts
        except AttributeError:
            self._pparts = tuple(self._parts)
            return self._pparts

    def joinpath(self, *args):
        """The arguments below this path."""
        return self._make_child(args)

    def __truediv__(self, key):
        try:
            return self._make_child((key,))
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self._from_parts([key] + self._parts)
        except TypeError:
            return NotImplemented

    @property
    def parent(self):
        """The folder above; an anchor is its own."""
        parts = self._parts
        if len(parts) == (1 if self._drv or self._root else 0):
            return self
        return self._from_parsed_parts(self._drv, self._root, parts[:-1])

    @property
    def parents(self):
        """All folders above, the nearest first."""
        return _PathParents(self)

    def is_absolute(self):
        """Whether it begins at a root, and a drive where there are drives."""
        return bool(self._root) and (not self._flavour.has_drv or bool(self._drv))

    def is_reserved(self):
        """Whether the system keeps the name for itself."""
        return self._flavour.is_reserved(self._parts)

    def match(self, path_pattern):
        """Whether the path matches a pattern; a relative one is compared from the right."""
        flavour = self._flavour
        drive, root, wanted = flavour.parse_parts((flavour.casefold(path_pattern),))
        if not wanted:
            raise ValueError("empty pattern")
        if drive and drive != flavour.casefold(self._drv):
            return False
        if root and root != flavour.casefold(self._root):
            return False
        parts = self._cparts
        if drive or root:
            if len(wanted) != len(parts):
                return False
            wanted = wanted[1:]
        elif len(wanted) > len(parts):
            return False
        return all(
            fnmatch.fnmatchcase(part, pattern) for part, pattern in zip(reversed(parts), reversed(wanted))
        )


os.PathLike.register(PurePath)


class PurePosixPath(PurePath):
    """A pure path with forward slashes."""

    _flavour = _posix_flavour
    __slots__ = ()


class PureWindowsPath(PurePath):
    """A pure path as Windows has them."""

    _flavour = _windows_flavour
    __slots__ = ()


class Path(PurePath):
    """A path of this system, and what can be done with the file there."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = WindowsPath if os.name == "nt" else PosixPath
        self = cls._from_parts(args)
        if not self._flavour.is_supported:
            raise NotImplementedError("cannot instantiate %r on your system" % (cls.__name__,))
        return self

    def _make_child_relpath(self, part):
        return self._from_parsed_parts(self._drv, self._root, self._parts + [part])

    def __enter__(self):
        return self

    def __exit__(self, t, v, tb):
        """Nothing is open that could be closed."""

    @classmethod
    def cwd(cls):
        """The current folder."""
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        """The home folder."""
        return cls("~").expanduser()

    def samefile(self, other_path):
        """Whether both lead to one file."""
        mine = self.stat()
        try:
            other = other_path.stat()
        except AttributeError:
            other = self.__class__(other_path).stat()
        return os.path.samestat(mine, other)

    def iterdir(self):
        """What is in the folder, in no order that means anything."""
        for name in os.listdir(self):
            yield self._make_child_relpath(name)

    def _selector(self, pattern, before=()):
        if not pattern and not before:
            raise ValueError("Unacceptable pattern: {!r}".format(pattern))
        drive, root, parts = self._flavour.parse_parts((pattern,))
        if drive or root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        return _make_selector(tuple(before) + tuple(parts), self._flavour)

    def glob(self, pattern):
        """The files below that match a relative pattern."""
        sys.audit("pathlib.Path.glob", self, pattern)
        yield from self._selector(pattern).select_from(self)

    def rglob(self, pattern):
        """The same, with **/ in front."""
        sys.audit("pathlib.Path.rglob", self, pattern)
        yield from self._selector(pattern, ("**",)).select_from(self)

    def absolute(self):
        """From the root; dots stay."""
        if self.is_absolute():
            return self
        return self._from_parts([os.getcwd()] + self._parts)

    def resolve(self, strict=False):
        """From the root, links and dots resolved."""

        def check_eloop(error):
            if error.errno == ELOOP:
                raise RuntimeError("Symlink loop from %r" % error.filename)

        try:
            text = os.path.realpath(self, strict=strict)
        except OSError as error:
            check_eloop(error)
            raise
        path = self._from_parts((text,))
        if not strict:
            try:
                path.stat()
            except OSError as error:
                check_eloop(error)
        return path

    def stat(self, *, follow_symlinks=True):
        """What os.stat() answers."""
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        """The same of a link itself."""
        return self.stat(follow_symlinks=False)

    def owner(self):
        """The name of the file's owner."""
        import pwd

        return pwd.getpwuid(self.stat().st_uid).pw_name

    def group(self):
        """The name of the file's group."""
        import grp

        return grp.getgrgid(self.stat().st_gid).gr_name

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        """A stream, as open() gives it."""
        if "b" not in mode:
            encoding = io.text_encoding(encoding)
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        """All bytes of the file."""
        with self.open(mode="rb") as f:
            return f.read()

    def read_text(self, encoding=None, errors=None):
        """All text of the file."""
        encoding = io.text_encoding(encoding)
        with self.open(mode="r", encoding=encoding, errors=errors) as f:
            return f.read()

    def write_bytes(self, data):
        """These bytes become the file; how many there were."""
        view = memoryview(data)
        with self.open(mode="wb") as f:
            return f.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        """This text becomes the file; how many characters there were."""
        if not isinstance(data, str):
            raise TypeError("data must be str, not %s" % data.__class__.__name__)
        encoding = io.text_encoding(encoding)
        with self.open(mode="w", encoding=encoding, errors=errors, newline=newline) as f:
            return f.write(data)

    def readlink(self):
        """Where the link leads."""
        return self._from_parts((os.readlink(self),))

    def touch(self, mode=0o666, exist_ok=True):
        """The file is there afterwards, with a new time."""
        if exist_ok:
            try:
                os.utime(self, None)
            except OSError:
                pass
            else:
                return
        flags = os.O_CREAT | os.O_WRONLY
        if not exist_ok:
            flags |= os.O_EXCL
        os.close(os.open(self, flags, mode))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Make the folder, with those above it if `parents` is set."""
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def chmod(self, mode, *, follow_symlinks=True):
        """Set the permissions."""
        os.chmod(self, mode, follow_symlinks=follow_symlinks)

    def lchmod(self, mode):
        """The same of a link itself."""
        self.chmod(mode, follow_symlinks=False)

    def unlink(self, missing_ok=False):
        """Remove the file."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        """Remove the empty folder."""
        os.rmdir(self)

    def rename(self, target):
        """Give the file another path; it is the result."""
        os.rename(self, target)
        return self.__class__(target)

    def replace(self, target):
        """The same; what is there goes."""
        os.replace(self, target)
        return self.__class__(target)

    def symlink_to(self, target, target_is_directory=False):
        """Make this path a link to another."""
        os.symlink(target, self, target_is_directory)

    def hardlink_to(self, target):
        """Make this path another name of a file."""
        os.link(target, self)

    def link_to(self, target):
        """Make another path a name of this file."""
        warnings.warn(
            "pathlib.Path.link_to() is deprecated and is scheduled for removal in Python 3.12. "
            "Use pathlib.Path.hardlink_to() instead.",
            DeprecationWarning,
            stacklevel=2,
        )
        self.__class__(target).hardlink_to(self)

    def _mode(self, follow_symlinks=True):
        """The mode; 0 if there is no such file."""
        try:
            return self.stat(follow_symlinks=follow_symlinks).st_mode
        except OSError as error:
            if not _ignore_error(error):
                raise
        except ValueError:
            # A NUL in the path, for one.
            pass
        return 0

    def exists(self):
        """Whether there is such a file."""
        try:
            self.stat()
        except OSError as error:
            if not _ignore_error(error):
                raise
            return False
        except ValueError:
            return False
        return True

    def is_dir(self):
        """Whether it is a folder."""
        return S_ISDIR(self._mode())

    def is_file(self):
        """Whether it is a regular file."""
        return S_ISREG(self._mode())

    def is_mount(self):
        """Whether another disk begins here."""
        if not self.exists() or not self.is_dir():
            return False
        try:
            above = self.parent.stat()
        except OSError:
            return False
        here = self.stat()
        return here.st_dev != above.st_dev or here.st_ino == above.st_ino

    def is_symlink(self):
        """Whether it is a symbolic link."""
        return S_ISLNK(self._mode(follow_symlinks=False))

    def is_block_device(self):
        """Whether it is a block device."""
        return S_ISBLK(self._mode())

    def is_char_device(self):
        """Whether it is a character device."""
        return S_ISCHR(self._mode())

    def is_fifo(self):
        """Whether it is a named pipe."""
        return S_ISFIFO(self._mode())

    def is_socket(self):
        """Whether it is a socket."""
        return S_ISSOCK(self._mode())

    def expanduser(self):
        """~ at the start becomes the home folder."""
        if not self._drv and not self._root and self._parts and self._parts[0][:1] == "~":
            home = os.path.expanduser(self._parts[0])
            if home[:1] == "~":
                raise RuntimeError("Could not determine home directory.")
            return self._from_parts([home] + self._parts[1:])
        return self


class PosixPath(Path, PurePosixPath):
    """A path of a system with forward slashes."""

    __slots__ = ()


class WindowsPath(Path, PureWindowsPath):
    """A path of Windows."""

    __slots__ = ()

    def is_mount(self):
        raise NotImplementedError("Path.is_mount() is unsupported on this system")

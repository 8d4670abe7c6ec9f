"""Files and folders that are gone when they are no longer needed. Here they live in the /tmp in memory."""

import functools as _functools
import errno as _errno
import io as _io
import os as _os
import sys as _sys
import types as _types
import warnings as _warnings
import weakref as _weakref
from random import Random as _Random

__all__ = [
    "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp", "mktemp",
    "TMP_MAX", "gettempprefix", "tempdir", "gettempdir", "gettempprefixb", "gettempdirb",
]

TMP_MAX = _os.TMP_MAX
template = "tmp"
tempdir = None

_text_openflags = _os.O_RDWR | _os.O_CREAT | _os.O_EXCL | _os.O_NOFOLLOW
_bin_openflags = _text_openflags


def _infer_return_type(*args):
    """str or bytes, whichever the arguments are; they must not be mixed."""
    kind = None
    for arg in args:
        if arg is None:
            continue
        if isinstance(arg, _os.PathLike):
            arg = _os.fspath(arg)
        this = bytes if isinstance(arg, bytes) else str
        if kind not in (None, this):
            raise TypeError("Can't mix bytes and non-bytes in path components.")
        kind = this
    if kind is None:
        return bytes if isinstance(tempdir, bytes) else str
    return kind


def _sanitize_params(prefix, suffix, dir):
    kind = _infer_return_type(prefix, suffix, dir)
    suffix = kind() if suffix is None else suffix
    if prefix is None:
        prefix = template if kind is str else _os.fsencode(template)
    if dir is None:
        dir = gettempdir() if kind is str else gettempdirb()
    return prefix, suffix, dir, kind


class _RandomNameSequence:
    """Names of eight characters that nobody would guess."""

    characters = "abcdefghijklmnopqrstuvwxyz0123456789_"

    @property
    def rng(self):
        if self.__dict__.get("_rng") is None:
            self._rng = _Random(int.from_bytes(_os.urandom(8), "little"))
        return self._rng

    def __iter__(self):
        return self

    def __next__(self):
        return "".join(self.rng.choices(self.characters, k=8))


def _candidate_tempdir_list():
    listed = [folder for name in ("TMPDIR", "TEMP", "TMP") if (folder := _os.getenv(name))]
    listed += ["/tmp", "/var/tmp", "/usr/tmp"]
    try:
        listed.append(_os.getcwd())
    except (AttributeError, OSError):
        listed.append(_os.curdir)
    return listed


def _get_default_tempdir():
    names = _RandomNameSequence()
    candidates = _candidate_tempdir_list()
    for folder in candidates:
        if folder != _os.curdir:
            folder = _os.path.abspath(folder)
        for _ in range(100):
            trial = _os.path.join(folder, next(names))
            try:
                fd = _os.open(trial, _bin_openflags, 0o600)
            except FileExistsError:
                continue
            except OSError:
                break
            _os.close(fd)
            _os.unlink(trial)
            return folder
    raise FileNotFoundError(_errno.ENOENT, "No usable temporary directory found in %s" % candidates)


_name_sequence = None


def _get_candidate_names():
    global _name_sequence
    if _name_sequence is None:
        _name_sequence = _RandomNameSequence()
    return _name_sequence


def _attempts(dir, pre, suf, kind, what):
    """Paths to try, as many as may be."""
    names = _get_candidate_names()
    for _ in range(TMP_MAX):
        name = next(names)
        if kind is bytes:
            name = _os.fsencode(name)
        yield _os.path.join(dir, pre + name + suf)
    raise FileExistsError(_errno.EEXIST, what)


def _mkstemp_inner(dir, pre, suf, flags, output_type):
    for file in _attempts(dir, pre, suf, output_type, "No usable temporary file name found"):
        _sys.audit("tempfile.mkstemp", file)
        try:
            fd = _os.open(file, flags, 0o600)
        except FileExistsError:
            continue
        return fd, _os.path.abspath(file)


def gettempprefix():
    """What names of temporary files begin with."""
    return _os.fsdecode(template)


def gettempprefixb():
    return _os.fsencode(template)


def _gettempdir():
    global tempdir
    if tempdir is None:
        tempdir = _get_default_tempdir()
    return tempdir


def gettempdir():
    """The folder for temporary files."""
    return _os.fsdecode(_gettempdir())


def gettempdirb():
    return _os.fsencode(_gettempdir())


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """A new file of one's own: an open descriptor, and the path."""
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    return _mkstemp_inner(dir, prefix, suffix, _text_openflags if text else _bin_openflags, kind)


def mkdtemp(suffix=None, prefix=None, dir=None):
    """A new folder of one's own: its path."""
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    for folder in _attempts(dir, prefix, suffix, kind, "No usable temporary directory name found"):
        _sys.audit("tempfile.mkdtemp", folder)
        try:
            _os.mkdir(folder, 0o700)
        except FileExistsError:
            continue
        return folder


def mktemp(suffix="", prefix=template, dir=None):
    """A path at which there is nothing yet. Somebody else may be quicker: mkstemp() is better."""
    if dir is None:
        dir = gettempdir()
    for file in _attempts(dir, prefix, suffix, str, "No usable temporary filename found"):
        if not _os.path.lexists(file):
            return file


class _TemporaryFileCloser:
    """Closes the file once, and removes it then; also when nobody needs the wrapper any more."""

    file = None
    close_called = False

    def __init__(self, file, name, delete=True):
        self.file, self.name, self.delete = file, name, delete

    def close(self, unlink=_os.unlink):
        if self.close_called or self.file is None:
            return
        self.close_called = True
        try:
            self.file.close()
        finally:
            if self.delete:
                unlink(self.name)

    def __del__(self):
        self.close()


class _TemporaryFileWrapper:
    """A file that knows its name and goes when it is closed; all else is the file's own."""

    def __init__(self, file, name, delete=True):
        self.file, self.name, self.delete = file, name, delete
        self._closer = _TemporaryFileCloser(file, name, delete)

    def __getattr__(self, name):
        file = self.__dict__["file"]
        found = getattr(file, name)
        if hasattr(found, "__call__"):
            method = found

            @_functools.wraps(method)
            def func_wrapper(*args, **kwargs):
                return method(*args, **kwargs)

            # The method keeps the file open as long as somebody has it.
            func_wrapper._closer = self._closer
            found = func_wrapper
        if not isinstance(found, int):
            setattr(self, name, found)
        return found

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, exc, value, tb):
        result = self.file.__exit__(exc, value, tb)
        self.close()
        return result

    def close(self):
        """Closes the file, and removes it."""
        self._closer.close()

    def __iter__(self):
        for line in self.file:
            yield line


def _innermost(file):
    """What has the name: the file without its buffer and its encoding."""
    buffered = getattr(file, "buffer", file)
    return getattr(buffered, "raw", buffered)


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None,
                       delete=True, *, errors=None):
    """A file with a name that is removed when it is closed."""
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    if "b" not in mode:
        encoding = _io.text_encoding(encoding)
    name = None

    def opener(*args):
        nonlocal name
        fd, name = _mkstemp_inner(dir, prefix, suffix, _bin_openflags, kind)
        return fd

    try:
        file = _io.open(dir, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors, opener=opener)
        try:
            _innermost(file).name = name
            return _TemporaryFileWrapper(file, name, delete)
        except:
            file.close()
            raise
    except:
        if name is not None:
            _os.unlink(name)
        raise


def TemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *,
                  errors=None):
    """A file without a name."""
    if "b" not in mode:
        encoding = _io.text_encoding(encoding)
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    fd = None

    def opener(*args):
        nonlocal fd
        fd, name = _mkstemp_inner(dir, prefix, suffix, _bin_openflags, kind)
        try:
            _os.unlink(name)
        except:
            _os.close(fd)
            raise
        return fd

    file = _io.open(dir, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors, opener=opener)
    _innermost(file).name = fd
    return file


class SpooledTemporaryFile:
    """A file in memory that moves to a real one when it grows, or when somebody asks for its descriptor."""

    _rolled = False

    def __init__(self, max_size=0, mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None,
                 dir=None, *, errors=None):
        if "b" in mode:
            self._file = _io.BytesIO()
        else:
            encoding = _io.text_encoding(encoding)
            self._file = _io.TextIOWrapper(_io.BytesIO(), encoding=encoding, errors=errors, newline=newline)
        self._max_size = max_size
        self._TemporaryFileArgs = {
            "mode": mode, "buffering": buffering, "suffix": suffix, "prefix": prefix, "encoding": encoding,
            "newline": newline, "dir": dir, "errors": errors,
        }

    __class_getitem__ = classmethod(_types.GenericAlias)

    def _check(self, file):
        if not self._rolled and self._max_size and file.tell() > self._max_size:
            self.rollover()

    def rollover(self):
        """Moves to a real file now."""
        if self._rolled:
            return
        old = self._file
        new = self._file = TemporaryFile(**self._TemporaryFileArgs)
        del self._TemporaryFileArgs
        at = old.tell()
        if hasattr(new, "buffer"):
            new.buffer.write(old.detach().getvalue())
        else:
            new.write(old.getvalue())
        new.seek(at, 0)
        self._rolled = True

    def __enter__(self):
        if self._file.closed:
            raise ValueError("Cannot enter context with closed file")
        return self

    def __exit__(self, exc, value, tb):
        self._file.close()

    def __iter__(self):
        return self._file.__iter__()

    def close(self):
        self._file.close()

    closed = property(lambda self: self._file.closed)
    encoding = property(lambda self: self._file.encoding)
    errors = property(lambda self: self._file.errors)
    newlines = property(lambda self: self._file.newlines)

    @property
    def mode(self):
        try:
            return self._file.mode
        except AttributeError:
            return self._TemporaryFileArgs["mode"]

    @property
    def name(self):
        try:
            return self._file.name
        except AttributeError:
            return None

    def fileno(self):
        self.rollover()
        return self._file.fileno()

    def flush(self):
        self._file.flush()

    def isatty(self):
        return self._file.isatty()

    def read(self, *args):
        return self._file.read(*args)

    def readline(self, *args):
        return self._file.readline(*args)

    def readlines(self, *args):
        return self._file.readlines(*args)

    def seek(self, *args):
        return self._file.seek(*args)

    def tell(self):
        return self._file.tell()

    def truncate(self, size=None):
        if size is None:
            return self._file.truncate()
        if size > self._max_size:
            self.rollover()
        return self._file.truncate(size)

    def write(self, s):
        written = self._file.write(s)
        self._check(self._file)
        return written

    def writelines(self, iterable):
        self._file.writelines(iterable)
        self._check(self._file)


class TemporaryDirectory:
    """A folder that is removed, with all that is in it, when the `with` block ends or nobody needs this any more."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore_cleanup_errors = ignore_cleanup_errors
        self._finalizer = _weakref.finalize(
            self, self._cleanup, self.name,
            warn_message="Implicitly cleaning up {!r}".format(self),
            ignore_errors=ignore_cleanup_errors,
        )

    @classmethod
    def _rmtree(cls, name, ignore_errors=False):
        import shutil

        shutil.rmtree(name, ignore_errors=ignore_errors)

    @classmethod
    def _cleanup(cls, name, warn_message, ignore_errors=False):
        cls._rmtree(name, ignore_errors=ignore_errors)
        _warnings.warn(warn_message, ResourceWarning)

    def __repr__(self):
        return f"<{self.__class__.__name__} {self.name!r}>"

    def __enter__(self):
        return self.name

    def __exit__(self, exc, value, tb):
        self.cleanup()

    def cleanup(self):
        """Removes it now."""
        if self._finalizer.detach() or _os.path.exists(self.name):
            self._rmtree(self.name, ignore_errors=self._ignore_cleanup_errors)

    __class_getitem__ = classmethod(_types.GenericAlias)

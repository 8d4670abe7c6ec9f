"""Files, folders and environment variables for tests; everything is put away again."""

import collections.abc
import contextlib
import os
import sys
import tempfile
import unittest
import warnings

if not os.access(os.curdir, os.W_OK):
    # CPython's runner of tests works in a folder of its own among the temporary files. Here no other can be written to without
    # a flag, and there is no runner: whoever wants files goes there.
    _folder = os.path.join(tempfile.gettempdir(), f"test_python_{os.getpid()}")
    os.makedirs(_folder, exist_ok=True)
    os.chdir(_folder)

TESTFN_ASCII = f"@test_{os.getpid()}_tmp"
TESTFN_UNICODE = TESTFN_ASCII + "-\xe0\xf2\u0258\u0141\u011f"
TESTFN_NONASCII = TESTFN_ASCII + "\xe6"
TESTFN_ENCODING = sys.getfilesystemencoding()
TESTFN_UNENCODABLE = None
TESTFN_UNDECODABLE = os.fsencode(TESTFN_ASCII) + b"\xff"
FS_NONASCII = "\xe6"
TESTFN = TESTFN_ASCII
SAVEDCWD = os.getcwd()


def make_bad_fd():
    """A descriptor that is not open."""
    file = open(TESTFN, "wb")
    try:
        return file.fileno()
    finally:
        file.close()
        unlink(TESTFN)


def unlink(filename):
    """Removes a file that need not exist."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(filename)


def rmdir(dirname):
    with contextlib.suppress(FileNotFoundError):
        os.rmdir(dirname)


def rmtree(path):
    """Removes a folder with all that is in it; it need not exist."""
    import shutil

    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(path)


_can = {}


def _found_out(ability):
    """Decorates a function that tries something out: it is called once."""

    def ask():
        if ability not in _can:
            _can[ability] = ability()
        return _can[ability]

    return ask


@_found_out
def can_symlink():
    """Whether os.symlink() works."""
    path = os.path.abspath(TESTFN) + "can_symlink"
    try:
        os.symlink(TESTFN, path)
    except (OSError, NotImplementedError, AttributeError):
        return False
    os.remove(path)
    return True


def can_xattr():
    """There are no extended attributes."""
    return False


@_found_out
def can_chmod():
    """Whether os.chmod() changes what os.stat() tells."""
    try:
        with open(TESTFN, "wb"):
            seen = []
            for mode in (0o777, 0o666):
                os.chmod(TESTFN, mode)
                seen.append(os.stat(TESTFN).st_mode)
    except OSError:
        return False
    finally:
        unlink(TESTFN)
    return seen[0] != seen[1]


def skip_unless_symlink(test):
    return test if can_symlink() else unittest.skip("Requires functional symlink implementation")(test)


def skip_unless_xattr(test):
    return test if can_xattr() else unittest.skip("no non-broken extended attribute support")(test)


def skip_unless_working_chmod(test):
    return test if can_chmod() else unittest.skip("requires working os.chmod()")(test)


@contextlib.contextmanager
def temp_dir(path=None, quiet=False):
    """A folder that exists for the block: the one named, or one of a name of its own."""
    made = True
    if path is None:
        path = os.path.realpath(tempfile.mkdtemp())
    else:
        try:
            os.mkdir(path)
        except OSError as error:
            if not quiet:
                raise
            made = False
            warnings.warn(f"tests may fail, unable to create temporary directory {path!r}: {error}", RuntimeWarning, 3)
    try:
        yield path
    finally:
        if made:
            rmtree(path)


@contextlib.contextmanager
def change_cwd(path, quiet=False):
    """The block runs in another folder."""
    before = os.getcwd()
    try:
        os.chdir(os.path.realpath(path))
    except OSError as error:
        if not quiet:
            raise
        warnings.warn(f"tests may fail, unable to change the current working directory to {path!r}: {error}", RuntimeWarning, 3)
    try:
        yield os.getcwd()
    finally:
        os.chdir(before)


@contextlib.contextmanager
def temp_cwd(name="tempcwd", quiet=False):
    """The block runs in a folder of its own."""
    with temp_dir(path=name, quiet=quiet) as folder:
        with change_cwd(folder, quiet=quiet) as where:
            yield where


@contextlib.contextmanager
def temp_umask(umask):
    before = os.umask(umask)
    try:
        yield
    finally:
        os.umask(before)


def create_empty_file(filename):
    open(filename, "wb").close()


@contextlib.contextmanager
def open_dir_fd(path):
    fd = os.open(path, os.O_RDONLY)
    try:
        yield fd
    finally:
        os.close(fd)


def fs_is_case_insensitive(directory):
    return False


def fd_count():
    raise unittest.SkipTest("descriptors cannot be counted")


class FakePath:
    """Something that `os.fspath` takes, and nothing else."""

    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return f"<FakePath {self.path!r}>"

    def __fspath__(self):
        path = self.path
        if isinstance(path, BaseException) or (isinstance(path, type) and issubclass(path, BaseException)):
            raise path
        return path


class EnvironmentVarGuard(collections.abc.MutableMapping):
    """The environment as a mapping; what was changed through it is put back at the end of the block."""

    def __init__(self):
        self._environ, self._before = os.environ, {}

    def _remember(self, name):
        self._before.setdefault(name, self._environ.get(name))

    def __getitem__(self, name):
        return self._environ[name]

    def __setitem__(self, name, value):
        self._remember(name)
        self._environ[name] = value

    def __delitem__(self, name):
        self._remember(name)
        self._environ.pop(name, None)

    def __iter__(self):
        return iter(self._environ)

    def __len__(self):
        return len(self._environ)

    def keys(self):
        return self._environ.keys()

    def set(self, name, value):
        self[name] = value

    def unset(self, name):
        del self[name]

    def copy(self):
        return dict(self)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        for name, value in self._before.items():
            if value is None:
                self._environ.pop(name, None)
            else:
                self._environ[name] = value
        os.environ = self._environ

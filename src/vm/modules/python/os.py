"""The operating system, as far as a script may see it: files below granted folders, /tmp in memory, the environment."""

import abc
import sys
import stat as st
import posix
import posixpath as path
from _collections_abc import _check_methods, Mapping, MutableMapping
from posix import *
from posix import _exit
from posixpath import altsep, curdir, defpath, devnull, extsep, pardir, pathsep, sep

GenericAlias = type(list[int])

__all__ = [
    "altsep", "curdir", "pardir", "sep", "pathsep", "linesep", "defpath", "name", "path", "devnull", "SEEK_SET",
    "SEEK_CUR", "SEEK_END", "fsencode", "fsdecode", "get_exec_path", "fdopen", "extsep", "_exit",
]
__all__ += [entry for entry in dir(posix) if not entry.startswith("_")]
__all__ += [
    "makedirs", "removedirs", "renames", "walk", "fwalk", "getenv", "supports_bytes_environ", "environb", "getenvb",
    "waitstatus_to_exitcode", "execl", "execle", "execlp", "execlpe", "execvp", "execvpe", "P_WAIT", "P_NOWAIT", "P_NOWAITO",
    "spawnv", "spawnve", "spawnvp", "spawnvpe", "spawnl", "spawnle", "spawnlp", "spawnlpe", "popen", "PathLike",
]

name = "posix"
linesep = "\n"
sys.modules["os.path"] = path

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2

supports_dir_fd = {access, chmod, link, mkdir, open, readlink, rename, rmdir, stat, symlink, unlink, utime}
supports_effective_ids = {access}
supports_fd = {chdir, chmod, listdir, scandir, stat, truncate, utime}
supports_follow_symlinks = {access, link, stat, utime}


def makedirs(name, mode=0o777, exist_ok=False):
    """mkdir() with all the folders on the way."""
    above, last = path.split(name)
    if not last:
        above, last = path.split(above)
    if above and last and not path.exists(above):
        try:
            makedirs(above, exist_ok=exist_ok)
        except FileExistsError:
            # Somebody else made it meanwhile.
            pass
        if last == (b"." if isinstance(last, bytes) else "."):
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """rmdir(), then the folders above as long as they are empty."""
    rmdir(name)
    above, last = path.split(name)
    if not last:
        above, last = path.split(above)
    while above and last:
        try:
            rmdir(above)
        except OSError:
            break
        above, last = path.split(above)


def renames(old, new):
    """rename() that makes the folders it needs and removes those it leaves empty."""
    above, last = path.split(new)
    if above and last and not path.exists(above):
        makedirs(above)
    rename(old, new)
    above, last = path.split(old)
    if above and last:
        try:
            removedirs(above)
        except OSError:
            pass


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Each folder below `top`: its path, its folders, its other files. The list of folders may be changed on the way down."""
    sys.audit("os.walk", top, topdown, onerror, followlinks)
    return _walk(fspath(top), topdown, onerror, followlinks)


def _walk(top, topdown, onerror, followlinks):
    folders, files, below = [], [], []
    try:
        entries = scandir(top)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    with entries:
        for entry in entries:
            try:
                is_folder = entry.is_dir()
            except OSError:
                is_folder = False
            (folders if is_folder else files).append(entry.name)
            if not topdown and is_folder and (followlinks or not entry.is_symlink()):
                below.append(entry.path)
    if not topdown:
        for folder in below:
            yield from _walk(folder, topdown, onerror, followlinks)
        yield top, folders, files
        return
    yield top, folders, files
    for folder in folders:
        place = path.join(top, folder)
        if followlinks or not path.islink(place):
            yield from _walk(place, topdown, onerror, followlinks)


def fwalk(top=".", topdown=True, onerror=None, *, follow_symlinks=False, dir_fd=None):
    """walk() that also tells a descriptor of each folder, open until the next step."""
    sys.audit("os.fwalk", top, topdown, onerror, follow_symlinks, dir_fd)
    top = fspath(top)
    seen = stat(top, follow_symlinks=False, dir_fd=dir_fd) if not follow_symlinks else None
    folder = open(top, O_RDONLY, dir_fd=dir_fd)
    try:
        if follow_symlinks or st.S_ISDIR(seen.st_mode) and path.samestat(seen, stat(folder)):
            yield from _fwalk(folder, top, isinstance(top, bytes), topdown, onerror, follow_symlinks)
    finally:
        close(folder)


def _fwalk(folder, top, is_bytes, topdown, onerror, follow_symlinks):
    folders, files, entries = [], [], {}
    for entry in scandir(folder):
        name = fsencode(entry.name) if is_bytes else entry.name
        try:
            if entry.is_dir():
                folders.append(name)
                entries[name] = entry
            else:
                files.append(name)
        except OSError:
            # A link that leads nowhere is a file; what has gone meanwhile is nothing.
            try:
                if entry.is_symlink():
                    files.append(name)
            except OSError:
                pass
    if topdown:
        yield top, folders, files, folder
    for name in folders:
        try:
            seen = None
            if not follow_symlinks:
                known = entries.get(name)
                seen = known.stat(follow_symlinks=False) if known else stat(name, dir_fd=folder, follow_symlinks=False)
            below = open(name, O_RDONLY, dir_fd=folder)
        except OSError as error:
            if onerror is not None:
                onerror(error)
            continue
        try:
            if follow_symlinks or path.samestat(seen, stat(below)):
                yield from _fwalk(below, path.join(top, name), is_bytes, topdown, onerror, follow_symlinks)
        finally:
            close(below)
    if not topdown:
        yield top, folders, files, folder


class _Environ(MutableMapping):
    """The environment: a mapping that knows how its names and values are encoded."""

    def __init__(self, data, encodekey, decodekey, encodevalue, decodevalue):
        self.encodekey, self.decodekey = encodekey, decodekey
        self.encodevalue, self.decodevalue = encodevalue, decodevalue
        self._data = data

    def __getitem__(self, key):
        try:
            value = self._data[self.encodekey(key)]
        except KeyError:
            raise KeyError(key) from None
        return self.decodevalue(value)

    def __setitem__(self, key, value):
        key, value = self.encodekey(key), self.encodevalue(value)
        putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        encoded = self.encodekey(key)
        unsetenv(encoded)
        try:
            del self._data[encoded]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        for key in list(self._data):
            yield self.decodekey(key)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        shown = ", ".join(f"{self.decodekey(k)!r}: {self.decodevalue(v)!r}" for k, v in self._data.items())
        return f"environ({{{shown}}})"

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return {**self, **other}

    def __ror__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return {**other, **self}


def _encode_text(value):
    if not isinstance(value, str):
        raise TypeError("str expected, not %s" % type(value).__name__)
    return value.encode("utf-8", "surrogateescape")


def _decode_text(value):
    return value.decode("utf-8", "surrogateescape")


def _check_bytes(value):
    if not isinstance(value, bytes):
        raise TypeError("bytes expected, not %s" % type(value).__name__)
    return value


environ = _Environ(posix.environ, _encode_text, _decode_text, _encode_text, _decode_text)
environb = _Environ(environ._data, _check_bytes, bytes, _check_bytes, bytes)
supports_bytes_environ = True


def getenv(key, default=None):
    """A variable of the environment."""
    return environ.get(key, default)


def getenvb(key, default=None):
    """The same with bytes."""
    return environb.get(key, default)


def get_exec_path(env=None):
    """The folders that programs are looked for in."""
    found = (environ if env is None else env).get("PATH")
    return (defpath if found is None else found).split(pathsep)


def fsencode(filename):
    """A path as bytes."""
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    """A path as a str."""
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """A stream over a descriptor."""
    if not isinstance(fd, int):
        raise TypeError("invalid fd type (%s, expected integer)" % type(fd))
    import io

    if "b" not in mode:
        encoding = io.text_encoding(encoding)
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


def waitstatus_to_exitcode(status):
    """How a child ended: its exit code, or a signal's number below zero."""
    from operator import index

    status = index(status)
    if WIFEXITED(status):
        return WEXITSTATUS(status)
    if WIFSIGNALED(status):
        signum = WTERMSIG(status)
        if signum <= 0:
            raise ValueError("invalid WTERMSIG: %i" % signum)
        return -signum
    if WIFSTOPPED(status):
        raise ValueError("process stopped by delivery of signal %i" % WSTOPSIG(status))
    raise ValueError("invalid wait status: %i" % status)


P_WAIT = 0
P_NOWAIT = P_NOWAITO = 1


def execl(file, *args):
    execv(file, args)


def execle(file, *args):
    execve(file, args[:-1], args[-1])


def execlp(file, *args):
    execv(file, args)


def execlpe(file, *args):
    execve(file, args[:-1], args[-1])


def execvp(file, args):
    execv(file, args)


def execvpe(file, args, env):
    execve(file, args, env)


def _spawn(mode, file, *args):
    return fork()


spawnv = spawnve = spawnvp = spawnvpe = spawnl = spawnle = spawnlp = spawnlpe = _spawn


def popen(cmd, mode="r", buffering=-1):
    """Would run a command and read what it says."""
    if not isinstance(cmd, str):
        raise TypeError("invalid cmd type (%s, expected string)" % type(cmd))
    if mode not in ("r", "w"):
        raise ValueError("invalid mode %r" % mode)
    return system(cmd)


class PathLike(abc.ABC):
    """What can tell a path: it has __fspath__."""

    @abc.abstractmethod
    def __fspath__(self):
        """The path as a str or bytes."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return _check_methods(subclass, "__fspath__")
        return NotImplemented

    __class_getitem__ = classmethod(GenericAlias)

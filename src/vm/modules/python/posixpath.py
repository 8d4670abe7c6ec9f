"""os.path for systems that separate folders by slashes."""

# First, because os takes them from here while it is imported from there.
curdir, pardir, extsep, sep, pathsep = ".", "..", ".", "/", ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"
supports_unicode_filenames = False

import os
import stat
import genericpath
from genericpath import *

__all__ = [
    "normcase", "isabs", "join", "splitdrive", "split", "splitext", "basename", "dirname", "commonprefix", "getsize",
    "getmtime", "getatime", "getctime", "islink", "exists", "lexists", "isdir", "isfile", "ismount", "expanduser",
    "expandvars", "normpath", "abspath", "samefile", "sameopenfile", "samestat", "curdir", "pardir", "sep", "pathsep",
    "defpath", "altsep", "extsep", "devnull", "realpath", "supports_unicode_filenames", "relpath", "commonpath",
]

def _get_sep(path):
    return b"/" if isinstance(path, bytes) else "/"


def normcase(s):
    """The path in the one spelling that counts: here every spelling does."""
    return os.fspath(s)


def isabs(s):
    """Whether the path begins at the root."""
    s = os.fspath(s)
    return s.startswith(_get_sep(s))


def join(a, *p):
    """The parts one below the other; an absolute part throws away what stands before it."""
    a = os.fspath(a)
    slash = _get_sep(a)
    path = a
    try:
        if not p:
            path[:0] + slash
        for part in map(os.fspath, p):
            if part.startswith(slash):
                path = part
            elif not path or path.endswith(slash):
                path += part
            else:
                path += slash + part
    except (TypeError, AttributeError, BytesWarning):
        genericpath._check_arg_types("join", a, *p)
        raise
    return path


def split(p):
    """The folder, and the name in it; the name is empty if the path ends with a slash."""
    p = os.fspath(p)
    slash = _get_sep(p)
    cut = p.rfind(slash) + 1
    head, tail = p[:cut], p[cut:]
    if head.strip(slash):
        head = head.rstrip(slash)
    return head, tail


def splitext(p):
    p = os.fspath(p)
    if isinstance(p, bytes):
        return genericpath._splitext(p, b"/", None, b".")
    return genericpath._splitext(p, sep, altsep, extsep)


splitext.__doc__ = genericpath._splitext.__doc__


def splitdrive(p):
    """The drive and the rest; there are no drives here."""
    p = os.fspath(p)
    return p[:0], p


def basename(p):
    """The last part."""
    return split(p)[1]


def dirname(p):
    """All but the last part."""
    return split(p)[0]


def islink(path):
    """Whether it is a symbolic link."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISLNK(found.st_mode)


def lexists(path):
    """Whether there is such a file or link, wherever the link leads."""
    try:
        os.lstat(path)
    except (OSError, ValueError):
        return False
    return True


def ismount(path):
    """Whether another disk begins here."""
    try:
        here = os.lstat(path)
    except (OSError, ValueError):
        return False
    if stat.S_ISLNK(here.st_mode):
        return False
    path = os.fspath(path)
    above = realpath(join(path, b".." if isinstance(path, bytes) else ".."))
    try:
        there = os.lstat(above)
    except (OSError, ValueError):
        return False
    return here.st_dev != there.st_dev or here.st_ino == there.st_ino


def expanduser(path):
    """~ at the start becomes the home folder, as the environment or the users' records tell it."""
    path = os.fspath(path)
    tilde = b"~" if isinstance(path, bytes) else "~"
    if not path.startswith(tilde):
        return path
    slash = _get_sep(path)
    end = path.find(slash, 1)
    if end < 0:
        end = len(path)
    home = _home(os.fsdecode(path[1:end]))
    if home is None:
        return path
    if isinstance(path, bytes):
        home = os.fsencode(home)
    return home.rstrip(slash) + path[end:] or slash


def _home(name):
    if not name and "HOME" in os.environ:
        return os.environ["HOME"]
    import pwd

    try:
        return (pwd.getpwnam(name) if name else pwd.getpwuid(os.getuid())).pw_dir
    except KeyError:
        return None


_variable = _variable_bytes = None


def expandvars(path):
    """$name and ${name} become what the environment has for them; unknown ones stay."""
    path = os.fspath(path)
    global _variable, _variable_bytes
    import re

    if isinstance(path, bytes):
        if b"$" not in path:
            return path
        _variable_bytes = _variable_bytes or re.compile(rb"\$(\w+|\{[^}]*\})", re.ASCII)
        pattern, brace, known = _variable_bytes, b"{", getattr(os, "environb", None)
    else:
        if "$" not in path:
            return path
        _variable = _variable or re.compile(r"\$(\w+|\{[^}]*\})", re.ASCII)
        pattern, brace, known = _variable, "{", os.environ
    at = 0
    while found := pattern.search(path, at):
        name = found.group(1)
        if name.startswith(brace):
            name = name[1:-1]
        try:
            value = os.fsencode(os.environ[os.fsdecode(name)]) if known is None else known[name]
        except KeyError:
            at = found.end()
        else:
            rest = path[found.end():]
            path = path[:found.start()] + value
            at = len(path)
            path += rest
    return path


def normpath(path):
    """Without double slashes and dots; .. takes away the part before it, links or not."""
    path = os.fspath(path)
    slash, empty, dot, dots = (b"/", b"", b".", b"..") if isinstance(path, bytes) else ("/", "", ".", "..")
    if path == empty:
        return dot
    roots = len(path) - len(path.lstrip(slash))
    # Two slashes at the start, and no more, mean something of their own.
    lead = slash * (2 if roots == 2 else min(roots, 1))
    kept = []
    for part in path.split(slash):
        if part in (empty, dot):
            continue
        if part != dots or (not lead and not kept) or (kept and kept[-1] == dots):
            kept.append(part)
        elif kept:
            kept.pop()
    return lead + slash.join(kept) or dot


def abspath(path):
    """From the root, normal."""
    path = os.fspath(path)
    if not isabs(path):
        path = join(os.getcwdb() if isinstance(path, bytes) else os.getcwd(), path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """From the root, all links followed."""
    filename = os.fspath(filename)
    path, _ = _resolved(filename[:0], filename, strict, {})
    return abspath(path)


def _resolved(path, rest, strict, seen):
    """Follows the links in `rest`, which is relative to `path`; false if they go round in circles."""
    slash, dot, dots = (b"/", b".", b"..") if isinstance(path, bytes) else ("/", ".", "..")
    if isabs(rest):
        rest, path = rest[1:], slash
    while rest:
        name, _, rest = rest.partition(slash)
        if not name or name == dot:
            continue
        if name == dots:
            if path:
                path, name = split(path)
                if name == dots:
                    path = join(path, dots, dots)
            else:
                path = dots
            continue
        new = join(path, name)
        try:
            is_link = stat.S_ISLNK(os.lstat(new).st_mode)
        except OSError:
            if strict:
                raise
            is_link = False
        if not is_link:
            path = new
            continue
        if new in seen:
            path = seen[new]
            if path is not None:
                continue
            if strict:
                os.stat(new)
            return join(new, rest), False
        seen[new] = None
        path, fine = _resolved(path, os.readlink(new), strict, seen)
        if not fine:
            return join(path, rest), False
        seen[new] = path
    return path, True


def relpath(path, start=None):
    """The way from one folder (the current one) to a file."""
    if not path:
        raise ValueError("no path specified")
    path = os.fspath(path)
    slash, dot, dots = (b"/", b".", b"..") if isinstance(path, bytes) else ("/", ".", "..")
    start = dot if start is None else os.fspath(start)
    try:
        here = [part for part in abspath(start).split(slash) if part]
        there = [part for part in abspath(path).split(slash) if part]
        shared = len(commonprefix([here, there]))
        way = [dots] * (len(here) - shared) + there[shared:]
        return join(*way) if way else dot
    except (TypeError, AttributeError, BytesWarning, DeprecationWarning):
        genericpath._check_arg_types("relpath", path, start)
        raise


def commonpath(paths):
    """The longest path that all of them lie below."""
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    paths = tuple(map(os.fspath, paths))
    slash, dot = (b"/", b".") if isinstance(paths[0], bytes) else ("/", ".")
    try:
        rooted = {path.startswith(slash) for path in paths}
        if len(rooted) > 1:
            raise ValueError("Can't mix absolute and relative paths") from None
        parts = [[part for part in path.split(slash) if part and part != dot] for path in paths]
        lead = slash if rooted.pop() else slash[:0]
        return lead + slash.join(commonprefix(parts))
    except (TypeError, AttributeError):
        genericpath._check_arg_types("commonpath", *paths)
        raise

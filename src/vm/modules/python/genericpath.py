"""Questions about files that have the same answer on every system: the part that os.path's kinds share."""

import stat

__all__ = [
    "commonprefix", "exists", "getatime", "getctime", "getmtime", "getsize", "isdir", "isfile", "samefile",
    "sameopenfile", "samestat",
]


def exists(path):
    """Whether there is such a file; not of a link that leads nowhere."""
    try:
        os.stat(path)
    except (OSError, ValueError):
        return False
    return True


def isfile(path):
    """Whether it is a regular file, links followed."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(found.st_mode)


def isdir(s):
    """Whether it is a folder, links followed."""
    try:
        found = os.stat(s)
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(found.st_mode)


def getsize(filename):
    """How many bytes the file has."""
    return os.stat(filename).st_size


def getmtime(filename):
    """When it was last changed."""
    return os.stat(filename).st_mtime


def getatime(filename):
    """When it was last read."""
    return os.stat(filename).st_atime


def getctime(filename):
    """When its entry was last changed."""
    return os.stat(filename).st_ctime


def commonprefix(m):
    """The longest beginning that all of them have, character by character."""
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(os.fspath, m))
    least, most = min(m), max(m)
    for at, item in enumerate(least):
        if item != most[at]:
            return least[:at]
    return least


def samestat(s1, s2):
    """Whether two results of stat are about one file."""
    return (s1.st_ino, s1.st_dev) == (s2.st_ino, s2.st_dev)


def samefile(f1, f2):
    """Whether two paths lead to one file."""
    return samestat(os.stat(f1), os.stat(f2))


def sameopenfile(fp1, fp2):
    """Whether two descriptors are of one file."""
    return samestat(os.fstat(fp1), os.fstat(fp2))


def _splitext(p, sep, altsep, extsep):
    """Splits off the extension: what follows the last dot of the name, unless only dots stand before it."""
    slash = p.rfind(sep)
    if altsep:
        slash = max(slash, p.rfind(altsep))
    dot = p.rfind(extsep)
    if dot > slash and p[slash + 1:dot].strip(extsep):
        return p[:dot], p[dot:]
    return p, p[:0]


def _check_arg_types(funcname, *args):
    kinds = set()
    for arg in args:
        if isinstance(arg, str):
            kinds.add(str)
        elif isinstance(arg, bytes):
            kinds.add(bytes)
        else:
            raise TypeError(
                f"{funcname}() argument must be str, bytes, or os.PathLike object, not {arg.__class__.__name__!r}"
            ) from None
    if len(kinds) > 1:
        raise TypeError("Can't mix strings and bytes in path components") from None


# Last: os imports this module, through os.path.
import os

"""Paths as Windows has them: drives, backslashes, letters of either case."""

import genericpath
import os
import stat
import sys
from genericpath import *

__all__ = [
    "normcase", "isabs", "join", "splitdrive", "split", "splitext", "basename", "dirname", "commonprefix", "getsize",
    "getmtime", "getatime", "getctime", "islink", "exists", "lexists", "isdir", "isfile", "ismount", "expanduser",
    "expandvars", "normpath", "abspath", "curdir", "pardir", "sep", "pathsep", "defpath", "altsep", "extsep", "devnull",
    "realpath", "supports_unicode_filenames", "relpath", "samefile", "sameopenfile", "samestat", "commonpath",
]

curdir = "."
pardir = ".."
extsep = "."
sep = "\\"
pathsep = ";"
altsep = "/"
defpath = ".;C:\\bin"
devnull = "nul"


def _get_bothseps(path):
    return b"\\/" if isinstance(path, bytes) else "\\/"


def normcase(s):
    """Lower case, and backslashes."""
    s = os.fspath(s)
    if isinstance(s, bytes):
        return s.replace(b"/", b"\\").lower()
    return s.replace("/", "\\").lower()


def isabs(s):
    s = os.fspath(s)
    if isinstance(s, bytes):
        if s.replace(b"/", b"\\").startswith(b"\\\\?\\"):
            return True
    elif s.replace("/", "\\").startswith("\\\\?\\"):
        return True
    s = splitdrive(s)[1]
    return len(s) > 0 and s[0] in _get_bothseps(s)


def join(path, *paths):
    path = os.fspath(path)
    if isinstance(path, bytes):
        sep, seps, colon = b"\\", b"\\/", b":"
    else:
        sep, seps, colon = "\\", "\\/", ":"
    try:
        if not paths:
            path[:0] + sep
        drive, rest = splitdrive(path)
        for each in map(os.fspath, paths):
            other_drive, other = splitdrive(each)
            if other and other[0] in seps:
                # An absolute path takes the place of what was before.
                if other_drive or not drive:
                    drive = other_drive
                rest = other
                continue
            if other_drive and other_drive != drive:
                if other_drive.lower() != drive.lower():
                    drive, rest = other_drive, other
                    continue
                # The same drive, written otherwise.
                drive = other_drive
            if rest and rest[-1] not in seps:
                rest += sep
            rest += other
        if rest and rest[0] not in seps and drive and drive[-1:] != colon:
            return drive + sep + rest
        return drive + rest
    except (TypeError, AttributeError, BytesWarning):
        genericpath._check_arg_types("join", path, *paths)
        raise


def splitdrive(p):
    """Drive or UNC share, and the rest."""
    p = os.fspath(p)
    if len(p) >= 2:
        if isinstance(p, bytes):
            sep, altsep, colon = b"\\", b"/", b":"
        else:
            sep, altsep, colon = "\\", "/", ":"
        norm = p.replace(altsep, sep)
        if norm[:2] == sep * 2 and norm[2:3] != sep:
            # \\machine\share\...
            share = norm.find(sep, 2)
            if share == -1:
                return p[:0], p
            end = norm.find(sep, share + 1)
            if end == share + 1:
                # No share at all.
                return p[:0], p
            if end == -1:
                end = len(p)
            return p[:end], p[end:]
        if norm[1:2] == colon:
            return p[:2], p[2:]
    return p[:0], p


def split(p):
    """Folder and name."""
    p = os.fspath(p)
    seps = _get_bothseps(p)
    drive, p = splitdrive(p)
    at = len(p)
    while at and p[at - 1] not in seps:
        at -= 1
    head, tail = p[:at], p[at:]
    head = head.rstrip(seps) or head
    return drive + head, tail


def splitext(p):
    p = os.fspath(p)
    if isinstance(p, bytes):
        return genericpath._splitext(p, b"\\", b"/", b".")
    return genericpath._splitext(p, "\\", "/", ".")


splitext.__doc__ = genericpath._splitext.__doc__


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def islink(path):
    """Whether it is a symbolic link, and there."""
    try:
        st = os.lstat(path)
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISLNK(st.st_mode)


def lexists(path):
    """Whether it is there, a broken link included."""
    try:
        os.lstat(path)
    except (OSError, ValueError):
        return False
    return True


_getvolumepathname = None


def ismount(path):
    """Whether it is the root of a drive or share."""
    path = os.fspath(path)
    seps = _get_bothseps(path)
    path = abspath(path)
    root, rest = splitdrive(path)
    if root and root[0] in seps:
        return not rest or rest in seps
    return bool(rest and rest in seps)


def expanduser(path):
    """`~` and `~user` as the environment says."""
    path = os.fspath(path)
    tilde = b"~" if isinstance(path, bytes) else "~"
    if not path.startswith(tilde):
        return path
    end = 1
    while end < len(path) and path[end] not in _get_bothseps(path):
        end += 1
    if "USERPROFILE" in os.environ:
        home = os.environ["USERPROFILE"]
    elif "HOMEPATH" not in os.environ:
        return path
    else:
        home = join(os.environ.get("HOMEDRIVE", ""), os.environ["HOMEPATH"])
    if end != 1:
        wanted = path[1:end]
        if isinstance(wanted, bytes):
            wanted = os.fsdecode(wanted)
        current = os.environ.get("USERNAME")
        if wanted != current:
            # Others are looked for beside the present one, whose folder must be called as he is.
            if current != basename(home):
                return path
            home = join(dirname(home), wanted)
    if isinstance(path, bytes):
        home = os.fsencode(home)
    return home + path[end:]


def expandvars(path):
    """`$NAME`, `${NAME}` and `%NAME%` as the environment says; unknown ones stay; nothing within quotes."""
    path = os.fspath(path)
    if isinstance(path, bytes):
        if b"$" not in path and b"%" not in path:
            return path
        import string
        varchars = bytes(string.ascii_letters + string.digits + "_-", "ascii")
        quote, percent, brace, rbrace, dollar = b"'", b"%", b"{", b"}", b"$"
        environ = getattr(os, "environb", None)
    else:
        if "$" not in path and "%" not in path:
            return path
        import string
        varchars = string.ascii_letters + string.digits + "_-"
        quote, percent, brace, rbrace, dollar = "'", "%", "{", "}", "$"
        environ = os.environ

    def value_of(name):
        if environ is None:
            return os.fsencode(os.environ[os.fsdecode(name)])
        return environ[name]

    res = path[:0]
    at, size = 0, len(path)
    while at < size:
        c = path[at:at + 1]
        if c == quote:
            path = path[at + 1:]
            size = len(path)
            try:
                at = path.index(c)
                res += c + path[:at + 1]
            except ValueError:
                res += c + path
                at = size - 1
        elif c == percent:
            if path[at + 1:at + 2] == percent:
                res += c
                at += 1
            else:
                path = path[at + 1:]
                size = len(path)
                try:
                    at = path.index(percent)
                except ValueError:
                    res += percent + path
                    at = size - 1
                else:
                    name = path[:at]
                    try:
                        value = value_of(name)
                    except KeyError:
                        value = percent + name + percent
                    res += value
        elif c == dollar:
            if path[at + 1:at + 2] == dollar:
                res += c
                at += 1
            elif path[at + 1:at + 2] == brace:
                path = path[at + 2:]
                size = len(path)
                try:
                    at = path.index(rbrace)
                except ValueError:
                    res += dollar + brace + path
                    at = size - 1
                else:
                    name = path[:at]
                    try:
                        value = value_of(name)
                    except KeyError:
                        value = dollar + brace + name + rbrace
                    res += value
            else:
                name = path[:0]
                at += 1
                c = path[at:at + 1]
                while c and c in varchars:
                    name += c
                    at += 1
                    c = path[at:at + 1]
                try:
                    value = value_of(name)
                except KeyError:
                    value = dollar + name
                res += value
                if c:
                    at -= 1
        else:
            res += c
        at += 1
    return res


def normpath(path):
    """Without `.`, `..` and doubled backslashes where that can be."""
    path = os.fspath(path)
    if isinstance(path, bytes):
        sep, altsep, curdir, pardir, special = b"\\", b"/", b".", b"..", (b"\\\\.\\", b"\\\\?\\")
    else:
        sep, altsep, curdir, pardir, special = "\\", "/", ".", "..", ("\\\\.\\", "\\\\?\\")
    if path.startswith(special):
        # These are taken as they are.
        return path
    path = path.replace(altsep, sep)
    prefix, path = splitdrive(path)
    if path.startswith(sep):
        prefix += sep
        path = path.lstrip(sep)
    kept = []
    for each in path.split(sep):
        if not each or each == curdir:
            continue
        if each == pardir:
            if kept and kept[-1] != pardir:
                kept.pop()
                continue
            if not kept and prefix.endswith(sep):
                continue
        kept.append(each)
    if not prefix and not kept:
        kept.append(curdir)
    return prefix + sep.join(kept)


def abspath(path):
    path = os.fspath(path)
    if not isabs(path):
        path = join(os.getcwdb() if isinstance(path, bytes) else os.getcwd(), path)
    return normpath(path)


# Where there is no Windows, links are not followed.
realpath = abspath

supports_unicode_filenames = hasattr(sys, "getwindowsversion") and sys.getwindowsversion()[3] >= 2


def relpath(path, start=None):
    """A path seen from a folder."""
    path = os.fspath(path)
    if isinstance(path, bytes):
        sep, curdir, pardir = b"\\", b".", b".."
    else:
        sep, curdir, pardir = "\\", ".", ".."
    if start is None:
        start = curdir
    if not path:
        raise ValueError("no path specified")
    start = os.fspath(start)
    try:
        start_drive, start_rest = splitdrive(abspath(normpath(start)))
        path_drive, path_rest = splitdrive(abspath(normpath(path)))
        if normcase(start_drive) != normcase(path_drive):
            raise ValueError("path is on mount %r, start on mount %r" % (path_drive, start_drive))
        start_parts = [part for part in start_rest.split(sep) if part]
        path_parts = [part for part in path_rest.split(sep) if part]
        same = 0
        for a, b in zip(start_parts, path_parts):
            if normcase(a) != normcase(b):
                break
            same += 1
        parts = [pardir] * (len(start_parts) - same) + path_parts[same:]
        return join(*parts) if parts else curdir
    except (TypeError, ValueError, AttributeError, BytesWarning, DeprecationWarning):
        genericpath._check_arg_types("relpath", path, start)
        raise


def commonpath(paths):
    """The longest folder that all paths are in."""
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    paths = tuple(map(os.fspath, paths))
    if isinstance(paths[0], bytes):
        sep, altsep, curdir = b"\\", b"/", b"."
    else:
        sep, altsep, curdir = "\\", "/", "."
    try:
        split = [splitdrive(p.replace(altsep, sep).lower()) for p in paths]
        try:
            isabs, = set(p[:1] == sep for d, p in split)
        except ValueError:
            raise ValueError("Can't mix absolute and relative paths") from None
        if len(set(d for d, p in split)) != 1:
            raise ValueError("Paths don't have the same drive")
        drive, path = splitdrive(paths[0].replace(altsep, sep))
        common = [c for c in path.split(sep) if c and c != curdir]
        lists = [[c for c in p.split(sep) if c and c != curdir] for d, p in split]
        least, most = min(lists), max(lists)
        for i, c in enumerate(least):
            if c != most[i]:
                common = common[:i]
                break
        else:
            common = common[:len(least)]
        return (drive + sep if isabs else drive) + sep.join(common)
    except (TypeError, AttributeError):
        genericpath._check_arg_types("commonpath", *paths)
        raise

"""Files whose paths match a shell pattern; ** stands for any number of folders if `recursive` is set."""

import contextlib
import os
import re
import fnmatch
import itertools
import stat
import sys

__all__ = ["escape", "glob", "iglob"]


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False):
    """Return a list of paths matching a pathname pattern.

    The pattern may contain simple shell-style wildcards a la
    fnmatch. However, unlike fnmatch, filenames starting with a
    dot are special cases that are not matched by '*' and '?'
    patterns.

    If recursive is true, the pattern '**' will match any files and
    zero or more directories and subdirectories.
    """
    return list(iglob(pathname, root_dir=root_dir, dir_fd=dir_fd, recursive=recursive))


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False):
    """Return an iterator which yields the paths matching a pathname pattern.

    The pattern may contain simple shell-style wildcards a la
    fnmatch. However, unlike fnmatch, filenames starting with a
    dot are special cases that are not matched by '*' and '?'
    patterns.

    If recursive is true, the pattern '**' will match any files and
    zero or more directories and subdirectories.
    """
    sys.audit("glob.glob", pathname, recursive)
    sys.audit("glob.glob/2", pathname, recursive, root_dir, dir_fd)
    root = pathname[:0] if root_dir is None else os.fspath(root_dir)
    found = _found(pathname, root, dir_fd, recursive, False)
    if not pathname or recursive and _isrecursive(pathname[:2]):
        first = next(found, "")
        if first:
            found = itertools.chain((first,), found)
    return found


def _found(pathname, root, dir_fd, recursive, dironly):
    folder, name = os.path.split(pathname)
    if not has_magic(pathname):
        assert not dironly
        if name:
            if _lexists(_below(root, pathname), dir_fd):
                yield pathname
        elif _isdir(_below(root, folder), dir_fd):
            yield pathname
        return
    if not folder:
        if recursive and _isrecursive(name):
            yield from _deep(root, name, dir_fd, dironly)
        else:
            yield from _matching(root, name, dir_fd, dironly)
        return
    # The root is its own folder.
    if folder != pathname and has_magic(folder):
        folders = _found(folder, root, dir_fd, recursive, True)
    else:
        folders = [folder]
    if not has_magic(name):
        inside = _exact
    elif recursive and _isrecursive(name):
        inside = _deep
    else:
        inside = _matching
    for folder in folders:
        for found in inside(_below(root, folder), name, dir_fd, dironly):
            yield os.path.join(folder, found)


def _matching(folder, pattern, dir_fd, dironly):
    names = _names(folder, dir_fd, dironly)
    if not _ishidden(pattern):
        names = [name for name in names if not _ishidden(name)]
    return fnmatch.filter(names, pattern)


def _exact(folder, name, dir_fd, dironly):
    if name:
        there = _lexists(_below(folder, name), dir_fd)
    else:
        there = _isdir(folder, dir_fd)
    return [name] if there else []


def _deep(folder, pattern, dir_fd, dironly):
    assert _isrecursive(pattern)
    yield pattern[:0]
    yield from _everything(folder, dir_fd, dironly)


def _everything(folder, dir_fd, dironly):
    for name in _names(folder, dir_fd, dironly):
        if _ishidden(name):
            continue
        yield name
        below = _below(folder, name) if folder else name
        for deeper in _everything(below, dir_fd, dironly):
            yield os.path.join(name, deeper)


def _names(folder, dir_fd, dironly):
    """What is in a folder, as seen from the open folder `dir_fd` if that is not None."""
    as_bytes = isinstance(folder, bytes)
    names, opened = [], None
    try:
        if dir_fd is None:
            where = folder or (b"." if as_bytes else ".")
        elif folder:
            where = opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY, dir_fd=dir_fd)
        else:
            where = dir_fd
        with os.scandir(where) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    if not dironly or entry.is_dir():
                        names.append(os.fsencode(entry.name) if as_bytes else entry.name)
    except OSError:
        return []
    finally:
        if opened is not None:
            os.close(opened)
    return names


def _lexists(path, dir_fd):
    if dir_fd is None:
        return os.path.lexists(path)
    with contextlib.suppress(OSError, ValueError):
        os.lstat(path, dir_fd=dir_fd)
        return True
    return False


def _isdir(path, dir_fd):
    if dir_fd is None:
        return os.path.isdir(path)
    with contextlib.suppress(OSError, ValueError):
        return stat.S_ISDIR(os.stat(path, dir_fd=dir_fd).st_mode)
    return False


def _below(folder, name):
    if not folder or not name:
        return folder or name
    return os.path.join(folder, name)


magic_check = re.compile("([*?[])")
magic_check_bytes = re.compile(b"([*?[])")


def has_magic(s):
    check = magic_check_bytes if isinstance(s, bytes) else magic_check
    return check.search(s) is not None


def _ishidden(path):
    return path[0] in (".", b"."[0])


def _isrecursive(pattern):
    return pattern == (b"**" if isinstance(pattern, bytes) else "**")


def escape(pathname):
    """Escape all special characters.
    """
    drive, rest = os.path.splitdrive(pathname)
    if isinstance(rest, bytes):
        return drive + magic_check_bytes.sub(rb"[\1]", rest)
    return drive + magic_check.sub(r"[\1]", rest)

"""Source lines by file name and number. The machine decides which files may be read."""

import os
import sys

from _sources import lines as _read

__all__ = "getline clearcache checkcache lazycache".split()

# By file name: (size, time of change, lines, full name), or a tuple of one function that finds the source when it is wanted.
cache = {}


def clearcache():
    """Clear the cache entirely."""
    cache.clear()


def getline(filename, lineno, module_globals=None):
    """Get a line for a Python source file from the cache.
    Update the cache if it doesn't contain an entry for this file already."""
    known = getlines(filename, module_globals)
    return known[lineno - 1] if 1 <= lineno <= len(known) else ""


def getlines(filename, module_globals=None):
    """Get the lines for a Python source file from the cache.
    Update the cache if it doesn't contain an entry for this file already."""
    entry = cache.get(filename, ())
    if len(entry) > 1:
        return entry[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def checkcache(filename=None):
    """Discard cache entries that are out of date.
    (This is not checked upon each call!)"""
    for name in list(cache) if filename is None else [filename]:
        entry = cache.get(name, ())
        if len(entry) < 2 or entry[1] is None:
            # Not read yet, or what cannot change: a loader's source, or a file that only the machine may look at.
            continue
        try:
            now = os.stat(entry[3])
        except OSError:
            cache.pop(name, None)
            continue
        if (now.st_size, now.st_mtime) != entry[:2]:
            cache.pop(name, None)


def _is_no_file(filename):
    return not filename or filename[0] == "<" and filename[-1] == ">"


def _found(filename):
    """Full name and lines of the first file of that name, looked for along `sys.path` if need be."""
    names = [filename]
    if not os.path.isabs(filename):
        names += [os.path.join(folder, filename) for folder in sys.path if isinstance(folder, str)]
    for name in names:
        text = _read(name)
        if text is not None:
            return name, text
    return None


def updatecache(filename, module_globals=None):
    """Update a cache entry and return its list of lines.
    If something's wrong, print a message, discard the cache entry,
    and return an empty list."""
    if len(cache.get(filename, ())) != 1:
        cache.pop(filename, None)
    found = None if filename.startswith("<") and filename.endswith(">") else _found(filename)
    if found is None:
        # The loader may know a source that is in no file.
        if not lazycache(filename, module_globals) and len(cache.get(filename, ())) != 1:
            return []
        try:
            source = cache[filename][0]()
        except (ImportError, OSError):
            return []
        if source is None:
            return []
        text = [line + "\n" for line in source.splitlines()]
        cache[filename] = len(source), None, text, filename
        return text
    fullname, text = found
    try:
        about = os.stat(fullname)
        size, changed = about.st_size, about.st_mtime
    except OSError:
        size, changed = sum(map(len, text)), None
    cache[filename] = size, changed, text, fullname
    return text


def lazycache(filename, module_globals):
    """Seed the cache for filename with module_globals.

    The module loader will be asked for the source only when getlines is
    called, not immediately.

    If there is an entry in the cache already, it is not altered.

    :return: True if a lazy load is registered in the cache,
        otherwise False. To register such a load a module loader with a
        get_source method must be found, the filename must be a cacheable
        filename, and the filename must not be already cached.
    """
    if filename in cache:
        return len(cache[filename]) == 1
    if _is_no_file(filename) or not module_globals or "__loader__" not in module_globals:
        return False
    name, loader = module_globals.get("__name__"), module_globals["__loader__"]
    get_source = getattr(loader, "get_source", None)
    if not name or not get_source:
        return False
    cache[filename] = (lambda: get_source(name),)
    return True

"""A database in two files: one with the values, each at the beginning of a block, and one with a line for each key that says
where its value is. The index is kept in memory and written when it is needed."""

import ast
import collections.abc
import io
import os

__all__ = ["error", "open"]

_BLOCKSIZE = 512

error = OSError


def _as_bytes(what, name):
    if isinstance(what, str):
        return what.encode("utf-8")
    if not isinstance(what, (bytes, bytearray)):
        raise TypeError(f"{name} must be bytes or strings")
    return what


class _Database(collections.abc.MutableMapping):
    # At exit these may be gone from the module while `__del__` still needs them.
    _os, _io = os, io

    def __init__(self, filebasename, mode, flag="c"):
        self._mode, self._readonly = mode, flag == "r"
        self._dirfile, self._datfile, self._bakfile = (filebasename + end for end in (".dir", ".dat", ".bak"))
        # By key: place and size of the value.
        self._index = None
        self._create(flag)
        self._update(flag)

    def _create(self, flag):
        """Makes the file of values if need be; begins anew with "n"."""
        if flag == "n":
            for name in (self._datfile, self._bakfile, self._dirfile):
                try:
                    os.remove(name)
                except OSError:
                    pass
        try:
            io.open(self._datfile, "r", encoding="Latin-1").close()
        except OSError:
            if flag not in ("c", "n"):
                raise
            with io.open(self._datfile, "w", encoding="Latin-1"):
                self._chmod(self._datfile)

    def _update(self, flag):
        """Reads the index."""
        self._modified, self._index = False, {}
        try:
            file = io.open(self._dirfile, "r", encoding="Latin-1")
        except OSError:
            if flag not in ("c", "n"):
                raise
            self._modified = True
            return
        with file:
            for line in file:
                key, place = ast.literal_eval(line.rstrip())
                self._index[key.encode("Latin-1")] = place

    def _commit(self):
        """Writes the index; the old one is kept under another name."""
        if self._index is None or not self._modified:
            return
        try:
            self._os.unlink(self._bakfile)
        except OSError:
            pass
        try:
            self._os.rename(self._dirfile, self._bakfile)
        except OSError:
            pass
        with self._io.open(self._dirfile, "w", encoding="Latin-1") as file:
            self._chmod(self._dirfile)
            for key, place in self._index.items():
                file.write("%r, %r\n" % (key.decode("Latin-1"), place))

    sync = _commit

    def _verify_open(self):
        if self._index is None:
            raise error("DBM object has already been closed")

    def _verify_writable(self):
        if self._readonly:
            raise error("The database is opened for reading only")

    def __getitem__(self, key):
        key = key.encode("utf-8") if isinstance(key, str) else key
        self._verify_open()
        place, size = self._index[key]
        with io.open(self._datfile, "rb") as file:
            file.seek(place)
            return file.read(size)

    def _add_value(self, value):
        """Puts a value behind all others; where it is."""
        with io.open(self._datfile, "rb+") as file:
            file.seek(0, 2)
            end = file.tell()
            place = -(-end // _BLOCKSIZE) * _BLOCKSIZE
            file.write(b"\0" * (place - end) + value)
        return place, len(value)

    def _set_value(self, place, value):
        with io.open(self._datfile, "rb+") as file:
            file.seek(place)
            file.write(value)
        return place, len(value)

    def _add_key(self, key, place):
        self._index[key] = place
        with io.open(self._dirfile, "a", encoding="Latin-1") as file:
            self._chmod(self._dirfile)
            file.write("%r, %r\n" % (key.decode("Latin-1"), place))

    def __setitem__(self, key, value):
        self._verify_writable()
        key, value = _as_bytes(key, "keys"), _as_bytes(value, "values")
        self._verify_open()
        self._modified = True
        if key not in self._index:
            self._add_key(key, self._add_value(value))
            return
        # The old blocks are used again if they are enough.
        place, size = self._index[key]
        blocks = [-(-length // _BLOCKSIZE) for length in (size, len(value))]
        self._index[key] = self._set_value(place, value) if blocks[1] <= blocks[0] else self._add_value(value)

    def __delitem__(self, key):
        self._verify_writable()
        key = key.encode("utf-8") if isinstance(key, str) else key
        self._verify_open()
        self._modified = True
        del self._index[key]
        self._commit()

    def keys(self):
        self._verify_open()
        return list(self._index)

    def items(self):
        self._verify_open()
        return [(key, self[key]) for key in self._index]

    def __contains__(self, key):
        key = key.encode("utf-8") if isinstance(key, str) else key
        self._verify_open()
        return key in self._index

    def iterkeys(self):
        self._verify_open()
        return iter(self._index)

    __iter__ = iterkeys

    def __len__(self):
        self._verify_open()
        return len(self._index)

    def close(self):
        try:
            self._commit()
        finally:
            self._index = self._datfile = self._dirfile = self._bakfile = None

    __del__ = close

    def _chmod(self, file):
        self._os.chmod(file, self._mode)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def open(file, flag="c", mode=0o666):
    """Opens the database of that name, without the endings of its files."""
    umask = os.umask(0)
    os.umask(umask)
    if flag not in ("r", "w", "c", "n"):
        raise ValueError("Flag must be one of 'r', 'w', 'c', or 'n'")
    return _Database(file, mode & ~umask, flag=flag)

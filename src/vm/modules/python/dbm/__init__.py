"""Databases of bytes by bytes in files. Of CPython's kinds there is the portable one, `dbm.dumb`."""

import io
import os
import sys

__all__ = ["open", "whichdb", "error"]


class error(Exception):
    """What goes wrong with any kind of database."""


error = (error, OSError)

_names = ["dbm.dumb"]
_defaultmod = None
_modules = {}


def _find_kinds():
    global _defaultmod
    for name in _names:
        _modules[name] = __import__(name, fromlist=["open"])
    if _defaultmod is None:
        _defaultmod = _modules[_names[0]]


def open(file, flag="r", mode=0o666):
    """Opens a database: "r" to read, "w" to change, "c" to make it if need be, "n" to begin anew."""
    if _defaultmod is None:
        _find_kinds()
    kind = None if "n" in flag else whichdb(file)
    if kind is None:
        if "c" not in flag and "n" not in flag:
            raise error[0]("db file doesn't exist; use 'c' or 'n' flag to create a new db")
        return _defaultmod.open(file, flag, mode)
    if kind == "":
        raise error[0]("db type could not be determined")
    if not _modules:
        _find_kinds()
    if kind not in _modules:
        raise error[0]("db type is {0}, but the module is not available".format(kind))
    return _modules[kind].open(file, flag, mode)


def _exists(name):
    try:
        io.open(name, "rb").close()
    except OSError:
        return False
    return True


def whichdb(filename):
    """The module a database was made with: None if there is no such file, "" if it is not known what it is."""
    if _exists(filename + ".pag") and _exists(filename + ".dir"):
        return "dbm.ndbm"
    try:
        os.stat(filename + ".dat")
        if os.stat(filename + ".dir").st_size == 0:
            return "dbm.dumb"
        with io.open(filename + ".dir", "rb") as index:
            if index.read(1) in (b"'", b'"'):
                return "dbm.dumb"
    except OSError:
        pass
    try:
        with io.open(filename, "rb") as file:
            start = file.read(4)
    except OSError:
        return None
    gnu = {0x13579ACE, 0x13579ACD, 0x13579ACF}
    return "dbm.gnu" if len(start) == 4 and int.from_bytes(start, sys.byteorder) in gnu else ""


if __name__ == "__main__":
    for filename in sys.argv[1:]:
        print(whichdb(filename) or "UNKNOWN", filename)

"""Objects to bytes and back. The work is done by _pickle; here are the opcodes by name and what other modules ask for."""

import sys
from types import FunctionType

import _compat_pickle
from _pickle import (
    PickleBuffer, PickleError, Pickler, PicklingError, Unpickler, UnpicklingError, dump, dumps, load, loads,
)
from copyreg import _extension_cache, _extension_registry, _inverted_registry, dispatch_table

__all__ = """PickleError PicklingError UnpicklingError Pickler Unpickler dump dumps load loads PickleBuffer""".split()

bytes_types = (bytes, bytearray)
_HAVE_PICKLE_BUFFER = True
maxsize = sys.maxsize

format_version = "4.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]
HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4

# Opcodes: a letter, or a byte in hexadecimal, and the name.
_OPCODES = """( MARK|. STOP|0 POP|1 POP_MARK|2 DUP|F FLOAT|I INT|J BININT|K BININT1|L LONG|M BININT2|N NONE|P PERSID
Q BINPERSID|R REDUCE|S STRING|T BINSTRING|U SHORT_BINSTRING|V UNICODE|X BINUNICODE|a APPEND|b BUILD|c GLOBAL|d DICT
} EMPTY_DICT|e APPENDS|g GET|h BINGET|i INST|j LONG_BINGET|l LIST|] EMPTY_LIST|o OBJ|p PUT|q BINPUT|r LONG_BINPUT
s SETITEM|t TUPLE|) EMPTY_TUPLE|u SETITEMS|G BINFLOAT|80 PROTO|81 NEWOBJ|82 EXT1|83 EXT2|84 EXT4|85 TUPLE1|86 TUPLE2
87 TUPLE3|88 NEWTRUE|89 NEWFALSE|8a LONG1|8b LONG4|B BINBYTES|C SHORT_BINBYTES|8c SHORT_BINUNICODE|8d BINUNICODE8
8e BINBYTES8|8f EMPTY_SET|90 ADDITEMS|91 FROZENSET|92 NEWOBJ_EX|93 STACK_GLOBAL|94 MEMOIZE|95 FRAME|96 BYTEARRAY8
97 NEXT_BUFFER|98 READONLY_BUFFER"""


def _name_opcodes(names):
    for entry in _OPCODES.replace("\n", "|").split("|"):
        code, name = entry.split()
        names[name] = bytes.fromhex(code) if len(code) == 2 else code.encode("ascii")
    names.update(TRUE=b"I01\n", FALSE=b"I00\n")


_name_opcodes(globals())
_tuplesize2code = [EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3]
__all__ += sorted(name for name in list(globals()) if name[0].isalpha() and name.isupper() or name[-1:].isdigit())


def _getattribute(obj, name):
    """The object at the end of a dotted path, and the one before it."""
    owner = None
    for step in name.split("."):
        if step == "<locals>":
            raise AttributeError("Can't get local attribute {!r} on {!r}".format(name, obj))
        owner = obj
        try:
            obj = getattr(owner, step)
        except AttributeError:
            raise AttributeError("Can't get attribute {!r} on {!r}".format(name, owner)) from None
    return obj, owner


def whichmodule(obj, name):
    """The name of the module in which the object is found."""
    own = getattr(obj, "__module__", None)
    if own is not None:
        return own
    for candidate, module in sys.modules.copy().items():
        if candidate in ("__main__", "__mp_main__") or module is None:
            continue
        try:
            found, _ = _getattribute(module, name)
        except AttributeError:
            continue
        if found is obj:
            return candidate
    return "__main__"


def encode_long(x):
    """An int as the shortest little-endian two's complement."""
    if not x:
        return b""
    size = x.bit_length() // 8 + 1
    data = x.to_bytes(size, "little", signed=True)
    if x < 0 and size > 1 and data[-1] == 0xFF and data[-2] & 0x80:
        data = data[:-1]
    return data


def decode_long(data):
    return int.from_bytes(data, "little", signed=True)


# CPython has a second set of these, written in Python, under names of their own; here both are the same.
_dump, _dumps, _load, _loads, _Pickler, _Unpickler = dump, dumps, load, loads, Pickler, Unpickler

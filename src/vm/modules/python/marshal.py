"""Values as bytes, in the format of `.pyc` files (version 4)."""

import sys
import types

from _imports import is_interned as _is_interned

__all__ = ["dump", "dumps", "load", "loads", "version"]

version = 4

_DEPTH = 2000
_REF = 0x80
_CODE_PARTS = ("co_code", "co_consts", "co_names", "co_varnames", "co_freevars", "co_cellvars", "co_filename", "co_name")


def _count(x):
    return sys.getrefcount(x)


# What a count is here of an object that only its container holds.
_holder = [[]]
_ONLY = _count(_holder[0])
del _holder


class _Writer:

    def __init__(self, version):
        self.out = bytearray()
        self.version = version
        # By id: place in the list of objects that may be met again.
        self.refs = {}
        self.kept = []
        self.depth = 0

    def long(self, n):
        self.out += (n & 0xFFFFFFFF).to_bytes(4, "little")

    def sized(self, data):
        self.long(len(data))
        self.out += data

    def head(self, letter, flag):
        self.out.append(ord(letter) | flag)

    def met(self, value, alone):
        """Writes a reference to what was written before (None then); else whether it may be met again, as a flag."""
        if self.version < 3 or alone:
            return 0
        place = self.refs.get(id(value))
        if place is not None:
            self.head("r", 0)
            self.long(place)
            return None
        self.refs[id(value)] = len(self.kept)
        self.kept.append(value)
        return _REF

    def write(self, value, alone=False):
        self.depth += 1
        if self.depth > _DEPTH:
            raise ValueError("object too deeply nested to marshal")
        if value is None:
            self.head("N", 0)
        elif value is StopIteration:
            self.head("S", 0)
        elif value is Ellipsis:
            self.head(".", 0)
        elif value is False:
            self.head("F", 0)
        elif value is True:
            self.head("T", 0)
        else:
            flag = self.met(value, alone)
            if flag is not None:
                self.rest(value, flag)
        self.depth -= 1

    def rest(self, value, flag):
        kind = type(value)
        if kind is int:
            self.integer(value, flag)
        elif kind is float:
            self.head("g" if self.version > 1 else "f", flag)
            self.float(value)
        elif kind is complex:
            self.head("y" if self.version > 1 else "x", flag)
            self.float(value.real)
            self.float(value.imag)
        elif kind is bytes:
            self.head("s", flag)
            self.sized(value)
        elif kind is str:
            self.text(value, flag)
        elif kind is tuple:
            if self.version >= 4 and len(value) < 256:
                self.head(")", flag)
                self.out.append(len(value))
            else:
                self.head("(", flag)
                self.long(len(value))
            self.items(value)
        elif kind is list:
            self.head("[", flag)
            self.long(len(value))
            self.items(value)
        elif kind is dict:
            self.head("{", flag)
            for key in value:
                self.write(key, _count(key) == _ONLY + 2)
                self.write(value[key], _count(value[key]) == _ONLY + 1)
            self.head("0", 0)
        elif kind in (set, frozenset):
            self.head("<" if kind is set else ">", flag)
            self.long(len(value))
            for item in value:
                self.write(item, _count(item) == _ONLY + 2)
        elif kind is types.CodeType:
            self.code(value, flag)
        else:
            try:
                view = memoryview(value)
            except TypeError:
                raise ValueError("unmarshallable object") from None
            self.head("s", flag)
            self.sized(view.tobytes())

    def items(self, value):
        for i in range(len(value)):
            self.write(value[i], _count(value[i]) == _ONLY + 1)

    def integer(self, value, flag):
        if -0x80000000 <= value <= 0x7FFFFFFF:
            self.head("i", flag)
            self.long(value)
            return
        self.head("l", flag)
        digits, rest = [], abs(value)
        while rest:
            digits.append(rest & 0x7FFF)
            rest >>= 15
        self.long(-len(digits) if value < 0 else len(digits))
        for digit in digits:
            self.out += digit.to_bytes(2, "little")

    def float(self, value):
        if self.version > 1:
            import struct
            self.out += struct.pack("<d", value)
            return
        text = ("%.17g" % value).encode()
        self.out.append(len(text))
        self.out += text

    def text(self, value, flag):
        interned = _is_interned(value)
        if self.version >= 4 and value.isascii():
            if len(value) < 256:
                self.head("Z" if interned else "z", flag)
                self.out.append(len(value))
                self.out += value.encode("ascii")
            else:
                self.head("A" if interned else "a", flag)
                self.sized(value.encode("ascii"))
            return
        self.head("t" if self.version >= 3 and interned else "u", flag)
        self.sized(value.encode("utf-8", "surrogatepass"))

    def code(self, value, flag):
        self.head("c", flag)
        for name in ("argcount", "posonlyargcount", "kwonlyargcount", "nlocals", "stacksize", "flags"):
            self.long(getattr(value, "co_" + name))
        for name in _CODE_PARTS:
            self.write(getattr(value, name), _count(getattr(value, name)) == _ONLY + 1)
        self.long(value.co_firstlineno)
        self.write(value.co_linetable, _count(value.co_linetable) == _ONLY + 1)


class _Reader:

    def __init__(self, read):
        self.read = read
        self.refs = []
        self.depth = 0

    def bytes(self, n):
        if n < 0:
            raise ValueError("bad marshal data (bytes object size out of range)")
        data = self.read(n)
        if len(data) < n:
            raise EOFError("marshal data too short")
        return data

    def byte(self):
        return self.bytes(1)[0]

    def long(self):
        return int.from_bytes(self.bytes(4), "little", signed=True)

    def size(self, what):
        n = self.long()
        if n < 0:
            raise ValueError("bad marshal data (%s size out of range)" % what)
        return n

    def keep(self, value, flag):
        if flag:
            self.refs.append(value)
        return value

    def value(self):
        self.depth += 1
        if self.depth > _DEPTH:
            raise ValueError("recursion limit exceeded")
        head = self.read(1)
        if not head:
            raise EOFError("EOF read where object expected")
        flag = head[0] & _REF
        letter = chr(head[0] & ~_REF)
        method = _METHODS.get(letter)
        if method is None:
            raise ValueError("bad marshal data (unknown type code)")
        result = method(self, letter, flag)
        self.depth -= 1
        return result

    def constant(self, letter, flag):
        return {"0": _NULL, "N": None, "S": StopIteration, ".": Ellipsis, "F": False, "T": True}[letter]

    def integer(self, letter, flag):
        return self.keep(self.long(), flag)

    def wide(self, letter, flag):
        return self.keep(int.from_bytes(self.bytes(8), "little", signed=True), flag)

    def big(self, letter, flag):
        n = self.long()
        size, value = abs(n), 0
        for i in range(size):
            digit = int.from_bytes(self.bytes(2), "little")
            if digit > 0x7FFF:
                raise ValueError("bad marshal data (digit out of range in long)")
            if i == size - 1 and digit == 0:
                raise ValueError("bad marshal data (unnormalized long data)")
            value |= digit << 15 * i
        return self.keep(-value if n < 0 else value, flag)

    def number(self, binary):
        if binary:
            import struct
            return struct.unpack("<d", self.bytes(8))[0]
        return float(self.bytes(self.byte()))

    def float(self, letter, flag):
        return self.keep(self.number(letter == "g"), flag)

    def complex(self, letter, flag):
        real = self.number(letter == "y")
        return self.keep(complex(real, self.number(letter == "y")), flag)

    def string(self, letter, flag):
        return self.keep(bytes(self.bytes(self.size("bytes object"))), flag)

    def ascii(self, letter, flag):
        n = self.byte() if letter in "zZ" else self.size("string")
        text = str(self.bytes(n), "latin-1")
        return self.keep(sys.intern(text) if letter in "ZA" else text, flag)

    def unicode(self, letter, flag):
        text = str(self.bytes(self.size("string")), "utf-8", "surrogatepass")
        return self.keep(sys.intern(text) if letter == "t" else text, flag)

    def items(self, n, what):
        made = []
        for _ in range(n):
            item = self.value()
            if item is _NULL:
                raise TypeError("NULL object in marshal data for " + what)
            made.append(item)
        return made

    def reserve(self, flag):
        if flag:
            self.refs.append(_NULL)
            return len(self.refs) - 1

    def fill(self, place, value):
        if place is not None:
            self.refs[place] = value
        return value

    def tuple(self, letter, flag):
        n = self.byte() if letter == ")" else self.size("tuple")
        place = self.reserve(flag)
        return self.fill(place, tuple(self.items(n, "tuple")))

    def list(self, letter, flag):
        n = self.size("list")
        made = self.keep([], flag)
        made += self.items(n, "list")
        return made

    def dict(self, letter, flag):
        made = self.keep({}, flag)
        while (key := self.value()) is not _NULL:
            value = self.value()
            if value is _NULL:
                break
            made[key] = value
        return made

    def set(self, letter, flag):
        n = self.size("set")
        if letter == "<":
            made = self.keep(set(), flag)
            made.update(self.items(n, "set"))
            return made
        place = self.reserve(flag)
        return self.fill(place, frozenset(self.items(n, "set")))

    def code(self, letter, flag):
        place = self.reserve(flag)
        numbers = [self.long() for _ in range(6)]
        code, consts, names, varnames, freevars, cellvars, filename, name = [self.value() for _ in _CODE_PARTS]
        first = self.long()
        table = self.value()
        made = types.CodeType(*numbers, code, consts, names, varnames, filename, name, first, table, freevars, cellvars)
        return self.fill(place, made)

    def reference(self, letter, flag):
        n = self.long()
        if not 0 <= n < len(self.refs) or self.refs[n] is _NULL:
            raise ValueError("bad marshal data (invalid reference)")
        return self.refs[n]


_METHODS = dict.fromkeys("0NS.FT", _Reader.constant)
_METHODS.update({
    "i": _Reader.integer, "I": _Reader.wide, "l": _Reader.big, "g": _Reader.float, "f": _Reader.float, "y": _Reader.complex,
    "x": _Reader.complex, "s": _Reader.string, "z": _Reader.ascii, "Z": _Reader.ascii, "a": _Reader.ascii,
    "A": _Reader.ascii, "u": _Reader.unicode, "t": _Reader.unicode, ")": _Reader.tuple, "(": _Reader.tuple,
    "[": _Reader.list, "{": _Reader.dict, "<": _Reader.set, ">": _Reader.set, "c": _Reader.code, "r": _Reader.reference})

_NULL = object()


def _deep(work):
    """Does what nests as deep as this format allows: a level takes several calls here."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, 5 * _DEPTH))
    try:
        return work()
    finally:
        sys.setrecursionlimit(limit)


def dumps(value, version=version, /):
    """The bytes of a value; ValueError if it cannot be written."""
    writer = _Writer(version)
    _deep(lambda: writer.write(value))
    return bytes(writer.out)


def dump(value, file, version=version, /):
    """Writes the bytes of a value to a file."""
    return file.write(dumps(value, version))


def _checked(reader):
    result = reader.value()
    if result is _NULL:
        raise TypeError("NULL object in marshal data for object")
    return result


def loads(bytes, /):
    """The value of bytes; what stands behind it is ignored."""
    view = memoryview(bytes).cast("B")
    at = 0

    def read(n):
        nonlocal at
        part = view[at:at + n]
        at += len(part)
        return part.tobytes()

    return _deep(lambda: _checked(_Reader(read)))


def load(file, /):
    """The value that a file has next."""
    first = file.read(0)
    if not isinstance(first, bytes):
        raise TypeError("file.read() returned not bytes but %s" % type(first).__name__)

    def read(n):
        room = bytearray(n)
        got = file.readinto(memoryview(room))
        if got > n:
            raise ValueError("read() returned too much data: %d bytes requested, %d returned" % (n, got))
        return bytes(room[:got])

    return _deep(lambda: _checked(_Reader(read)))

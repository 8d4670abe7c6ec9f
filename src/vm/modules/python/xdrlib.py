"""Sun's external data representation (RFC 1014): all in units of four bytes, big-endian."""

import struct
from functools import wraps
from io import BytesIO

__all__ = ["Error", "Packer", "Unpacker", "ConversionError"]


class Error(Exception):
    """What is wrong with data that is read or written; `msg` says it."""

    def __init__(self, msg):
        self.msg = msg

    def __repr__(self):
        return repr(self.msg)

    def __str__(self):
        return str(self.msg)


class ConversionError(Error):
    """A value that has no representation."""


def _converting(function):
    @wraps(function)
    def result(self, value):
        try:
            return function(self, value)
        except struct.error as e:
            raise ConversionError(e.args[0]) from None

    return result


def _padded(n):
    return (n + 3) // 4 * 4


class Packer:
    """Values to bytes."""

    def __init__(self):
        self.reset()

    def reset(self):
        """Forgets all."""
        self._out = BytesIO()

    def get_buffer(self):
        """The bytes so far."""
        return self._out.getvalue()

    get_buf = get_buffer

    @_converting
    def pack_uint(self, x):
        """An int of 32 bits without sign."""
        self._out.write(struct.pack(">L", x))

    @_converting
    def pack_int(self, x):
        """An int of 32 bits."""
        self._out.write(struct.pack(">l", x))

    pack_enum = pack_int

    def pack_bool(self, x):
        """0 or 1."""
        self._out.write(b"\0\0\0\1" if x else b"\0\0\0\0")

    def pack_uhyper(self, x):
        """An int of 64 bits, of which more are cut off."""
        for shift in (32, 0):
            try:
                self.pack_uint(x >> shift & 0xFFFFFFFF)
            except (TypeError, struct.error) as e:
                raise ConversionError(e.args[0]) from None

    pack_hyper = pack_uhyper

    @_converting
    def pack_float(self, x):
        """A float of 32 bits."""
        self._out.write(struct.pack(">f", x))

    @_converting
    def pack_double(self, x):
        """A float of 64 bits."""
        self._out.write(struct.pack(">d", x))

    def pack_fstring(self, n, s):
        """n bytes, filled up with zeros."""
        if n < 0:
            raise ValueError("fstring size must be nonnegative")
        self._out.write(s[:n].ljust(_padded(n), b"\0"))

    pack_fopaque = pack_fstring

    def pack_string(self, s):
        """The length, then the bytes."""
        self.pack_uint(len(s))
        self.pack_fstring(len(s), s)

    pack_opaque = pack_bytes = pack_string

    def pack_list(self, list, pack_item):
        """Each item after a 1, then a 0."""
        for item in list:
            self.pack_uint(1)
            pack_item(item)
        self.pack_uint(0)

    def pack_farray(self, n, list, pack_item):
        """n items."""
        if len(list) != n:
            raise ValueError("wrong array size")
        for item in list:
            pack_item(item)

    def pack_array(self, list, pack_item):
        """The length, then the items."""
        self.pack_uint(len(list))
        self.pack_farray(len(list), list, pack_item)


class Unpacker:
    """Bytes to values; EOFError where they end too early."""

    def __init__(self, data):
        self.reset(data)

    def reset(self, data):
        """Begins again with other bytes."""
        self._data, self._at = data, 0

    def get_position(self):
        """How many bytes have been read."""
        return self._at

    def set_position(self, position):
        """Goes on from there."""
        self._at = position

    def get_buffer(self):
        """All bytes."""
        return self._data

    def done(self):
        """Error if there are bytes left."""
        if self._at < len(self._data):
            raise Error("unextracted data remains")

    def _take(self, n):
        piece = self._data[self._at:self._at + n]
        self._at += n
        if len(piece) < n:
            raise EOFError
        return piece

    def unpack_uint(self):
        """An int of 32 bits without sign."""
        return struct.unpack(">L", self._take(4))[0]

    def unpack_int(self):
        """An int of 32 bits."""
        return struct.unpack(">l", self._take(4))[0]

    unpack_enum = unpack_int

    def unpack_bool(self):
        """0 or 1."""
        return bool(self.unpack_int())

    def unpack_uhyper(self):
        """An int of 64 bits without sign."""
        high = self.unpack_uint()
        return int(high) << 32 | self.unpack_uint()

    def unpack_hyper(self):
        """An int of 64 bits."""
        x = self.unpack_uhyper()
        return x - 0x10000000000000000 if x >= 0x8000000000000000 else x

    def unpack_float(self):
        """A float of 32 bits."""
        return struct.unpack(">f", self._take(4))[0]

    def unpack_double(self):
        """A float of 64 bits."""
        return struct.unpack(">d", self._take(8))[0]

    def unpack_fstring(self, n):
        """n bytes, and those that fill up."""
        if n < 0:
            raise ValueError("fstring size must be nonnegative")
        begin, end = self._at, self._at + _padded(n)
        if end > len(self._data):
            raise EOFError
        self._at = end
        return self._data[begin:begin + n]

    unpack_fopaque = unpack_fstring

    def unpack_string(self):
        """The length, then the bytes."""
        return self.unpack_fstring(self.unpack_uint())

    unpack_opaque = unpack_bytes = unpack_string

    def unpack_list(self, unpack_item):
        """Items as long as each comes after a 1."""
        items = []
        while (mark := self.unpack_uint()) != 0:
            if mark != 1:
                raise ConversionError("0 or 1 expected, got %r" % (mark,))
            items.append(unpack_item())
        return items

    def unpack_farray(self, n, unpack_item):
        """n items."""
        return [unpack_item() for _ in range(n)]

    def unpack_array(self, unpack_item):
        """The length, then the items."""
        return self.unpack_farray(self.unpack_uint(), unpack_item)

"""What is in a pickle: its opcodes, as a listing, and without those that do nothing."""

import codecs
import io
import struct
import sys
from pickle import decode_long

__all__ = ["dis", "genops", "optimize"]

UP_TO_NEWLINE = -1
TAKEN_FROM_ARGUMENT1 = -2
TAKEN_FROM_ARGUMENT4 = -3
TAKEN_FROM_ARGUMENT4U = -4
TAKEN_FROM_ARGUMENT8U = -5

_FRAME_BYTES, _LEAST_FRAME_BYTES = 64 * 1024, 4


class ArgumentDescriptor(object):
    """How the argument of an opcode is read; `n` is its size in bytes, or where that is said."""

    __slots__ = ("name", "n", "reader", "doc")

    def __init__(self, name, n, reader, doc):
        self.name, self.n, self.reader, self.doc = name, n, reader, doc


class StackObject(object):
    """A kind of thing on the stack of the machine that reads pickles."""

    __slots__ = ("name", "obtype", "doc")

    def __init__(self, name, obtype, doc):
        self.name, self.obtype, self.doc = name, obtype, doc

    def __repr__(self):
        return self.name


class OpcodeInfo(object):
    """An opcode: its name and character, its argument, what it takes from the stack and leaves there, and since when it is."""

    __slots__ = ("name", "code", "arg", "stack_before", "stack_after", "proto", "doc")

    def __init__(self, name, code, arg, stack_before, stack_after, proto, doc):
        self.name, self.code, self.arg, self.proto, self.doc = name, code, arg, proto, doc
        self.stack_before, self.stack_after = stack_before, stack_after


# ---- arguments


def _fixed(name, format):
    size = struct.calcsize(format)

    def read(f):
        data = f.read(size)
        if len(data) == size:
            return struct.unpack(format, data)[0]
        raise ValueError("not enough data in stream to read " + name)

    return size, read


_COUNTS = {"<B": "uint1", "<i": "int4", "<I": "uint4", "<Q": "uint8"}


def _counted(name, n, format, decode):
    """A count of bytes, then as many."""
    _, read_count = _fixed(_COUNTS[format], format)

    def read(f):
        count = read_count(f)
        if count < 0:
            raise ValueError("%s byte count < 0: %d" % (name, count))
        if count > sys.maxsize:
            raise ValueError("%s byte count > sys.maxsize: %d" % (name, count))
        data = f.read(count)
        if len(data) == count:
            return decode(data)
        if name.startswith("long"):
            raise ValueError("not enough data in stream to read " + name)
        raise ValueError("expected %d bytes in a %s, but only %d remain" % (count, name, len(data)))

    return n, read


def read_stringnl(f, decode=True, stripquotes=True):
    """The rest of the line; without its quotes, its escapes resolved, if so wished."""
    data = f.readline()
    if not data.endswith(b"\n"):
        raise ValueError("no newline found when trying to read stringnl")
    data = data[:-1]
    if stripquotes:
        quote = data[:1]
        if quote not in (b'"', b"'"):
            raise ValueError("no string quotes around %r" % data)
        if not data.endswith(quote):
            raise ValueError("strinq quote %r not found at both ends of %r" % (quote, data))
        data = data[1:-1]
    return codecs.escape_decode(data)[0].decode("ascii") if decode else data


def read_stringnl_noescape(f):
    """The rest of the line."""
    return read_stringnl(f, stripquotes=False)


def read_stringnl_noescape_pair(f):
    """Two lines, joined by a space."""
    return "%s %s" % (read_stringnl_noescape(f), read_stringnl_noescape(f))


def read_unicodestringnl(f):
    """The rest of the line, escapes as in raw str literals."""
    data = f.readline()
    if not data.endswith(b"\n"):
        raise ValueError("no newline found when trying to read unicodestringnl")
    return str(data[:-1], "raw-unicode-escape")


def read_decimalnl_short(f):
    """An int as a line; 00 and 01 are the bools."""
    text = read_stringnl(f, decode=False, stripquotes=False)
    return text == b"01" if text in (b"00", b"01") else int(text)


def read_decimalnl_long(f):
    """An int as a line, perhaps with an L."""
    text = read_stringnl(f, decode=False, stripquotes=False)
    return int(text[:-1] if text[-1:] == b"L" else text)


def read_floatnl(f):
    """A float as a line."""
    return float(read_stringnl(f, decode=False, stripquotes=False))


def _latin(data):
    return data.decode("latin-1")


def _utf8(data):
    return str(data, "utf-8", "surrogatepass")


_READERS = {
    "uint1": _fixed("uint1", "<B"),
    "uint2": _fixed("uint2", "<H"),
    "int4": _fixed("int4", "<i"),
    "uint4": _fixed("uint4", "<I"),
    "uint8": _fixed("uint8", "<Q"),
    "float8": _fixed("float8", ">d"),
    "stringnl": (UP_TO_NEWLINE, read_stringnl),
    "stringnl_noescape": (UP_TO_NEWLINE, read_stringnl_noescape),
    "stringnl_noescape_pair": (UP_TO_NEWLINE, read_stringnl_noescape_pair),
    "unicodestringnl": (UP_TO_NEWLINE, read_unicodestringnl),
    "decimalnl_short": (UP_TO_NEWLINE, read_decimalnl_short),
    "decimalnl_long": (UP_TO_NEWLINE, read_decimalnl_long),
    "floatnl": (UP_TO_NEWLINE, read_floatnl),
    "string1": _counted("string1", TAKEN_FROM_ARGUMENT1, "<B", _latin),
    "string4": _counted("string4", TAKEN_FROM_ARGUMENT4, "<i", _latin),
    "bytes1": _counted("bytes1", TAKEN_FROM_ARGUMENT1, "<B", bytes),
    "bytes4": _counted("bytes4", TAKEN_FROM_ARGUMENT4U, "<I", bytes),
    "bytes8": _counted("bytes8", TAKEN_FROM_ARGUMENT8U, "<Q", bytes),
    "bytearray8": _counted("bytearray8", TAKEN_FROM_ARGUMENT8U, "<Q", bytearray),
    "unicodestring1": _counted("unicodestring1", TAKEN_FROM_ARGUMENT1, "<B", _utf8),
    "unicodestring4": _counted("unicodestring4", TAKEN_FROM_ARGUMENT4U, "<I", _utf8),
    "unicodestring8": _counted("unicodestring8", TAKEN_FROM_ARGUMENT8U, "<Q", _utf8),
    "long1": _counted("long1", TAKEN_FROM_ARGUMENT1, "<B", decode_long),
    "long4": _counted("long4", TAKEN_FROM_ARGUMENT4, "<i", decode_long),
}
_ARGUMENTS = {name: ArgumentDescriptor(name, n, reader, reader.__doc__) for name, (n, reader) in _READERS.items()}
globals().update(_ARGUMENTS)

# ---- what is on the stack

pyint = pylong = StackObject("int", int, "An int.")
pyinteger_or_bool = StackObject("int_or_bool", (int, bool), "An int or a bool.")
pybool = StackObject("bool", bool, "A bool.")
pyfloat = StackObject("float", float, "A float.")
pybytes_or_str = pystring = StackObject("bytes_or_str", (bytes, str), "A bytes or a str.")
pybytes = StackObject("bytes", bytes, "A bytes.")
pybytearray = StackObject("bytearray", bytearray, "A bytearray.")
pyunicode = StackObject("str", str, "A str.")
pynone = StackObject("None", type(None), "None.")
pytuple = StackObject("tuple", tuple, "A tuple.")
pylist = StackObject("list", list, "A list.")
pydict = StackObject("dict", dict, "A dict.")
pyset = StackObject("set", set, "A set.")
pyfrozenset = StackObject("frozenset", set, "A frozenset.")
pybuffer = StackObject("buffer", object, "What has a buffer.")
anyobject = StackObject("any", object, "Any object.")
markobject = StackObject("mark", StackObject, "The mark below a run of objects.")
stackslice = StackObject("stackslice", StackObject, "All objects above the mark.")

_OBJECTS = {thing.name: thing for thing in list(globals().values()) if isinstance(thing, StackObject)}

# ---- opcodes: name, character, argument, before, after, protocol, what it does

_TABLE = [
    ("INT", "I", "decimalnl_short", "", "int_or_bool", 0, "Push an integer or bool."),
    ("BININT", "J", "int4", "", "int", 1, "Push a four-byte signed integer."),
    ("BININT1", "K", "uint1", "", "int", 1, "Push a one-byte unsigned integer."),
    ("BININT2", "M", "uint2", "", "int", 1, "Push a two-byte unsigned integer."),
    ("LONG", "L", "decimalnl_long", "", "int", 0, "Push a long integer."),
    ("LONG1", "\x8a", "long1", "", "int", 2, "Long integer using one-byte length."),
    ("LONG4", "\x8b", "long4", "", "int", 2, "Long integer using found-byte length."),
    ("STRING", "S", "stringnl", "", "bytes_or_str", 0, "Push a Python string object."),
    ("BINSTRING", "T", "string4", "", "bytes_or_str", 1, "Push a Python string object."),
    ("SHORT_BINSTRING", "U", "string1", "", "bytes_or_str", 1, "Push a Python string object."),
    ("BINBYTES", "B", "bytes4", "", "bytes", 3, "Push a Python bytes object."),
    ("SHORT_BINBYTES", "C", "bytes1", "", "bytes", 3, "Push a Python bytes object."),
    ("BINBYTES8", "\x8e", "bytes8", "", "bytes", 4, "Push a Python bytes object."),
    ("BYTEARRAY8", "\x96", "bytearray8", "", "bytearray", 5, "Push a Python bytearray object."),
    ("NEXT_BUFFER", "\x97", "", "", "buffer", 5, "Push an out-of-band buffer object."),
    ("READONLY_BUFFER", "\x98", "", "buffer", "buffer", 5, "Make an out-of-band buffer object read-only."),
    ("NONE", "N", "", "", "None", 0, "Push None on the stack."),
    ("NEWTRUE", "\x88", "", "", "bool", 2, "Push True onto the stack."),
    ("NEWFALSE", "\x89", "", "", "bool", 2, "Push False onto the stack."),
    ("UNICODE", "V", "unicodestringnl", "", "str", 0, "Push a Python Unicode string object."),
    ("SHORT_BINUNICODE", "\x8c", "unicodestring1", "", "str", 4, "Push a Python Unicode string object."),
    ("BINUNICODE", "X", "unicodestring4", "", "str", 1, "Push a Python Unicode string object."),
    ("BINUNICODE8", "\x8d", "unicodestring8", "", "str", 4, "Push a Python Unicode string object."),
    ("FLOAT", "F", "floatnl", "", "float", 0, "Newline-terminated decimal float literal."),
    ("BINFLOAT", "G", "float8", "", "float", 1, "Float stored in binary form, with 8 bytes of data."),
    ("EMPTY_LIST", "]", "", "", "list", 1, "Push an empty list."),
    ("APPEND", "a", "", "list any", "list", 0, "Append an object to a list."),
    ("APPENDS", "e", "", "list mark stackslice", "list", 1, "Extend a list by a slice of stack objects."),
    ("LIST", "l", "", "mark stackslice", "list", 0, "Build a list out of the topmost stack slice, after markobject."),
    ("EMPTY_TUPLE", ")", "", "", "tuple", 1, "Push an empty tuple."),
    ("TUPLE", "t", "", "mark stackslice", "tuple", 0, "Build a tuple out of the topmost stack slice, after markobject."),
    ("TUPLE1", "\x85", "", "any", "tuple", 2, "Build a one-tuple out of the topmost item on the stack."),
    ("TUPLE2", "\x86", "", "any any", "tuple", 2, "Build a two-tuple out of the top two items on the stack."),
    ("TUPLE3", "\x87", "", "any any any", "tuple", 2, "Build a three-tuple out of the top three items on the stack."),
    ("EMPTY_DICT", "}", "", "", "dict", 1, "Push an empty dict."),
    ("DICT", "d", "", "mark stackslice", "dict", 0, "Build a dict out of the topmost stack slice, after markobject."),
    ("SETITEM", "s", "", "dict any any", "dict", 0, "Add a key+value pair to an existing dict."),
    ("SETITEMS", "u", "", "dict mark stackslice", "dict", 1, "Add an arbitrary number of key+value pairs to an existing dict."),
    ("EMPTY_SET", "\x8f", "", "", "set", 4, "Push an empty set."),
    ("ADDITEMS", "\x90", "", "set mark stackslice", "set", 4, "Add an arbitrary number of items to an existing set."),
    ("FROZENSET", "\x91", "", "mark stackslice", "frozenset", 4, "Build a frozenset out of the topmost slice, after markobject."),
    ("POP", "0", "", "any", "", 0, "Discard the top stack item, shrinking the stack by one item."),
    ("DUP", "2", "", "any", "any any", 0, "Push the top stack item onto the stack again, duplicating it."),
    ("MARK", "(", "", "", "mark", 0, "Push markobject onto the stack."),
    ("POP_MARK", "1", "", "mark stackslice", "", 1, "Pop all the stack objects at and above the topmost markobject."),
    ("GET", "g", "decimalnl_short", "", "any", 0, "Read an object from the memo and push it on the stack."),
    ("BINGET", "h", "uint1", "", "any", 1, "Read an object from the memo and push it on the stack."),
    ("LONG_BINGET", "j", "uint4", "", "any", 1, "Read an object from the memo and push it on the stack."),
    ("PUT", "p", "decimalnl_short", "", "", 0, "Store the stack top into the memo.  The stack is not popped."),
    ("BINPUT", "q", "uint1", "", "", 1, "Store the stack top into the memo.  The stack is not popped."),
    ("LONG_BINPUT", "r", "uint4", "", "", 1, "Store the stack top into the memo.  The stack is not popped."),
    ("MEMOIZE", "\x94", "", "any", "any", 4, "Store the stack top into the memo.  The stack is not popped."),
    ("EXT1", "\x82", "uint1", "", "any", 2, "Extension code."),
    ("EXT2", "\x83", "uint2", "", "any", 2, "Extension code."),
    ("EXT4", "\x84", "int4", "", "any", 2, "Extension code."),
    ("GLOBAL", "c", "stringnl_noescape_pair", "", "any", 0, "Push a global object (module.attr) on the stack."),
    ("STACK_GLOBAL", "\x93", "", "str str", "any", 4, "Push a global object (module.attr) on the stack."),
    ("REDUCE", "R", "", "any any", "any", 0, "Push an object built from a callable and an argument tuple."),
    ("BUILD", "b", "", "any any", "any", 0, "Finish building an object, via __setstate__ or dict update."),
    ("INST", "i", "stringnl_noescape_pair", "mark stackslice", "any", 0, "Build a class instance."),
    ("OBJ", "o", "", "mark any stackslice", "any", 1, "Build a class instance."),
    ("NEWOBJ", "\x81", "", "any any", "any", 2, "Build an object instance."),
    ("NEWOBJ_EX", "\x92", "", "any any any", "any", 4, "Build an object instance."),
    ("PROTO", "\x80", "uint1", "", "", 2, "Protocol version indicator."),
    ("STOP", ".", "", "any", "", 0, "Stop the unpickling machine."),
    ("FRAME", "\x95", "uint8", "", "", 4, "Indicate the beginning of a new frame."),
    ("PERSID", "P", "stringnl_noescape", "", "any", 0, "Push an object identified by a persistent ID."),
    ("BINPERSID", "Q", "", "any", "any", 1, "Push an object identified by a persistent ID."),
]


def _things(names):
    return [_OBJECTS[name] for name in names.split()]


opcodes = [
    OpcodeInfo(name, code, _ARGUMENTS.get(arg), _things(before), _things(after), proto, doc)
    for name, code, arg, before, after, proto, doc in _TABLE
]
code2op = {opcode.code: opcode for opcode in opcodes}


def _genops(data):
    """Each opcode, its argument, where it begins and where it ends; positions are None where they cannot be told."""
    if isinstance(data, (bytes, bytearray)):
        data = io.BytesIO(data)
    tell = getattr(data, "tell", lambda: None)
    while True:
        begin = tell()
        code = data.read(1)
        opcode = code2op.get(_latin(code))
        if opcode is None:
            if not code:
                raise ValueError("pickle exhausted before seeing STOP")
            raise ValueError("at position %s, opcode %r unknown" % ("<unknown>" if begin is None else begin, code))
        arg = None if opcode.arg is None else opcode.arg.reader(data)
        yield opcode, arg, begin, tell()
        if code == b".":
            return


def genops(pickle):
    """Each opcode of a pickle (bytes, or a stream) with its argument and position, up to STOP."""
    return ((opcode, arg, begin) for opcode, arg, begin, _ in _genops(pickle))


def optimize(p):
    """The same pickle without what stores into the memo and is never fetched, and newly framed."""
    parts, stored, fetched, proto, header = [], 0, set(), 0, b""
    for opcode, arg, begin, end in _genops(p):
        name = opcode.name
        if name == "MEMOIZE" or "PUT" in name:
            parts.append(("put", stored if name == "MEMOIZE" else arg))
            stored += 1
        elif "GET" in name:
            proto = max(proto, opcode.proto)
            fetched.add(arg)
            parts.append(("get", arg))
        elif name == "PROTO" and begin == 0:
            proto, header = max(proto, arg), p[begin:end]
        elif name == "PROTO":
            proto = max(proto, arg)
            parts.append(("copy", p[begin:end]))
        elif name != "FRAME":
            parts.append(("copy", p[begin:end]))
    out, frame, places = [header], [], {}
    for kind, value in parts:
        if kind == "put":
            if value not in fetched:
                continue
            data = _put(len(places), proto)
            places[value] = len(places)
        elif kind == "get":
            data = _get(places[value], proto)
        else:
            data = value
        too_long = len(data) > _FRAME_BYTES
        if too_long or sum(map(len, frame)) >= _FRAME_BYTES:
            _end_frame(out, frame, proto)
        (out if too_long else frame).append(data)
    _end_frame(out, frame, proto)
    return b"".join(out)


def _end_frame(out, frame, proto):
    data = b"".join(frame)
    if proto >= 4 and len(data) >= _LEAST_FRAME_BYTES:
        out.append(b"\x95" + struct.pack("<Q", len(data)))
    out.append(data)
    frame.clear()


def _put(place, proto):
    return b"\x94" if proto >= 4 else _with_place(place, proto, b"p", b"q", b"r")


def _get(place, proto):
    return _with_place(place, proto, b"g", b"h", b"j")


def _with_place(place, proto, as_text, short, long):
    if proto < 1:
        return as_text + b"%d\n" % place
    return short + bytes([place]) if place < 256 else long + struct.pack("<I", place)


def dis(pickle, out=None, memo=None, indentlevel=4, annotate=0):
    """Prints the opcodes of a pickle, each run above a mark indented; with `annotate`, a column, what each does.

    `memo` is that of pickles before. ValueError, after the line, for what cannot be right.
    """
    listing = _Listing(out, {} if memo is None else memo, " " * indentlevel, annotate)
    most = -1
    for opcode, arg, pos in genops(pickle):
        most = max(most, opcode.proto)
        listing.show(opcode, arg, pos)
    print("highest protocol among opcodes =", most, file=out)
    if listing.stack:
        raise ValueError("stack not empty after STOP: %r" % listing.stack)


class _Listing:
    """The stack as it is after each opcode, of kinds of objects; where its marks were set."""

    def __init__(self, out, memo, indent, annotate):
        self.out, self.memo, self.indent = out, memo, indent
        self.stack, self.marks = [], []
        self.first_column = self.column = annotate

    def show(self, opcode, arg, pos):
        """Prints a line, and does to the stack what the opcode does."""
        if pos is not None:
            print("%5d:" % pos, end=" ", file=self.out)
        line = "%-4s %s%s" % (repr(opcode.code)[1:-1], self.indent * len(self.marks), opcode.name)
        pops, remark, wrong = self._pop_mark(opcode)
        after = opcode.stack_after
        if opcode.name in ("PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"):
            key = arg
            if opcode.name == "MEMOIZE":
                key = len(self.memo)
                remark = "(as %d)" % key
            wrong = self._store(key, arg) or wrong
        elif opcode.name in ("GET", "BINGET", "LONG_BINGET"):
            if arg in self.memo:
                after = [self.memo[arg]]
            else:
                wrong = "memo key %r has never been stored into" % arg
        if arg is not None or remark:
            line += " " * (10 - len(opcode.name))
            line += "" if arg is None else " " + repr(arg)
            line += " " + remark if remark else ""
        print(self._annotated(line, opcode.doc), file=self.out)
        if wrong:
            raise ValueError(wrong)
        if len(self.stack) < pops:
            raise ValueError("tries to pop %d items from stack with only %d items" % (pops, len(self.stack)))
        del self.stack[len(self.stack) - pops:]
        if markobject in after:
            self.marks.append(pos)
        self.stack.extend(after)

    def _store(self, key, arg):
        """Notes the top of the stack in the memo, or says why it cannot."""
        if key in self.memo:
            return "memo key %r already defined" % arg
        if not self.stack:
            return "stack is empty -- can't store into memo"
        if self.stack[-1] is markobject:
            return "can't store markobject in the memo"
        self.memo[key] = self.stack[-1]

    def _pop_mark(self, opcode):
        """Takes all down to the mark, if the opcode does; how much it takes besides, what there is to say, and what is wrong."""
        before = opcode.stack_before
        pops_mark = opcode.name == "POP" and self.stack and self.stack[-1] is markobject
        if markobject not in before and not pops_mark:
            return len(before), None, None
        if not self.marks:
            return len(before), "no MARK exists on stack", "no MARK exists on stack"
        where = self.marks.pop()
        while self.stack.pop() is not markobject:
            pass
        remark = "(MARK at unknown opcode offset)" if where is None else "(MARK at %d)" % where
        return (before.index(markobject) if markobject in before else 0), remark, None

    def _annotated(self, line, doc):
        if not self.first_column:
            return line
        line = line.ljust(self.column)
        self.column = len(line)
        if self.column > 50:
            self.column = self.first_column
        return line + " " + doc


def _main():
    import argparse

    parser = argparse.ArgumentParser(description="disassemble one or more pickle files")
    add = parser.add_argument
    add("pickle_file", type=argparse.FileType("br"), nargs="*", help="the pickle file")
    add("-o", "--output", default=sys.stdout, type=argparse.FileType("w"), help="the file where the output should be written")
    add("-m", "--memo", action="store_true", help="preserve memo between disassemblies")
    add("-l", "--indentlevel", default=4, type=int, help="the number of blanks by which to indent a new MARK level")
    add("-a", "--annotate", action="store_true", help="annotate each line with a short opcode description")
    add(
        "-p", "--preamble", default="==> {name} <==",
        help="if more than one pickle file is specified, print this before each disassembly",
    )
    said = parser.parse_args()
    if not said.pickle_file:
        parser.print_help()
        return
    memo = {} if said.memo else None
    for file in said.pickle_file:
        if len(said.pickle_file) > 1:
            said.output.write(said.preamble.format(name=file.name) + "\n")
        dis(file, said.output, memo, said.indentlevel, 30 if said.annotate else 0)


if __name__ == "__main__":
    _main()

"""JSON text to objects."""

import re

from json import scanner

try:
    from _json import scanstring as c_scanstring
except ImportError:
    c_scanstring = None

__all__ = ["JSONDecoder", "JSONDecodeError"]

FLAGS = re.VERBOSE | re.MULTILINE | re.DOTALL
NaN, PosInf, NegInf = float("nan"), float("inf"), float("-inf")
_CONSTANTS = {"-Infinity": NegInf, "Infinity": PosInf, "NaN": NaN}
WHITESPACE = re.compile(r"[ \t\n\r]*", FLAGS)
WHITESPACE_STR = " \t\n\r"


class JSONDecodeError(ValueError):
    """Subclass of ValueError with the following additional properties:

    msg: The unformatted error message
    doc: The JSON document being parsed
    pos: The start index of doc where parsing failed
    lineno: The line corresponding to pos
    colno: The column corresponding to pos

    """

    def __init__(self, msg, doc, pos):
        line, column = doc.count("\n", 0, pos) + 1, pos - doc.rfind("\n", 0, pos)
        ValueError.__init__(self, "%s: line %d column %d (char %d)" % (msg, line, column, pos))
        self.msg, self.doc, self.pos, self.lineno, self.colno = msg, doc, pos, line, column

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


# ---- in Python, for when `_json` is missing

STRINGCHUNK = re.compile(r'(.*?)(["\\\x00-\x1f])', FLAGS)
BACKSLASH = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_HEX4 = re.compile("[0-9A-Fa-f]{4}")


def _decode_uXXXX(s, pos):
    """The number behind the "u" at a place."""
    digits = _HEX4.match(s, pos + 1)
    if digits is None:
        raise JSONDecodeError("Invalid \\uXXXX escape", s, pos)
    return int(digits.group(), 16)


def _escaped(s, at, begin):
    """The character of the escape whose backslash is before the place, and where it ends."""
    letter = s[at : at + 1]
    if not letter:
        raise JSONDecodeError("Unterminated string starting at", s, begin)
    if letter != "u":
        if letter not in BACKSLASH:
            raise JSONDecodeError(f"Invalid \\escape: {letter!r}", s, at)
        return BACKSLASH[letter], at + 1
    code, at = _decode_uXXXX(s, at), at + 5
    if 0xD800 <= code < 0xDC00 and s.startswith("\\u", at):
        low = _decode_uXXXX(s, at + 1)
        if 0xDC00 <= low < 0xE000:
            code, at = 0x10000 + (code - 0xD800 << 10 | low - 0xDC00), at + 6
    return chr(code), at


def py_scanstring(s, end, strict=True, _b=BACKSLASH, _m=STRINGCHUNK.match):
    """Scan the string s for a JSON string. End is the index of the
    character in s after the quote that started the JSON string.
    Unescapes all valid JSON string escape sequences and raises ValueError
    on attempt to decode an invalid string. If strict is False then literal
    control characters are allowed in the string.

    Returns a tuple of the decoded string and the index of the character in s
    after the end quote."""
    parts, begin = [], end - 1
    while True:
        match = _m(s, end)
        if match is None:
            raise JSONDecodeError("Unterminated string starting at", s, begin)
        end = match.end()
        plain, stop = match.groups()
        parts.append(plain)
        if stop == '"':
            return "".join(parts), end
        if stop == "\\":
            char, end = _escaped(s, end, begin)
            parts.append(char)
        elif strict:
            raise JSONDecodeError(f"Invalid control character {stop!r} at", s, end)
        else:
            parts.append(stop)


scanstring = c_scanstring or py_scanstring


def _value(s, end, scan_once):
    try:
        return scan_once(s, end)
    except StopIteration as stop:
        raise JSONDecodeError("Expecting value", s, stop.value) from None


def JSONObject(s_and_end, strict, scan_once, object_hook, object_pairs_hook, memo=None, _w=WHITESPACE.match, _ws=WHITESPACE_STR):
    s, end = s_and_end
    memo = {} if memo is None else memo
    pairs = []

    def finished(end):
        if object_pairs_hook is not None:
            return object_pairs_hook(pairs), end
        made = dict(pairs)
        return (made if object_hook is None else object_hook(made)), end

    end = _w(s, end).end()
    if s.startswith("}", end):
        return finished(end + 1)
    while True:
        if not s.startswith('"', end):
            raise JSONDecodeError("Expecting property name enclosed in double quotes", s, end)
        key, end = scanstring(s, end + 1, strict)
        key = memo.setdefault(key, key)
        end = _w(s, end).end()
        if not s.startswith(":", end):
            raise JSONDecodeError("Expecting ':' delimiter", s, end)
        value, end = _value(s, _w(s, end + 1).end(), scan_once)
        pairs.append((key, value))
        end = _w(s, end).end()
        if s.startswith("}", end):
            return finished(end + 1)
        if not s.startswith(",", end):
            raise JSONDecodeError("Expecting ',' delimiter", s, end)
        end = _w(s, end + 1).end()


def JSONArray(s_and_end, scan_once, _w=WHITESPACE.match, _ws=WHITESPACE_STR):
    s, end = s_and_end
    values = []
    end = _w(s, end).end()
    if s.startswith("]", end):
        return values, end + 1
    while True:
        value, end = _value(s, end, scan_once)
        values.append(value)
        end = _w(s, end).end()
        if s.startswith("]", end):
            return values, end + 1
        if not s.startswith(",", end):
            raise JSONDecodeError("Expecting ',' delimiter", s, end)
        end = _w(s, end + 1).end()


class JSONDecoder:
    """Simple JSON <https://json.org> decoder

    Performs the following translations in decoding by default:

    +---------------+-------------------+
    | JSON          | Python            |
    +===============+===================+
    | object        | dict              |
    +---------------+-------------------+
    | array         | list              |
    +---------------+-------------------+
    | string        | str               |
    +---------------+-------------------+
    | number (int)  | int               |
    +---------------+-------------------+
    | number (real) | float             |
    +---------------+-------------------+
    | true          | True              |
    +---------------+-------------------+
    | false         | False             |
    +---------------+-------------------+
    | null          | None              |
    +---------------+-------------------+

    It also understands ``NaN``, ``Infinity``, and ``-Infinity`` as
    their corresponding ``float`` values, which is outside the JSON spec.

    """

    def __init__(
        self,
        *,
        object_hook=None,
        parse_float=None,
        parse_int=None,
        parse_constant=None,
        strict=True,
        object_pairs_hook=None,
    ):
        """``object_hook``, if specified, will be called with the result
        of every JSON object decoded and its return value will be used in
        place of the given ``dict``.  This can be used to provide custom
        deserializations (e.g. to support JSON-RPC class hinting).

        ``object_pairs_hook``, if specified will be called with the result of
        every JSON object decoded with an ordered list of pairs.  The return
        value of ``object_pairs_hook`` will be used instead of the ``dict``.
        This feature can be used to implement custom decoders.
        If ``object_hook`` is also defined, the ``object_pairs_hook`` takes
        priority.

        ``parse_float``, if specified, will be called with the string
        of every JSON float to be decoded. By default this is equivalent to
        float(num_str). This can be used to use another datatype or parser
        for JSON floats (e.g. decimal.Decimal).

        ``parse_int``, if specified, will be called with the string
        of every JSON int to be decoded. By default this is equivalent to
        int(num_str). This can be used to use another datatype or parser
        for JSON integers (e.g. float).

        ``parse_constant``, if specified, will be called with one of the
        following strings: -Infinity, Infinity, NaN.
        This can be used to raise an exception if invalid JSON numbers
        are encountered.

        If ``strict`` is false (true is the default), then control
        characters will be allowed inside strings.  Control characters in
        this context are those with character codes in the 0-31 range,
        including ``'\\t'`` (tab), ``'\\n'``, ``'\\r'`` and ``'\\0'``.
        """
        self.object_hook = object_hook
        self.object_pairs_hook = object_pairs_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        self.strict = strict
        self.parse_object = JSONObject
        self.parse_array = JSONArray
        self.parse_string = scanstring
        self.memo = {}
        self.scan_once = scanner.make_scanner(self)

    def decode(self, s, _w=WHITESPACE.match):
        """Return the Python representation of ``s`` (a ``str`` instance
        containing a JSON document).

        """
        value, end = self.raw_decode(s, idx=_w(s, 0).end())
        end = _w(s, end).end()
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return value

    def raw_decode(self, s, idx=0):
        """Decode a JSON document from ``s`` (a ``str`` beginning with
        a JSON document) and return a 2-tuple of the Python
        representation and the index in ``s`` where the document ended.

        This can be used to decode a JSON document from a string that may
        have extraneous data at the end.

        """
        try:
            value, end = self.scan_once(s, idx)
        except StopIteration as stop:
            raise JSONDecodeError("Expecting value", s, stop.value) from None
        return value, end

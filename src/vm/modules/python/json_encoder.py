"""Objects to JSON text."""

import re

try:
    from _json import encode_basestring as c_encode_basestring
    from _json import encode_basestring_ascii as c_encode_basestring_ascii
    from _json import make_encoder as c_make_encoder
except ImportError:
    c_encode_basestring = c_encode_basestring_ascii = c_make_encoder = None

INFINITY = float("inf")
ESCAPE = re.compile(r'[\x00-\x1f\\"\b\f\n\r\t]')
ESCAPE_ASCII = re.compile(r'([\\"]|[^\ -~])')
HAS_UTF8 = re.compile(rb"[\x80-\xff]")
ESCAPE_DCT = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
for _n in range(0x20):
    ESCAPE_DCT.setdefault(chr(_n), f"\\u{_n:04x}")
del _n


def py_encode_basestring(s):
    """A JSON string."""
    return '"' + ESCAPE.sub(lambda found: ESCAPE_DCT[found.group(0)], s) + '"'


def py_encode_basestring_ascii(s):
    """A JSON string in ASCII."""

    def escaped(found):
        c = found.group(0)
        if c in ESCAPE_DCT:
            return ESCAPE_DCT[c]
        n = ord(c)
        if n < 0x10000:
            return f"\\u{n:04x}"
        n -= 0x10000
        return f"\\u{0xd800 | n >> 10 & 0x3ff:04x}\\u{0xdc00 | n & 0x3ff:04x}"

    return '"' + ESCAPE_ASCII.sub(escaped, s) + '"'


encode_basestring = c_encode_basestring or py_encode_basestring
encode_basestring_ascii = c_encode_basestring_ascii or py_encode_basestring_ascii


class JSONEncoder:
    """Encodes dicts, lists, tuples, str, numbers, True, False and None; `default` may be overridden for others."""

    item_separator, key_separator = ", ", ": "

    def __init__(
        self,
        *,
        skipkeys=False,
        ensure_ascii=True,
        check_circular=True,
        allow_nan=True,
        sort_keys=False,
        indent=None,
        separators=None,
        default=None,
    ):
        self.skipkeys, self.ensure_ascii, self.check_circular = skipkeys, ensure_ascii, check_circular
        self.allow_nan, self.sort_keys, self.indent = allow_nan, sort_keys, indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        """Something that can be encoded in the place of an object that cannot."""
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        """The JSON text of an object."""
        if isinstance(o, str):
            return (encode_basestring_ascii if self.ensure_ascii else encode_basestring)(o)
        chunks = self.iterencode(o, _one_shot=True)
        if not isinstance(chunks, (list, tuple)):
            chunks = list(chunks)
        return "".join(chunks)

    def iterencode(self, o, _one_shot=False):
        """The JSON text of an object, piece by piece."""
        markers = {} if self.check_circular else None
        quote = encode_basestring_ascii if self.ensure_ascii else encode_basestring

        def floatstr(o, allow_nan=self.allow_nan, _repr=float.__repr__, _inf=INFINITY, _neginf=-INFINITY):
            if o != o:
                text = "NaN"
            elif o == _inf:
                text = "Infinity"
            elif o == _neginf:
                text = "-Infinity"
            else:
                return _repr(o)
            if not allow_nan:
                raise ValueError("Out of range float values are not JSON compliant: " + repr(o))
            return text

        if _one_shot and c_make_encoder is not None and self.indent is None:
            encode = c_make_encoder(
                markers,
                self.default,
                quote,
                self.indent,
                self.key_separator,
                self.item_separator,
                self.sort_keys,
                self.skipkeys,
                self.allow_nan,
            )
        else:
            encode = _make_iterencode(
                markers,
                self.default,
                quote,
                self.indent,
                floatstr,
                self.key_separator,
                self.item_separator,
                self.sort_keys,
                self.skipkeys,
                _one_shot,
            )
        return encode(o, 0)


def _make_iterencode(
    markers,
    _default,
    _encoder,
    _indent,
    _floatstr,
    _key_separator,
    _item_separator,
    _sort_keys,
    _skipkeys,
    _one_shot,
    ValueError=ValueError,
    dict=dict,
    float=float,
    id=id,
    int=int,
    isinstance=isinstance,
    list=list,
    str=str,
    tuple=tuple,
    _intstr=int.__repr__,
):
    """A generator function that encodes piece by piece, with indentation if wanted."""
    if _indent is not None and not isinstance(_indent, str):
        _indent = " " * _indent

    def atom(o):
        """The text of what is no container; None for others."""
        if isinstance(o, str):
            return _encoder(o)
        if o is None:
            return "null"
        if o is True:
            return "true"
        if o is False:
            return "false"
        if isinstance(o, int):
            return _intstr(o)
        if isinstance(o, float):
            return _floatstr(o)
        return None

    def enter(o):
        if markers is None:
            return None
        mark = id(o)
        if mark in markers:
            raise ValueError("Circular reference detected")
        markers[mark] = o
        return mark

    def leave(mark):
        if markers is not None:
            del markers[mark]

    def line(level):
        return "\n" + _indent * level

    def _iterencode_list(lst, _current_indent_level):
        if not lst:
            yield "[]"
            return
        mark = enter(lst)
        before, between = "[", _item_separator
        if _indent is not None:
            _current_indent_level += 1
            before += line(_current_indent_level)
            between += line(_current_indent_level)
        for value in lst:
            text = atom(value)
            if text is not None:
                yield before + text
            else:
                yield before
                yield from container(value, _current_indent_level)
            before = between
        if _indent is not None:
            yield line(_current_indent_level - 1)
        yield "]"
        leave(mark)

    def key_text(key):
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return _floatstr(key)
        if key is True or key is False or key is None or isinstance(key, int):
            return atom(key)
        return None

    def _iterencode_dict(dct, _current_indent_level):
        if not dct:
            yield "{}"
            return
        mark = enter(dct)
        yield "{"
        before, between = "", _item_separator
        if _indent is not None:
            _current_indent_level += 1
            before = line(_current_indent_level)
            between += before
            yield before
            before = ""
        for key, value in sorted(dct.items()) if _sort_keys else dct.items():
            name = key_text(key)
            if name is None:
                if _skipkeys:
                    continue
                raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")
            if before:
                yield before
            before = between
            yield _encoder(name)
            yield _key_separator
            text = atom(value)
            if text is not None:
                yield text
            else:
                yield from container(value, _current_indent_level)
        if _indent is not None:
            yield line(_current_indent_level - 1)
        yield "}"
        leave(mark)

    def container(o, level):
        if isinstance(o, (list, tuple)):
            return _iterencode_list(o, level)
        if isinstance(o, dict):
            return _iterencode_dict(o, level)
        return _iterencode(o, level)

    def _iterencode(o, _current_indent_level):
        text = atom(o)
        if text is not None:
            yield text
        elif isinstance(o, (list, tuple)):
            yield from _iterencode_list(o, _current_indent_level)
        elif isinstance(o, dict):
            yield from _iterencode_dict(o, _current_indent_level)
        else:
            mark = enter(o)
            yield from _iterencode(_default(o), _current_indent_level)
            leave(mark)

    return _iterencode

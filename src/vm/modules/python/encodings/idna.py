"""Internationalised domain names (RFC 3490), each label of which is prepared by nameprep (RFC 3491).

What nameprep maps and forbids is found by the character's facts of today, not those of Unicode 3.2.
"""

import codecs
import re
import unicodedata

dots = re.compile("[\u002e\u3002\uff0e\uff61]")

ace_prefix = b"xn--"
sace_prefix = "xn--"


def _points(text):
    """The characters of ranges written as `first-last` or `only`, in hexadecimal."""
    found = set()
    for word in text.split():
        first, _, last = word.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return found


# Tables B.1, C.2.2 and C.6 to C.9 of RFC 3454.
_TO_NOTHING = _points("ad 34f 1806 180b-180d 200b-200d 2060 fe00-fe0f feff")
_PROHIBITED = _points("""
    80-9f 6dd 70f 180e 200b-200d 2028 2029 2060-2063 206a-206f feff fff9-fffd 1d173-1d17a
    2ff0-2ffb 340 341 200e 200f 202a-202e e0001 e0020-e007f fdd0-fdef""")
# Cherokee got small letters only after Unicode 3.2.
_NO_FOLDING = _points("13a0-13ff ab70-abbf")


def _folded(text):
    return "".join([c.lower() if c in _NO_FOLDING else c.casefold() for c in text])


def _is_prohibited(c):
    return (c in _PROHIBITED or ord(c) & 0xfffe == 0xfffe
            or c != " " and unicodedata.category(c) in ("Zs", "Co", "Cs"))


def nameprep(label):
    """A label as it is compared: mapped, normalised, and free of what must not be in it."""
    def normal(text):
        return unicodedata.normalize("NFKC", text)

    kept = "".join([c for c in label if c not in _TO_NOTHING])
    label = normal(_folded(normal(_folded(kept))))
    for c in label:
        if _is_prohibited(c):
            raise UnicodeError("Invalid character %r" % c)
    directions = [unicodedata.bidirectional(c) for c in label]
    from_right = [direction in ("R", "AL") for direction in directions]
    if any(from_right):
        if "L" in directions:
            raise UnicodeError("Violation of BIDI requirement 2")
        if not from_right[0] or not from_right[-1]:
            raise UnicodeError("Violation of BIDI requirement 3")
    return label


def _ascii(label):
    """The label in ASCII, or None."""
    try:
        return label.encode("ascii")
    except UnicodeError:
        return None


def _fitting(label):
    if 0 < len(label) < 64:
        return label
    raise UnicodeError("label empty or too long")


def ToASCII(label):
    plain = _ascii(label)
    if plain is None:
        label = nameprep(label)
        plain = _ascii(label)
    if plain is not None:
        return _fitting(plain)
    if label.startswith(sace_prefix):
        raise UnicodeError("Label starts with ACE prefix")
    return _fitting(ace_prefix + label.encode("punycode"))


def ToUnicode(label):
    if not isinstance(label, bytes):
        plain = _ascii(label)
        if plain is None:
            plain = _ascii(nameprep(label))
        if plain is None:
            raise UnicodeError("Invalid character in IDN label")
        label = plain
    if not label.startswith(ace_prefix):
        return str(label, "ascii")
    result = label[len(ace_prefix):].decode("punycode")
    again = ToASCII(result)
    if str(label, "ascii").lower() != str(again, "ascii"):
        raise UnicodeError("IDNA does not round-trip", label, again)
    return result


def _check_errors(errors, text):
    if errors != "strict":
        raise UnicodeError(text + errors)


def _without_last(labels, dot, final=True):
    """What stands behind the labels: the dot of an empty last one; a label that may go on is left for later."""
    if labels and not labels[-1]:
        del labels[-1]
        return dot
    if labels and not final:
        del labels[-1]
        return dot if labels else dot[:0]
    return dot[:0]


class Codec(codecs.Codec):

    def encode(self, input, errors="strict"):
        _check_errors(errors, "unsupported error handling ")
        if not input:
            return b"", 0
        plain = _ascii(input)
        if plain is not None:
            *others, last = plain.split(b".")
            for label in others:
                _fitting(label)
            if len(last) >= 64:
                raise UnicodeError("label too long")
            return plain, len(input)
        labels = dots.split(input)
        end = _without_last(labels, b".")
        return b".".join([ToASCII(label) for label in labels]) + end, len(input)

    def decode(self, input, errors="strict"):
        _check_errors(errors, "Unsupported error handling ")
        if not input:
            return "", 0
        input = bytes(input)
        if ace_prefix not in input:
            try:
                return input.decode("ascii"), len(input)
            except UnicodeDecodeError:
                pass
        labels = input.split(b".")
        end = _without_last(labels, ".")
        return ".".join([ToUnicode(label) for label in labels]) + end, len(input)


class IncrementalEncoder(codecs.BufferedIncrementalEncoder):

    def _buffer_encode(self, input, errors, final):
        _check_errors(errors, "unsupported error handling ")
        if not input:
            return b"", 0
        labels = dots.split(input)
        end = _without_last(labels, b".", final)
        used = sum(map(len, labels)) + max(len(labels) - 1, 0) + len(end)
        return b".".join([ToASCII(label) for label in labels]) + end, used


class IncrementalDecoder(codecs.BufferedIncrementalDecoder):

    def _buffer_decode(self, input, errors, final):
        _check_errors(errors, "Unsupported error handling ")
        if not input:
            return "", 0
        labels = dots.split(input) if isinstance(input, str) else str(input, "ascii").split(".")
        end = _without_last(labels, ".", final)
        used = sum(map(len, labels)) + max(len(labels) - 1, 0) + len(end)
        return ".".join([ToUnicode(label) for label in labels]) + end, used


class StreamWriter(Codec, codecs.StreamWriter):
    pass


class StreamReader(Codec, codecs.StreamReader):
    pass


def getregentry():
    return codecs.CodecInfo(
        name="idna", encode=Codec().encode, decode=Codec().decode, incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder, streamwriter=StreamWriter, streamreader=StreamReader)

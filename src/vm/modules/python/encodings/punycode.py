"""Punycode (RFC 3492): any text in letters, digits and hyphens."""

import codecs

_DIGITS = b"abcdefghijklmnopqrstuvwxyz0123456789"
_BASE, _TMIN, _TMAX, _SKEW, _DAMP, _FIRST = 36, 1, 26, 38, 700, 128


def _threshold(position, bias):
    return min(max(_BASE * (position + 1) - bias, _TMIN), _TMAX)


def adapt(delta, first, numchars):
    """The bias after a delta."""
    delta = delta // _DAMP if first else delta // 2
    delta += delta // numchars
    divisions = 0
    while delta > (_BASE - _TMIN) * _TMAX // 2:
        delta //= _BASE - _TMIN
        divisions += _BASE
    return divisions + _BASE * delta // (delta + _SKEW)


def _integer(number, bias):
    """A number in digits of varying weight."""
    out, position = bytearray(), 0
    while True:
        t = _threshold(position, bias)
        if number < t:
            out.append(_DIGITS[number])
            return bytes(out)
        number, digit = divmod(number - t, _BASE - t)
        out.append(_DIGITS[t + digit])
        position += 1


def punycode_encode(text):
    """The bytes of a text."""
    plain = bytearray(ord(c) for c in text if ord(c) < 128)
    others = sorted({c for c in text if ord(c) >= 128})
    out, bias, delta = [], 72, 0
    point, handled = _FIRST, len(plain)
    first = True
    for c in others:
        delta += (ord(c) - point) * (handled + 1)
        point = ord(c)
        for each in text:
            if ord(each) < point:
                delta += 1
            elif ord(each) == point:
                out.append(_integer(delta, bias))
                handled += 1
                bias = adapt(delta, first, handled)
                first, delta = False, 0
        delta += 1
        point += 1
    tail = b"".join(out)
    return bytes(plain) + b"-" + tail if plain else tail


def _decode_integer(extended, at, bias, errors):
    result, weight, position = 0, 1, 0
    while True:
        try:
            char = ord(extended[at])
        except IndexError:
            if errors == "strict":
                raise UnicodeError("incomplete punicode string")
            return at + 1, None
        at += 1
        if 0x41 <= char <= 0x5A:
            digit = char - 0x41
        elif 0x30 <= char <= 0x39:
            digit = char - 22
        elif errors == "strict":
            raise UnicodeError("Invalid extended code point '%s'" % extended[at - 1])
        else:
            return at, None
        t = _threshold(position, bias)
        result += digit * weight
        if digit < t:
            return at, result
        weight *= _BASE - t
        position += 1


def punycode_decode(text, errors):
    """The text of bytes."""
    if isinstance(text, str):
        text = text.encode("ascii")
    if isinstance(text, memoryview):
        text = bytes(text)
    at = text.rfind(b"-")
    if at < 0:
        plain, extended = "", str(text, "ascii").upper()
    else:
        plain, extended = str(text[:at], "ascii", errors), str(text[at + 1:], "ascii").upper()
    point, place, bias, at = _FIRST, -1, 72, 0
    while at < len(extended):
        next_at, delta = _decode_integer(extended, at, bias, errors)
        if delta is None:
            return plain
        place += delta + 1
        point += place // (len(plain) + 1)
        if point > 0x10FFFF:
            if errors == "strict":
                raise UnicodeError("Invalid character U+%x" % point)
            point = ord("?")
        place %= len(plain) + 1
        plain = plain[:place] + chr(point) + plain[place:]
        bias = adapt(delta, at == 0, len(plain))
        at = next_at
    return plain


class Codec(codecs.Codec):

    def encode(self, input, errors="strict"):
        return punycode_encode(input), len(input)

    def decode(self, input, errors="strict"):
        if errors not in ("strict", "replace", "ignore"):
            raise UnicodeError("Unsupported error handling " + errors)
        return punycode_decode(input, errors), len(input)


class IncrementalEncoder(codecs.IncrementalEncoder):

    def encode(self, input, final=False):
        return punycode_encode(input)


class IncrementalDecoder(codecs.IncrementalDecoder):

    def decode(self, input, final=False):
        if self.errors not in ("strict", "replace", "ignore"):
            raise UnicodeError("Unsupported error handling " + self.errors)
        return punycode_decode(input, self.errors)


class StreamWriter(Codec, codecs.StreamWriter):
    pass


class StreamReader(Codec, codecs.StreamReader):
    pass


def getregentry():
    return codecs.CodecInfo(
        name="punycode", encode=Codec().encode, decode=Codec().decode, incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder, streamwriter=StreamWriter, streamreader=StreamReader)

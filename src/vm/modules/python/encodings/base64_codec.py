"""Base 64: bytes to bytes."""

import base64

from encodings import _transform


def base64_encode(input, errors="strict"):
    assert errors == "strict"
    return base64.encodebytes(input), len(input)


def base64_decode(input, errors="strict"):
    assert errors == "strict"
    return base64.decodebytes(input), len(input)


_transform.entry(globals(), "base64", base64_encode, base64_decode)

"""Quoted-printable: bytes to bytes."""

import quopri
from encodings import _transform
from io import BytesIO


def quopri_encode(input, errors="strict"):
    assert errors == "strict"
    f, g = BytesIO(input), BytesIO()
    quopri.encode(f, g, quotetabs=True)
    return g.getvalue(), len(input)


def quopri_decode(input, errors="strict"):
    assert errors == "strict"
    f, g = BytesIO(input), BytesIO()
    quopri.decode(f, g)
    return g.getvalue(), len(input)


_transform.entry(globals(), "quopri", quopri_encode, quopri_decode)

"""uuencoding: bytes to bytes, with the lines around them that files have."""

import binascii
from encodings import _transform
from io import BytesIO


def uu_encode(input, errors="strict", filename="<data>", mode=0o666):
    assert errors == "strict"
    filename = filename.replace("\n", "\\n").replace("\r", "\\r")
    parts = [("begin %o %s\n" % (mode & 0o777, filename)).encode("ascii")]
    data = bytes(input)
    parts += [binascii.b2a_uu(data[at:at + 45]) for at in range(0, len(data), 45)]
    parts.append(b" \nend\n")
    return b"".join(parts), len(input)


def uu_decode(input, errors="strict"):
    assert errors == "strict"
    infile = BytesIO(input)
    while True:
        line = infile.readline()
        if not line:
            raise ValueError('Missing "begin" line in input data')
        if line[:5] == b"begin":
            break
    parts = []
    while True:
        line = infile.readline()
        if not line or line == b"end\n":
            break
        try:
            parts.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some encoders write more than they announce.
            count = (((line[0] - 32) & 63) * 4 + 5) // 3
            parts.append(binascii.a2b_uu(line[:count]))
    if not line:
        raise ValueError("Truncated input data")
    return b"".join(parts), len(input)


_transform.entry(globals(), "uu", uu_encode, uu_decode)

"""uuencoding: bytes to bytes, with the lines around them that files have."""

import binascii
import codecs
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


class Codec(codecs.Codec):

    def encode(self, input, errors="strict"):
        return uu_encode(input, errors)

    def decode(self, input, errors="strict"):
        return uu_decode(input, errors)


class IncrementalEncoder(codecs.IncrementalEncoder):

    def encode(self, input, final=False):
        return uu_encode(input, self.errors)[0]


class IncrementalDecoder(codecs.IncrementalDecoder):

    def decode(self, input, final=False):
        return uu_decode(input, self.errors)[0]


class StreamWriter(Codec, codecs.StreamWriter):
    charbuffertype = bytes


class StreamReader(Codec, codecs.StreamReader):
    charbuffertype = bytes


def getregentry():
    return codecs.CodecInfo(
        name="uu", encode=uu_encode, decode=uu_decode, incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder, streamreader=StreamReader, streamwriter=StreamWriter,
        _is_text_encoding=False)

"""zlib: bytes to bytes."""

import codecs
import zlib

from encodings import _transform


def zlib_encode(input, errors="strict"):
    assert errors == "strict"
    return zlib.compress(input), len(input)


def zlib_decode(input, errors="strict"):
    assert errors == "strict"
    return zlib.decompress(input), len(input)


class IncrementalEncoder(codecs.IncrementalEncoder):

    def __init__(self, errors="strict"):
        assert errors == "strict"
        self.errors = errors
        self.compressobj = zlib.compressobj()

    def encode(self, input, final=False):
        made = self.compressobj.compress(input)
        return made + self.compressobj.flush() if final else made

    def reset(self):
        self.compressobj = zlib.compressobj()


class IncrementalDecoder(codecs.IncrementalDecoder):

    def __init__(self, errors="strict"):
        assert errors == "strict"
        self.errors = errors
        self.decompressobj = zlib.decompressobj()

    def decode(self, input, final=False):
        made = self.decompressobj.decompress(input)
        return made + self.decompressobj.flush() if final else made

    def reset(self):
        self.decompressobj = zlib.decompressobj()


_transform.entry(globals(), "zlib", zlib_encode, zlib_decode)

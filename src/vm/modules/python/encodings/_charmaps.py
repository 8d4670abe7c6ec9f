"""An encoding of one byte a character; the module's name says which table it goes by."""

import codecs

from _codecs import _charmap_table


class Codec(codecs.Codec):

    def encode(self, input, errors="strict"):
        return codecs.charmap_encode(input, errors, encoding_table)

    def decode(self, input, errors="strict"):
        return codecs.charmap_decode(input, errors, decoding_table)


class IncrementalEncoder(codecs.IncrementalEncoder):

    def encode(self, input, final=False):
        return codecs.charmap_encode(input, self.errors, encoding_table)[0]


class IncrementalDecoder(codecs.IncrementalDecoder):

    def decode(self, input, final=False):
        return codecs.charmap_decode(input, self.errors, decoding_table)[0]


class StreamWriter(Codec, codecs.StreamWriter):
    pass


class StreamReader(Codec, codecs.StreamReader):
    pass


_name = __name__.rpartition(".")[2]

decoding_table = _charmap_table(_name)
encoding_table = codecs.charmap_build(decoding_table)


def getregentry():
    return codecs.CodecInfo(
        name=_name.replace("_", "-"),
        encode=Codec().encode, decode=Codec().decode, incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder, streamreader=StreamReader, streamwriter=StreamWriter)

"""An encoding that the machine has itself, whose characters may come in pieces; the module's name says which."""

import codecs

_name = __name__.rpartition(".")[2]
_encode = getattr(codecs, _name + "_encode")
_decode = getattr(codecs, _name + "_decode")

encode = _encode


def decode(input, errors="strict"):
    return _decode(input, errors, True)


class IncrementalEncoder(codecs.IncrementalEncoder):

    def encode(self, input, final=False):
        return _encode(input, self.errors)[0]


class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
    _buffer_decode = staticmethod(_decode)


class StreamWriter(codecs.StreamWriter):
    encode = staticmethod(_encode)


class StreamReader(codecs.StreamReader):
    decode = staticmethod(_decode)


def getregentry():
    return codecs.CodecInfo(
        name=_name.replace("_", "-"), encode=encode, decode=decode, incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder, streamreader=StreamReader, streamwriter=StreamWriter)

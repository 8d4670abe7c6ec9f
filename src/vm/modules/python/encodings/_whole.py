"""An encoding that the machine has itself and that needs no state; the module's name says which."""

import codecs

_name = __name__.rpartition(".")[2]
_encode = getattr(codecs, _name + "_encode")
_decode = getattr(codecs, _name + "_decode")


class Codec(codecs.Codec):
    encode = staticmethod(_encode)
    decode = staticmethod(_decode)


class IncrementalEncoder(codecs.IncrementalEncoder):

    def encode(self, input, final=False):
        return _encode(input, self.errors)[0]


if _name in ("unicode_escape", "raw_unicode_escape"):

    class IncrementalDecoder(codecs.BufferedIncrementalDecoder):

        def _buffer_decode(self, input, errors, final):
            return _decode(input, errors, final)

    class StreamReader(Codec, codecs.StreamReader):

        def decode(self, input, errors="strict"):
            return _decode(input, errors, False)

else:

    class IncrementalDecoder(codecs.IncrementalDecoder):

        def decode(self, input, final=False):
            return _decode(input, self.errors)[0]

    class StreamReader(Codec, codecs.StreamReader):
        pass


class StreamWriter(Codec, codecs.StreamWriter):
    pass


class StreamConverter(StreamWriter, StreamReader):
    encode = _decode
    decode = _encode


def getregentry():
    return codecs.CodecInfo(
        name={"ascii": "ascii", "latin_1": "iso8859-1"}.get(_name, _name.replace("_", "-")),
        encode=Codec.encode, decode=Codec.decode, incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder, streamreader=StreamReader, streamwriter=StreamWriter)

"""What a codec from bytes to bytes registers, made of its two functions."""

import codecs


def entry(module, name, encode, decode):
    """Puts the classes and `getregentry` of a codec into the namespace of its module; what is there already stays."""

    class Codec(codecs.Codec):

        def encode(self, input, errors="strict"):
            return encode(input, errors)

        def decode(self, input, errors="strict"):
            return decode(input, errors)

    class IncrementalEncoder(codecs.IncrementalEncoder):

        def encode(self, input, final=False):
            return encode(input, self.errors)[0]

    class IncrementalDecoder(codecs.IncrementalDecoder):

        def decode(self, input, final=False):
            return decode(input, self.errors)[0]

    class StreamWriter(Codec, codecs.StreamWriter):
        charbuffertype = bytes

    class StreamReader(Codec, codecs.StreamReader):
        charbuffertype = bytes

    def getregentry():
        return codecs.CodecInfo(
            name=name, encode=encode, decode=decode, incrementalencoder=module["IncrementalEncoder"],
            incrementaldecoder=module["IncrementalDecoder"], streamwriter=StreamWriter, streamreader=StreamReader,
            _is_text_encoding=False)

    for made in Codec, IncrementalEncoder, IncrementalDecoder, StreamWriter, StreamReader, getregentry:
        made.__module__, made.__qualname__ = module["__name__"], made.__name__
        module.setdefault(made.__name__, made)

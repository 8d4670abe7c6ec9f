"""ROT13: letters moved on by half the alphabet; text to text."""

import codecs

rot13_map = codecs.make_identity_dict(range(256))
for _first in (65, 97):
    rot13_map.update((_first + n, _first + (n + 13) % 26) for n in range(26))


class Codec(codecs.Codec):

    def encode(self, input, errors="strict"):
        return str.translate(input, rot13_map), len(input)

    def decode(self, input, errors="strict"):
        return str.translate(input, rot13_map), len(input)


class IncrementalEncoder(codecs.IncrementalEncoder):

    def encode(self, input, final=False):
        return str.translate(input, rot13_map)


class IncrementalDecoder(codecs.IncrementalDecoder):

    def decode(self, input, final=False):
        return str.translate(input, rot13_map)


class StreamWriter(Codec, codecs.StreamWriter):
    pass


class StreamReader(Codec, codecs.StreamReader):
    pass


def getregentry():
    return codecs.CodecInfo(
        name="rot-13", encode=Codec().encode, decode=Codec().decode, incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder, streamwriter=StreamWriter, streamreader=StreamReader,
        _is_text_encoding=False)


def rot13(infile, outfile):
    """Copies a file, turned."""
    outfile.write(codecs.encode(infile.read(), "rot-13"))

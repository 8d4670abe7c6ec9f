"""A codec with odd mappings, for the tests of charmap codecs."""

import codecs

decoding_map = codecs.make_identity_dict(range(256))
decoding_map.update({
    0x78: "abc",            # one byte, three characters
    b"abc": 0x0078,         # a key that is no byte
    0x01: None,             # undefined
    0x79: "",               # nothing
})

encoding_map = {}
for _key, _value in decoding_map.items():
    encoding_map[_value] = _key


class Codec(codecs.Codec):

    def encode(self, input, errors="strict"):
        return codecs.charmap_encode(input, errors, encoding_map)

    def decode(self, input, errors="strict"):
        return codecs.charmap_decode(input, errors, decoding_map)


class StreamWriter(Codec, codecs.StreamWriter):
    pass


class StreamReader(Codec, codecs.StreamReader):
    pass


def getregentry():
    return (Codec().encode, Codec().decode, StreamReader, StreamWriter)

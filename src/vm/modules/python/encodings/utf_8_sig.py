"""UTF-8 with a signature: written first, and dropped when it is read."""

import codecs


def encode(input, errors="strict"):
    return codecs.BOM_UTF8 + codecs.utf_8_encode(input, errors)[0], len(input)


def decode(input, errors="strict"):
    signature = 3 if input[:3] == codecs.BOM_UTF8 else 0
    made, used = codecs.utf_8_decode(input[signature:], errors, True)
    return made, used + signature


class IncrementalEncoder(codecs.IncrementalEncoder):

    def __init__(self, errors="strict"):
        codecs.IncrementalEncoder.__init__(self, errors)
        self.first = 1

    def encode(self, input, final=False):
        made = codecs.utf_8_encode(input, self.errors)[0]
        if self.first:
            self.first = 0
            made = codecs.BOM_UTF8 + made
        return made

    def reset(self):
        codecs.IncrementalEncoder.reset(self)
        self.first = 1

    def getstate(self):
        return self.first

    def setstate(self, state):
        self.first = state


class IncrementalDecoder(codecs.BufferedIncrementalDecoder):

    def __init__(self, errors="strict"):
        codecs.BufferedIncrementalDecoder.__init__(self, errors)
        self.first = 1

    def _buffer_decode(self, input, errors, final):
        if self.first:
            if len(input) < 3 and codecs.BOM_UTF8.startswith(input):
                # It may become a signature.
                return "", 0
            self.first = 0
            if input[:3] == codecs.BOM_UTF8:
                made, used = codecs.utf_8_decode(input[3:], errors, final)
                return made, used + 3
        return codecs.utf_8_decode(input, errors, final)

    def reset(self):
        codecs.BufferedIncrementalDecoder.reset(self)
        self.first = 1

    def getstate(self):
        return codecs.BufferedIncrementalDecoder.getstate(self)[0], self.first

    def setstate(self, state):
        codecs.BufferedIncrementalDecoder.setstate(self, state)
        self.first = state[1]


class StreamWriter(codecs.StreamWriter):

    def reset(self):
        codecs.StreamWriter.reset(self)
        try:
            del self.encode
        except AttributeError:
            pass

    def encode(self, input, errors="strict"):
        self.encode = codecs.utf_8_encode
        return encode(input, errors)


class StreamReader(codecs.StreamReader):

    def reset(self):
        codecs.StreamReader.reset(self)
        try:
            del self.decode
        except AttributeError:
            pass

    def decode(self, input, errors="strict"):
        if len(input) < 3:
            if codecs.BOM_UTF8.startswith(input):
                return "", 0
        elif input[:3] == codecs.BOM_UTF8:
            self.decode = codecs.utf_8_decode
            made, used = codecs.utf_8_decode(input[3:], errors)
            return made, used + 3
        self.decode = codecs.utf_8_decode
        return codecs.utf_8_decode(input, errors)


def getregentry():
    return codecs.CodecInfo(
        name="utf-8-sig", encode=encode, decode=decode, incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder, streamreader=StreamReader, streamwriter=StreamWriter)

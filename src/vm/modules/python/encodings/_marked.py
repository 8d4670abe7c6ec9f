"""UTF-16 and UTF-32 with a byte order mark; the module's name says which."""

import codecs
import sys

_name = __name__.rpartition(".")[2]
encode = getattr(codecs, _name + "_encode")
_decode = getattr(codecs, _name + "_decode")
_ex_decode = getattr(codecs, _name + "_ex_decode")
_native = getattr(codecs, _name + "_le_encode")
_by_order = {-1: getattr(codecs, _name + "_le_decode"), 1: getattr(codecs, _name + "_be_decode")}
_UPPER = _name.replace("_", "-").upper()


def decode(input, errors="strict"):
    return _decode(input, errors, True)


class IncrementalEncoder(codecs.IncrementalEncoder):

    def __init__(self, errors="strict"):
        codecs.IncrementalEncoder.__init__(self, errors)
        # None until the mark has been written.
        self.encoder = None

    def encode(self, input, final=False):
        if self.encoder is not None:
            return self.encoder(input, self.errors)[0]
        made = encode(input, self.errors)[0]
        self.encoder = _native
        return made

    def reset(self):
        codecs.IncrementalEncoder.reset(self)
        self.encoder = None

    def getstate(self):
        return 0 if self.encoder else 2

    def setstate(self, state):
        self.encoder = None if state else _native


class IncrementalDecoder(codecs.BufferedIncrementalDecoder):

    def __init__(self, errors="strict"):
        codecs.BufferedIncrementalDecoder.__init__(self, errors)
        # None until the mark has been read.
        self.decoder = None

    def _buffer_decode(self, input, errors, final):
        if self.decoder is not None:
            return self.decoder(input, self.errors, final)
        made, used, order = _ex_decode(input, errors, 0, final)
        if order:
            self.decoder = _by_order[order]
        elif used >= len(encode("")[0]):
            raise UnicodeError("%s stream does not start with BOM" % _UPPER)
        return made, used

    def reset(self):
        codecs.BufferedIncrementalDecoder.reset(self)
        self.decoder = None

    def getstate(self):
        pending = codecs.BufferedIncrementalDecoder.getstate(self)[0]
        if self.decoder is None:
            return pending, 2
        # 0: the machine's own order.
        return pending, int(self.decoder is not _by_order[-1])

    def setstate(self, state):
        codecs.BufferedIncrementalDecoder.setstate(self, state)
        self.decoder = {0: _by_order[-1], 1: _by_order[1]}.get(state[1])


class StreamWriter(codecs.StreamWriter):

    def __init__(self, stream, errors="strict"):
        codecs.StreamWriter.__init__(self, stream, errors)
        self.encoder = None

    def reset(self):
        codecs.StreamWriter.reset(self)
        self.encoder = None

    def encode(self, input, errors="strict"):
        if self.encoder is not None:
            return self.encoder(input, errors)
        made = encode(input, errors)
        self.encoder = _native
        return made


class StreamReader(codecs.StreamReader):

    def reset(self):
        codecs.StreamReader.reset(self)
        try:
            del self.decode
        except AttributeError:
            pass

    def decode(self, input, errors="strict"):
        made, used, order = _ex_decode(input, errors, 0, False)
        if order:
            self.decode = _by_order[order]
        elif used >= len(encode("")[0]):
            raise UnicodeError("%s stream does not start with BOM" % _UPPER)
        return made, used


def getregentry():
    return codecs.CodecInfo(
        name=_name.replace("_", "-"), encode=encode, decode=decode, incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder, streamreader=StreamReader, streamwriter=StreamWriter)

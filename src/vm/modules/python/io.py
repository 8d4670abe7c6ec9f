"""Streams: files, text and bytes in memory, and the abstract classes that they have in common."""

import _io
import abc

from _io import (
    DEFAULT_BUFFER_SIZE,
    BlockingIOError,
    UnsupportedOperation,
    open,
    open_code,
    FileIO,
    BytesIO,
    StringIO,
    BufferedReader,
    BufferedWriter,
    BufferedRWPair,
    BufferedRandom,
    IncrementalNewlineDecoder,
    text_encoding,
    TextIOWrapper,
)

__all__ = [
    "BlockingIOError", "open", "open_code", "IOBase", "RawIOBase", "FileIO", "BytesIO", "StringIO", "BufferedIOBase",
    "BufferedReader", "BufferedWriter", "BufferedRWPair", "BufferedRandom", "TextIOBase", "TextIOWrapper",
    "UnsupportedOperation", "SEEK_SET", "SEEK_CUR", "SEEK_END",
]

SEEK_SET, SEEK_CUR, SEEK_END = range(3)


def __getattr__(name):
    if name != "OpenWrapper":
        raise AttributeError(name)
    import warnings

    warnings.warn("OpenWrapper is deprecated, use open instead", DeprecationWarning, stacklevel=2)
    globals()[name] = open
    return open


class IOBase(_io._IOBase, metaclass=abc.ABCMeta):
    __doc__ = _io._IOBase.__doc__


class RawIOBase(_io._RawIOBase, IOBase):
    __doc__ = _io._RawIOBase.__doc__


class BufferedIOBase(_io._BufferedIOBase, IOBase):
    __doc__ = _io._BufferedIOBase.__doc__


class TextIOBase(_io._TextIOBase, IOBase):
    __doc__ = _io._TextIOBase.__doc__


for _base, _kinds in (
    (RawIOBase, (FileIO,)),
    (BufferedIOBase, (BytesIO, BufferedReader, BufferedWriter, BufferedRandom, BufferedRWPair)),
    (TextIOBase, (StringIO, TextIOWrapper)),
):
    for _kind in _kinds:
        _base.register(_kind)
del _base, _kinds, _kind

"""Values to bytes and back, by a format."""

from _struct import *
from _struct import __doc__, _clearcache

__all__ = "calcsize pack pack_into unpack unpack_from iter_unpack Struct error".split()

"""Codecs: text to bytes and back."""

from _codecs import *

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_UTF16_LE, BOM_UTF16_BE = b"\xff\xfe", b"\xfe\xff"
BOM_UTF32_LE, BOM_UTF32_BE = b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"
BOM_LE = BOM_UTF16 = BOM = BOM32_LE = BOM_UTF16_LE
BOM_UTF32 = BOM64_LE = BOM_UTF32_LE
BOM_BE = BOM32_BE = BOM_UTF16_BE
BOM64_BE = BOM_UTF32_BE

"""Can be named here, not used: there is no liblzma. The constants are its."""

CHECK_NONE, CHECK_CRC32, CHECK_CRC64, CHECK_SHA256, CHECK_ID_MAX, CHECK_UNKNOWN = 0, 1, 4, 10, 15, 16
FILTER_LZMA1, FILTER_LZMA2, FILTER_DELTA, FILTER_X86 = 0x4000000000000001, 0x21, 3, 4
FILTER_POWERPC, FILTER_IA64, FILTER_ARM, FILTER_ARMTHUMB, FILTER_SPARC = 5, 6, 7, 8, 9
FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW = range(4)
MF_HC3, MF_HC4, MF_BT2, MF_BT3, MF_BT4 = 3, 4, 0x12, 0x13, 0x14
MODE_FAST, MODE_NORMAL = 1, 2
PRESET_DEFAULT, PRESET_EXTREME = 6, 0x80000000

__all__ = [_name for _name in dir() if _name.isupper()] + [
    "LZMACompressor", "LZMADecompressor", "LZMAFile", "LZMAError", "open", "compress", "decompress", "is_check_supported",
]


def _absent(name):
    def refuse(*args, **kwargs):
        from _sources import refuse

        refuse(f"lzma.{name}")

    return refuse


class LZMAError(Exception):
    """Call to liblzma failed."""

    __module__ = "_lzma"


class LZMAFile:
    """A file with LZMA's compression."""

    __init__ = _absent("LZMAFile")


class LZMACompressor:
    """Compresses piece by piece."""

    __init__ = _absent("LZMACompressor")


class LZMADecompressor:
    """Decompresses piece by piece."""

    __init__ = _absent("LZMADecompressor")


open, compress, decompress = map(_absent, ("open", "compress", "decompress"))
is_check_supported = _absent("is_check_supported")

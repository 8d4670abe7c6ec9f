"""Can be named here, not used: there is no bzip2."""

__all__ = ["BZ2File", "BZ2Compressor", "BZ2Decompressor", "open", "compress", "decompress"]


def _absent(name):
    def refuse(*args, **kwargs):
        from _sources import refuse

        refuse(f"bz2.{name}")

    return refuse


class BZ2File:
    """A file with bzip2's compression."""

    __init__ = _absent("BZ2File")


class BZ2Compressor:
    """Compresses piece by piece."""

    __init__ = _absent("BZ2Compressor")


class BZ2Decompressor:
    """Decompresses piece by piece."""

    __init__ = _absent("BZ2Decompressor")


open, compress, decompress = map(_absent, ("open", "compress", "decompress"))

"""Hash functions by name."""

import _hashlib
from _blake2 import blake2b, blake2s
from _hashlib import pbkdf2_hmac, scrypt

__always_supported = tuple("md5 sha1 sha224 sha256 sha384 sha512 blake2b blake2s sha3_224 sha3_256 sha3_384 sha3_512 shake_128 shake_256".split())

algorithms_guaranteed = set(__always_supported)
algorithms_available = set(__always_supported)

__all__ = __always_supported + ("new", "algorithms_guaranteed", "algorithms_available", "pbkdf2_hmac", "scrypt")


def new(name, data=b"", **kwargs):
    """A hash object of a name, perhaps with data fed to it."""
    if name in ("blake2b", "blake2s"):
        return __get(name)(data, **kwargs)
    return _hashlib.new(name, data, **kwargs)


def __get(name):
    return globals()[name]


for __name in __always_supported:
    __made = getattr(_hashlib, "openssl_" + __name, None)
    if __made is not None:
        globals()[__name] = __made

del __name, __made

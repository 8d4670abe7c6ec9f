"""Hashes with a key (RFC 2104)."""

import _hashlib
import hashlib as _hashlib_module
from _hashlib import compare_digest

trans_5C = bytes(x ^ 0x5C for x in range(256))
trans_36 = bytes(x ^ 0x36 for x in range(256))

digest_size = None


class HMAC:
    """A keyed hash under way; it has the methods of a hash object."""

    blocksize = 64

    __slots__ = "_digest_cons", "_hmac", "_inner", "_outer", "block_size", "digest_size", "_name"

    def __init__(self, key, msg=None, digestmod=""):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError("key: expected bytes or bytearray, but got %r" % type(key).__name__)
        if not digestmod:
            raise TypeError("Missing required parameter 'digestmod'.")
        self._digest_cons = _constructor(digestmod)
        self._outer, self._inner = self._digest_cons(), self._digest_cons()
        self.digest_size = self._inner.digest_size
        self.block_size = getattr(self._inner, "block_size", self.blocksize)
        if len(key) > self.block_size:
            key = self._digest_cons(key).digest()
        key = key.ljust(self.block_size, b"\0")
        self._outer.update(key.translate(trans_5C))
        self._inner.update(key.translate(trans_36))
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        return "hmac-" + self._inner.name

    def update(self, msg):
        self._inner.update(msg)

    def copy(self):
        twin = self.__class__.__new__(self.__class__)
        twin._digest_cons, twin.digest_size, twin.block_size = self._digest_cons, self.digest_size, self.block_size
        twin._inner, twin._outer = self._inner.copy(), self._outer.copy()
        return twin

    def _current(self):
        whole = self._outer.copy()
        whole.update(self._inner.digest())
        return whole

    def digest(self):
        return self._current().digest()

    def hexdigest(self):
        return self._current().hexdigest()


def _constructor(digestmod):
    """What makes hash objects: a name, a function, or a module with a function new."""
    if callable(digestmod):
        return digestmod
    if isinstance(digestmod, str):
        return lambda data=b"": _hashlib_module.new(digestmod, data)
    return lambda data=b"": digestmod.new(data)


def new(key, msg=None, digestmod=""):
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """The digest of one message at once."""
    if isinstance(digest, str):
        return _hashlib.hmac_digest(key, msg, digest)
    return HMAC(key, msg, digest).digest()

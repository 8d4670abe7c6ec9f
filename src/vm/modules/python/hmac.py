"""Hashes with a key (RFC 2104)."""

import warnings as _warnings

import hashlib as _hashlib_module

try:
    import _hashlib as _hashopenssl
except ImportError:
    _hashopenssl = _functype = None
    from _operator import _compare_digest as compare_digest
else:
    _functype = type(_hashopenssl.openssl_sha256)
    from _hashlib import compare_digest

trans_5C = bytes(x ^ 0x5C for x in range(256))
trans_36 = bytes(x ^ 0x36 for x in range(256))

digest_size = None


class HMAC:
    """A keyed hash under way; it has the methods of a hash object."""

    blocksize = 64

    __slots__ = "_hmac", "_inner", "_outer", "block_size", "digest_size"

    def __init__(self, key, msg=None, digestmod=""):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError("key: expected bytes or bytearray, but got %r" % type(key).__name__)
        if not digestmod:
            raise TypeError("Missing required parameter 'digestmod'.")
        if _hashopenssl is not None and isinstance(digestmod, (str, _functype)):
            try:
                self._init_hmac(key, msg, digestmod)
            except _hashopenssl.UnsupportedDigestmodError:
                self._init_old(key, msg, digestmod)
        else:
            self._init_old(key, msg, digestmod)

    def _init_hmac(self, key, msg, digestmod):
        self._hmac = _hashopenssl.hmac_new(key, msg, digestmod=digestmod)
        self.digest_size, self.block_size = self._hmac.digest_size, self._hmac.block_size

    def _init_old(self, key, msg, digestmod):
        self._hmac = None
        make = _constructor(digestmod)
        self._outer, self._inner = make(), make()
        self.digest_size = self._inner.digest_size
        self.block_size = self._block_size()
        if len(key) > self.block_size:
            key = make(key).digest()
        key = key.ljust(self.block_size, b"\0")
        self._outer.update(key.translate(trans_5C))
        self._inner.update(key.translate(trans_36))
        if msg is not None:
            self.update(msg)

    def _block_size(self):
        size, usual = getattr(self._inner, "block_size", None), self.blocksize
        if size is None:
            problem = "No block_size attribute on given digest object; Assuming %d." % usual
        elif size < 16:
            problem = "block_size of %d seems too small; using our default of %d." % (size, usual)
        else:
            return size
        _warnings.warn(problem, RuntimeWarning, 4)
        return usual

    @property
    def name(self):
        return self._hmac.name if self._hmac else f"hmac-{self._inner.name}"

    def update(self, msg):
        (self._hmac or self._inner).update(msg)

    def copy(self):
        twin = self.__class__.__new__(self.__class__)
        twin.digest_size, twin.block_size = self.digest_size, self.block_size
        if self._hmac:
            twin._hmac = self._hmac.copy()
            twin._inner = twin._outer = None
        else:
            twin._hmac = None
            twin._inner, twin._outer = self._inner.copy(), self._outer.copy()
        return twin

    def _current(self):
        if self._hmac:
            return self._hmac
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
    if _hashopenssl is not None and isinstance(digest, (str, _functype)):
        try:
            return _hashopenssl.hmac_digest(key, msg, digest)
        except _hashopenssl.UnsupportedDigestmodError:
            pass
    return HMAC(key, msg, digest).digest()

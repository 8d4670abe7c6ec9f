# Verifies objects of hashes with a key, native and in Python.
import _hashlib
import hashlib
import hmac
import warnings


def tried(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return type(error).__name__, str(error)


for digest in ("md5", "sha1", "sha256", "sha512", "sha3_256", hashlib.sha384):
    h = hmac.new(b"key", b"message", digest)
    twin = h.copy()
    twin.update(b" more")
    old = hmac.HMAC.__new__(hmac.HMAC)
    old._init_old(b"key" * 50, b"message", digest)
    print(h.name, h.digest_size, h.block_size, h.hexdigest(), twin.hexdigest(), old.name, old.hexdigest(), old.copy().digest() == old.digest())
    print(hmac.digest(b"key", b"message", digest) == h.digest())
c = _hashlib.hmac_new(b"k", b"m", "sha224")
print(type(c).__name__, c.name, c.block_size, repr(c).split("@")[0], c.copy().hexdigest())
print(tried(_hashlib.hmac_new, b"k", b"m"), tried(hmac.new, "k", b"m", "md5"), tried(hmac.new, b"k", b"m"), tried(type(c)))
print(hmac.compare_digest("a", "a"), tried(hmac.compare_digest, "é", "e"), tried(hmac.compare_digest, "a", b"a"))


class Odd:
    digest_size = 4

    def __init__(self, data=b""):
        self.data = data

    def update(self, data):
        self.data += data

    def digest(self):
        return self.data[-4:]

    def copy(self):
        return type(self)(self.data)

    name = "odd"


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(hmac.new(b"key", b"message", Odd).digest())
    Odd.block_size = 8
    print(hmac.new(b"key", b"message", Odd).digest())
print([(w.category.__name__, str(w.message)) for w in caught])

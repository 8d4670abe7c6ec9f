"""Random numbers and texts; here as reproducible as everything else."""

import base64
import binascii
from hmac import compare_digest
from random import SystemRandom

__all__ = "choice randbelow randbits SystemRandom token_bytes token_hex token_urlsafe compare_digest".split()

DEFAULT_ENTROPY = 32

_sysrand = SystemRandom()
randbits, choice = _sysrand.getrandbits, _sysrand.choice


def randbelow(exclusive_upper_bound):
    if exclusive_upper_bound <= 0:
        raise ValueError("Upper bound must be positive.")
    return _sysrand._randbelow(exclusive_upper_bound)


def token_bytes(nbytes=None):
    return _sysrand.randbytes(DEFAULT_ENTROPY if nbytes is None else nbytes)


def token_hex(nbytes=None):
    return binascii.hexlify(token_bytes(nbytes)).decode("ascii")


def token_urlsafe(nbytes=None):
    return base64.urlsafe_b64encode(token_bytes(nbytes)).rstrip(b"=").decode("ascii")

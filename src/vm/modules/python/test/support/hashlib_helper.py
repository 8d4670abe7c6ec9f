"""Tests that need a certain hash."""

import functools
import hashlib
import unittest


def _is_known(name, **options):
    try:
        hashlib.new(name, **options)
    except ValueError:
        return False
    return True


def requires_hashdigest(digestname, openssl=None, usedforsecurity=True):
    """Decorates tests, and classes of tests, that are skipped where the hash is missing."""

    def decorate(test):
        if isinstance(test, type):
            own = test.__dict__.get("setUpClass")
            inherited = own.__func__ if own is not None else lambda cls: super(test, cls).setUpClass()
            test.setUpClass = classmethod(decorate(inherited))
            return test

        @functools.wraps(test)
        def checked(*args, **kwargs):
            if not _is_known(digestname, usedforsecurity=usedforsecurity):
                raise unittest.SkipTest(f"hash digest '{digestname}' is not available.")
            return test(*args, **kwargs)

        return checked

    return decorate

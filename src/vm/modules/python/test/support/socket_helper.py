"""Sockets for tests: there are none, so what needs one is skipped."""

import unittest

HOST = HOSTv4 = "127.0.0.1"
HOSTv6 = "::1"
IPV6_ENABLED = False
has_gethostname = False


def _skipped(*args, **kwargs):
    raise unittest.SkipTest("requires sockets")


def skip_unless_bind_unix_socket(test):
    return unittest.skip("No UNIX Sockets")(test)


find_unused_port = bind_port = bind_unix_socket = transient_internet = create_unix_domain_name = _skipped

# What other tests take from CPython's tests of `math`: reading tables of expected values, and comparing with them.

import math
import os
import struct
import sys
import tempfile
import unittest

import test.cmath_testcases

eps = 1e-5
NAN, INF, NINF = math.nan, math.inf, -math.inf
FLOAT_MAX, FLOAT_MIN = sys.float_info.max, sys.float_info.min

# The module is carried along with a table of its own, which becomes a file where files can be.
test_dir = tempfile.gettempdir()
test_file = os.path.join(test_dir, "cmath_testcases.txt")
with open(test_file, "w", encoding="utf-8") as table:
    table.write(test.cmath_testcases.TABLE)


def to_ulps(x):
    """A number for a float, such that neighbouring floats have neighbouring numbers."""
    bits = struct.unpack("<q", struct.pack("<d", x))[0]
    return bits if bits >= 0 else ~(bits + 2**63)


def ulp_abs_check(expected, got, ulp_tol, abs_tol):
    """None if two finite floats are near enough by one of the tolerances, else how far they are apart."""
    ulps, distance = abs(to_ulps(expected) - to_ulps(got)), abs(expected - got)
    if distance <= abs_tol or ulps <= ulp_tol:
        return None
    return f"error = {distance:.3g} ({ulps:d} ulps); permitted error = {abs_tol:.3g} or {ulp_tol:d} ulps"


def _cases(name, is_comment):
    """The lines of a table: words before the arrow, words behind it."""
    with open(name, encoding="utf-8") as table:
        for line in table:
            line = is_comment(line)
            if line.strip():
                before, after = line.split("->")
                yield before.split(), after.split()


def parse_mtestfile(fname):
    """Cases with one real argument: name, function, argument, expected value, flags."""
    for (name, function, argument), (expected, *flags) in _cases(fname, lambda line: line.partition("--")[0]):
        yield name, function, float(argument), float(expected), flags


def parse_testfile(fname):
    """Cases with a complex argument, in parts."""
    for (name, function, *argument), (real, imag, *flags) in _cases(
            fname, lambda line: "" if line.startswith("--") else line):
        yield name, function, *map(float, argument), float(real), float(imag), flags


def result_check(expected, got, ulp_tol=5, abs_tol=0.0):
    """None if a result is as expected, floats within the tolerances; else what is wrong."""
    if got == expected:
        return None
    why = "not equal"
    if isinstance(expected, float) and isinstance(got, int):
        got = float(got)
    elif isinstance(got, float) and isinstance(expected, int):
        expected = float(expected)
    if isinstance(expected, float) and isinstance(got, float):
        if math.isnan(expected) and math.isnan(got):
            return None
        if not (math.isinf(expected) or math.isinf(got)):
            why = ulp_abs_check(expected, got, ulp_tol, abs_tol)
    return None if why is None else f"expected {expected!r}, got {got!r} ({why})"


class IsCloseTests(unittest.TestCase):
    """Pairs that are close, and pairs that are not."""

    isclose = staticmethod(math.isclose)

    def assertIsClose(self, a, b, *args, **kwargs):
        self.assertTrue(self.isclose(a, b, *args, **kwargs), msg=f"{a} and {b} should be close!")

    def assertIsNotClose(self, a, b, *args, **kwargs):
        self.assertFalse(self.isclose(a, b, *args, **kwargs), msg=f"{a} and {b} should not be close!")

    def assertAllClose(self, examples, *args, **kwargs):
        for a, b in examples:
            self.assertIsClose(a, b, *args, **kwargs)

    def assertAllNotClose(self, examples, *args, **kwargs):
        for a, b in examples:
            self.assertIsNotClose(a, b, *args, **kwargs)

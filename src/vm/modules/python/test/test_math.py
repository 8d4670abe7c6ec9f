"""What CPython's tests of `cmath` take from those of `math`: the reader of files of test cases. The files themselves are CPython's."""

import os

test_dir = os.path.dirname(__file__) or os.curdir
math_testcases = os.path.join(test_dir, "math_testcases.txt")
test_file = os.path.join(test_dir, "cmath_testcases.txt")


def _numbers_and_flags(fname):
    """The lines `name function arguments -> results flags` of a file; the rest of a line after "--" is a comment."""
    with open(fname, encoding="utf-8") as lines:
        for line in lines:
            line = line.partition("--")[0].strip()
            if line:
                given, _, expected = line.partition("->")
                yield given.split(), expected.split()


def parse_mtestfile(fname):
    """Cases of real functions: name, function, argument, result, flags."""
    for (name, function, argument), (result, *flags) in _numbers_and_flags(fname):
        yield name, function, float(argument), float(result), flags


def parse_testfile(fname):
    """Cases of complex functions: name, function, the argument's two parts, the result's two parts, flags."""
    for (name, function, *argument), (real, imag, *flags) in _numbers_and_flags(fname):
        yield name, function, float(argument[0]), float(argument[1]), float(real), float(imag), flags

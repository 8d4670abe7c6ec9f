"""Tests as methods of classes: cases, suites of them, loading, running, and telling how it went."""

__all__ = (
    "TestResult TestCase IsolatedAsyncioTestCase TestSuite TextTestRunner TestLoader FunctionTestCase main defaultTestLoader "
    "SkipTest skip skipIf skipUnless expectedFailure TextTestResult installHandler registerResult removeResult removeHandler "
    "addModuleCleanup getTestCaseNames makeSuite findTestCases"
).split()

__unittest = True

from .result import TestResult
from .case import FunctionTestCase, SkipTest, TestCase, addModuleCleanup, expectedFailure, skip, skipIf, skipUnless
from .suite import BaseTestSuite, TestSuite
from .loader import TestLoader, defaultTestLoader, findTestCases, getTestCaseNames, makeSuite
from .main import TestProgram, main
from .runner import TextTestResult, TextTestRunner
from .signals import installHandler, registerResult, removeHandler, removeResult

_TextTestResult = TextTestResult


def load_tests(loader, tests, pattern):
    import os.path

    return loader.discover(start_dir=os.path.dirname(__file__), pattern=pattern)


def __dir__():
    return globals().keys() | {"IsolatedAsyncioTestCase"}


def __getattr__(name):
    # Only who asks for it pays for asyncio.
    if name == "IsolatedAsyncioTestCase":
        global IsolatedAsyncioTestCase
        from .async_case import IsolatedAsyncioTestCase

        return IsolatedAsyncioTestCase
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

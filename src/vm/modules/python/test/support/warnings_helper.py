"""Warnings in tests: which ones must come, and which must not."""

import contextlib
import functools
import sys
import warnings


def check_syntax_warning(testcase, statement, errtext="", *, lineno=1, offset=None):
    """Compiling the statement must warn once, or be a syntax error where warnings are errors."""
    from test.support import check_syntax_error

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", SyntaxWarning)
        compile(statement, "<testcase>", "exec")
    testcase.assertEqual(len(caught), 1, caught)
    warning = caught[0]
    testcase.assertTrue(issubclass(warning.category, SyntaxWarning))
    if errtext:
        testcase.assertRegex(str(warning.message), errtext)
    testcase.assertEqual(warning.filename, "<testcase>")
    testcase.assertIsNotNone(warning.lineno)
    if lineno is not None:
        testcase.assertEqual(warning.lineno, lineno)
    # A SyntaxWarning that is an error reports the same place.
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("error", SyntaxWarning)
        check_syntax_error(testcase, statement, errtext, lineno=lineno, offset=offset)
    testcase.assertEqual(caught, [])


def ignore_warnings(*, category):
    """Decorates tests that run with warnings of a category off."""

    def decorate(test):
        @functools.wraps(test)
        def quietly(self, *args, **kwargs):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", category=category)
                return test(self, *args, **kwargs)

        return quietly

    return decorate


class WarningsRecorder:
    """The warnings caught so far; attributes are those of the last one."""

    def __init__(self, warnings_list):
        self._warnings, self._last = warnings_list, 0

    def __getattr__(self, attr):
        if len(self._warnings) > self._last:
            return getattr(self._warnings[-1], attr)
        if attr in warnings.WarningMessage._WARNING_DETAILS:
            return None
        raise AttributeError(f"{self!r} has no attribute {attr!r}")

    @property
    def warnings(self):
        return self._warnings[self._last:]

    def reset(self):
        self._last = len(self._warnings)


@contextlib.contextmanager
def check_warnings(*filters, **kwargs):
    """Every (pattern, category) must match a warning of the block, and every warning one of them; `quiet` forgives both
    unless filters are given and it is false."""
    quiet = kwargs.get("quiet")
    if not filters:
        filters = (("", Warning),)
        if quiet is None:
            quiet = True
    import re

    # What warned before must be able to warn again.
    frame = sys._getframe(2)
    registry = frame.f_globals.get("__warningregistry__")
    if registry:
        registry.clear()
    with warnings.catch_warnings(record=True) as caught:
        sys.modules["warnings"].simplefilter("always")
        yield WarningsRecorder(caught)
    left = list(caught)
    missing = []
    for pattern, category in filters:
        met = [w for w in left if re.match(pattern, str(w.message), re.I) and issubclass(w.category, category)]
        if not met and not quiet:
            missing.append((pattern, category.__name__))
        left = [w for w in left if w not in met]
    if left:
        raise AssertionError("unhandled warning %s" % left[0].message)
    if missing:
        raise AssertionError("filter (%r, %s) did not catch any warning" % missing[0])


@contextlib.contextmanager
def check_no_warnings(testcase, message="", category=Warning, force_gc=False):
    """No warning of the category with this in it may come from the block."""
    from test.support import gc_collect

    with warnings.catch_warnings(record=True) as caught:
        warnings.filterwarnings("always", message=message, category=category)
        yield
        if force_gc:
            gc_collect()
    testcase.assertEqual(caught, [])


@contextlib.contextmanager
def check_no_resource_warning(testcase):
    """No file may be left open by the block."""
    with check_no_warnings(testcase, category=ResourceWarning, force_gc=True):
        yield


@contextlib.contextmanager
def save_restore_warnings_filters():
    before = warnings.filters[:]
    try:
        yield
    finally:
        warnings.filters[:] = before

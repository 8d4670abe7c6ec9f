"""One test: a class whose instances are run."""

import collections
import contextlib
import functools
import sys
import types
import warnings

from . import result
from ._contexts import _AssertRaisesBaseContext, _AssertRaisesContext, _AssertWarnsContext, _BaseTestCaseContext, _is_subtype
from .util import _common_shorten_repr, _count_diff_all_purpose, _count_diff_hashable, safe_repr, strclass

__unittest = True

_subtest_msg_sentinel = object()

DIFF_OMITTED = "\nDiff is %s characters long. Set self.maxDiff to None to see it."


class SkipTest(Exception):
    """Raised to skip the test that runs."""


class _ShouldStop(Exception):
    """Raised to leave a test after a subtest failed."""


class _UnexpectedSuccess(Exception):
    """The test was to fail, and did not."""


class _Outcome(object):
    """What has happened in the test that runs."""

    def __init__(self, result=None):
        self.expecting_failure, self.success = False, True
        self.result = result
        self.result_supports_subtests = hasattr(result, "addSubTest")
        self.skipped, self.errors = [], []
        self.expectedFailure = None

    @contextlib.contextmanager
    def testPartExecutor(self, test_case, isTest=False):
        """Runs one part of a test: what it raises is kept here."""
        before, self.success = self.success, True
        try:
            yield
            if self.success and self.result_supports_subtests:
                self.errors.append((test_case, None))
        except KeyboardInterrupt:
            raise
        except SkipTest as why:
            self.success = False
            self.skipped.append((test_case, str(why)))
        except _ShouldStop:
            pass
        except:
            kept = sys.exc_info()
            if self.expecting_failure:
                self.expectedFailure = kept
            else:
                self.errors.append((test_case, kept))
                self.success = False
            # The traceback holds this frame.
            kept = None
        finally:
            self.success = self.success and before


# Decorators and clean-ups of modules


def _id(obj):
    return obj


_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    """Has the function called after tearDownModule."""
    _module_cleanups.append((function, args, kwargs))


def _run_cleanups(cleanups):
    """Calls them, last first; the exceptions."""
    raised = []
    while cleanups:
        function, args, kwargs = cleanups.pop()
        try:
            function(*args, **kwargs)
        except Exception as error:
            raised.append(error)
    return raised


def doModuleCleanups():
    raised = _run_cleanups(_module_cleanups)
    if raised:
        raise raised[0]


def skip(reason):
    """Skips a test or a class of tests, always."""

    def decorator(test_item):
        if not isinstance(test_item, type):

            @functools.wraps(test_item)
            def skip_wrapper(*args, **kwargs):
                raise SkipTest(reason)

            test_item = skip_wrapper
        test_item.__unittest_skip__ = True
        test_item.__unittest_skip_why__ = reason
        return test_item

    if isinstance(reason, types.FunctionType):
        # Used without a reason.
        test_item, reason = reason, ""
        return decorator(test_item)
    return decorator


def skipIf(condition, reason):
    """Skips a test if the condition is true."""
    return skip(reason) if condition else _id


def skipUnless(condition, reason):
    """Skips a test unless the condition is true."""
    return _id if condition else skip(reason)


def expectedFailure(test_item):
    """Marks a test that is expected to fail."""
    test_item.__unittest_expecting_failure__ = True
    return test_item


class _OrderedChainMap(collections.ChainMap):
    def __iter__(self):
        met = set()
        for mapping in self.maps:
            for key in mapping:
                if key not in met:
                    met.add(key)
                    yield key


class TestCase(object):
    """A test, or several: one instance for each method that begins with `test`.

    `setUp` runs before each, `tearDown` after it; `setUpClass` and `tearDownClass` around them all."""

    failureException = AssertionError
    longMessage = True
    maxDiff = 80 * 8
    _diffThreshold = 2 ** 16

    def __init_subclass__(cls, *args, **kwargs):
        cls._classSetupFailed = False
        cls._class_cleanups = []
        super().__init_subclass__(*args, **kwargs)

    def __init__(self, methodName="runTest"):
        self._testMethodName, self._outcome, self._testMethodDoc = methodName, None, "No test"
        method = getattr(self, methodName, None)
        if method is not None:
            self._testMethodDoc = method.__doc__
        elif methodName != "runTest":
            raise ValueError("no such test method in %s: %s" % (self.__class__, methodName))
        self._cleanups, self._subtest = [], None
        self._type_equality_funcs = {}
        for kind, name in (
            (dict, "Dict"), (list, "List"), (tuple, "Tuple"), (set, "Set"), (frozenset, "Set"), (str, "MultiLine")):
            self.addTypeEqualityFunc(kind, f"assert{name}Equal")

    def addTypeEqualityFunc(self, typeobj, function):
        """assertEqual of two objects of exactly this type calls the function (or the method so named)."""
        self._type_equality_funcs[typeobj] = function

    def addCleanup(self, function, /, *args, **kwargs):
        """Has the function called after tearDown; the last one added first."""
        self._cleanups.append((function, args, kwargs))

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        """The same after tearDownClass."""
        cls._class_cleanups.append((function, args, kwargs))

    def setUp(self):
        "Runs before each test."

    def tearDown(self):
        "Runs after each test."

    @classmethod
    def setUpClass(cls):
        "Runs before the tests of the class."

    @classmethod
    def tearDownClass(cls):
        "Runs after the tests of the class."

    def countTestCases(self):
        return 1

    def defaultTestResult(self):
        return result.TestResult()

    def shortDescription(self):
        """The first line of the test method's documentation, or None."""
        doc = self._testMethodDoc
        return doc.strip().split("\n")[0].strip() if doc else None

    def id(self):
        return "%s.%s" % (strclass(self.__class__), self._testMethodName)

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._testMethodName == other._testMethodName

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    def __str__(self):
        return "%s (%s)" % (self._testMethodName, strclass(self.__class__))

    def __repr__(self):
        return "<%s testMethod=%s>" % (strclass(self.__class__), self._testMethodName)

    # Running

    def _addSkip(self, result, test_case, reason):
        add = getattr(result, "addSkip", None)
        if add is not None:
            add(test_case, reason)
            return
        warnings.warn("TestResult has no addSkip method, skips not reported", RuntimeWarning, 2)
        result.addSuccess(test_case)

    @contextlib.contextmanager
    def subTest(self, msg=_subtest_msg_sentinel, **params):
        """A part of the test that is told by these parameters; where it fails, the test goes on after it."""
        outcome = self._outcome
        if outcome is None or not outcome.result_supports_subtests:
            yield
            return
        parent = self._subtest
        known = _OrderedChainMap(params) if parent is None else parent.params.new_child(params)
        self._subtest = _SubTest(self, msg, known)
        try:
            with outcome.testPartExecutor(self._subtest, isTest=True):
                yield
            if outcome.success:
                stop = outcome.expectedFailure
            else:
                stop = outcome.result is not None and outcome.result.failfast
            if stop:
                raise _ShouldStop
        finally:
            self._subtest = parent

    def _feedErrorsToResult(self, result, errors):
        for test, exc_info in errors:
            if isinstance(test, _SubTest):
                result.addSubTest(test.test_case, test, exc_info)
            elif exc_info is not None:
                failed = issubclass(exc_info[0], self.failureException)
                (result.addFailure if failed else result.addError)(test, exc_info)

    def _addExpectedFailure(self, result, exc_info):
        add = getattr(result, "addExpectedFailure", None)
        if add is not None:
            add(self, exc_info)
            return
        warnings.warn("TestResult has no addExpectedFailure method, reporting as passes", RuntimeWarning)
        result.addSuccess(self)

    def _addUnexpectedSuccess(self, result):
        add = getattr(result, "addUnexpectedSuccess", None)
        if add is not None:
            add(self)
            return
        warnings.warn("TestResult has no addUnexpectedSuccess method, reporting as failure", RuntimeWarning)
        try:
            raise _UnexpectedSuccess from None
        except _UnexpectedSuccess:
            result.addFailure(self, sys.exc_info())

    def _callSetUp(self):
        self.setUp()

    def _callTestMethod(self, method):
        method()

    def _callTearDown(self):
        self.tearDown()

    def _callCleanup(self, function, /, *args, **kwargs):
        function(*args, **kwargs)

    def _marked(self, method, mark, default=False):
        return getattr(self.__class__, mark, default) or getattr(method, mark, default)

    def run(self, result=None):
        after_all = None
        if result is None:
            result = self.defaultTestResult()
            before_all = getattr(result, "startTestRun", None)
            after_all = getattr(result, "stopTestRun", None)
            if before_all is not None:
                before_all()
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            if self._marked(method, "__unittest_skip__"):
                self._addSkip(result, self, self._marked(method, "__unittest_skip_why__", ""))
                return result
            expecting_failure = self._marked(method, "__unittest_expecting_failure__")
            outcome = _Outcome(result)
            try:
                self._outcome = outcome
                with outcome.testPartExecutor(self):
                    self._callSetUp()
                if outcome.success:
                    outcome.expecting_failure = expecting_failure
                    with outcome.testPartExecutor(self, isTest=True):
                        self._callTestMethod(method)
                    outcome.expecting_failure = False
                    with outcome.testPartExecutor(self):
                        self._callTearDown()
                self.doCleanups()
                for test, reason in outcome.skipped:
                    self._addSkip(result, test, reason)
                self._feedErrorsToResult(result, outcome.errors)
                if outcome.success:
                    if not expecting_failure:
                        result.addSuccess(self)
                    elif outcome.expectedFailure:
                        self._addExpectedFailure(result, outcome.expectedFailure)
                    else:
                        self._addUnexpectedSuccess(result)
                return result
            finally:
                # The exceptions hold frames, and those hold the outcome.
                outcome.errors.clear()
                outcome.expectedFailure = None
                self._outcome = None
        finally:
            result.stopTest(self)
            if after_all is not None:
                after_all()

    def doCleanups(self):
        """Calls the clean-up functions, last first; whether all of them passed."""
        outcome = self._outcome or _Outcome()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            with outcome.testPartExecutor(self):
                self._callCleanup(function, *args, **kwargs)
        return outcome.success

    @classmethod
    def doClassCleanups(cls):
        """Calls the class's clean-up functions; what they raise is in `tearDown_exceptions`."""
        cls.tearDown_exceptions = []
        while cls._class_cleanups:
            function, args, kwargs = cls._class_cleanups.pop()
            try:
                function(*args, **kwargs)
            except Exception:
                cls.tearDown_exceptions.append(sys.exc_info())

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Runs the test, and lets its exceptions through."""
        method = getattr(self, self._testMethodName)
        if self._marked(method, "__unittest_skip__"):
            raise SkipTest(self._marked(method, "__unittest_skip_why__", ""))
        self._callSetUp()
        self._callTestMethod(method)
        self._callTearDown()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop(-1)
            self._callCleanup(function, *args, **kwargs)

    def skipTest(self, reason):
        """Skips the rest of this test."""
        raise SkipTest(reason)

    # Assertions

    def fail(self, msg=None):
        """Fails at once."""
        raise self.failureException(msg)

    def _formatMessage(self, msg, standardMsg):
        """The message given, after the standard one where `longMessage` says so."""
        if msg is None:
            return standardMsg
        if not self.longMessage:
            return msg or standardMsg
        try:
            return "%s : %s" % (standardMsg, msg)
        except UnicodeDecodeError:
            return "%s : %s" % (safe_repr(standardMsg), safe_repr(msg))

    def assertFalse(self, expr, msg=None):
        """The expression is false."""
        if expr:
            raise self.failureException(self._formatMessage(msg, "%s is not false" % safe_repr(expr)))

    def assertTrue(self, expr, msg=None):
        """The expression is true."""
        if not expr:
            raise self.failureException(self._formatMessage(msg, "%s is not true" % safe_repr(expr)))

    def assertRaises(self, expected_exception, *args, **kwargs):
        """The call raises this; without anything to call, it is the block of a `with` that does."""
        context = _AssertRaisesContext(expected_exception, self)
        try:
            return context.handle("assertRaises", args, kwargs)
        finally:
            context = None

    def assertWarns(self, expected_warning, *args, **kwargs):
        """The call (or the block) warns of this."""
        return _AssertWarnsContext(expected_warning, self).handle("assertWarns", args, kwargs)

    def assertLogs(self, logger=None, level=None):
        """The block logs something of this level or above; `as` gives its records and texts."""
        from ._log import _AssertLogsContext

        return _AssertLogsContext(self, logger, level, no_logs=False)

    def assertNoLogs(self, logger=None, level=None):
        """The block logs nothing of this level or above."""
        from ._log import _AssertLogsContext

        return _AssertLogsContext(self, logger, level, no_logs=True)

    def _getAssertEqualityFunc(self, first, second):
        if type(first) is not type(second):
            return self._baseAssertEqual
        special = self._type_equality_funcs.get(type(first))
        if special is None:
            return self._baseAssertEqual
        return getattr(self, special) if isinstance(special, str) else special

    def _baseAssertEqual(self, first, second, msg=None):
        if not first == second:
            shown = "%s != %s" % _common_shorten_repr(first, second)
            raise self.failureException(self._formatMessage(msg, shown))

    def assertEqual(self, first, second, msg=None):
        """first == second"""
        compare = self._getAssertEqualityFunc(first, second)
        compare(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        """first != second"""
        if not first != second:
            shown = "%s == %s" % (safe_repr(first), safe_repr(second))
            raise self.failureException(self._formatMessage(msg, shown))

    def _nearness(self, first, second, places, delta):
        """Whether they are near each other, how far apart, and how near is near enough."""
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        apart = abs(first - second)
        if delta is not None:
            return apart <= delta, apart, "%s delta" % safe_repr(delta)
        if places is None:
            places = 7
        return round(apart, places) == 0, apart, "%r places" % places

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """They differ by no more than `delta`, or by nothing once rounded to `places` (7)."""
        if first == second:
            return
        near, apart, limit = self._nearness(first, second, places, delta)
        if not near:
            shown = "%s != %s within %s (%s difference)" % (safe_repr(first), safe_repr(second), limit, safe_repr(apart))
            raise self.failureException(self._formatMessage(msg, shown))

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """They do differ by more."""
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        if first == second and delta is not None:
            near, apart, limit = True, abs(first - second), "%s delta" % safe_repr(delta)
        elif first == second:
            near, apart, limit = True, None, "%r places" % (7 if places is None else places)
        else:
            near, apart, limit = self._nearness(first, second, places, delta)
        if near:
            shown = "%s == %s within %s" % (safe_repr(first), safe_repr(second), limit)
            if delta is not None:
                shown += " (%s difference)" % safe_repr(apart)
            raise self.failureException(self._formatMessage(msg, shown))

    def _diff_of_reprs(self, first, second):
        import difflib
        import pprint

        lines = [pprint.pformat(each).splitlines() for each in (first, second)]
        return "\n" + "\n".join(difflib.ndiff(*lines))

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        """Two sequences (of this type) have the same items in the same order."""
        kind = "sequence"
        if seq_type is not None:
            kind = seq_type.__name__
            for which, seq in (("First", seq1), ("Second", seq2)):
                if not isinstance(seq, seq_type):
                    raise self.failureException("%s sequence is not a %s: %s" % (which, kind, safe_repr(seq)))
        told = _how_sequences_differ(seq1, seq2, kind, seq_type)
        if told is None:
            return
        told = self._truncateMessage(told, self._diff_of_reprs(seq1, seq2))
        self.fail(self._formatMessage(msg, told))

    def _truncateMessage(self, message, diff):
        if self.maxDiff is None or len(diff) <= self.maxDiff:
            return message + diff
        return message + DIFF_OMITTED % len(diff)

    def assertListEqual(self, list1, list2, msg=None):
        """Two lists are equal."""
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        """Two tuples are equal."""
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        """Two sets are equal."""
        only = []
        for which, one, other in (("first", set1, set2), ("second", set2, set1)):
            try:
                only.append(one.difference(other))
            except TypeError as error:
                self.fail("invalid type when attempting set difference: %s" % error)
            except AttributeError as error:
                self.fail("%s argument does not support set difference: %s" % (which, error))
        if not any(only):
            return
        lines = []
        for items, words in zip(only, ("first set but not the second", "second set but not the first")):
            if items:
                lines.append("Items in the %s:" % words)
                lines += [repr(item) for item in items]
        self.fail(self._formatMessage(msg, "\n".join(lines)))

    def assertIn(self, member, container, msg=None):
        """member in container"""
        if member not in container:
            self.fail(self._formatMessage(msg, "%s not found in %s" % (safe_repr(member), safe_repr(container))))

    def assertNotIn(self, member, container, msg=None):
        """member not in container"""
        if member in container:
            shown = "%s unexpectedly found in %s" % (safe_repr(member), safe_repr(container))
            self.fail(self._formatMessage(msg, shown))

    def assertIs(self, expr1, expr2, msg=None):
        """expr1 is expr2"""
        if expr1 is not expr2:
            self.fail(self._formatMessage(msg, "%s is not %s" % (safe_repr(expr1), safe_repr(expr2))))

    def assertIsNot(self, expr1, expr2, msg=None):
        """expr1 is not expr2"""
        if expr1 is expr2:
            self.fail(self._formatMessage(msg, "unexpectedly identical: %s" % (safe_repr(expr1),)))

    def assertDictEqual(self, d1, d2, msg=None):
        """Two dicts are equal."""
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            told = "%s != %s" % _common_shorten_repr(d1, d2)
            told = self._truncateMessage(told, self._diff_of_reprs(d1, d2))
            self.fail(self._formatMessage(msg, told))

    def assertDictContainsSubset(self, subset, dictionary, msg=None):
        """Every item of the one is in the other."""
        warnings.warn("assertDictContainsSubset is deprecated", DeprecationWarning)
        missing = [key for key in subset if key not in dictionary]
        other = [
            "%s, expected: %s, actual: %s" % (safe_repr(key), safe_repr(value), safe_repr(dictionary[key]))
            for key, value in subset.items() if key in dictionary and value != dictionary[key]]
        if not (missing or other):
            return
        told = "Missing: %s" % ",".join(map(safe_repr, missing)) if missing else ""
        if other:
            told += ("; " if told else "") + "Mismatched values: %s" % ",".join(other)
        self.fail(self._formatMessage(msg, told))

    def assertCountEqual(self, first, second, msg=None):
        """Both have the same items, each as often, in whatever order."""
        had, wanted = list(first), list(second)
        try:
            same = collections.Counter(had) == collections.Counter(wanted)
        except TypeError:
            differences = _count_diff_all_purpose(had, wanted)
        else:
            if same:
                return
            differences = _count_diff_hashable(had, wanted)
        if differences:
            lines = ["First has %d, Second has %d:  %r" % difference for difference in differences]
            told = self._truncateMessage("Element counts were not equal:\n", "\n".join(lines))
            self.fail(self._formatMessage(msg, told))

    def assertMultiLineEqual(self, first, second, msg=None):
        """Two texts are equal."""
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first == second:
            return
        if max(len(first), len(second)) > self._diffThreshold:
            self._baseAssertEqual(first, second, msg)
        import difflib

        lines = [text.splitlines(keepends=True) for text in (first, second)]
        if len(lines[0]) == 1 and first.strip("\r\n") == first:
            lines = [[text + "\n"] for text in (first, second)]
        told = "%s != %s" % _common_shorten_repr(first, second)
        told = self._truncateMessage(told, "\n" + "".join(difflib.ndiff(*lines)))
        self.fail(self._formatMessage(msg, told))

    def assertLess(self, a, b, msg=None):
        """a < b"""
        if not a < b:
            self.fail(self._formatMessage(msg, "%s not less than %s" % (safe_repr(a), safe_repr(b))))

    def assertLessEqual(self, a, b, msg=None):
        """a <= b"""
        if not a <= b:
            self.fail(self._formatMessage(msg, "%s not less than or equal to %s" % (safe_repr(a), safe_repr(b))))

    def assertGreater(self, a, b, msg=None):
        """a > b"""
        if not a > b:
            self.fail(self._formatMessage(msg, "%s not greater than %s" % (safe_repr(a), safe_repr(b))))

    def assertGreaterEqual(self, a, b, msg=None):
        """a >= b"""
        if not a >= b:
            self.fail(self._formatMessage(msg, "%s not greater than or equal to %s" % (safe_repr(a), safe_repr(b))))

    def assertIsNone(self, obj, msg=None):
        """obj is None"""
        if obj is not None:
            self.fail(self._formatMessage(msg, "%s is not None" % (safe_repr(obj),)))

    def assertIsNotNone(self, obj, msg=None):
        """obj is not None"""
        if obj is None:
            self.fail(self._formatMessage(msg, "unexpectedly None"))

    def assertIsInstance(self, obj, cls, msg=None):
        """isinstance(obj, cls)"""
        if not isinstance(obj, cls):
            self.fail(self._formatMessage(msg, "%s is not an instance of %r" % (safe_repr(obj), cls)))

    def assertNotIsInstance(self, obj, cls, msg=None):
        """not isinstance(obj, cls)"""
        if isinstance(obj, cls):
            self.fail(self._formatMessage(msg, "%s is an instance of %r" % (safe_repr(obj), cls)))

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        """The call (or the block) raises this, with a message in which the pattern is found."""
        context = _AssertRaisesContext(expected_exception, self, expected_regex)
        return context.handle("assertRaisesRegex", args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        """The call (or the block) warns of this, with a message in which the pattern is found."""
        context = _AssertWarnsContext(expected_warning, self, expected_regex)
        return context.handle("assertWarnsRegex", args, kwargs)

    def assertRegex(self, text, expected_regex, msg=None):
        """The pattern is found in the text."""
        if isinstance(expected_regex, (str, bytes)):
            import re

            assert expected_regex, "expected_regex must not be empty."
            expected_regex = re.compile(expected_regex)
        if not expected_regex.search(text):
            shown = "Regex didn't match: %r not found in %r" % (expected_regex.pattern, text)
            raise self.failureException(self._formatMessage(msg, shown))

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        """The pattern is not found in the text."""
        if isinstance(unexpected_regex, (str, bytes)):
            import re

            unexpected_regex = re.compile(unexpected_regex)
        match = unexpected_regex.search(text)
        if match:
            shown = "Regex matched: %r matches %r in %r" % (
                text[match.start():match.end()], unexpected_regex.pattern, text)
            raise self.failureException(self._formatMessage(msg, shown))

    # Names of old

    def _deprecate(original_func):
        def deprecated_func(*args, **kwargs):
            warnings.warn("Please use {0} instead.".format(original_func.__name__), DeprecationWarning, 2)
            return original_func(*args, **kwargs)

        return deprecated_func

    failUnlessEqual = assertEquals = _deprecate(assertEqual)
    failIfEqual = assertNotEquals = _deprecate(assertNotEqual)
    failUnlessAlmostEqual = assertAlmostEquals = _deprecate(assertAlmostEqual)
    failIfAlmostEqual = assertNotAlmostEquals = _deprecate(assertNotAlmostEqual)
    failUnless = assert_ = _deprecate(assertTrue)
    failUnlessRaises = _deprecate(assertRaises)
    failIf = _deprecate(assertFalse)
    assertRaisesRegexp = _deprecate(assertRaisesRegex)
    assertRegexpMatches = _deprecate(assertRegex)
    assertNotRegexpMatches = _deprecate(assertNotRegex)


def _how_sequences_differ(seq1, seq2, kind, seq_type):
    """The beginning of assertSequenceEqual's message; None if they are equal."""
    lengths = []
    for which, seq in (("First", seq1), ("Second", seq2)):
        try:
            lengths.append(len(seq))
        except (TypeError, NotImplementedError):
            return "%s %s has no length.    Non-sequence?" % (which, kind)
    if seq1 == seq2:
        return None
    told = "%ss differ: %s != %s\n" % ((kind.capitalize(),) + _common_shorten_repr(seq1, seq2))
    unreadable = "\nUnable to index element %d of %s %s\n"
    for at in range(min(lengths)):
        try:
            item1 = seq1[at]
        except (TypeError, IndexError, NotImplementedError):
            told += unreadable % (at, "first", kind)
            break
        try:
            item2 = seq2[at]
        except (TypeError, IndexError, NotImplementedError):
            told += unreadable % (at, "second", kind)
            break
        if item1 != item2:
            told += "\nFirst differing element %d:\n%s\n%s\n" % ((at,) + _common_shorten_repr(item1, item2))
            break
    else:
        if lengths[0] == lengths[1] and seq_type is None and type(seq1) != type(seq2):
            # The items are the same; only the types differ.
            return None
    if lengths[0] == lengths[1]:
        return told
    which, longer = ("First", seq1) if lengths[0] > lengths[1] else ("Second", seq2)
    from_ = min(lengths)
    told += "\n%s %s contains %d additional elements.\n" % (which, kind, max(lengths) - from_)
    try:
        told += "First extra element %d:\n%s\n" % (from_, safe_repr(longer[from_]))
    except (TypeError, IndexError, NotImplementedError):
        told += "Unable to index element %d of %s %s\n" % (from_, which.lower(), kind)
    return told


class FunctionTestCase(TestCase):
    """A test made of a function, and of functions that set up and tear down."""

    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._setUpFunc, self._tearDownFunc = setUp, tearDown
        self._testFunc, self._description = testFunc, description

    def setUp(self):
        if self._setUpFunc is not None:
            self._setUpFunc()

    def tearDown(self):
        if self._tearDownFunc is not None:
            self._tearDownFunc()

    def runTest(self):
        self._testFunc()

    def id(self):
        return self._testFunc.__name__

    def _parts(self):
        return self._setUpFunc, self._tearDownFunc, self._testFunc, self._description

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return self._parts() == other._parts()

    def __hash__(self):
        return hash((type(self),) + self._parts())

    def __str__(self):
        return "%s (%s)" % (strclass(self.__class__), self._testFunc.__name__)

    def __repr__(self):
        return "<%s tec=%s>" % (strclass(self.__class__), self._testFunc)

    def shortDescription(self):
        if self._description is not None:
            return self._description
        doc = self._testFunc.__doc__
        return doc and doc.split("\n")[0].strip() or None


class _SubTest(TestCase):
    """A part of a test, as results are told of it."""

    def __init__(self, test_case, message, params):
        super().__init__()
        self._message, self.test_case, self.params = message, test_case, params
        self.failureException = test_case.failureException

    def runTest(self):
        raise NotImplementedError("subtests cannot be run directly")

    def _subDescription(self):
        parts = []
        if self._message is not _subtest_msg_sentinel:
            parts.append("[{}]".format(self._message))
        if self.params:
            parts.append("({})".format(", ".join("{}={!r}".format(k, v) for k, v in self.params.items())))
        return " ".join(parts) or "(<subtest>)"

    def id(self):
        return "{} {}".format(self.test_case.id(), self._subDescription())

    def shortDescription(self):
        return self.test_case.shortDescription()

    def __str__(self):
        return "{} {}".format(self.test_case, self._subDescription())

"""What came of the tests."""

import sys
import traceback
from functools import wraps

from . import util

__unittest = True

STDOUT_LINE = "\nStdout:\n%s"
STDERR_LINE = "\nStderr:\n%s"


def failfast(method):
    """Decorates the methods after which a result that fails fast stops."""

    @wraps(method)
    def inner(self, *args, **kw):
        if getattr(self, "failfast", False):
            self.stop()
        return method(self, *args, **kw)

    return inner


class TestResult(object):
    """Collects failures, errors, skips and the rest; runners show it."""

    _previousTestClass = None
    _testRunEntered = False
    _moduleSetUpFailed = False

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failfast = self.shouldStop = self.buffer = self.tb_locals = False
        self.testsRun = 0
        self.failures, self.errors, self.skipped = [], [], []
        self.expectedFailures, self.unexpectedSuccesses = [], []
        self._stdout_buffer = self._stderr_buffer = None
        self._original_stdout, self._original_stderr = sys.stdout, sys.stderr
        self._mirrorOutput = False

    def printErrors(self):
        "Called by TestRunner after test run"

    def startTest(self, test):
        "Called when the given test is about to be run"
        self.testsRun += 1
        self._mirrorOutput = False
        self._setupStdout()

    def _setupStdout(self):
        if not self.buffer:
            return
        if self._stderr_buffer is None:
            import io

            self._stdout_buffer, self._stderr_buffer = io.StringIO(), io.StringIO()
        sys.stdout, sys.stderr = self._stdout_buffer, self._stderr_buffer

    def startTestRun(self):
        "Called once before any tests are executed."

    def stopTest(self, test):
        "Called when the given test has been run"
        self._restoreStdout()
        self._mirrorOutput = False

    def _restoreStdout(self):
        if not self.buffer:
            return
        if self._mirrorOutput:
            for stream, original, frame in (
                (sys.stdout, self._original_stdout, STDOUT_LINE), (sys.stderr, self._original_stderr, STDERR_LINE)):
                text = self._whole_lines(stream)
                if text:
                    original.write(frame % text)
        sys.stdout, sys.stderr = self._original_stdout, self._original_stderr
        for buffer in (self._stdout_buffer, self._stderr_buffer):
            buffer.seek(0)
            buffer.truncate()

    @staticmethod
    def _whole_lines(stream):
        text = stream.getvalue()
        return text if not text or text.endswith("\n") else text + "\n"

    def stopTestRun(self):
        "Called once after all tests are executed."

    @failfast
    def addError(self, test, err):
        "Called when an error has occurred; `err` is what `sys.exc_info()` gives."
        self.errors.append((test, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True

    @failfast
    def addFailure(self, test, err):
        "Called when an assertion has failed; `err` is what `sys.exc_info()` gives."
        self.failures.append((test, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True

    def addSubTest(self, test, subtest, err):
        "Called at the end of a subtest; `err` is None if it passed."
        if err is None:
            return
        if getattr(self, "failfast", False):
            self.stop()
        kind = self.failures if issubclass(err[0], test.failureException) else self.errors
        kind.append((subtest, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True

    def addSuccess(self, test):
        "Called when a test has passed"

    def addSkip(self, test, reason):
        "Called when a test is skipped."
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        "Called when a test that was expected to fail did."
        self.expectedFailures.append((test, self._exc_info_to_string(err, test)))

    @failfast
    def addUnexpectedSuccess(self, test):
        "Called when a test that was expected to fail passed."
        self.unexpectedSuccesses.append(test)

    def wasSuccessful(self):
        "Whether all went as it should."
        if self.failures or self.errors:
            return False
        return not getattr(self, "unexpectedSuccesses", None)

    def stop(self):
        "No test after this one is to run."
        self.shouldStop = True

    def _exc_info_to_string(self, err, test):
        """The traceback as text, without the frames of this package."""
        exctype, value, tb = err
        tb = self._clean_tracebacks(exctype, value, tb, test)
        lines = list(traceback.TracebackException(exctype, value, tb, capture_locals=self.tb_locals, compact=True).format())
        if self.buffer:
            for stream, frame in ((sys.stdout, STDOUT_LINE), (sys.stderr, STDERR_LINE)):
                text = self._whole_lines(stream)
                if text:
                    lines.append(frame % text)
        return "".join(lines)

    def _clean_tracebacks(self, exctype, value, tb, test):
        outermost = None
        first = True
        waiting, met = [(exctype, value, tb)], {id(value)}
        while waiting:
            exctype, value, tb = waiting.pop()
            while tb and self._is_relevant_tb_level(tb):
                tb = tb.tb_next
            if exctype is test.failureException:
                self._remove_unittest_tb_frames(tb)
            if first:
                outermost, first = tb, False
            else:
                value.__traceback__ = tb
            for other in (value.__cause__, value.__context__) if value is not None else ():
                if other is not None and id(other) not in met:
                    waiting.append((type(other), other, other.__traceback__))
                    met.add(id(other))
        return outermost

    def _is_relevant_tb_level(self, tb):
        return "__unittest" in tb.tb_frame.f_globals

    def _remove_unittest_tb_frames(self, tb):
        """Cuts the traceback off where the assertion method begins."""
        last = None
        while tb and not self._is_relevant_tb_level(tb):
            last, tb = tb, tb.tb_next
        if last is not None:
            last.tb_next = None

    def __repr__(self):
        return "<%s run=%i errors=%i failures=%i>" % (
            util.strclass(self.__class__), self.testsRun, len(self.errors), len(self.failures))

"""Running tests and writing how they go."""

import sys
import time
import warnings

from . import result
from .signals import registerResult

__unittest = True


class _WritelnDecorator(object):
    """A stream with a method that ends the line."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, attr):
        if attr in ("stream", "__getstate__"):
            raise AttributeError(attr)
        return getattr(self.stream, attr)

    def writeln(self, arg=None):
        if arg:
            self.write(arg)
        self.write("\n")


class TextTestResult(result.TestResult):
    """A result that writes a letter for each test, or a line."""

    separator1 = "=" * 70
    separator2 = "-" * 70

    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream, descriptions, verbosity)
        self.stream, self.descriptions = stream, descriptions
        self.showAll, self.dots = verbosity > 1, verbosity == 1

    def getDescription(self, test):
        first_line = test.shortDescription()
        return "\n".join((str(test), first_line)) if self.descriptions and first_line else str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self.stream.write(self.getDescription(test))
            self.stream.write(" ... ")
            self.stream.flush()

    def _tell(self, word, letter):
        if self.showAll:
            self.stream.writeln(word)
        elif self.dots:
            self.stream.write(letter)
        self.stream.flush()

    def addSuccess(self, test):
        super().addSuccess(test)
        self._tell("ok", ".")

    def addError(self, test, err):
        super().addError(test, err)
        self._tell("ERROR", "E")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._tell("FAIL", "F")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._tell("skipped {0!r}".format(reason), "s")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._tell("expected failure", "x")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._tell("unexpected success", "u")

    def printErrors(self):
        if self.dots or self.showAll:
            self.stream.writeln()
            self.stream.flush()
        self.printErrorList("ERROR", self.errors)
        self.printErrorList("FAIL", self.failures)

    def printErrorList(self, flavour, errors):
        for test, text in errors:
            for line in (self.separator1, "%s: %s" % (flavour, self.getDescription(test)), self.separator2, "%s" % text):
                self.stream.writeln(line)
            self.stream.flush()


class TextTestRunner(object):
    """Runs tests and writes their results as text (to stderr)."""

    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None,
                 warnings=None, *, tb_locals=False):
        self.stream = _WritelnDecorator(sys.stderr if stream is None else stream)
        self.descriptions, self.verbosity, self.failfast = descriptions, verbosity, failfast
        self.buffer, self.tb_locals, self.warnings = buffer, tb_locals, warnings
        if resultclass is not None:
            self.resultclass = resultclass

    def _makeResult(self):
        return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def run(self, test):
        "Runs a test or a suite; the result."
        result = self._makeResult()
        registerResult(result)
        result.failfast, result.buffer, result.tb_locals = self.failfast, self.buffer, self.tb_locals
        with warnings.catch_warnings():
            self._set_warnings()
            began = time.perf_counter()
            before, after = (getattr(result, name, None) for name in ("startTestRun", "stopTestRun"))
            if before is not None:
                before()
            try:
                test(result)
            finally:
                if after is not None:
                    after()
            taken = time.perf_counter() - began
        result.printErrors()
        if hasattr(result, "separator2"):
            self.stream.writeln(result.separator2)
        run = result.testsRun
        self.stream.writeln("Ran %d test%s in %.3fs" % (run, "" if run == 1 else "s", taken))
        self.stream.writeln()
        self._write_summary(result)
        return result

    def _set_warnings(self):
        if not self.warnings:
            return
        warnings.simplefilter(self.warnings)
        if self.warnings in ("default", "always"):
            # Of the deprecated names, one warning is enough.
            warnings.filterwarnings("module", category=DeprecationWarning, message=r"Please use assert\w+ instead.")

    def _write_summary(self, result):
        passed = result.wasSuccessful()
        counts = []
        if not passed:
            counts += [("failures", len(result.failures)), ("errors", len(result.errors))]
        for words, name in (("skipped", "skipped"), ("expected failures", "expectedFailures"),
                            ("unexpected successes", "unexpectedSuccesses")):
            counts.append((words, len(getattr(result, name, ()))))
        told = ["%s=%d" % count for count in counts if count[1]]
        self.stream.write("OK" if passed else "FAILED")
        self.stream.write(" (%s)\n" % (", ".join(told),) if told else "\n")
        self.stream.flush()

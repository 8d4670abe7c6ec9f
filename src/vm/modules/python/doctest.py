"""Runs the examples in documentation and compares what they print with what they say."""

__docformat__ = "reStructuredText en"

__all__ = (
    "register_optionflag DONT_ACCEPT_TRUE_FOR_1 DONT_ACCEPT_BLANKLINE NORMALIZE_WHITESPACE ELLIPSIS SKIP "
    "IGNORE_EXCEPTION_DETAIL COMPARISON_FLAGS REPORT_UDIFF REPORT_CDIFF REPORT_NDIFF REPORT_ONLY_FIRST_FAILURE "
    "REPORTING_FLAGS FAIL_FAST Example DocTest DocTestParser DocTestFinder DocTestRunner OutputChecker DocTestFailure "
    "UnexpectedException DebugRunner testmod testfile run_docstring_examples DocTestSuite DocFileSuite set_unittest_reportflags "
    "script_from_examples testsource debug_src debug"
).split()

import os
import re
import sys
import traceback
import types
import unittest
from collections import namedtuple
from io import StringIO

from _imports import unsupported

TestResults = namedtuple("TestResults", "failed attempted")

OPTIONFLAGS_BY_NAME = {}


def register_optionflag(name):
    """A new flag of this name, or the one that there is."""
    return OPTIONFLAGS_BY_NAME.setdefault(name, 1 << len(OPTIONFLAGS_BY_NAME))


DONT_ACCEPT_TRUE_FOR_1 = register_optionflag("DONT_ACCEPT_TRUE_FOR_1")
DONT_ACCEPT_BLANKLINE = register_optionflag("DONT_ACCEPT_BLANKLINE")
NORMALIZE_WHITESPACE = register_optionflag("NORMALIZE_WHITESPACE")
ELLIPSIS = register_optionflag("ELLIPSIS")
SKIP = register_optionflag("SKIP")
IGNORE_EXCEPTION_DETAIL = register_optionflag("IGNORE_EXCEPTION_DETAIL")
REPORT_UDIFF = register_optionflag("REPORT_UDIFF")
REPORT_CDIFF = register_optionflag("REPORT_CDIFF")
REPORT_NDIFF = register_optionflag("REPORT_NDIFF")
REPORT_ONLY_FIRST_FAILURE = register_optionflag("REPORT_ONLY_FIRST_FAILURE")
FAIL_FAST = register_optionflag("FAIL_FAST")

COMPARISON_FLAGS = (
    DONT_ACCEPT_TRUE_FOR_1 | DONT_ACCEPT_BLANKLINE | NORMALIZE_WHITESPACE | ELLIPSIS | SKIP | IGNORE_EXCEPTION_DETAIL)
REPORTING_FLAGS = REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF | REPORT_ONLY_FIRST_FAILURE | FAIL_FAST

BLANKLINE_MARKER = "<BLANKLINE>"
ELLIPSIS_MARKER = "..."


def _indent(s, indent=4):
    return re.sub("(?m)^(?!$)", indent * " ", s)


def _normalize_module(module, depth=2):
    """The module itself, by name, or that of the caller."""
    if isinstance(module, types.ModuleType):
        return module
    if isinstance(module, str):
        return __import__(module, globals(), locals(), ["*"])
    if module is None:
        return sys.modules[sys._getframe(depth).f_globals["__name__"]]
    raise TypeError("Expected a module, string, or None")


def _exception_traceback(exc_info):
    text = StringIO()
    traceback.print_exception(*exc_info, file=text)
    return text.getvalue()


def _strip_exception_details(msg):
    """The name of the exception without its module and its message."""
    end = len(msg)
    for mark in ("\n", ":"):
        at = msg.find(mark, 0, end)
        if at >= 0:
            end = at
    start = msg.rfind(".", 0, end) + 1
    return msg[start:end]


class _SpoofOut(StringIO):
    """Catches what is printed."""

    def getvalue(self):
        result = StringIO.getvalue(self)
        # Every expected output ends in a newline, so this one has to.
        return result + "\n" if result and not result.endswith("\n") else result

    def truncate(self, size=None):
        self.seek(size)
        StringIO.truncate(self)


def _ellipsis_match(want, got):
    """Whether they agree where `...` stands for anything."""
    if ELLIPSIS_MARKER not in want:
        return want == got
    first, *middle, last = want.split(ELLIPSIS_MARKER)
    if not got.startswith(first) or not got.endswith(last) or len(first) + len(last) > len(got):
        return False
    start, end = len(first), len(got) - len(last)
    for piece in middle:
        start = got.find(piece, start, end)
        if start < 0:
            return False
        start += len(piece)
    return True


class Example:
    """One example: `source`, `want`, `exc_msg`, where it is (`lineno`, from 0), `indent`, `options`."""

    def __init__(self, source, want, exc_msg=None, lineno=0, indent=0, options=None):
        if not source.endswith("\n"):
            source += "\n"
        if want and not want.endswith("\n"):
            want += "\n"
        if exc_msg is not None and not exc_msg.endswith("\n"):
            exc_msg += "\n"
        self.source, self.want, self.lineno, self.indent = source, want, lineno, indent
        self.options, self.exc_msg = {} if options is None else options, exc_msg

    def _parts(self):
        return self.source, self.want, self.lineno, self.indent, self.options, self.exc_msg

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._parts() == other._parts()

    def __hash__(self):
        return hash((self.source, self.want, self.lineno, self.indent, self.exc_msg))


class DocTest:
    """The examples of one documentation, run in one namespace."""

    def __init__(self, examples, globs, name, filename, lineno, docstring):
        assert not isinstance(examples, str), "DocTest no longer accepts str; use DocTestParser instead"
        self.examples, self.docstring, self.globs = examples, docstring, globs.copy()
        self.name, self.filename, self.lineno = name, filename, lineno

    def __repr__(self):
        n = len(self.examples)
        shown = "no examples" if n == 0 else "1 example" if n == 1 else "%d examples" % n
        return "<%s %s from %s:%s (%s)>" % (self.__class__.__name__, self.name, self.filename, self.lineno, shown)

    def _parts(self):
        return self.examples, self.docstring, self.globs, self.name, self.filename, self.lineno

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._parts() == other._parts()

    def __hash__(self):
        return hash((self.docstring, self.name, self.filename, self.lineno))

    def __lt__(self, other):
        if not isinstance(other, DocTest):
            return NotImplemented
        return (self.name, self.filename, self.lineno, id(self)) < (other.name, other.filename, other.lineno, id(other))


class DocTestParser:
    """Finds the examples in a text."""

    _EXAMPLE_RE = re.compile(r"""
        (?P<source>(?:^(?P<indent>[ ]*)>>>.*)(?:\n[ ]*\.\.\..*)*)\n?
        (?P<want>(?:(?![ ]*$)(?![ ]*>>>).+$\n?)*)
        """, re.MULTILINE | re.VERBOSE)

    _EXCEPTION_RE = re.compile(r"""
        ^(?P<hdr>Traceback\ \((?:most\ recent\ call\ last|innermost\ last)\):)\s*$
        (?P<stack>.*?)
        ^(?P<msg>\w+.*)
        """, re.VERBOSE | re.MULTILINE | re.DOTALL)

    _OPTION_DIRECTIVE_RE = re.compile(r"#\s*doctest:\s*([^\n\'\"]*)$", re.MULTILINE)

    def parse(self, string, name="<string>"):
        """The text cut into examples and what is between them."""
        string = string.expandtabs()
        margin = self._min_indent(string)
        if margin > 0:
            string = "\n".join([line[margin:] for line in string.split("\n")])
        output, end, lineno = [], 0, 0
        for found in self._EXAMPLE_RE.finditer(string):
            output.append(string[end:found.start()])
            lineno += string.count("\n", end, found.start())
            source, options, want, exc_msg = self._parse_example(found, name, lineno)
            if not self._is_comment(source):
                output.append(Example(
                    source, want, exc_msg, lineno=lineno, indent=margin + len(found.group("indent")), options=options))
            lineno += string.count("\n", found.start(), found.end())
            end = found.end()
        output.append(string[end:])
        return output

    @staticmethod
    def _is_comment(source):
        return all(line.strip() == "" or line.lstrip().startswith("#") for line in source.split("\n"))

    def get_doctest(self, string, globs, name, filename, lineno):
        """The examples of a text as a DocTest."""
        return DocTest(self.get_examples(string, name), globs, name, filename, lineno, string)

    def get_examples(self, string, name="<string>"):
        """The examples alone."""
        return [each for each in self.parse(string, name) if isinstance(each, Example)]

    def _parse_example(self, found, name, lineno):
        indent = len(found.group("indent"))
        lines = found.group("source").split("\n")
        for at, line in enumerate(lines):
            if len(line) >= indent + 4 and line[indent + 3] != " ":
                raise ValueError("line %r of the docstring for %s lacks blank after %s: %r" % (
                    lineno + at + 1, name, line[indent:indent + 3], line))
        self._check_prefix(lines[1:], " " * indent + ".", name, lineno)
        source = "\n".join([line[indent + 4:] for line in lines])
        want = found.group("want").split("\n")
        if len(want) > 1 and re.match(r" *$", want[-1]):
            del want[-1]
        self._check_prefix(want, " " * indent, name, lineno + len(lines))
        want = "\n".join([line[indent:] for line in want])
        raised = self._EXCEPTION_RE.match(want)
        return source, self._find_options(source, name, lineno), want, raised.group("msg") if raised else None

    def _find_options(self, source, name, lineno):
        """The options of the comments `# doctest: +NAME`."""
        options = {}
        for found in self._OPTION_DIRECTIVE_RE.finditer(source):
            for option in found.group(1).replace(",", " ").split():
                if option[0] not in "+-" or option[1:] not in OPTIONFLAGS_BY_NAME:
                    raise ValueError("line %r of the doctest for %s has an invalid option: %r" % (lineno + 1, name, option))
                options[OPTIONFLAGS_BY_NAME[option[1:]]] = option[0] == "+"
        if options and self._is_comment(source):
            raise ValueError("line %r of the doctest for %s has an option directive on a line with no example: %r" % (
                lineno, name, source))
        return options

    def _min_indent(self, s):
        return min([len(each) for each in re.findall(r"(?m)^([ ]*)(?=\S)", s)], default=0)

    def _check_prefix(self, lines, prefix, name, lineno):
        for at, line in enumerate(lines):
            if line and not line.startswith(prefix):
                raise ValueError("line %r of the docstring for %s has inconsistent leading whitespace: %r" % (
                    lineno + at + 1, name, line))


class DocTestFinder:
    """Finds the tests of an object: its own documentation and that of what is in it."""

    def __init__(self, verbose=False, parser=DocTestParser(), recurse=True, exclude_empty=True):
        self._parser, self._verbose, self._recurse, self._exclude_empty = parser, verbose, recurse, exclude_empty

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        """The tests, sorted by name."""
        import inspect
        import linecache

        if name is None:
            name = getattr(obj, "__name__", None)
            if name is None:
                raise ValueError("DocTestFinder.find: name must be given when obj.__name__ doesn't exist: %r" % (type(obj),))
        if module is False:
            module = None
        elif module is None:
            module = inspect.getmodule(obj)
        lines = None
        try:
            file = inspect.getsourcefile(obj)
        except TypeError:
            file = getattr(module, "__file__", None)
        if file is not None:
            lines = linecache.getlines(file, module.__dict__) if module is not None else linecache.getlines(file)
            lines = lines or None
        globs = (dict(module.__dict__) if module is not None else {}) if globs is None else globs.copy()
        if extraglobs is not None:
            globs.update(extraglobs)
        globs.setdefault("__name__", "__main__")
        tests = []
        self._find(tests, obj, name, module, lines, globs, {})
        tests.sort()
        return tests

    def _from_module(self, module, object):
        """Whether the object is defined in the module."""
        import inspect

        if module is None:
            return True
        if inspect.getmodule(object) is not None:
            return module is inspect.getmodule(object)
        if isinstance(object, types.FunctionType):
            return module.__dict__ is object.__globals__
        if inspect.ismethoddescriptor(object) or isinstance(object, types.MethodWrapperType):
            if hasattr(object, "__objclass__"):
                return module.__name__ == object.__objclass__.__module__
            # Where some descriptors come from cannot be told.
            return module.__name__ == getattr(object, "__module__", module.__name__)
        if isinstance(object, type):
            return module.__name__ == object.__module__
        if hasattr(object, "__module__"):
            return module.__name__ == object.__module__
        if isinstance(object, property):
            return True
        raise ValueError("object must be a class or function")

    def _find(self, tests, obj, name, module, source_lines, globs, seen):
        import inspect

        if self._verbose:
            print("Finding tests in %s" % name)
        if id(obj) in seen:
            return
        seen[id(obj)] = 1
        test = self._get_test(obj, name, module, globs, source_lines)
        if test is not None:
            tests.append(test)
        if not self._recurse:
            return

        def routine(thing):
            return inspect.isroutine(inspect.unwrap(thing)) or isinstance(thing, type)

        if isinstance(obj, types.ModuleType):
            for valname, val in obj.__dict__.items():
                if routine(val) and self._from_module(module, val):
                    self._find(tests, val, "%s.%s" % (name, valname), module, source_lines, globs, seen)
            for valname, val in getattr(obj, "__test__", {}).items():
                if not isinstance(valname, str):
                    raise ValueError("DocTestFinder.find: __test__ keys must be strings: %r" % (type(valname),))
                if not (isinstance(val, (str, types.ModuleType)) or routine(val)):
                    raise ValueError(
                        "DocTestFinder.find: __test__ values must be strings, functions, methods, classes, or modules: %r"
                        % (type(val),))
                self._find(tests, val, "%s.__test__.%s" % (name, valname), module, source_lines, globs, seen)
        elif isinstance(obj, type):
            for valname, val in obj.__dict__.items():
                if isinstance(val, (staticmethod, classmethod)):
                    val = val.__func__
                if (routine(val) or isinstance(val, property)) and self._from_module(module, val):
                    self._find(tests, val, "%s.%s" % (name, valname), module, source_lines, globs, seen)

    def _get_test(self, obj, name, module, globs, source_lines):
        if isinstance(obj, str):
            docstring = obj
        else:
            docstring = getattr(obj, "__doc__", None)
            docstring = "" if docstring is None else docstring if isinstance(docstring, str) else str(docstring)
        lineno = self._find_lineno(obj, source_lines)
        if self._exclude_empty and not docstring:
            return None
        filename = None
        if module is not None:
            filename = getattr(module, "__file__", None) or module.__name__
            if filename[-4:] == ".pyc":
                filename = filename[:-1]
        return self._parser.get_doctest(docstring, globs, name, filename, lineno)

    def _find_lineno(self, obj, source_lines):
        """The line (from 0) on which the documentation begins; None if that cannot be told."""
        import inspect

        docstring, lineno = getattr(obj, "__doc__", None), None
        if isinstance(obj, types.ModuleType) and docstring is not None:
            lineno = 0
        if isinstance(obj, type) and docstring is not None:
            if source_lines is None:
                return None
            pattern = re.compile(r"^\s*class\s*%s\b" % re.escape(getattr(obj, "__name__", "-")))
            lineno = next((at for at, line in enumerate(source_lines) if pattern.match(line)), None)
        if isinstance(obj, types.MethodType):
            obj = obj.__func__
        if isinstance(obj, property):
            obj = obj.fget
        if isinstance(obj, types.FunctionType) and getattr(obj, "__doc__", None):
            obj = inspect.unwrap(obj).__code__
        if isinstance(obj, types.TracebackType):
            obj = obj.tb_frame
        if isinstance(obj, types.FrameType):
            obj = obj.f_code
        if isinstance(obj, types.CodeType) and docstring:
            lineno = obj.co_firstlineno - 1
        if lineno is None:
            return None
        if source_lines is None:
            return lineno + 1
        quotes = re.compile(r"(^|.*:)\s*\w*(\"|')")
        for at in range(lineno, len(source_lines)):
            if quotes.match(source_lines[at]):
                return at
        return None


class OutputChecker:
    """Says whether an example's output is what it should be, and how it differs."""

    def _toAscii(self, s):
        return str(s.encode("ASCII", "backslashreplace"), "ASCII")

    def check_output(self, want, got, optionflags):
        got, want = self._toAscii(got), self._toAscii(want)
        if got == want:
            return True
        if not optionflags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (("True\n", "1\n"), ("False\n", "0\n")):
            return True
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            want = re.sub(r"(?m)^%s\s*?$" % re.escape(BLANKLINE_MARKER), "", want)
            got = re.sub(r"(?m)^[^\S\n]+$", "", got)
            if got == want:
                return True
        if optionflags & NORMALIZE_WHITESPACE:
            got, want = " ".join(got.split()), " ".join(want.split())
            if got == want:
                return True
        return bool(optionflags & ELLIPSIS and _ellipsis_match(want, got))

    def _do_a_fancy_diff(self, want, got, optionflags):
        if not optionflags & (REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF):
            return False
        return bool(optionflags & REPORT_NDIFF) or want.count("\n") > 2 and got.count("\n") > 2

    def output_difference(self, example, got, optionflags):
        want = example.want
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            got = re.sub("(?m)^[ ]*(?=\n)", BLANKLINE_MARKER, got)
        if self._do_a_fancy_diff(want, got, optionflags):
            import difflib

            want_lines, got_lines = want.splitlines(keepends=True), got.splitlines(keepends=True)
            if optionflags & REPORT_UDIFF:
                diff, kind = list(difflib.unified_diff(want_lines, got_lines, n=2))[2:], "unified diff with -expected +actual"
            elif optionflags & REPORT_CDIFF:
                diff, kind = list(difflib.context_diff(want_lines, got_lines, n=2))[2:], "context diff with expected followed by actual"
            else:
                engine = difflib.Differ(charjunk=difflib.IS_CHARACTER_JUNK)
                diff, kind = list(engine.compare(want_lines, got_lines)), "ndiff with -expected +actual"
            return "Differences (%s):\n" % kind + _indent("".join(diff))
        if want and got:
            return "Expected:\n%sGot:\n%s" % (_indent(want), _indent(got))
        if want:
            return "Expected:\n%sGot nothing\n" % _indent(want)
        return "Expected nothing\nGot:\n%s" % _indent(got) if got else "Expected nothing\nGot nothing\n"


class DocTestFailure(Exception):
    """An example's output was not what it should be."""

    def __init__(self, test, example, got):
        self.test, self.example, self.got = test, example, got

    def __str__(self):
        return str(self.test)


class UnexpectedException(Exception):
    """An example raised what it should not."""

    def __init__(self, test, example, exc_info):
        self.test, self.example, self.exc_info = test, example, exc_info

    def __str__(self):
        return str(self.test)


class DocTestRunner:
    """Runs tests and reports failures."""

    DIVIDER = "*" * 70

    def __init__(self, checker=None, verbose=None, optionflags=0):
        self._checker = checker or OutputChecker()
        self._verbose = "-v" in sys.argv if verbose is None else verbose
        self.optionflags = self.original_optionflags = optionflags
        self.tries = self.failures = 0
        self._name2ft = {}
        self._fakeout = _SpoofOut()

    def report_start(self, out, test, example):
        if self._verbose:
            expecting = "Expecting:\n" + _indent(example.want) if example.want else "Expecting nothing\n"
            out("Trying:\n" + _indent(example.source) + expecting)

    def report_success(self, out, test, example, got):
        if self._verbose:
            out("ok\n")

    def report_failure(self, out, test, example, got):
        out(self._failure_header(test, example) + self._checker.output_difference(example, got, self.optionflags))

    def report_unexpected_exception(self, out, test, example, exc_info):
        out(self._failure_header(test, example) + "Exception raised:\n" + _indent(_exception_traceback(exc_info)))

    def _failure_header(self, test, example):
        out = [self.DIVIDER]
        if test.filename:
            lineno = "?" if test.lineno is None or example.lineno is None else test.lineno + example.lineno + 1
            out.append('File "%s", line %s, in %s' % (test.filename, lineno, test.name))
        else:
            out.append("Line %s, in %s" % (example.lineno + 1, test.name))
        out += ["Failed example:", _indent(example.source)]
        return "\n".join(out)

    def _passed(self, example, got, exception):
        """Whether the example went as it should; the output that is to be shown; None if it raised what it should not."""
        if exception is None:
            return self._checker.check_output(example.want, got, self.optionflags), got
        message = traceback.format_exception_only(*exception[:2])[-1]
        got += _exception_traceback(exception)
        if example.exc_msg is None:
            return None, got
        if self._checker.check_output(example.exc_msg, message, self.optionflags):
            return True, got
        if self.optionflags & IGNORE_EXCEPTION_DETAIL:
            names = _strip_exception_details(example.exc_msg), _strip_exception_details(message)
            return self._checker.check_output(*names, self.optionflags), got
        return False, got

    def __run(self, test, compileflags, out):
        failures = tries = 0
        original = self.optionflags
        for number, example in enumerate(test.examples):
            quiet = self.optionflags & REPORT_ONLY_FIRST_FAILURE and failures > 0
            self.optionflags = original
            for flag, on in example.options.items():
                self.optionflags = self.optionflags | flag if on else self.optionflags & ~flag
            if self.optionflags & SKIP:
                continue
            tries += 1
            if not quiet:
                self.report_start(out, test, example)
            filename = "<doctest %s[%d]>" % (test.name, number)
            self.filenames[filename] = example.source
            exception = None
            try:
                exec(compile(example.source, filename, "single", compileflags, True), test.globs)
            except KeyboardInterrupt:
                raise
            except:
                exception = sys.exc_info()
            got = self._fakeout.getvalue()
            self._fakeout.truncate(0)
            passed, got = self._passed(example, got, exception)
            if passed:
                if not quiet:
                    self.report_success(out, test, example, got)
            else:
                if not quiet and passed is None:
                    self.report_unexpected_exception(out, test, example, exception)
                elif not quiet:
                    self.report_failure(out, test, example, got)
                failures += 1
            if failures and self.optionflags & FAIL_FAST:
                break
        self.optionflags = original
        self.__record_outcome(test, failures, tries)
        return TestResults(failures, tries)

    def __record_outcome(self, test, f, t):
        f2, t2 = self._name2ft.get(test.name, (0, 0))
        self._name2ft[test.name] = (f + f2, t + t2)
        self.failures += f
        self.tries += t

    def __patched_linecache_getlines(self, filename, module_globals=None):
        if filename in self.filenames:
            return self.filenames[filename].splitlines(keepends=True)
        return self.save_linecache_getlines(filename, module_globals)

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        """Runs a test; how many examples failed, and how many were tried."""
        import linecache

        self.test = test
        if compileflags is None:
            import __future__

            compileflags = 0
            for name in __future__.all_feature_names:
                feature = getattr(__future__, name)
                if test.globs.get(name) is feature:
                    compileflags |= feature.compiler_flag
        stdout = sys.stdout
        if out is None:
            out = stdout.write
        displayhook, self.save_linecache_getlines = sys.displayhook, linecache.getlines
        self.filenames = {}
        sys.stdout, sys.displayhook = self._fakeout, sys.__displayhook__
        linecache.getlines = self.__patched_linecache_getlines
        try:
            return self.__run(test, compileflags, out)
        finally:
            sys.stdout, sys.displayhook, linecache.getlines = stdout, displayhook, self.save_linecache_getlines
            if clear_globs:
                test.globs.clear()
                import builtins

                builtins._ = None

    def summarize(self, verbose=None):
        """Prints how it went; (failed, attempted)."""
        if verbose is None:
            verbose = self._verbose
        empty, passed, failed = [], [], []
        failures = tries = 0
        for name, (f, t) in self._name2ft.items():
            failures += f
            tries += t
            (empty if t == 0 else passed if f == 0 else failed).append((name, f, t))
        if verbose:
            if empty:
                print(len(empty), "items had no tests:")
                for name, *_ in sorted(empty):
                    print("   ", name)
            if passed:
                print(len(passed), "items passed all tests:")
                for name, _, t in sorted(passed):
                    print(" %3d tests in %s" % (t, name))
        if failed:
            print(self.DIVIDER)
            print(len(failed), "items had failures:")
            for name, f, t in sorted(failed):
                print(" %3d of %3d in %s" % (f, t, name))
        if verbose:
            print(tries, "tests in", len(self._name2ft), "items.")
            print(tries - failures, "passed and", failures, "failed.")
        if failures:
            print("***Test Failed***", failures, "failures.")
        elif verbose:
            print("Test passed.")
        return TestResults(failures, tries)

    def merge(self, other):
        for name, (f, t) in other._name2ft.items():
            f2, t2 = self._name2ft.get(name, (0, 0))
            self._name2ft[name] = (f + f2, t + t2)


class DebugRunner(DocTestRunner):
    """Raises an exception for the first failure."""

    def __patched_linecache_getlines(self, filename, module_globals=None):
        if filename in self.filenames:
            return self.filenames[filename].splitlines(keepends=True)
        return self.save_linecache_getlines(filename, module_globals)

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        r = DocTestRunner.run(self, test, compileflags, out, False)
        if clear_globs:
            test.globs.clear()
        return r

    def report_unexpected_exception(self, out, test, example, exc_info):
        raise UnexpectedException(test, example, exc_info)

    def report_failure(self, out, test, example, got):
        raise DocTestFailure(test, example, got)


master = None


def _run_all(runner, tests, report):
    global master
    for test in tests:
        runner.run(test)
    if report:
        runner.summarize()
    if master is None:
        master = runner
    else:
        master.merge(runner)
    return TestResults(runner.failures, runner.tries)


def testmod(m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None, raise_on_error=False,
            exclude_empty=False):
    """Runs the examples in a module (the main one) and reports; (failed, attempted)."""
    if m is None:
        m = sys.modules.get("__main__")
    if not isinstance(m, types.ModuleType):
        raise TypeError("testmod: module required; %r" % (m,))
    if name is None:
        name = m.__name__
    kind = DebugRunner if raise_on_error else DocTestRunner
    runner = kind(verbose=verbose, optionflags=optionflags)
    finder = DocTestFinder(exclude_empty=exclude_empty)
    return _run_all(runner, finder.find(m, name, globs=globs, extraglobs=extraglobs), report)


def testfile(filename, module_relative=True, name=None, package=None, globs=None, verbose=None, report=True, optionflags=0,
             extraglobs=None, raise_on_error=False, parser=DocTestParser(), encoding=None):
    """Runs the examples in a file."""
    if package and not module_relative:
        raise ValueError("Package may only be specified for module-relative paths.")
    import os

    if module_relative:
        base = getattr(_normalize_module(package, 3), "__file__", "")
        filename = os.path.join(os.path.dirname(base), *filename.split("/"))
    with open(filename, encoding=encoding) as file:
        text = file.read()
    if name is None:
        name = os.path.basename(filename)
    globs = {} if globs is None else globs.copy()
    if extraglobs is not None:
        globs.update(extraglobs)
    globs.setdefault("__name__", "__main__")
    kind = DebugRunner if raise_on_error else DocTestRunner
    runner = kind(verbose=verbose, optionflags=optionflags)
    return _run_all(runner, [parser.get_doctest(text, globs, name, filename, 0)], report)


def run_docstring_examples(f, globs, verbose=False, name="NoName", compileflags=None, optionflags=0):
    """Runs the examples of one object's documentation."""
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder(verbose=verbose, recurse=False).find(f, name, globs=globs):
        runner.run(test, compileflags=compileflags)


_unittest_reportflags = 0


def set_unittest_reportflags(flags):
    """Sets how tests in a suite report differences."""
    global _unittest_reportflags
    if flags & REPORTING_FLAGS != flags:
        raise ValueError("Only reporting flags allowed", flags)
    old, _unittest_reportflags = _unittest_reportflags, flags
    return old


class DocTestCase(unittest.TestCase):
    """A DocTest as a unittest."""

    def __init__(self, test, optionflags=0, setUp=None, tearDown=None, checker=None):
        unittest.TestCase.__init__(self)
        self._dt_optionflags, self._dt_checker, self._dt_test = optionflags, checker, test
        self._dt_setUp, self._dt_tearDown = setUp, tearDown

    def setUp(self):
        self._dt_globs = self._dt_test.globs.copy()
        if self._dt_setUp is not None:
            self._dt_setUp(self._dt_test)

    def tearDown(self):
        if self._dt_tearDown is not None:
            self._dt_tearDown(self._dt_test)
        self._dt_test.globs.clear()
        self._dt_test.globs.update(self._dt_globs)

    def runTest(self):
        flags = self._dt_optionflags
        if not flags & REPORTING_FLAGS:
            flags |= _unittest_reportflags
        runner, new, old = DocTestRunner(optionflags=flags, checker=self._dt_checker, verbose=False), StringIO(), sys.stdout
        try:
            runner.DIVIDER = "-" * 70
            failures, _ = runner.run(self._dt_test, out=new.write, clear_globs=False)
        finally:
            sys.stdout = old
        if failures:
            raise self.failureException(self.format_failure(new.getvalue()))

    def format_failure(self, err):
        test = self._dt_test
        lineno = "unknown line number" if test.lineno is None else "%s" % test.lineno
        last = test.name.split(".")[-1]
        return 'Failed doctest test for %s\n  File "%s", line %s, in %s\n\n%s' % (test.name, test.filename, lineno, last, err)

    def id(self):
        return self._dt_test.name

    def __repr__(self):
        parts = self._dt_test.name.split(".")
        return "%s (%s)" % (parts[-1], ".".join(parts[:-1]))

    __str__ = __repr__

    def shortDescription(self):
        return "Doctest: " + self._dt_test.name


def DocTestSuite(module=None, globs=None, extraglobs=None, test_finder=None, **options):
    """The examples of a module as a suite of unittests."""
    if test_finder is None:
        test_finder = DocTestFinder()
    module = _normalize_module(module, 3)
    suite = unittest.TestSuite()
    for test in sorted(test_finder.find(module, globs=globs, extraglobs=extraglobs)):
        if test.examples:
            if not test.filename:
                test.filename = module.__file__
            suite.addTest(DocTestCase(test, **options))
    return suite


def _load_testfile(path, package, module_relative, encoding):
    """A file's text and where it is; relative paths are seen from the folder of a module."""
    if module_relative:
        if path.startswith("/"):
            raise ValueError("Module-relative files may not have absolute paths")
        base = getattr(_normalize_module(package, 3), "__file__", "")
        path = os.path.join(os.path.dirname(base), *path.split("/"))
    with open(path, encoding=encoding) as file:
        return file.read(), path


class DocFileCase(DocTestCase):
    """The examples of a file of text as a unittest."""

    def id(self):
        return "_".join(self._dt_test.name.split("."))

    def __repr__(self):
        return self._dt_test.filename

    def format_failure(self, err):
        return 'Failed doctest test for %s\n  File "%s", line 0\n\n%s' % (self._dt_test.name, self._dt_test.filename, err)


def DocFileTest(path, module_relative=True, package=None, globs=None, parser=DocTestParser(), encoding=None, **options):
    globs = {} if globs is None else globs.copy()
    if package and not module_relative:
        raise ValueError("Package may only be specified for module-relative paths.")
    text, path = _load_testfile(path, package, module_relative, encoding or "utf-8")
    if "__file__" not in globs:
        globs["__file__"] = path
    test = parser.get_doctest(text, globs, os.path.basename(path), path, 0)
    return DocFileCase(test, **options)


def DocFileSuite(*paths, **kw):
    """The examples of files of text as a suite of unittests."""
    suite = unittest.TestSuite()
    if kw.get("module_relative", True):
        # Files are looked for beside the module that calls this.
        kw["package"] = _normalize_module(kw.get("package"))
    for path in paths:
        suite.addTest(DocFileTest(path, **kw))
    return suite


def script_from_examples(s):
    """The examples of a text as a script, the rest as comments."""
    output = []
    for piece in DocTestParser().parse(s):
        if isinstance(piece, Example):
            output.append(piece.source[:-1])
            if piece.want:
                output.append("# Expected:")
                output += ["## " + line for line in piece.want.split("\n")[:-1]]
        else:
            output += [("# " + line).rstrip() if line.strip() else "#" for line in piece.split("\n")[:-1]]
    while output and output[-1] == "#":
        output.pop()
    while output and output[0] == "#":
        output.pop(0)
    return "\n".join(output) + "\n"


def testsource(module, name):
    """The examples of an object of a module as a script."""
    module = _normalize_module(module)
    for test in DocTestFinder().find(module):
        if test.name == name:
            return script_from_examples(test.docstring)
    raise ValueError(name, "not found in tests")


def debug_src(src, pm=False, globs=None):
    """Debugs the examples of a text."""
    debug_script(script_from_examples(src), pm, globs)


def debug_script(src, pm=False, globs=None):
    unsupported("doctest.debug_script(): a debugger in the program")


def debug(module, name, pm=False):
    """Debugs the examples of an object of a module."""
    module = _normalize_module(module)
    debug_script(testsource(module, name), pm, module.__dict__)

"""Finding tests: in classes, modules, by name, in folders."""

import functools
import sys
import traceback
import types
import warnings

from . import case, suite, util

__unittest = True


class _FailedTest(case.TestCase):
    """Stands for tests that could not be loaded: it raises what went wrong."""

    _testMethodName = None

    def __init__(self, method_name, exception):
        self._exception = exception
        super().__init__(method_name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            return super().__getattr__(name)

        def testFailure():
            raise self._exception

        return testFailure


def _make_failed_test(methodname, exception, suiteClass, message):
    return suiteClass((_FailedTest(methodname, exception),)), message


def _make_failed_import_test(name, suiteClass):
    message = "Failed to import test module: %s\n%s" % (name, traceback.format_exc())
    return _make_failed_test(name, ImportError(message), suiteClass, message)


def _make_failed_load_tests(name, exception, suiteClass):
    message = "Failed to call load_tests:\n%s" % (traceback.format_exc(),)
    return _make_failed_test(name, exception, suiteClass, message)


def _make_skipped_test(methodname, exception, suiteClass):
    @case.skip(str(exception))
    def testSkipped(self):
        pass

    made = type("ModuleSkipped", (case.TestCase,), {methodname: testSkipped})
    return suiteClass((made(methodname),))


def _is_case(thing):
    return isinstance(thing, type) and issubclass(thing, case.TestCase)


class TestLoader(object):
    """Makes suites of what it finds; what went wrong on the way is in `errors`."""

    testMethodPrefix = "test"
    sortTestMethodsUsing = staticmethod(util.three_way_cmp)
    testNamePatterns = None
    suiteClass = suite.TestSuite
    _top_level_dir = None

    def __init__(self):
        super().__init__()
        self.errors = []
        self._loading_packages = set()

    def loadTestsFromTestCase(self, testCaseClass):
        """A suite of the class's tests."""
        if issubclass(testCaseClass, suite.TestSuite):
            raise TypeError("Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?")
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, "runTest"):
            names = ["runTest"]
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *args, pattern=None, **kws):
        """A suite of the tests of a module; `load_tests` in the module has the last word."""
        if args or "use_load_tests" in kws:
            warnings.warn("use_load_tests is deprecated and ignored", DeprecationWarning)
            kws.pop("use_load_tests", None)
        if len(args) > 1:
            raise TypeError("loadTestsFromModule() takes 1 positional argument but {} were given".format(len(args) + 1))
        if kws:
            raise TypeError("loadTestsFromModule() got an unexpected keyword argument '{}'".format(sorted(kws)[0]))
        values = [getattr(module, name) for name in dir(module)]
        tests = self.suiteClass([self.loadTestsFromTestCase(value) for value in values if _is_case(value)])
        load_tests = getattr(module, "load_tests", None)
        if load_tests is None:
            return tests
        try:
            return load_tests(self, tests, pattern)
        except Exception as error:
            failed, message = _make_failed_load_tests(module.__name__, error, self.suiteClass)
            self.errors.append(message)
            return failed

    def _import_as_far_as_possible(self, parts):
        """The module of a dotted name and what is left of the name; or the test that says why not."""
        left = parts[:]
        failed = None
        while left:
            name = ".".join(left)
            try:
                return __import__(name), failed
            except ImportError:
                left.pop()
                failed = _make_failed_import_test(name, self.suiteClass)
                if not left:
                    self.errors.append(failed[1])
                    return None, failed
        return None, failed

    def loadTestsFromName(self, name, module=None):
        """A suite of what the dotted name stands for: a module, a class, a method, a function that gives tests."""
        parts = name.split(".")
        failed = (None, None)
        if module is None:
            module, failed = self._import_as_far_as_possible(parts)
            if module is None:
                return failed[0]
            failed = failed or (None, None)
            parts = parts[1:]
        obj, parent = module, None
        for part in parts:
            try:
                parent, obj = obj, getattr(obj, part)
            except AttributeError as error:
                if getattr(obj, "__path__", None) is not None and failed[0] is not None:
                    # A submodule was meant, and importing it failed.
                    self.errors.append(failed[1])
                    return failed[0]
                message = "Failed to access attribute:\n%s" % (traceback.format_exc(),)
                failed = _make_failed_test(part, error, self.suiteClass, message)
                self.errors.append(message)
                return failed[0]
        return self._tests_of(obj, parent)

    def _tests_of(self, obj, parent):
        if isinstance(obj, types.ModuleType):
            return self.loadTestsFromModule(obj)
        if _is_case(obj):
            return self.loadTestsFromTestCase(obj)
        if isinstance(obj, types.FunctionType) and _is_case(parent):
            name = obj.__name__
            made = parent(name)
            # A static method is called without the instance.
            if not isinstance(getattr(made, name), types.FunctionType):
                return self.suiteClass([made])
        elif isinstance(obj, suite.TestSuite):
            return obj
        if not callable(obj):
            raise TypeError("don't know how to make test from: %s" % obj)
        test = obj()
        if isinstance(test, suite.TestSuite):
            return test
        if isinstance(test, case.TestCase):
            return self.suiteClass([test])
        raise TypeError("calling %s returned %s, not a test" % (obj, test))

    def loadTestsFromNames(self, names, module=None):
        """A suite of suites."""
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def getTestCaseNames(self, testCaseClass):
        """The names of the class's test methods, sorted."""

        def is_test(name):
            if not name.startswith(self.testMethodPrefix) or not callable(getattr(testCaseClass, name)):
                return False
            if self.testNamePatterns is None:
                return True
            from fnmatch import fnmatchcase

            full = "%s.%s.%s" % (testCaseClass.__module__, testCaseClass.__qualname__, name)
            return any(fnmatchcase(full, pattern) for pattern in self.testNamePatterns)

        names = [name for name in dir(testCaseClass) if is_test(name)]
        if self.sortTestMethodsUsing:
            names.sort(key=functools.cmp_to_key(self.sortTestMethodsUsing))
        return names

    def discover(self, start_dir, pattern="test*.py", top_level_dir=None):
        """A suite of the tests in the files below a folder whose names match."""
        import os

        if top_level_dir is None and self._top_level_dir is not None:
            top_level_dir = self._top_level_dir
        elif top_level_dir is None:
            top_level_dir = start_dir
        top_level_dir = os.path.abspath(top_level_dir)
        if top_level_dir not in sys.path:
            sys.path.insert(0, top_level_dir)
        self._top_level_dir = top_level_dir
        start = os.path.abspath(start_dir)
        if not os.path.isdir(start):
            try:
                __import__(start_dir)
            except ImportError:
                raise ImportError("Start directory is not importable: %r" % start_dir) from None
            start = os.path.abspath(os.path.dirname(sys.modules[start_dir].__file__))
        elif start != top_level_dir and not os.path.isfile(os.path.join(start, "__init__.py")):
            raise ImportError("Start directory is not importable: %r" % start_dir)
        return self.suiteClass(list(self._find_tests(start, pattern)))

    def _match_path(self, path, full_path, pattern):
        from fnmatch import fnmatch

        return fnmatch(path, pattern)

    def _get_name_from_path(self, path):
        import os

        path = os.path.normpath(path)
        if path == self._top_level_dir:
            return "."
        relative = os.path.relpath(os.path.splitext(path)[0], self._top_level_dir)
        return relative.replace(os.path.sep, ".")

    def _get_module_from_name(self, name):
        __import__(name)
        return sys.modules[name]

    def _find_tests(self, start_dir, pattern, namespace=False):
        import os

        for name in sorted(os.listdir(start_dir)):
            path = os.path.join(start_dir, name)
            tests, go_on = self._find_test_path(path, pattern, namespace)
            if tests is not None:
                yield tests
            if go_on:
                yield from self._find_tests(path, pattern, namespace)

    def _find_test_path(self, full_path, pattern, namespace=False):
        """The tests of one file or package, and whether to look further inside."""
        import os

        base = os.path.basename(full_path)
        if os.path.isfile(full_path):
            stem = base[:-3]
            if not base.endswith(".py") or not stem.isidentifier() or not self._match_path(base, full_path, pattern):
                return None, False
        elif not os.path.isfile(os.path.join(full_path, "__init__.py")):
            return None, False
        name = self._get_name_from_path(full_path)
        is_package = not os.path.isfile(full_path)
        try:
            module = self._get_module_from_name(name)
        except case.SkipTest as error:
            return _make_skipped_test(name, error, self.suiteClass), False
        except Exception:
            failed, message = _make_failed_import_test(name, self.suiteClass)
            self.errors.append(message)
            return failed, False
        if not is_package:
            return self.loadTestsFromModule(module, pattern=pattern), False
        tests = None
        if self._match_path(base, full_path, pattern) or getattr(module, "load_tests", None):
            tests = self.loadTestsFromModule(module, pattern=pattern)
        return tests, getattr(module, "load_tests", None) is None


defaultTestLoader = TestLoader()


def _makeLoader(prefix, sortUsing, suiteClass=None, testNamePatterns=None):
    loader = TestLoader()
    loader.sortTestMethodsUsing = sortUsing
    loader.testMethodPrefix = prefix
    loader.testNamePatterns = testNamePatterns
    if suiteClass:
        loader.suiteClass = suiteClass
    return loader


def getTestCaseNames(testCaseClass, prefix, sortUsing=util.three_way_cmp, testNamePatterns=None):
    return _makeLoader(prefix, sortUsing, testNamePatterns=testNamePatterns).getTestCaseNames(testCaseClass)


def makeSuite(testCaseClass, prefix="test", sortUsing=util.three_way_cmp, suiteClass=suite.TestSuite):
    return _makeLoader(prefix, sortUsing, suiteClass).loadTestsFromTestCase(testCaseClass)


def findTestCases(module, prefix="test", sortUsing=util.three_way_cmp, suiteClass=suite.TestSuite):
    return _makeLoader(prefix, sortUsing, suiteClass).loadTestsFromModule(module)

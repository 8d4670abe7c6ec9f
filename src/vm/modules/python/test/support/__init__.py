"""What tests of the language lean on: streams caught, attributes swapped for a while, syntax errors looked at."""

import contextlib
import functools
import sys
import types
import warnings

__all__ = (
    "PIPE_MAX_SIZE verbose max_memuse use_resources failfast Error TestFailed TestDidNotRun ResourceDenied "
    "record_original_stdout get_original_stdout captured_stdout captured_stdin captured_stderr is_resource_enabled requires "
    "requires_freebsd_version requires_linux_version requires_mac_ver check_syntax_error BasicTestRunner run_unittest "
    "run_doctest requires_gzip requires_bz2 requires_lzma bigmemtest bigaddrspacetest cpython_only get_attribute "
    "requires_IEEE_754 requires_zlib anticipate_failure load_package_tests detect_api_mismatch check__all__ "
    "skip_if_buggy_ucrt_strfptime check_disallow_instantiation check_sanitizer skip_if_sanitizer is_jython is_android "
    "check_impl_detail unix_shell setswitchinterval open_urlresource reap_children run_with_locale swap_item findfile "
    "infinite_recursion swap_attr Matcher set_memlimit SuppressCrashReport sortdict run_with_tz PGO missing_compiler_executable "
    "ALWAYS_EQ NEVER_EQ LARGEST SMALLEST LOOPBACK_TIMEOUT INTERNET_TIMEOUT SHORT_TIMEOUT LONG_TIMEOUT"
).split()

verbose = 1
failfast = False
use_resources = None
max_memuse = real_max_memuse = 0
junit_xml_list = None
environment_altered = False
is_jython = is_android = False
unix_shell = "/bin/sh"
PGO = PGO_EXTENDED = False

PIPE_MAX_SIZE = SOCK_MAX_SIZE = 4 * 1024 * 1024 + 1
MAX_Py_ssize_t = sys.maxsize
_1M, _1G, _2G, _4G = 1 << 20, 1 << 30, 2 << 30, 4 << 30
NHASHBITS = sys.hash_info.width
LOOPBACK_TIMEOUT, INTERNET_TIMEOUT, SHORT_TIMEOUT, LONG_TIMEOUT = 5.0, 60.0, 30.0, 300.0
_TPFLAGS_HAVE_GC, _TPFLAGS_HEAPTYPE = 1 << 14, 1 << 9
MISSING_C_DOCSTRINGS, HAVE_DOCSTRINGS = False, True
_original_stdout = None


class Error(Exception):
    """The base of what test helpers raise."""


class TestFailed(Error):
    """A test did not pass."""


class TestFailedWithDetails(TestFailed):
    """A test did not pass, and it is known which parts."""

    def __init__(self, msg, errors, failures):
        self.msg, self.errors, self.failures = msg, errors, failures
        super().__init__(msg, errors, failures)

    def __str__(self):
        return self.msg


class TestDidNotRun(Error):
    """There was nothing to run."""


def _skip_error(reason):
    from unittest import SkipTest

    return SkipTest(reason)


def __getattr__(name):
    # The one class here that has a class of unittest for its base is made when it is asked for.
    if name == "ResourceDenied":
        from unittest import SkipTest

        made = type("ResourceDenied", (SkipTest,), {"__module__": __name__, "__doc__": "A resource may not be used."})
        globals()[name] = made
        return made
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _id(obj):
    return obj


def _skipping(reason):
    from unittest import skip

    return skip(reason)


# Streams


@contextlib.contextmanager
def captured_output(stream_name):
    import io

    before = getattr(sys, stream_name)
    caught = io.StringIO()
    setattr(sys, stream_name, caught)
    try:
        yield caught
    finally:
        setattr(sys, stream_name, before)


def captured_stdout():
    """While it lasts, what is printed goes to the StringIO that `with` gives."""
    return captured_output("stdout")


def captured_stderr():
    return captured_output("stderr")


def captured_stdin():
    return captured_output("stdin")


def record_original_stdout(stdout):
    global _original_stdout
    _original_stdout = stdout


def get_original_stdout():
    return _original_stdout or sys.stdout


def print_warning(msg):
    for line in msg.splitlines():
        print("Warning --", line, file=sys.__stderr__, flush=True)


# What is there, and what is not


def check_impl_detail(**guards):
    """Whether the code to come is for this implementation: `cpython=True`, or `pypy=False` for every other one."""
    return guards.get(sys.implementation.name, not any(guards.values()))


def impl_detail(msg=None, **guards):
    if check_impl_detail(**(guards or {"cpython": True})):
        return _id
    if msg is None:
        names = " or ".join(sorted(guards))
        msg = f"implementation detail {'not available on' if not any(guards.values()) else 'specific to'} {names}"
    return _skipping(msg)


def cpython_only(test):
    """Decorates tests of what only CPython promises."""
    return impl_detail(cpython=True)(test)


def no_tracing(func):
    """Decorates tests that a trace function would disturb: it is away while they run."""

    @functools.wraps(func)
    def untraced(*args, **kwargs):
        if getattr(sys, "gettrace", lambda: None)() is None:
            return func(*args, **kwargs)
        tracer = sys.gettrace()
        sys.settrace(None)
        try:
            return func(*args, **kwargs)
        finally:
            sys.settrace(tracer)

    return untraced


def refcount_test(test):
    return no_tracing(cpython_only(test))


def requires_docstrings(test):
    return test


def requires_IEEE_754(test):
    return test


def requires_legacy_unicode_capi(test):
    return _skipping("requires legacy Unicode C API")(test)


def is_resource_enabled(resource):
    return use_resources is None or resource in use_resources


def requires(resource, msg=None):
    """Raises ResourceDenied if the resource may not be used."""
    if not is_resource_enabled(resource):
        raise __getattr__("ResourceDenied")(msg if msg is not None else f"Use of the {resource!r} resource not enabled")


def requires_resource(resource):
    if is_resource_enabled(resource):
        return _id
    return _skipping(f"resource {resource!r} is not enabled")


def _version_guard(*version):
    return _id


requires_freebsd_version = requires_linux_version = requires_mac_ver = _version_guard


def _needs_module(name):
    try:
        __import__(name)
    except ImportError:
        return _skipping(f"requires {name}")
    return _id


def requires_zlib(reason="requires zlib"):
    return _needs_module("zlib")


def requires_gzip(reason="requires gzip"):
    return _needs_module("gzip")


def requires_bz2(reason="requires bz2"):
    return _needs_module("bz2")


def requires_lzma(reason="requires lzma"):
    return _needs_module("lzma")


def check_sanitizer(*, address=False, memory=False, ub=False):
    if not (address or memory or ub):
        raise ValueError("At least one of address, memory, or ub must be True")
    return False


def skip_if_sanitizer(reason=None, *, address=False, memory=False, ub=False):
    return _id


def skip_if_pgo_task(test):
    return test


skip_if_buggy_ucrt_strfptime = skip_if_broken_multiprocessing_synchronize = _id


def python_is_optimized():
    return True


def with_pymalloc():
    return True


def get_attribute(obj, name):
    """The attribute; the test is skipped where there is none."""
    try:
        return getattr(obj, name)
    except AttributeError:
        raise _skip_error(f"object {obj!r} has no attribute {name!r}") from None


def anticipate_failure(condition):
    if condition:
        from unittest import expectedFailure

        return expectedFailure
    return _id


def bigmemtest(size, memuse, dry_run=True):
    """Decorates tests that take a size: they get a small one, as nobody grants a large one."""

    def decorate(test):
        def with_size(self):
            if not dry_run and not real_max_memuse:
                raise _skip_error(f"not enough memory: {size * memuse / _1G:.1f}G minimum needed")
            return test(self, 5147)

        with_size.size, with_size.memuse = size, memuse
        return functools.wraps(test)(with_size)

    return decorate


def bigaddrspacetest(test):
    @functools.wraps(test)
    def skipped(self):
        raise _skip_error("not enough memory: try a 32-bit build instead")

    return skipped


def set_memlimit(limit):
    raise ValueError(f"Memory limit {limit!r} too low to be useful")


# Objects that compare in an extreme way


@functools.total_ordering
class _LARGEST:
    """Greater than anything but itself."""

    def __eq__(self, other):
        return isinstance(other, _LARGEST)

    def __lt__(self, other):
        return False


@functools.total_ordering
class _SMALLEST:
    """Less than anything but itself."""

    def __eq__(self, other):
        return isinstance(other, _SMALLEST)

    def __gt__(self, other):
        return False


class _ALWAYS_EQ:
    """Equal to everything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


class _NEVER_EQ:
    """Equal to nothing, itself included."""

    def __eq__(self, other):
        return False

    def __ne__(self, other):
        return True

    def __hash__(self):
        return 1


LARGEST, SMALLEST, ALWAYS_EQ, NEVER_EQ = _LARGEST(), _SMALLEST(), _ALWAYS_EQ(), _NEVER_EQ()


# Things set for a while


_absent = object()


@contextlib.contextmanager
def swap_attr(obj, attr, new_val):
    """Gives the attribute another value for the block; `as` gives the old value."""
    old = getattr(obj, attr, _absent)
    setattr(obj, attr, new_val)
    try:
        yield None if old is _absent else old
    finally:
        if old is not _absent:
            setattr(obj, attr, old)
        elif hasattr(obj, attr):
            delattr(obj, attr)


@contextlib.contextmanager
def swap_item(obj, item, new_val):
    """The same for an item."""
    old = obj[item] if item in obj else _absent
    obj[item] = new_val
    try:
        yield None if old is _absent else old
    finally:
        if old is not _absent:
            obj[item] = old
        elif item in obj:
            del obj[item]


def patch(test_instance, object_to_patch, attr_name, new_value):
    """Sets an attribute until the test's clean-up."""
    getattr(object_to_patch, attr_name)
    own = vars(object_to_patch).get(attr_name, _absent)

    def put_back():
        if own is _absent:
            delattr(object_to_patch, attr_name)
        else:
            setattr(object_to_patch, attr_name, own)

    test_instance.addCleanup(put_back)
    setattr(object_to_patch, attr_name, new_value)


@contextlib.contextmanager
def patch_list(orig):
    saved = orig[:]
    try:
        yield
    finally:
        orig[:] = saved


@contextlib.contextmanager
def infinite_recursion(max_depth=75):
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max_depth)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


@contextlib.contextmanager
def adjust_int_max_str_digits(max_digits):
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(max_digits)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(before)


def setswitchinterval(interval):
    return sys.setswitchinterval(max(interval, 1e-5))


@contextlib.contextmanager
def disable_gc():
    import gc

    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextlib.contextmanager
def disable_faulthandler():
    yield


class SuppressCrashReport:
    """For blocks that may take the process down: nothing to do about it here."""

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return None


class SaveSignals:
    """Signal handlers are kept and put back; none can be set here."""

    def __init__(self):
        self.handlers = {}

    def save(self):
        self.handlers = {}

    def restore(self):
        return None


class catch_unraisable_exception:
    """Keeps the last call of `sys.unraisablehook` in `unraisable`."""

    def __init__(self):
        self.unraisable = self._old_hook = None

    def _hook(self, unraisable):
        self.unraisable = unraisable

    def __enter__(self):
        self._old_hook, sys.unraisablehook = sys.unraisablehook, self._hook
        return self

    def __exit__(self, *exc):
        sys.unraisablehook = self._old_hook
        del self.unraisable


def run_with_locale(catstr, *locales):
    """Decorates tests that are to run under the first of the locales that there is."""

    def decorate(func):
        @functools.wraps(func)
        def inner(*args, **kwargs):
            import locale

            category = getattr(locale, catstr)
            before = locale.setlocale(category)
            for name in locales:
                try:
                    locale.setlocale(category, name)
                    break
                except locale.Error:
                    continue
            try:
                return func(*args, **kwargs)
            finally:
                locale.setlocale(category, before)

        return inner

    return decorate


def run_with_tz(tz):
    return _skipping("tzset required")


# Checks


def gc_collect():
    """Three collections: what a finaliser lets go of is gone after them too."""
    import gc

    for _ in range(3):
        gc.collect()


def check_syntax_error(testcase, statement, errtext="", *, lineno=None, offset=None):
    """The statement must be a syntax error, with this in its message and at this place."""
    with testcase.assertRaisesRegex(SyntaxError, errtext) as caught:
        compile(statement, "<test string>", "exec")
    error = caught.exception
    testcase.assertIsNotNone(error.lineno)
    if lineno is not None:
        testcase.assertEqual(error.lineno, lineno)
    testcase.assertIsNotNone(error.offset)
    if offset is not None:
        testcase.assertEqual(error.offset, offset)


def check_free_after_iterating(test, iter, cls, args=()):
    """An iterator that has ended must have let go of what it went through."""
    freed = []

    class Watched(cls):
        def __del__(self):
            freed.append(True)
            try:
                next(it)
            except StopIteration:
                pass

    it = iter(Watched(*args))
    test.assertRaises(StopIteration, next, it)
    gc_collect()
    test.assertTrue(freed)


def check_disallow_instantiation(testcase, tp, *args, **kwds):
    """The class must refuse to be called."""
    import re

    name = tp.__name__ if tp.__module__ == "builtins" else f"{tp.__module__}.{tp.__name__}"
    with testcase.assertRaisesRegex(TypeError, re.escape(f"cannot create '{name}' instances")):
        tp(*args, **kwds)


def check_sizeof(test, o, size):
    test.assertEqual(sys.getsizeof(o), size)


def _align(size, of=8):
    return (size + of - 1) // of * of


def _struct_size(fmt, head):
    import struct

    return struct.calcsize(head + fmt + "0P")


def calcobjsize(fmt):
    return _struct_size(fmt, "nP")


def calcvobjsize(fmt):
    return _struct_size(fmt, "nPn")


def detect_api_mismatch(ref_api, other_api, *, ignore=()):
    """Names that the one has and the other has not."""
    missing = set(dir(ref_api)).difference(dir(other_api), ignore)
    return {name for name in missing if not name.startswith("_") or name.endswith("__")}


def check__all__(test_case, module, name_of_module=None, extra=(), not_exported=()):
    """`__all__` must be what the module itself defines in public."""
    if name_of_module is None:
        homes = (module.__name__,)
    elif isinstance(name_of_module, str):
        homes = (name_of_module,)
    else:
        homes = name_of_module
    expected = set(extra)
    for name in dir(module):
        if name.startswith("_") or name in not_exported:
            continue
        value = getattr(module, name)
        home = getattr(value, "__module__", None)
        if home in homes or (home is None and not isinstance(value, types.ModuleType)):
            expected.add(name)
    test_case.assertCountEqual(module.__all__, expected)


def sortdict(dict):
    """The repr of a dict with its items in order."""
    return "{%s}" % ", ".join(["%r: %r" % pair for pair in sorted(dict.items())])


def collision_stats(nbins, nballs):
    """How many collisions throwing balls at random gives: the mean and the standard deviation."""
    share = nballs / nbins
    from math import exp, sqrt

    empty = nbins * exp(-share)
    mean = nballs - (nbins - empty)
    variance = empty - nbins * exp(-2 * share) * (1 + share)
    return mean, sqrt(max(variance, 0.0))


class Matcher:
    """Compares dicts in part; texts by what they contain."""

    _partial_matches = ("msg", "message")

    def matches(self, d, **kwargs):
        return all(self.match_value(k, d.get(k), v) for k, v in kwargs.items())

    def match_value(self, k, dv, v):
        if type(v) is not type(dv):
            return False
        if type(dv) is str and k in self._partial_matches:
            return dv.find(v) >= 0
        return dv == v


# Warnings


def ignore_deprecations_from(module, *, like):
    marker = object()
    warnings.filterwarnings("ignore", category=DeprecationWarning, module=module, message=like)
    return marker


def clear_ignored_deprecations(*tokens):
    if not tokens:
        raise ValueError("Provide token or tokens returned by ignore_deprecations_from")
    warnings.filters[:] = [f for f in warnings.filters if not (f[0] == "ignore" and f[2] is DeprecationWarning)]


# Running tests


class BasicTestRunner:
    def run(self, test):
        from unittest import TestResult

        result = TestResult()
        test(result)
        return result


def run_unittest(*classes):
    """Runs tests given as classes, as suites, as modules or their names; raises TestFailed if one fails."""
    import unittest

    loader = unittest.TestLoader()
    suite = unittest.TestSuite()
    for given in classes:
        if isinstance(given, str):
            suite.addTest(loader.loadTestsFromModule(sys.modules[given]))
        elif isinstance(given, (unittest.TestSuite, unittest.TestCase)):
            suite.addTest(given)
        else:
            suite.addTest(loader.loadTestsFromTestCase(given))
    result = unittest.TextTestRunner(sys.stdout, verbosity=2 if verbose else 1, failfast=failfast).run(suite)
    if not result.testsRun and not result.skipped and not result.errors:
        raise TestDidNotRun
    if not result.wasSuccessful():
        only_one = len(result.errors) + len(result.failures) == 1
        problems = result.errors + result.failures
        raise TestFailed(problems[0][1] if only_one else "multiple errors occurred")


def run_doctest(module, verbosity=None, optionflags=0):
    """Runs the module's doctests; raises TestFailed if one fails."""
    import doctest

    wanted = verbose if verbosity is None else None
    failed, tried = doctest.testmod(module, verbose=wanted, optionflags=optionflags)
    if failed:
        raise TestFailed("%d of %d doctests failed" % (failed, tried))
    if verbose:
        print("doctest (%s) ... %d tests with zero failures" % (module.__name__, tried))
    return failed, tried


def load_package_tests(pkg_dir, loader, standard_tests, pattern):
    standard_tests.addTests(loader.discover(start_dir=pkg_dir, pattern=pattern or "test*"))
    return standard_tests


def maybe_get_event_loop_policy():
    """The event loop policy, if one was set."""
    events = sys.modules.get("asyncio.events")
    if events is None:
        import asyncio.events as events
    return events._event_loop_policy


# Processes and what else is outside


def _no_outside(what):
    def refuse(*args, **kwargs):
        raise _skip_error(f"requires {what}")

    return refuse


run_in_subinterp = _no_outside("sub-interpreters")
open_urlresource = _no_outside("the network")
missing_compiler_executable = _no_outside("a compiler")
wait_process = _no_outside("processes")


def reap_children():
    return None


def args_from_interpreter_flags():
    return []


optim_args_from_interpreter_flags = args_from_interpreter_flags


def findfile(filename, subdir=None):
    """The file as it is named: there is no folder of test data."""
    return filename if subdir is None else f"{subdir}/{filename}"

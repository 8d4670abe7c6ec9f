"""What CPython's tests of asyncio share: a loop with a clock of the test's own, and small things. Sockets and servers are not here."""

import collections
import contextlib
import logging
import re
import sys
import time
import unittest
import weakref
from unittest import mock

from asyncio import base_events, events, format_helpers, futures, tasks
from asyncio.log import logger
from test import support
from test.support import threading_helper


def run_briefly(loop):
    """Lets the loop run what is ready."""

    async def nothing():
        pass

    coro = nothing()
    task = loop.create_task(coro)
    # It may be left undone when the loop is stopped, and that is no news.
    task._log_destroy_pending = False
    try:
        loop.run_until_complete(task)
    finally:
        coro.close()


def run_once(loop):
    """One turn of the loop."""
    loop.call_soon(loop.stop)
    loop.run_forever()


def run_until(loop, pred, timeout=support.SHORT_TIMEOUT):
    """Turns the loop until the predicate holds."""
    end = None if timeout is None else time.monotonic() + timeout
    while not pred():
        if end is not None and time.monotonic() >= end:
            raise futures.TimeoutError()
        loop.run_until_complete(tasks.sleep(0.001))


def MockCallback(**kwargs):
    return mock.Mock(spec=["__call__"], **kwargs)


class MockPattern(str):
    """A regular expression that equals the strings in which it is found."""

    def __eq__(self, other):
        return re.search(str(self), other, re.DOTALL) is not None


class MockInstanceOf:
    """Equals the instances of a class."""

    def __init__(self, type):
        self._type = type

    def __eq__(self, other):
        return isinstance(other, self._type)


def get_function_source(func):
    """File and line of a function."""
    where = format_helpers._get_function_source(func)
    if where is None:
        raise ValueError("unable to get the source of %r" % (func,))
    return where


def make_test_protocol(base):
    """An instance of a subclass of `base` whose public methods are mocks."""
    mocks = {name: MockCallback(return_value=None) for name in dir(base) if not (name[:2] == name[-2:] == "__")}
    return type("TestProtocol", (base, *base.__bases__), mocks)()


class TestSelector:
    """Never has an event."""

    def __init__(self):
        self.keys = {}

    def register(self, fileobj, events, data=None):
        self.keys[fileobj] = key = (fileobj, 0, events, data)
        return key

    def unregister(self, fileobj):
        return self.keys.pop(fileobj)

    def select(self, timeout):
        return []

    def get_map(self):
        return self.keys

    def close(self):
        self.keys.clear()


class _Watched:
    """The readers, or the writers, of a TestLoop: a callback for each descriptor."""

    def __init__(self, loop, handles, removals):
        self.loop, self.handles, self.removals = loop, handles, removals

    def add(self, fd, callback, args):
        self.handles[fd] = events.Handle(callback, args, self.loop, None)

    def remove(self, fd):
        self.removals[fd] += 1
        return self.handles.pop(fd, None) is not None

    def check(self, fd, callback, args):
        if fd not in self.handles:
            raise AssertionError(f"fd {fd} is not registered")
        handle = self.handles[fd]
        if handle._callback != callback:
            raise AssertionError(f"{handle._callback!r} != {callback!r}")
        if handle._args != args:
            raise AssertionError(f"{handle._args!r} != {args!r}")


class TestLoop(base_events.BaseEventLoop):
    """A loop whose time is the test's.

    A generator is sent the moment of each timer that has been set, after the turn in which that was; it yields by how much the clock
    advances."""

    def __init__(self, gen=None):
        super().__init__()
        self._check_on_close = gen is not None
        self._gen = gen() if gen is not None else self._timeless()
        next(self._gen)
        self._time = 0
        self._clock_resolution = 1e-9
        self._timers = []
        self._selector = TestSelector()
        self.readers, self.writers = {}, {}
        self.reset_counters()
        self._transports = weakref.WeakValueDictionary()

    @staticmethod
    def _timeless():
        yield

    def reset_counters(self):
        self.remove_reader_count = collections.defaultdict(int)
        self.remove_writer_count = collections.defaultdict(int)

    def time(self):
        return self._time

    def advance_time(self, advance):
        """Moves the clock on."""
        if advance:
            self._time += advance

    def close(self):
        super().close()
        if not self._check_on_close:
            return
        try:
            self._gen.send(0)
        except StopIteration:
            return
        raise AssertionError("Time generator is not finished")

    def call_at(self, when, callback, *args, context=None):
        self._timers.append(when)
        return super().call_at(when, callback, *args, context=context)

    def _run_once(self):
        super()._run_once()
        for when in self._timers:
            self.advance_time(self._gen.send(when))
        self._timers = []

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass

    # ---- readers and writers: kept, never called

    def _reading(self):
        return _Watched(self, self.readers, self.remove_reader_count)

    def _writing(self):
        return _Watched(self, self.writers, self.remove_writer_count)

    def _ensure_fd_no_transport(self, fd):
        if not isinstance(fd, int):
            try:
                fd = int(fd.fileno())
            except (AttributeError, TypeError, ValueError):
                raise ValueError(f"Invalid file object: {fd!r}") from None
        transport = self._transports.get(fd)
        if transport is not None:
            raise RuntimeError(f"File descriptor {fd!r} is used by transport {transport!r}")

    def _add_reader(self, fd, callback, *args):
        self._reading().add(fd, callback, args)

    def _remove_reader(self, fd):
        return self._reading().remove(fd)

    def assert_reader(self, fd, callback, *args):
        self._reading().check(fd, callback, args)

    def assert_no_reader(self, fd):
        if fd in self.readers:
            raise AssertionError(f"fd {fd} is registered")

    def add_reader(self, fd, callback, *args):
        self._ensure_fd_no_transport(fd)
        return self._add_reader(fd, callback, *args)

    def remove_reader(self, fd):
        self._ensure_fd_no_transport(fd)
        return self._remove_reader(fd)

    def _add_writer(self, fd, callback, *args):
        self._writing().add(fd, callback, args)

    def _remove_writer(self, fd):
        return self._writing().remove(fd)

    def assert_writer(self, fd, callback, *args):
        self._writing().check(fd, callback, args)

    def add_writer(self, fd, callback, *args):
        self._ensure_fd_no_transport(fd)
        return self._add_writer(fd, callback, *args)

    def remove_writer(self, fd):
        self._ensure_fd_no_transport(fd)
        return self._remove_writer(fd)


class TestCase(unittest.TestCase):
    """One whose loops are closed at its end."""

    @staticmethod
    def close_loop(loop):
        executor = loop._default_executor
        if executor is not None:
            if loop.is_closed():
                executor.shutdown(wait=True)
            else:
                loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    def set_event_loop(self, loop, *, cleanup=True):
        if loop is None:
            raise AssertionError("loop is None")
        # What is tested gets its loop handed in, and no other.
        events.set_event_loop(None)
        if cleanup:
            self.addCleanup(self.close_loop, loop)

    def new_test_loop(self, gen=None):
        loop = TestLoop(gen)
        self.set_event_loop(loop)
        return loop

    def setUp(self):
        self._thread_cleanup = threading_helper.threading_setup()

    def tearDown(self):
        events.set_event_loop(None)
        # A coroutine must not leave the exception that it handles behind.
        self.assertEqual(sys.exc_info(), (None, None, None))
        self.doCleanups()
        threading_helper.threading_cleanup(*self._thread_cleanup)
        support.reap_children()


@contextlib.contextmanager
def disable_logger():
    """In this block asyncio logs nothing."""
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)

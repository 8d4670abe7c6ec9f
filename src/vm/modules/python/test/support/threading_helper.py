"""Threads in tests."""

import contextlib
import functools
import sys
import threading
import unittest


def threading_setup():
    return len(threading.enumerate()), set(threading.enumerate())


def threading_cleanup(*original_values):
    """Threads that a test left running are joined for a moment."""
    for thread in set(threading.enumerate()).difference(original_values[1]):
        thread.join(0.01)


def reap_threads(func):
    """Decorates tests after which no thread of theirs may run."""

    @functools.wraps(func)
    def decorator(*args):
        before = threading_setup()
        try:
            return func(*args)
        finally:
            threading_cleanup(*before)

    return decorator


def join_thread(thread, timeout=30.0):
    thread.join(timeout)
    if thread.is_alive():
        raise AssertionError(f"failed to join the thread in {timeout:.1f} seconds")


@contextlib.contextmanager
def wait_threads_exit(timeout=None):
    yield


@contextlib.contextmanager
def start_threads(threads, unlock=None):
    """The threads run during the block and have ended after it."""
    threads = list(threads)
    started = []
    try:
        for thread in threads:
            thread.start()
            started.append(thread)
        yield
    finally:
        if unlock:
            unlock()
        for thread in started:
            thread.join(60.0)
        alive = [thread for thread in started if thread.is_alive()]
        if alive:
            raise AssertionError("Unable to join %d threads" % len(alive))


class catch_threading_exception:
    """Keeps the arguments of the last call of `threading.excepthook`."""

    def __init__(self):
        self.exc_type = self.exc_value = self.exc_traceback = self.thread = self._old_hook = None

    def _hook(self, args):
        self.exc_type, self.exc_value = args.exc_type, args.exc_value
        self.exc_traceback, self.thread = args.exc_traceback, args.thread

    def __enter__(self):
        self._old_hook, threading.excepthook = threading.excepthook, self._hook
        return self

    def __exit__(self, *exc):
        threading.excepthook = self._old_hook
        del self.exc_type, self.exc_value, self.exc_traceback, self.thread


def can_start_thread():
    return True


def requires_working_threading(*, module=False):
    return lambda obj: obj

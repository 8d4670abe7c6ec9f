"""Futures, and how those of asyncio and of concurrent.futures are tied together."""

__all__ = ("Future", "wrap_future", "isfuture")

import contextvars
import sys
from types import GenericAlias

from . import base_futures
from . import events
from . import exceptions
from . import format_helpers

isfuture = base_futures.isfuture
_PENDING = base_futures._PENDING
_CANCELLED = base_futures._CANCELLED
_FINISHED = base_futures._FINISHED


class Future:
    """A result that is not there yet, or an exception; `await` waits for it."""

    # Defaults: an instance may be looked at before its __init__ has run.
    _state = _PENDING
    _result = _exception = _loop = _source_traceback = _cancel_message = None
    # What ended the coroutine of a task: the next CancelledError's context.
    _cancelled_exc = None
    # That a class has this says that it is a kind of future; __await__ sets it, by which a task knows `await` from `yield`.
    _asyncio_future_blocking = False
    __log_traceback = False

    def __init__(self, *, loop=None):
        self._loop = events._get_event_loop() if loop is None else loop
        self._callbacks = []
        if self._loop.get_debug():
            self._source_traceback = format_helpers.extract_stack(sys._getframe(1))

    __class_getitem__ = classmethod(GenericAlias)
    _repr_info = base_futures._future_repr_info

    def __repr__(self):
        return f"<{type(self).__name__} {' '.join(self._repr_info())}>"

    def __del__(self):
        if not self.__log_traceback:
            return  # no exception, or somebody has asked for it
        report = {
            "message": f"{type(self).__name__} exception was never retrieved",
            "exception": self._exception,
            "future": self,
        }
        if self._source_traceback:
            report["source_traceback"] = self._source_traceback
        self._loop.call_exception_handler(report)

    @property
    def _log_traceback(self):
        return self.__log_traceback

    @_log_traceback.setter
    def _log_traceback(self, val):
        if val:
            raise ValueError("_log_traceback can only be set to False")
        self.__log_traceback = False

    def get_loop(self):
        """The loop it belongs to."""
        if self._loop is None:
            raise RuntimeError("Future object is not initialized.")
        return self._loop

    def done(self):
        """Whether there is a result or an exception, or it was cancelled."""
        return self._state != _PENDING

    def cancelled(self):
        """Whether it was cancelled."""
        return self._state == _CANCELLED

    def _make_cancelled_error(self):
        message = self._cancel_message
        error = exceptions.CancelledError() if message is None else exceptions.CancelledError(message)
        error.__context__, self._cancelled_exc = self._cancelled_exc, None
        return error

    def __want_finished(self, complaint):
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state != _FINISHED:
            raise exceptions.InvalidStateError(complaint)
        self.__log_traceback = False

    def result(self):
        """The result; or what was set instead is raised."""
        self.__want_finished("Result is not ready.")
        if self._exception is not None:
            raise self._exception.with_traceback(self._exception_tb)
        return self._result

    def exception(self):
        """The exception that was set, None if there is a result."""
        self.__want_finished("Exception is not set.")
        return self._exception

    def __finish(self, state):
        """The callbacks are for the loop to call, each once."""
        self._state = state
        waiting, self._callbacks[:] = self._callbacks[:], []
        for callback, context in waiting:
            self._loop.call_soon(callback, self, context=context)

    def __want_pending(self):
        if self._state != _PENDING:
            raise exceptions.InvalidStateError(f"{self._state}: {self!r}")

    def cancel(self, msg=None):
        """Cancel it if it is not done; whether that was so."""
        self.__log_traceback = False
        if self._state != _PENDING:
            return False
        self._cancel_message = msg
        self.__finish(_CANCELLED)
        return True

    def set_result(self, result):
        """Give it its result."""
        self.__want_pending()
        self._result = result
        self.__finish(_FINISHED)

    def set_exception(self, exception):
        """Give it an exception in place of a result."""
        self.__want_pending()
        if isinstance(exception, type):
            exception = exception()
        if type(exception) is StopIteration:
            raise TypeError("StopIteration interacts badly with generators and cannot be raised into a Future")
        self._exception, self._exception_tb = exception, exception.__traceback__
        self.__finish(_FINISHED)
        self.__log_traceback = True

    def add_done_callback(self, fn, *, context=None):
        """Have the loop call fn(self) when it is done."""
        if self.done():
            self._loop.call_soon(fn, self, context=context)
            return
        if context is None:
            context = contextvars.copy_context()
        self._callbacks.append((fn, context))

    def remove_done_callback(self, fn):
        """Forget a callback; how often it was there."""
        kept = [pair for pair in self._callbacks if pair[0] != fn]
        removed = len(self._callbacks) - len(kept)
        if removed:
            self._callbacks[:] = kept
        return removed

    def __await__(self):
        if not self.done():
            self._asyncio_future_blocking = True
            yield self
            if not self.done():
                raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__


_PyFuture = Future


def _get_loop(fut):
    # The method is the younger way.
    try:
        ask = fut.get_loop
    except AttributeError:
        return fut._loop
    return ask()


def _set_result_unless_cancelled(fut, result):
    if not fut.cancelled():
        fut.set_result(result)


def _convert_future_exc(exc):
    # The exceptions of concurrent.futures as those of asyncio.
    concurrent = sys.modules.get("concurrent.futures")
    if concurrent is not None:
        for theirs, ours in ((concurrent.CancelledError, exceptions.CancelledError),
                             (concurrent.TimeoutError, exceptions.TimeoutError),
                             (concurrent.InvalidStateError, exceptions.InvalidStateError)):
            if type(exc) is theirs:
                return ours(*exc.args)
    return exc


def _settle(source, target):
    exception = source.exception()
    if exception is not None:
        target.set_exception(_convert_future_exc(exception))
    else:
        target.set_result(source.result())


def _set_concurrent_future_state(concurrent, source):
    assert source.done()
    if source.cancelled():
        concurrent.cancel()
    if concurrent.set_running_or_notify_cancel():
        _settle(source, concurrent)


def _copy_future_state(source, dest):
    assert source.done()
    if dest.cancelled():
        return
    assert not dest.done()
    if source.cancelled():
        dest.cancel()
    else:
        _settle(source, dest)


def _chain_future(source, destination):
    """Have the destination settled as the source is, and the source cancelled if the destination is."""
    from concurrent.futures import Future as Concurrent

    for role, future in ("source", source), ("destination", destination):
        if not isfuture(future) and not isinstance(future, Concurrent):
            raise TypeError(f"A future is required for {role} argument")
    source_loop = _get_loop(source) if isfuture(source) else None
    dest_loop = _get_loop(destination) if isfuture(destination) else None

    def settle(source):
        if isfuture(destination):
            _copy_future_state(source, destination)
        else:
            _set_concurrent_future_state(destination, source)

    def cancelled(destination):
        if destination.cancelled():
            if source_loop is None or source_loop is dest_loop:
                source.cancel()
            else:
                source_loop.call_soon_threadsafe(source.cancel)

    def settled(source):
        if destination.cancelled() and dest_loop is not None and dest_loop.is_closed():
            return
        if dest_loop is None or dest_loop is source_loop:
            settle(source)
        else:
            dest_loop.call_soon_threadsafe(settle, source)

    destination.add_done_callback(cancelled)
    source.add_done_callback(settled)


def wrap_future(future, *, loop=None):
    """A future of asyncio for one of concurrent.futures."""
    if isfuture(future):
        return future
    from concurrent.futures import Future as Concurrent
    assert isinstance(future, Concurrent), f"concurrent.futures.Future is expected, got {future!r}"
    if loop is None:
        loop = events._get_event_loop()
    made = loop.create_future()
    _chain_future(future, made)
    return made


try:
    from _asyncio import Future
except ImportError:
    pass
else:
    _CFuture = Future

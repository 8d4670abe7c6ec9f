"""Futures, and how those of asyncio and of concurrent.futures are tied together."""

__all__ = ("Future", "wrap_future", "isfuture")

import sys

from _asyncio import Future
from . import base_futures
from . import events
from . import exceptions

isfuture = base_futures.isfuture
_PENDING = base_futures._PENDING
_CANCELLED = base_futures._CANCELLED
_FINISHED = base_futures._FINISHED
_CFuture = Future


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

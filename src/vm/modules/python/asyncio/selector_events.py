"""The loop of CPython that waits with a selector; here a selector waits for the clock only."""

__all__ = ("BaseSelectorEventLoop",)

import math

from _asyncio import _wait_until
from . import base_events
from . import events


class _ClockSelector:
    """A selector that nothing can be registered with: it moves the machine's clock on, in whole milliseconds as `epoll` does."""

    def select(self, timeout=None):
        _wait_until(timeout if timeout is None else math.ceil(timeout * 1e3) * 1e-3)
        return []

    def close(self):
        pass


class BaseSelectorEventLoop(base_events.BaseEventLoop):

    def __init__(self, selector=None):
        super().__init__()
        self._selector = _ClockSelector() if selector is None else selector
        # Nobody wakes this loop up from outside, but what would be called then is there.
        self._waker = events.Handle(self._read_from_self, (), self, None)

    def _read_from_self(self):
        pass

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        self._waker.cancel()
        self._waker = None
        super().close()
        if self._selector is not None:
            self._selector.close()
            self._selector = None

"""The loop of CPython that waits with a selector; here a selector waits for the clock only."""

__all__ = ("BaseSelectorEventLoop",)

import math

from _asyncio import _wait_until
from . import base_events


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

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        super().close()
        if self._selector is not None:
            self._selector.close()
            self._selector = None

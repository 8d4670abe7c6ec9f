"""The loop of CPython that waits with a selector; here it has nothing to select."""

__all__ = ("BaseSelectorEventLoop",)

from . import base_events


class BaseSelectorEventLoop(base_events.BaseEventLoop):

    def __init__(self, selector=None):
        super().__init__()
        self._selector = selector

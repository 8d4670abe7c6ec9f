"""The loop and the policy that CPython has on Unix, by their names."""

from _asyncio import _unsupported
from . import events
from . import selector_events

__all__ = ("SelectorEventLoop", "AbstractChildWatcher", "SafeChildWatcher", "FastChildWatcher", "PidfdChildWatcher",
           "MultiLoopChildWatcher", "ThreadedChildWatcher", "DefaultEventLoopPolicy")


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    """The event loop."""


class AbstractChildWatcher:
    """What watches child processes; there are none here."""

    def __init__(self, *args, **kwargs):
        _unsupported(f"asyncio.{type(self).__name__}(): there are no processes here")


class PidfdChildWatcher(AbstractChildWatcher):
    """One that would watch by pidfds."""


class SafeChildWatcher(AbstractChildWatcher):
    """One that would wait for each process."""


class FastChildWatcher(AbstractChildWatcher):
    """One that would wait for any process."""


class MultiLoopChildWatcher(AbstractChildWatcher):
    """One that would work with several loops."""


class ThreadedChildWatcher(AbstractChildWatcher):
    """One that would wait in threads."""


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    """The policy of Unix."""

    _loop_factory = _UnixSelectorEventLoop

    def get_child_watcher(self):
        """What watches child processes; there are none here."""
        _unsupported("asyncio.get_child_watcher(): there are no processes here")

    def set_child_watcher(self, watcher):
        """Set what watches child processes; there are none here."""
        _unsupported("asyncio.set_child_watcher(): there are no processes here")


SelectorEventLoop = _UnixSelectorEventLoop
DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy

"""What belongs to the event loop in which it is first used."""

import threading

from . import events

_global_lock = threading.Lock()
# Tells "not given" from any value, to refuse the parameter that is gone.
_marker = object()


class _LoopBoundMixin:
    _loop = None

    def __init__(self, *, loop=_marker):
        if loop is not _marker:
            raise TypeError(f"As of 3.10, the *loop* parameter was removed from {type(self).__name__}() since it is no "
                            f"longer necessary")

    def _get_loop(self):
        running = events._get_running_loop()
        if self._loop is None:
            with _global_lock:
                if self._loop is None:
                    self._loop = running
        if running is not self._loop:
            raise RuntimeError(f"{self!r} is bound to a different event loop")
        return running

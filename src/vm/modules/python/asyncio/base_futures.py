"""What all kinds of futures share: their states and how they look."""

__all__ = ()

import reprlib
from _thread import get_ident

from . import format_helpers

_PENDING = "PENDING"
_CANCELLED = "CANCELLED"
_FINISHED = "FINISHED"


def isfuture(obj):
    """Whether an object behaves as a Future: its class has `_asyncio_future_blocking`, and it is not None."""
    return hasattr(obj.__class__, "_asyncio_future_blocking") and obj._asyncio_future_blocking is not None


def _format_callbacks(cb):
    count = len(cb)

    def shown(pair):
        return format_helpers._format_callback_source(pair[0], ())

    if count > 2:
        text = f"{shown(cb[0])}, <{count - 2} more>, {shown(cb[-1])}"
    else:
        text = ", ".join(map(shown, cb))
    return f"cb=[{text}]"


# Futures whose results are being shown, so that one that holds itself ends.
_repr_running = set()


def _future_repr_info(future):
    info = [future._state.lower()]
    if future._state == _FINISHED:
        if future._exception is not None:
            info.append(f"exception={future._exception!r}")
        else:
            key = id(future), get_ident()
            if key in _repr_running:
                result = "..."
            else:
                _repr_running.add(key)
                try:
                    result = reprlib.repr(future._result)
                finally:
                    _repr_running.discard(key)
            info.append(f"result={result}")
    if future._callbacks:
        info.append(_format_callbacks(future._callbacks))
    if future._source_traceback:
        created = future._source_traceback[-1]
        info.append(f"created at {created[0]}:{created[1]}")
    return info

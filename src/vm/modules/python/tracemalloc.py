"""Tracing of memory is not part of this: starting it says so; everything else answers as if it had not been started."""

from _imports import unsupported as _unsupported


def start(nframe=1):
    _unsupported("tracemalloc.start()")


def stop():
    pass


def is_tracing():
    return False


def clear_traces():
    pass


def reset_peak():
    pass


def get_traceback_limit():
    return 1


def get_traced_memory():
    return 0, 0


def get_tracemalloc_memory():
    return 0


def get_object_traceback(obj):
    return None


def take_snapshot():
    raise RuntimeError("the tracemalloc module must be tracing memory allocations to take a snapshot")

"""A pool of processes: there are no processes here."""

from concurrent.futures import _base
from _asyncio import _unsupported


class BrokenProcessPool(_base.BrokenExecutor):
    """A process of the pool died."""


class ProcessPoolExecutor(_base.Executor):
    """A pool of processes."""

    def __init__(self, *args, **kwargs):
        _unsupported("ProcessPoolExecutor(): there are no processes here")

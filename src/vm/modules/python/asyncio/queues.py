"""Queues for tasks: first in first out, last in first out, smallest first."""

__all__ = ("Queue", "PriorityQueue", "LifoQueue", "QueueFull", "QueueEmpty")

import collections
import heapq
from types import GenericAlias

from . import locks
from . import mixins


class QueueEmpty(Exception):
    """There is no item, and get_nowait() does not wait for one."""


class QueueFull(Exception):
    """There is no room, and put_nowait() does not wait for it."""


class Queue(mixins._LoopBoundMixin):
    """First in, first out. With a maxsize above zero, put() waits for room."""

    def __init__(self, maxsize=0, *, loop=mixins._marker):
        super().__init__(loop=loop)
        self._maxsize = maxsize
        self._getters = collections.deque()
        self._putters = collections.deque()
        self._unfinished_tasks = 0
        self._finished = locks.Event()
        self._finished.set()
        self._init(maxsize)

    # How items are kept: what the kinds of queues differ in.

    def _init(self, maxsize):
        self._queue = collections.deque()

    def _get(self):
        return self._queue.popleft()

    def _put(self, item):
        self._queue.append(item)

    def _wakeup_next(self, waiters):
        while waiters:
            waiter = waiters.popleft()
            if not waiter.done():
                waiter.set_result(None)
                break

    def __repr__(self):
        return f"<{type(self).__name__} at {id(self):#x} {self._format()}>"

    def __str__(self):
        return f"<{type(self).__name__} {self._format()}>"

    __class_getitem__ = classmethod(GenericAlias)

    def _format(self):
        parts = [f"maxsize={self._maxsize!r}"]
        if getattr(self, "_queue", None):
            parts.append(f"_queue={list(self._queue)!r}")
        if self._getters:
            parts.append(f"_getters[{len(self._getters)}]")
        if self._putters:
            parts.append(f"_putters[{len(self._putters)}]")
        if self._unfinished_tasks:
            parts.append(f"tasks={self._unfinished_tasks}")
        return " ".join(parts)

    def qsize(self):
        """How many items there are."""
        return len(self._queue)

    @property
    def maxsize(self):
        """How many items there may be."""
        return self._maxsize

    def empty(self):
        """Whether there are no items."""
        return not self._queue

    def full(self):
        """Whether there is no room."""
        return False if self._maxsize <= 0 else self.qsize() >= self._maxsize

    async def put(self, item):
        """Wait for room and add an item."""
        while self.full():
            waiter = self._get_loop().create_future()
            self._putters.append(waiter)
            try:
                await waiter
            except:
                waiter.cancel()
                try:
                    self._putters.remove(waiter)
                except ValueError:
                    pass  # taken out already by who woke it
                if not self.full() and not waiter.cancelled():
                    # It was woken and cancelled: the next one has the turn.
                    self._wakeup_next(self._putters)
                raise
        return self.put_nowait(item)

    def put_nowait(self, item):
        """Add an item if there is room, else raise QueueFull."""
        if self.full():
            raise QueueFull
        self._put(item)
        self._unfinished_tasks += 1
        self._finished.clear()
        self._wakeup_next(self._getters)

    async def get(self):
        """Wait for an item and take it."""
        while self.empty():
            waiter = self._get_loop().create_future()
            self._getters.append(waiter)
            try:
                await waiter
            except:
                waiter.cancel()
                try:
                    self._getters.remove(waiter)
                except ValueError:
                    pass  # taken out already by who woke it
                if not self.empty() and not waiter.cancelled():
                    # It was woken and cancelled: the next one has the turn.
                    self._wakeup_next(self._getters)
                raise
        return self.get_nowait()

    def get_nowait(self):
        """Take an item if there is one, else raise QueueEmpty."""
        if self.empty():
            raise QueueEmpty
        item = self._get()
        self._wakeup_next(self._putters)
        return item

    def task_done(self):
        """Say that the work on one item is finished."""
        if self._unfinished_tasks <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished_tasks -= 1
        if self._unfinished_tasks == 0:
            self._finished.set()

    async def join(self):
        """Wait until the work on all items is finished."""
        if self._unfinished_tasks > 0:
            await self._finished.wait()


class PriorityQueue(Queue):
    """The smallest item comes first."""

    def _init(self, maxsize):
        self._queue = []

    def _put(self, item, heappush=heapq.heappush):
        heappush(self._queue, item)

    def _get(self, heappop=heapq.heappop):
        return heappop(self._queue)


class LifoQueue(Queue):
    """The newest item comes first."""

    def _init(self, maxsize):
        self._queue = []

    def _put(self, item):
        self._queue.append(item)

    def _get(self):
        return self._queue.pop()

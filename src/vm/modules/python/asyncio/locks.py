"""Locks, events, conditions and semaphores for tasks."""

__all__ = ("Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore")

import collections

from . import exceptions
from . import mixins


class _ContextManagerMixin:
    async def __aenter__(self):
        await self.acquire()
        return None

    async def __aexit__(self, exc_type, exc, tb):
        self.release()


def _with_state(base, extra, waiters):
    # What repr() of an object becomes with its state and how many wait.
    if waiters:
        extra = f"{extra}, waiters:{len(waiters)}"
    return f"<{base[1:-1]} [{extra}]>"


class Lock(_ContextManagerMixin, mixins._LoopBoundMixin):
    """One task has it at a time; the others get it in the order in which they came."""

    def __init__(self, *, loop=mixins._marker):
        super().__init__(loop=loop)
        self._waiters = None
        self._locked = False

    def __repr__(self):
        return _with_state(super().__repr__(), "locked" if self._locked else "unlocked", self._waiters)

    def locked(self):
        """Whether somebody has it."""
        return self._locked

    async def acquire(self):
        """Wait for it and take it."""
        if not self._locked and (self._waiters is None or all(w.cancelled() for w in self._waiters)):
            self._locked = True
            return True
        if self._waiters is None:
            self._waiters = collections.deque()
        fut = self._get_loop().create_future()
        self._waiters.append(fut)
        try:
            try:
                await fut
            finally:
                self._waiters.remove(fut)
        except exceptions.CancelledError:
            if not self._locked:
                self._wake_up_first()
            raise
        self._locked = True
        return True

    def release(self):
        """Let the next one have it."""
        if not self._locked:
            raise RuntimeError("Lock is not acquired.")
        self._locked = False
        self._wake_up_first()

    def _wake_up_first(self):
        if not self._waiters:
            return
        first = next(iter(self._waiters))
        if not first.done():
            first.set_result(True)


class Event(mixins._LoopBoundMixin):
    """A flag for which tasks can wait."""

    def __init__(self, *, loop=mixins._marker):
        super().__init__(loop=loop)
        self._waiters = collections.deque()
        self._value = False

    def __repr__(self):
        return _with_state(super().__repr__(), "set" if self._value else "unset", self._waiters)

    def is_set(self):
        """Whether the flag is up."""
        return self._value

    def set(self):
        """Put the flag up and wake who waits for it."""
        if not self._value:
            self._value = True
            for fut in self._waiters:
                if not fut.done():
                    fut.set_result(True)

    def clear(self):
        """Take the flag down."""
        self._value = False

    async def wait(self):
        """Wait until the flag is up."""
        if self._value:
            return True
        fut = self._get_loop().create_future()
        self._waiters.append(fut)
        try:
            await fut
            return True
        finally:
            self._waiters.remove(fut)


class Condition(_ContextManagerMixin, mixins._LoopBoundMixin):
    """A lock under which tasks wait to be notified."""

    def __init__(self, lock=None, *, loop=mixins._marker):
        super().__init__(loop=loop)
        self._lock = lock = Lock() if lock is None else lock
        self.locked = lock.locked
        self.acquire = lock.acquire
        self.release = lock.release
        self._waiters = collections.deque()

    def __repr__(self):
        return _with_state(super().__repr__(), "locked" if self.locked() else "unlocked", self._waiters)

    async def wait(self):
        """Let go of the lock until notified, and take it again."""
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        self.release()
        try:
            fut = self._get_loop().create_future()
            self._waiters.append(fut)
            try:
                await fut
                return True
            finally:
                self._waiters.remove(fut)
        finally:
            # The lock is taken again even if cancelled meanwhile.
            cancelled = False
            while True:
                try:
                    await self.acquire()
                    break
                except exceptions.CancelledError:
                    cancelled = True
            if cancelled:
                raise exceptions.CancelledError

    async def wait_for(self, predicate):
        """Wait until the predicate is true; its last answer."""
        answer = predicate()
        while not answer:
            await self.wait()
            answer = predicate()
        return answer

    def notify(self, n=1):
        """Wake the task that has waited longest, or so many."""
        if not self.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
        woken = 0
        for fut in self._waiters:
            if woken >= n:
                break
            if not fut.done():
                woken += 1
                fut.set_result(False)

    def notify_all(self):
        """Wake every task that waits."""
        self.notify(len(self._waiters))


class Semaphore(_ContextManagerMixin, mixins._LoopBoundMixin):
    """A number of permits; who finds none waits, first come, first served."""

    def __init__(self, value=1, *, loop=mixins._marker):
        super().__init__(loop=loop)
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        self._waiters = None
        self._value = value

    def __repr__(self):
        return _with_state(super().__repr__(), "locked" if self.locked() else f"unlocked, value:{self._value}", self._waiters)

    def locked(self):
        """Whether a permit cannot be had at once."""
        return self._value == 0 or any(not w.cancelled() for w in self._waiters or ())

    async def acquire(self):
        """Wait for a permit and take it."""
        if not self.locked():
            self._value -= 1
            return True
        if self._waiters is None:
            self._waiters = collections.deque()
        fut = self._get_loop().create_future()
        self._waiters.append(fut)
        try:
            try:
                await fut
            finally:
                self._waiters.remove(fut)
        except exceptions.CancelledError:
            if not fut.cancelled():
                # It had been given a permit: that goes to the next.
                self._value += 1
                self._wake_up_next()
            raise
        if self._value > 0:
            self._wake_up_next()
        return True

    def release(self):
        """Give a permit back."""
        self._value += 1
        self._wake_up_next()

    def _wake_up_next(self):
        if not self._waiters:
            return
        for fut in self._waiters:
            if not fut.done():
                self._value -= 1
                fut.set_result(True)
                return


class BoundedSemaphore(Semaphore):
    """A semaphore that takes no more permits back than it gave."""

    def __init__(self, value=1, *, loop=mixins._marker):
        self._bound_value = value
        super().__init__(value, loop=loop)

    def release(self):
        """Give a permit back, at most those that were taken."""
        if self._value >= self._bound_value:
            raise ValueError("BoundedSemaphore released too many times")
        super().release()

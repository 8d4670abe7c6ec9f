"""A scheduler of events: actions to be run at times, on any clock."""

import time
import heapq
from collections import namedtuple
from itertools import count
import threading
from time import monotonic as _time

__all__ = ["scheduler"]

Event = namedtuple("Event", "time, priority, sequence, action, argument, kwargs")
for _name, _doc in [
    ("time", "When the event is due, on the scheduler's clock."),
    ("priority", "Which of the events of one time is first: the smallest."),
    ("sequence", "Which of the events of one time and priority is first: the one entered first."),
    ("action", "What is called: action(*argument, **kwargs)."),
    ("argument", "The positional arguments of the action."),
    ("kwargs", "The keyword arguments of the action."),
]:
    getattr(Event, _name).__doc__ = _doc
del _name, _doc

_sentinel = object()


class scheduler:

    def __init__(self, timefunc=_time, delayfunc=time.sleep):
        """A scheduler on the clock `timefunc`, which waits by `delayfunc`."""
        self._queue = []
        self._lock = threading.RLock()
        self.timefunc = timefunc
        self.delayfunc = delayfunc
        self._sequence_generator = count()

    def enterabs(self, time, priority, action, argument=(), kwargs=_sentinel):
        """Enter an event at a time of the clock; the event can be given to cancel()."""
        if kwargs is _sentinel:
            kwargs = {}
        with self._lock:
            event = Event(time, priority, next(self._sequence_generator), action, argument, kwargs)
            heapq.heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_sentinel):
        """Enter an event at so long from now."""
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        """Take an event out; ValueError if it is not there."""
        with self._lock:
            self._queue.remove(event)
            heapq.heapify(self._queue)

    def empty(self):
        """Whether no events wait."""
        with self._lock:
            return not self._queue

    def run(self, blocking=True):
        """Run events until none is left; without `blocking` only those that are due, and tell how long until the next."""
        lock, queue, now_is, wait = self._lock, self._queue, self.timefunc, self.delayfunc
        while True:
            with lock:
                if not queue:
                    break
                when, _, _, action, argument, kwargs = queue[0]
                now = now_is()
                early = when > now
                if not early:
                    heapq.heappop(queue)
            if not early:
                action(*argument, **kwargs)
                wait(0)  # lets other threads run
            elif blocking:
                wait(when - now)
            else:
                return when - now

    @property
    def queue(self):
        """The events that wait, in the order in which they will run."""
        with self._lock:
            events = self._queue[:]
        return list(map(heapq.heappop, [events] * len(events)))

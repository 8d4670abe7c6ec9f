"""More handlers: files that rotate, memory, queues. Those that talk to a network or a service can be named, but not used here."""

import copy
import io
import logging
import os
import queue
import re
import threading
import time
from stat import ST_DEV, ST_INO, ST_MTIME

DEFAULT_TCP_LOGGING_PORT = 9020
DEFAULT_UDP_LOGGING_PORT = 9021
DEFAULT_HTTP_LOGGING_PORT = 9022
DEFAULT_SOAP_LOGGING_PORT = 9023
SYSLOG_UDP_PORT = 514
SYSLOG_TCP_PORT = 514

_HOUR = 60 * 60
_DAY = 24 * _HOUR


# ---- files that are renamed from time to time


def _remove_if_there(path):
    if os.path.exists(path):
        os.remove(path)


class BaseRotatingHandler(logging.FileHandler):
    """A file that gives way to a new one when a record makes it due; `namer` and `rotator` may say how."""

    namer = None
    rotator = None

    def __init__(self, filename, mode, encoding=None, delay=False, errors=None):
        super().__init__(filename, mode=mode, encoding=encoding, delay=delay, errors=errors)
        self.mode, self.encoding, self.errors = mode, encoding, errors

    def emit(self, record):
        """Write the record, to a new file if that is due."""
        try:
            if self.shouldRollover(record):
                self.doRollover()
            logging.FileHandler.emit(self, record)
        except Exception:
            self.handleError(record)

    def rotation_filename(self, default_name):
        """The name for a file that is put aside."""
        return self.namer(default_name) if callable(self.namer) else default_name

    def rotate(self, source, dest):
        """Put a file aside."""
        if callable(self.rotator):
            self.rotator(source, dest)
        elif os.path.exists(source):
            os.rename(source, dest)

    def _is_no_file(self):
        return os.path.exists(self.baseFilename) and not os.path.isfile(self.baseFilename)

    def _close_stream(self):
        if self.stream:
            self.stream.close()
            self.stream = None

    def _reopen(self):
        if not self.delay:
            self.stream = self._open()


class RotatingFileHandler(BaseRotatingHandler):
    """Puts the file aside before it would have `maxBytes`; keeps `backupCount` old ones, .1 the newest."""

    def __init__(self, filename, mode="a", maxBytes=0, backupCount=0, encoding=None, delay=False, errors=None):
        if maxBytes > 0:
            mode = "a"  # it could never fill up otherwise
        if "b" not in mode:
            encoding = io.text_encoding(encoding)
        super().__init__(filename, mode, encoding=encoding, delay=delay, errors=errors)
        self.maxBytes, self.backupCount = maxBytes, backupCount

    def _numbered(self, number):
        return self.rotation_filename(f"{self.baseFilename}.{number}")

    def doRollover(self):
        """Begin a new file."""
        self._close_stream()
        if self.backupCount > 0:
            for number in range(self.backupCount - 1, 0, -1):
                source, dest = self._numbered(number), self._numbered(number + 1)
                if os.path.exists(source):
                    _remove_if_there(dest)
                    os.rename(source, dest)
            newest = self._numbered(1)
            _remove_if_there(newest)
            self.rotate(self.baseFilename, newest)
        self._reopen()

    def shouldRollover(self, record):
        """Whether there is no room for the record."""
        if self._is_no_file():
            return False
        if self.stream is None:
            self.stream = self._open()
        if self.maxBytes <= 0:
            return False
        line = f"{self.format(record)}\n"
        self.stream.seek(0, io.SEEK_END)
        return self.stream.tell() + len(line) >= self.maxBytes


# By the unit: its seconds, how the moment is written behind a file's name, and how that is recognised.
_BY_DATE = (_DAY, "%Y-%m-%d", r"\d{4}-\d{2}-\d{2}")
_UNITS = {
    "S": (1, "%Y-%m-%d_%H-%M-%S", r"\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2}"),
    "M": (60, "%Y-%m-%d_%H-%M", r"\d{4}-\d{2}-\d{2}_\d{2}-\d{2}"),
    "H": (_HOUR, "%Y-%m-%d_%H", r"\d{4}-\d{2}-\d{2}_\d{2}"),
    "D": _BY_DATE,
    "MIDNIGHT": _BY_DATE,
}


class TimedRotatingFileHandler(BaseRotatingHandler):
    """Puts the file aside at set times: every so many seconds (S), minutes (M), hours (H) or days (D), at MIDNIGHT, or on a day of the week
    (W0 is Monday); `atTime` moves the last two."""

    def __init__(self, filename, when="h", interval=1, backupCount=0, encoding=None, delay=False, utc=False, atTime=None, errors=None):
        super().__init__(filename, "a", encoding=io.text_encoding(encoding), delay=delay, errors=errors)
        self.when = when.upper()
        self.backupCount, self.utc, self.atTime = backupCount, utc, atTime
        unit, self.suffix, pattern = self._unit()
        self.extMatch = re.compile(f"^{pattern}(\\.\\w+)?$", re.ASCII)
        self.interval = unit * interval
        if os.path.exists(self.baseFilename):
            begun = os.stat(self.baseFilename)[ST_MTIME]
        else:
            begun = int(time.time())
        self.rolloverAt = self.computeRollover(begun)

    def _is_weekly(self):
        return self.when.startswith("W")

    def _unit(self):
        if self.when in _UNITS:
            return _UNITS[self.when]
        if not self._is_weekly():
            raise ValueError("Invalid rollover interval specified: %s" % self.when)
        if len(self.when) != 2:
            raise ValueError("You must specify a day for weekly rollover from 0 to 6 (0 is Monday): %s" % self.when)
        if not "0" <= self.when[1] <= "6":
            raise ValueError("Invalid day specified for weekly rollover: %s" % self.when)
        self.dayOfWeek = int(self.when[1])
        return 7 * _DAY, *_BY_DATE[1:]

    def _clock(self, moment):
        return time.gmtime(moment) if self.utc else time.localtime(moment)

    def _by_clock(self, moment, is_summer):
        """The moment at which a clock shows the same, when summer time has begun or ended until then."""
        becomes_summer = time.localtime(moment).tm_isdst
        if becomes_summer == is_summer:
            return moment
        return moment + (_HOUR if is_summer else -_HOUR)

    def computeRollover(self, currentTime):
        """When the next change is due."""
        if self.when != "MIDNIGHT" and not self._is_weekly():
            return currentTime + self.interval
        now = self._clock(currentTime)
        wanted = _DAY
        if self.atTime is not None:
            wanted = (self.atTime.hour * 60 + self.atTime.minute) * 60 + self.atTime.second
        wait = wanted - ((now.tm_hour * 60 + now.tm_min) * 60 + now.tm_sec)
        weekday = now.tm_wday
        if wait < 0:
            wait += _DAY
            weekday = (weekday + 1) % 7
        due = currentTime + wait
        if self._is_weekly() and weekday != self.dayOfWeek:
            due += (self.dayOfWeek - weekday) % 7 * _DAY
            if not self.utc:
                due = self._by_clock(due, now.tm_isdst)
        return due

    def shouldRollover(self, record):
        """Whether the time has come."""
        now = int(time.time())
        if now < self.rolloverAt:
            return False
        if self._is_no_file():
            self.rolloverAt = self.computeRollover(now)
            return False
        return True

    def getFilesToDelete(self):
        """The old files that are too many, all but the newest."""
        folder, name = os.path.split(self.baseFilename)
        stem, extension = os.path.splitext(name)
        prefix = stem + "."
        found = []
        for candidate in os.listdir(folder):
            if not candidate.startswith(name):
                # With a namer of one's own the moment may stand before the extension.
                if self.namer is None:
                    continue
                digit = candidate[len(prefix) + 1 : len(prefix) + 2]
                if candidate.endswith(extension) and digit and not digit.isdigit():
                    continue
            if candidate.startswith(prefix) and any(map(self.extMatch.match, candidate[len(prefix) :].split("."))):
                found.append(os.path.join(folder, candidate))
        found.sort()
        return found[: max(0, len(found) - self.backupCount)]

    def doRollover(self):
        """Begin a new file; the old one is named by the time it began."""
        self._close_stream()
        now = int(time.time())
        is_summer = time.localtime(now).tm_isdst
        begun = self.rolloverAt - self.interval
        clock = self._clock(begun)
        if not self.utc and clock.tm_isdst != is_summer:
            clock = time.localtime(begun + (_HOUR if is_summer else -_HOUR))
        aside = self.rotation_filename(self.baseFilename + "." + time.strftime(self.suffix, clock))
        _remove_if_there(aside)
        self.rotate(self.baseFilename, aside)
        if self.backupCount > 0:
            for old in self.getFilesToDelete():
                os.remove(old)
        self._reopen()
        due = self.computeRollover(now)
        while due <= now:
            due += self.interval
        if (self.when == "MIDNIGHT" or self._is_weekly()) and not self.utc:
            due = self._by_clock(due, is_summer)
        self.rolloverAt = due


class WatchedFileHandler(logging.FileHandler):
    """Opens its file again when somebody has moved it away or replaced it."""

    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        if "b" not in mode:
            encoding = io.text_encoding(encoding)
        super().__init__(filename, mode=mode, encoding=encoding, delay=delay, errors=errors)
        self.dev = self.ino = -1
        self._statstream()

    def _statstream(self):
        if self.stream:
            facts = os.fstat(self.stream.fileno())
            self.dev, self.ino = facts[ST_DEV], facts[ST_INO]

    def reopenIfNeeded(self):
        """Open the file again if another one has its name now."""
        try:
            facts = os.stat(self.baseFilename)
        except FileNotFoundError:
            facts = None
        if facts and (facts[ST_DEV], facts[ST_INO]) == (self.dev, self.ino):
            return
        if self.stream is None:
            return
        self.stream.flush()
        self.stream.close()
        self.stream = None  # open() may fail
        self.stream = self._open()
        self._statstream()

    def emit(self, record):
        """Write the record."""
        self.reopenIfNeeded()
        logging.FileHandler.emit(self, record)


# ---- networks and services


class _Outside(logging.Handler):
    """A handler for something outside, which there is not."""

    def __init__(self, *args, **kwargs):
        from _asyncio import _unsupported

        _unsupported(f"logging.handlers.{type(self).__name__}()")


class SocketHandler(_Outside):
    """Sends records over TCP."""


class DatagramHandler(SocketHandler):
    """Sends records over UDP."""


class SysLogHandler(_Outside):
    """Sends records to the system's log."""


class SMTPHandler(_Outside):
    """Sends records by mail."""


class NTEventLogHandler(_Outside):
    """Sends records to the log of Windows."""


class HTTPHandler(_Outside):
    """Sends records to a web server."""


# ---- memory and queues


class BufferingHandler(logging.Handler):
    """Keeps records, and flushes when it has so many."""

    def __init__(self, capacity):
        logging.Handler.__init__(self)
        self.capacity = capacity
        self.buffer = []

    def shouldFlush(self, record):
        """Whether it is full."""
        return len(self.buffer) >= self.capacity

    def emit(self, record):
        """Keep the record; flush if that is due."""
        self.buffer.append(record)
        if self.shouldFlush(record):
            self.flush()

    def flush(self):
        """Let go of the records."""
        with self.lock:
            self.buffer.clear()

    def close(self):
        """Flush and be used no more."""
        try:
            self.flush()
        finally:
            logging.Handler.close(self)


class MemoryHandler(BufferingHandler):
    """Keeps records, and gives them to another handler when it is full or a bad one comes."""

    def __init__(self, capacity, flushLevel=logging.ERROR, target=None, flushOnClose=True):
        BufferingHandler.__init__(self, capacity)
        self.flushLevel, self.target, self.flushOnClose = flushLevel, target, flushOnClose

    def shouldFlush(self, record):
        """Whether it is full or the record is bad enough."""
        return len(self.buffer) >= self.capacity or record.levelno >= self.flushLevel

    def setTarget(self, target):
        """Set the other handler."""
        with self.lock:
            self.target = target

    def flush(self):
        """Give the records to the other handler, if there is one."""
        with self.lock:
            if self.target:
                for record in self.buffer:
                    self.target.handle(record)
                self.buffer.clear()

    def close(self):
        """Flush, if that is wanted, and be used no more."""
        try:
            if self.flushOnClose:
                self.flush()
        finally:
            with self.lock:
                self.target = None
                BufferingHandler.close(self)


class QueueHandler(logging.Handler):
    """Puts records into a queue."""

    def __init__(self, queue):
        logging.Handler.__init__(self)
        self.queue = queue

    def enqueue(self, record):
        """Put a record into the queue."""
        self.queue.put_nowait(record)

    def prepare(self, record):
        """A copy of the record that can be pickled: its message is made, and holds the traceback."""
        text = self.format(record)
        record = copy.copy(record)
        record.message = record.msg = text
        record.args = record.exc_info = record.exc_text = record.stack_info = None
        return record

    def emit(self, record):
        """Put the record into the queue."""
        try:
            self.enqueue(self.prepare(record))
        except Exception:
            self.handleError(record)


class QueueListener:
    """A thread that takes records out of a queue and gives them to handlers."""

    _sentinel = None

    def __init__(self, queue, *handlers, respect_handler_level=False):
        self.queue, self.handlers = queue, handlers
        self.respect_handler_level = respect_handler_level
        self._thread = None

    def dequeue(self, block):
        """The next record."""
        return self.queue.get(block)

    def start(self):
        """Start the thread."""
        self._thread = thread = threading.Thread(target=self._monitor)
        thread.daemon = True
        thread.start()

    def prepare(self, record):
        """The record, as it is to be handled."""
        return record

    def handle(self, record):
        """Give a record to the handlers."""
        record = self.prepare(record)
        for handler in self.handlers:
            if not self.respect_handler_level or record.levelno >= handler.level:
                handler.handle(record)

    def _monitor(self):
        done = getattr(self.queue, "task_done", lambda: None)
        try:
            while (record := self.dequeue(True)) is not self._sentinel:
                self.handle(record)
                done()
            done()
        except queue.Empty:
            pass

    def enqueue_sentinel(self):
        """Put in what ends the thread."""
        self.queue.put_nowait(self._sentinel)

    def stop(self):
        """Have the thread end, and wait for that."""
        self.enqueue_sentinel()
        self._thread.join()
        self._thread = None

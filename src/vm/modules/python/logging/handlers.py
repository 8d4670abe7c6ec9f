"""More handlers: those that keep records; those that need files to rotate, networks or services are not here."""

import copy
import logging

DEFAULT_TCP_LOGGING_PORT = 9020
DEFAULT_UDP_LOGGING_PORT = 9021
DEFAULT_HTTP_LOGGING_PORT = 9022
DEFAULT_SOAP_LOGGING_PORT = 9023
SYSLOG_UDP_PORT = 514
SYSLOG_TCP_PORT = 514


def __getattr__(name):
    if name in ("BaseRotatingHandler", "RotatingFileHandler", "TimedRotatingFileHandler", "WatchedFileHandler", "SocketHandler",
                "DatagramHandler", "SysLogHandler", "SMTPHandler", "NTEventLogHandler", "HTTPHandler", "QueueListener"):
        from _asyncio import _unsupported
        _unsupported(f"logging.handlers.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


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
        self.acquire()
        try:
            self.buffer.clear()
        finally:
            self.release()

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
        self.flushLevel = flushLevel
        self.target = target
        self.flushOnClose = flushOnClose

    def shouldFlush(self, record):
        """Whether it is full or the record is bad enough."""
        return len(self.buffer) >= self.capacity or record.levelno >= self.flushLevel

    def setTarget(self, target):
        """Set the other handler."""
        self.acquire()
        try:
            self.target = target
        finally:
            self.release()

    def flush(self):
        """Give the records to the other handler, if there is one."""
        self.acquire()
        try:
            if self.target:
                for record in self.buffer:
                    self.target.handle(record)
                self.buffer.clear()
        finally:
            self.release()

    def close(self):
        """Flush, if that is wanted, and be used no more."""
        try:
            if self.flushOnClose:
                self.flush()
        finally:
            self.acquire()
            try:
                self.target = None
                BufferingHandler.close(self)
            finally:
                self.release()


class QueueHandler(logging.Handler):
    """Puts records into a queue."""

    def __init__(self, queue):
        logging.Handler.__init__(self)
        self.queue = queue

    def enqueue(self, record):
        """Put a record into the queue."""
        self.queue.put_nowait(record)

    def prepare(self, record):
        """A copy of the record with its message made."""
        msg = self.format(record)
        record = copy.copy(record)
        record.message = record.msg = msg
        record.args = record.exc_info = record.exc_text = None
        return record

    def emit(self, record):
        """Put the record into the queue."""
        try:
            self.enqueue(self.prepare(record))
        except Exception:
            self.handleError(record)

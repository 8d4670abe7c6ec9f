"""Streams: bytes that arrive bit by bit, and what waits for them. Sockets there are none: a stream is fed by hand, or written to a
transport of the program's own."""

import collections
import sys
import weakref

from _asyncio import _unsupported

from . import coroutines, events, exceptions, format_helpers, protocols
from .tasks import sleep

__all__ = ("StreamReader", "StreamWriter", "StreamReaderProtocol", "open_connection", "start_server", "open_unix_connection",
           "start_unix_server")

_DEFAULT_LIMIT = 2 ** 16


class FlowControlMixin(protocols.Protocol):
    """The half of a protocol that makes writers wait while the transport is full."""

    def __init__(self, loop=None):
        self._loop = events._get_event_loop(stacklevel=4) if loop is None else loop
        self._paused = self._connection_lost = False
        self._drain_waiters = collections.deque()

    def _waiting(self):
        return [waiter for waiter in self._drain_waiters if not waiter.done()]

    def pause_writing(self):
        assert not self._paused
        self._paused = True

    def resume_writing(self):
        assert self._paused
        self._paused = False
        for waiter in self._waiting():
            waiter.set_result(None)

    def connection_lost(self, exc):
        self._connection_lost = True
        if not self._paused:
            return
        for waiter in self._waiting():
            if exc is None:
                waiter.set_result(None)
            else:
                waiter.set_exception(exc)

    async def _drain_helper(self):
        if self._connection_lost:
            raise ConnectionResetError("Connection lost")
        if not self._paused:
            return
        waiter = self._loop.create_future()
        self._drain_waiters.append(waiter)
        try:
            await waiter
        finally:
            self._drain_waiters.remove(waiter)

    def _get_close_waiter(self, stream):
        raise NotImplementedError


class StreamReaderProtocol(FlowControlMixin, protocols.Protocol):
    """Feeds a reader with what a transport delivers."""

    _source_traceback = None

    def __init__(self, stream_reader, client_connected_cb=None, loop=None):
        super().__init__(loop=loop)
        self._stream_reader_wr = None
        if stream_reader is not None:
            self._stream_reader_wr = weakref.ref(stream_reader)
            self._source_traceback = stream_reader._source_traceback
        if client_connected_cb is not None:
            # Until the callback has the reader, nobody else holds it.
            self._strong_reader = stream_reader
        self._reject_connection = self._over_ssl = False
        self._stream_writer = self._task = self._transport = None
        self._client_connected_cb = client_connected_cb
        self._closed = self._loop.create_future()

    @property
    def _stream_reader(self):
        return None if self._stream_reader_wr is None else self._stream_reader_wr()

    def connection_made(self, transport):
        if self._reject_connection:
            context = {"message": "An open stream was garbage collected prior to establishing network connection; "
                                  'call "stream.close()" explicitly.'}
            if self._source_traceback:
                context["source_traceback"] = self._source_traceback
            self._loop.call_exception_handler(context)
            transport.abort()
            return
        self._transport = transport
        reader = self._stream_reader
        if reader is not None:
            reader.set_transport(transport)
        self._over_ssl = transport.get_extra_info("sslcontext") is not None
        if self._client_connected_cb is not None:
            self._stream_writer = StreamWriter(transport, self, reader, self._loop)
            result = self._client_connected_cb(reader, self._stream_writer)
            if coroutines.iscoroutine(result):
                self._task = self._loop.create_task(result)
            self._strong_reader = None

    def connection_lost(self, exc):
        reader = self._stream_reader
        if reader is not None:
            if exc is None:
                reader.feed_eof()
            else:
                reader.set_exception(exc)
        if not self._closed.done():
            if exc is None:
                self._closed.set_result(None)
            else:
                self._closed.set_exception(exc)
        super().connection_lost(exc)
        self._stream_reader_wr = self._stream_writer = self._task = self._transport = None

    def data_received(self, data):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_data(data)

    def eof_received(self):
        reader = self._stream_reader
        if reader is not None:
            reader.feed_eof()
        return not self._over_ssl

    def _get_close_waiter(self, stream):
        return self._closed

    def __del__(self):
        # What went wrong counts as seen.
        closed = getattr(self, "_closed", None)
        if closed is not None and closed.done() and not closed.cancelled():
            closed.exception()


class StreamWriter:
    """Writes to a transport; `drain` waits while that is full."""

    def __init__(self, transport, protocol, reader, loop):
        assert reader is None or isinstance(reader, StreamReader)
        self._transport, self._protocol, self._reader, self._loop = transport, protocol, reader, loop
        self._complete_fut = loop.create_future()
        self._complete_fut.set_result(None)

    def __repr__(self):
        told = [self.__class__.__name__, f"transport={self._transport!r}"]
        if self._reader is not None:
            told.append(f"reader={self._reader!r}")
        return f"<{' '.join(told)}>"

    @property
    def transport(self):
        return self._transport

    def write(self, data):
        self._transport.write(data)

    def writelines(self, data):
        self._transport.writelines(data)

    def write_eof(self):
        return self._transport.write_eof()

    def can_write_eof(self):
        return self._transport.can_write_eof()

    def close(self):
        return self._transport.close()

    def is_closing(self):
        return self._transport.is_closing()

    async def wait_closed(self):
        await self._protocol._get_close_waiter(self)

    def get_extra_info(self, name, default=None):
        return self._transport.get_extra_info(name, default)

    async def drain(self):
        """Waits until there is room again; raises what the reader was told of."""
        if self._reader is not None:
            failure = self._reader.exception()
            if failure is not None:
                raise failure
        if self._transport.is_closing():
            # Let the protocol hear of it first.
            await sleep(0)
        await self._protocol._drain_helper()


class StreamReader:
    """Bytes that have arrived; whoever wants more of them waits."""

    _source_traceback = None

    def __init__(self, limit=_DEFAULT_LIMIT, loop=None):
        if limit <= 0:
            raise ValueError("Limit cannot be <= 0")
        self._limit = limit
        self._loop = events._get_event_loop() if loop is None else loop
        self._buffer = bytearray()
        self._eof = self._paused = False
        self._waiter = self._exception = self._transport = None
        if self._loop.get_debug():
            self._source_traceback = format_helpers.extract_stack(sys._getframe(1))

    def __repr__(self):
        told = ["StreamReader"]
        if self._buffer:
            told.append(f"{len(self._buffer)} bytes")
        if self._eof:
            told.append("eof")
        if self._limit != _DEFAULT_LIMIT:
            told.append(f"limit={self._limit}")
        for name in ("waiter", "exception", "transport"):
            value = getattr(self, "_" + name)
            if value:
                told.append(f"{name}={value!r}")
        if self._paused:
            told.append("paused")
        return f"<{' '.join(told)}>"

    def exception(self):
        return self._exception

    def set_exception(self, exc):
        self._exception = exc
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            waiter.set_exception(exc)

    def _wakeup_waiter(self):
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            waiter.set_result(None)

    def set_transport(self, transport):
        assert self._transport is None, "Transport already set"
        self._transport = transport

    def _maybe_resume_transport(self):
        if self._paused and len(self._buffer) <= self._limit:
            self._paused = False
            self._transport.resume_reading()

    def feed_eof(self):
        self._eof = True
        self._wakeup_waiter()

    def at_eof(self):
        return self._eof and not self._buffer

    def feed_data(self, data):
        assert not self._eof, "feed_data after feed_eof"
        if not data:
            return
        self._buffer.extend(data)
        self._wakeup_waiter()
        if self._transport is None or self._paused or len(self._buffer) <= 2 * self._limit:
            return
        try:
            self._transport.pause_reading()
        except NotImplementedError:
            # One that cannot be paused is not asked again.
            self._transport = None
        else:
            self._paused = True

    async def _wait_for_data(self, func_name):
        if self._waiter is not None:
            raise RuntimeError(f"{func_name}() called while another coroutine is already waiting for incoming data")
        assert not self._eof, "_wait_for_data after EOF"
        if self._paused:
            # Otherwise nothing would ever arrive.
            self._paused = False
            self._transport.resume_reading()
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _take(self, count):
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        return data

    async def readline(self):
        """A line with its end; what is left at the end of the stream."""
        try:
            return await self.readuntil(b"\n")
        except exceptions.IncompleteReadError as error:
            return error.partial
        except exceptions.LimitOverrunError as error:
            if self._buffer.startswith(b"\n", error.consumed):
                del self._buffer[:error.consumed + 1]
            else:
                self._buffer.clear()
            self._maybe_resume_transport()
            raise ValueError(error.args[0])

    async def readuntil(self, separator=b"\n"):
        """All up to a separator, with it; it must come within the limit."""
        if not separator:
            raise ValueError("Separator should be at least one-byte string")
        if self._exception is not None:
            raise self._exception
        looked = 0
        while True:
            have = len(self._buffer)
            if have - looked >= len(separator):
                at = self._buffer.find(separator, looked)
                if at != -1:
                    break
                # Its beginning may be there already.
                looked = have + 1 - len(separator)
                if looked > self._limit:
                    raise exceptions.LimitOverrunError("Separator is not found, and chunk exceed the limit", looked)
            if self._eof:
                raise exceptions.IncompleteReadError(self._take(have), None)
            await self._wait_for_data("readuntil")
        if at > self._limit:
            raise exceptions.LimitOverrunError("Separator is found, but chunk is longer than limit", at)
        data = self._take(at + len(separator))
        self._maybe_resume_transport()
        return data

    async def read(self, n=-1):
        """So many bytes at most, as soon as there are some; all there will be if none are named."""
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b""
        if n < 0:
            parts = []
            while part := await self.read(self._limit):
                parts.append(part)
            return b"".join(parts)
        if not self._buffer and not self._eof:
            await self._wait_for_data("read")
        data = self._take(n)
        self._maybe_resume_transport()
        return data

    async def readexactly(self, n):
        """So many bytes, no fewer."""
        if n < 0:
            raise ValueError("readexactly size can not be less than zero")
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b""
        while len(self._buffer) < n:
            if self._eof:
                raise exceptions.IncompleteReadError(self._take(n), n)
            await self._wait_for_data("readexactly")
        data = self._take(n)
        self._maybe_resume_transport()
        return data

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if not line:
            raise StopAsyncIteration
        return line


async def open_connection(*args, **kwargs):
    """Connect to a host."""
    _unsupported("asyncio.open_connection()")


async def start_server(*args, **kwargs):
    """Listen for connections."""
    _unsupported("asyncio.start_server()")


async def open_unix_connection(*args, **kwargs):
    """Connect to a path."""
    _unsupported("asyncio.open_unix_connection()")


async def start_unix_server(*args, **kwargs):
    """Listen at a path."""
    _unsupported("asyncio.start_unix_server()")

"""Streams over sockets: not here, where there are no sockets."""

from _asyncio import _unsupported

__all__ = ("StreamReader", "StreamWriter", "StreamReaderProtocol", "open_connection", "start_server", "open_unix_connection",
           "start_unix_server")


class StreamReader:
    """What would read from a socket."""

    def __init__(self, *args, **kwargs):
        _unsupported("asyncio.StreamReader()")


class StreamWriter:
    """What would write to a socket."""

    def __init__(self, *args, **kwargs):
        _unsupported("asyncio.StreamWriter()")


class StreamReaderProtocol:
    """What would feed a reader."""

    def __init__(self, *args, **kwargs):
        _unsupported("asyncio.StreamReaderProtocol()")


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

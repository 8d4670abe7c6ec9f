"""What is called about connections: the interface only, as there are none here."""

__all__ = ("BaseProtocol", "Protocol", "DatagramProtocol", "SubprocessProtocol", "BufferedProtocol")


class BaseProtocol:
    """What all protocols have."""

    __slots__ = ()

    def connection_made(self, transport):
        """There is a connection."""

    def connection_lost(self, exc):
        """It is gone."""

    def pause_writing(self):
        """The transport's buffer is too full."""

    def resume_writing(self):
        """The transport's buffer has room again."""


class Protocol(BaseProtocol):
    """For streams."""

    __slots__ = ()

    def data_received(self, data):
        """There are bytes."""

    def eof_received(self):
        """There will be no more."""


class BufferedProtocol(BaseProtocol):
    """For streams, into buffers of its own."""

    __slots__ = ()

    def get_buffer(self, sizehint):
        """A buffer for the next bytes."""

    def buffer_updated(self, nbytes):
        """There are so many bytes in it."""

    def eof_received(self):
        """There will be no more."""


class DatagramProtocol(BaseProtocol):
    """For datagrams."""

    __slots__ = ()

    def datagram_received(self, data, addr):
        """There is a datagram."""

    def error_received(self, exc):
        """Sending or receiving failed."""


class SubprocessProtocol(BaseProtocol):
    """For the pipes of processes."""

    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """There are bytes."""

    def pipe_connection_lost(self, fd, exc):
        """A pipe is closed."""

    def process_exited(self):
        """The process has ended."""

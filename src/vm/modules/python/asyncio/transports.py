"""What carries bytes of connections: the interface only, as there are none here."""

__all__ = ("BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport", "SubprocessTransport")


class BaseTransport:
    """What all transports have."""

    __slots__ = ("_extra",)

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        """Something about the connection."""
        return self._extra.get(name, default)


def _left_to_transports(cls, names):
    for name in names.split():
        def method(self, *args, **kwargs):
            raise NotImplementedError
        method.__name__, method.__qualname__ = name, f"{cls.__name__}.{name}"
        setattr(cls, name, method)


class ReadTransport(BaseTransport):
    """One to read from."""

    __slots__ = ()


class WriteTransport(BaseTransport):
    """One to write to."""

    __slots__ = ()

    def writelines(self, list_of_data):
        """Write several pieces."""
        self.write(b"".join(list_of_data))


class Transport(ReadTransport, WriteTransport):
    """One to read from and to write to."""

    __slots__ = ()


class DatagramTransport(BaseTransport):
    """One for datagrams."""

    __slots__ = ()


class SubprocessTransport(BaseTransport):
    """A process and its pipes."""

    __slots__ = ()


_left_to_transports(BaseTransport, "is_closing close set_protocol get_protocol")
_left_to_transports(ReadTransport, "is_reading pause_reading resume_reading")
_left_to_transports(WriteTransport, "set_write_buffer_limits get_write_buffer_size get_write_buffer_limits write write_eof "
                                    "can_write_eof abort")
_left_to_transports(DatagramTransport, "sendto abort")
_left_to_transports(SubprocessTransport, "get_pid get_returncode get_pipe_transport send_signal terminate kill")

"""Sockets can be named here, but not made: there is no network. Constants, exceptions and what only calculates are real."""

import errno
import io
import os
from enum import IntEnum, IntFlag

_MEMBERS = {
    IntEnum: {
        "AddressFamily": {"AF_UNSPEC": 0, "AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10, "AF_NETLINK": 16, "AF_PACKET": 17},
        "SocketKind": {"SOCK_STREAM": 1, "SOCK_DGRAM": 2, "SOCK_RAW": 3, "SOCK_RDM": 4, "SOCK_SEQPACKET": 5,
                       "SOCK_CLOEXEC": 0x80000, "SOCK_NONBLOCK": 0x800},
    },
    IntFlag: {
        "MsgFlag": {"MSG_OOB": 1, "MSG_PEEK": 2, "MSG_DONTROUTE": 4, "MSG_CTRUNC": 8, "MSG_TRUNC": 0x20, "MSG_DONTWAIT": 0x40,
                    "MSG_EOR": 0x80, "MSG_WAITALL": 0x100, "MSG_ERRQUEUE": 0x2000, "MSG_NOSIGNAL": 0x4000, "MSG_MORE": 0x8000,
                    "MSG_CMSG_CLOEXEC": 0x40000000},
        "AddressInfo": {"AI_PASSIVE": 1, "AI_CANONNAME": 2, "AI_NUMERICHOST": 4, "AI_V4MAPPED": 8, "AI_ALL": 0x10,
                        "AI_ADDRCONFIG": 0x20, "AI_NUMERICSERV": 0x400},
    },
}
for _kind, _classes in _MEMBERS.items():
    for _name, _members in _classes.items():
        globals()[_name] = _made = _kind(_name, _members, module=__name__)
        globals().update({_member.name: _member for _member in _made})
del _kind, _classes, _name, _members, _made

SOL_SOCKET, SOL_IP, SOL_TCP, SOL_UDP = 1, 0, 6, 17
IPPROTO_IP, IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IPV6, IPPROTO_RAW = 0, 1, 6, 17, 41, 255
SO_DEBUG, SO_REUSEADDR, SO_TYPE, SO_ERROR, SO_DONTROUTE, SO_BROADCAST, SO_SNDBUF, SO_RCVBUF, SO_KEEPALIVE = range(1, 10)
SO_OOBINLINE, SO_LINGER, SO_REUSEPORT, SO_RCVLOWAT, SO_SNDLOWAT, SO_RCVTIMEO, SO_SNDTIMEO = 10, 13, 15, 18, 19, 20, 21
TCP_NODELAY, TCP_MAXSEG, TCP_CORK, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT = 1, 2, 3, 4, 5, 6
SHUT_RD, SHUT_WR, SHUT_RDWR = 0, 1, 2
SOMAXCONN = 4096
INADDR_ANY, INADDR_BROADCAST, INADDR_LOOPBACK, INADDR_NONE = 0, 0xFFFFFFFF, 0x7F000001, 0xFFFFFFFF
NI_NUMERICHOST, NI_NUMERICSERV, NI_NOFQDN, NI_NAMEREQD, NI_DGRAM = 1, 2, 4, 8, 16
EAI_BADFLAGS, EAI_NONAME, EAI_AGAIN, EAI_FAIL, EAI_FAMILY, EAI_SOCKTYPE, EAI_SERVICE, EAI_MEMORY = -1, -2, -3, -4, -6, -7, -8, -10
EBADF, EAGAIN, EWOULDBLOCK = errno.EBADF, errno.EAGAIN, errno.EWOULDBLOCK
has_ipv6 = True

error, timeout = OSError, TimeoutError


class herror(OSError):
    pass


class gaierror(OSError):
    pass


for _class in (herror, gaierror):
    _class.__module__ = "socket"
del _class


def _refuse(name):
    raise PermissionError(errno.EPERM, f"{os.strerror(errno.EPERM)} (lifetimes: {name}: a script reaches no network)")


class socket:
    """An end of a connection; making one is refused."""

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        _refuse("socket.socket()")


SocketType = socket


class SocketIO(io.RawIOBase):
    """A raw file of a socket."""

    def __init__(self, sock, mode):
        if mode not in ("r", "w", "rw", "rb", "wb", "rwb"):
            raise ValueError("invalid mode: %r" % mode)
        _refuse("socket.SocketIO()")


def _refused(name):
    def refuse(*args, **kwargs):
        _refuse(f"socket.{name}()")

    refuse.__name__ = refuse.__qualname__ = name
    return refuse


for _name in ("create_connection create_server dup fromfd fromshare getaddrinfo getfqdn gethostbyaddr gethostbyname gethostbyname_ex "
              "getnameinfo getservbyname getservbyport getprotobyname if_indextoname if_nameindex if_nametoindex "
              "recv_fds send_fds sethostname socketpair").split():
    globals()[_name] = _refused(_name)
del _name, _refused



def gethostname():
    """The machine's name in a network of its own."""
    return os.uname().nodename


_default_timeout = None


def getdefaulttimeout():
    """The timeout of new sockets, None for none."""
    return _default_timeout


def setdefaulttimeout(timeout):
    """Sets it."""
    global _default_timeout
    if timeout is not None:
        timeout = float(timeout)
        if timeout < 0:
            raise ValueError("Timeout value out of range")
    _default_timeout = timeout


def has_dualstack_ipv6():
    """Whether one socket can take connections of both kinds of addresses."""
    return False


# ---- numbers in the order of the network


def _swapped(name, bits):
    def swap(x, /):
        if isinstance(x, float) or not hasattr(x, "__index__"):
            raise TypeError(f"an integer is required (got type {type(x).__name__})" if bits == 16 else f"expected int, {type(x).__name__} found")
        x = x.__index__()
        if x < 0:
            raise OverflowError(f"{name}: can't convert negative Python int to C {bits}-bit unsigned integer")
        if x >> bits:
            raise OverflowError(f"{name}: Python int too large to convert to C {bits}-bit unsigned integer")
        return int.from_bytes(x.to_bytes(bits // 8, "little"), "big")

    swap.__name__ = swap.__qualname__ = name
    return swap


htons, ntohs, htonl, ntohl = _swapped("htons", 16), _swapped("ntohs", 16), _swapped("htonl", 32), _swapped("ntohl", 32)


def inet_aton(ip_addr, /):
    """The four bytes of a dotted address; fewer parts are allowed, the last one fills up."""
    parts = ip_addr.split(".")
    try:
        numbers = [int(part, 16 if part[:2].lower() == "0x" else 8 if part[:1] == "0" and part != "0" else 10) for part in parts]
        *first, last = numbers
        if len(first) > 3 or any(not 0 <= number < 256 for number in first):
            raise ValueError
        return bytes(first) + last.to_bytes(4 - len(first), "big")
    except (ValueError, OverflowError):
        raise OSError("illegal IP address string passed to inet_aton") from None


def inet_ntoa(packed_ip, /):
    """The dotted address of four bytes."""
    if len(packed_ip) != 4:
        raise OSError("packed IP wrong length")
    return ".".join(map(str, bytes(packed_ip)))


__all__ = ["fromfd", "getfqdn", "create_connection", "create_server", "has_dualstack_ipv6", "AddressFamily", "SocketKind"]
__all__ += [name for name in dir() if not name.startswith("_") and name not in __all__ and name not in ("IntEnum", "IntFlag", "errno", "io", "os")]

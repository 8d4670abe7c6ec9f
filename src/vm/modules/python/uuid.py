"""Universally unique identifiers (RFC 4122). Those made of time and chance are as reproducible as the machine's clock is."""

import os
from enum import Enum
from hashlib import md5, sha1

int_, bytes_ = int, bytes

RESERVED_NCS, RFC_4122, RESERVED_MICROSOFT, RESERVED_FUTURE = [
    "reserved for NCS compatibility", "specified in RFC 4122", "reserved for Microsoft compatibility",
    "reserved for future definition",
]

# Bits of the six fields, the highest first.
_FIELDS = (
    ("time_low", 32, "a 32-bit"), ("time_mid", 16, "a 16-bit"), ("time_hi_version", 16, "a 16-bit"),
    ("clock_seq_hi_variant", 8, "an 8-bit"), ("clock_seq_low", 8, "an 8-bit"), ("node", 48, "a 48-bit"),
)


class SafeUUID(Enum):
    safe = 0
    unsafe = -1
    unknown = None


def _from_fields(fields):
    if len(fields) != 6:
        raise ValueError("fields is not a 6-tuple")
    number = 0
    for n, (value, (_, bits, title)) in enumerate(zip(fields, _FIELDS), 1):
        if not 0 <= value < 1 << bits:
            raise ValueError(f"field {n} out of range (need {title} value)")
        number = number << bits | value
    return number


def _field(at):
    shift = sum(bits for _, bits, _ in _FIELDS[at + 1:])
    mask = (1 << _FIELDS[at][1]) - 1
    return property(lambda self: self.int >> shift & mask)


class UUID:
    """128 bits, given in one of five ways; they cannot be changed."""

    __slots__ = "int", "is_safe", "__weakref__"

    def __init__(self, hex=None, bytes=None, bytes_le=None, fields=None, int=None, version=None,
                 *, is_safe=SafeUUID.unknown):
        if [hex, bytes, bytes_le, fields, int].count(None) != 4:
            raise TypeError("one of the hex, bytes, bytes_le, fields, or int arguments must be given")
        if hex is not None:
            hex = hex.replace("urn:", "").replace("uuid:", "")
            hex = hex.strip("{}").replace("-", "")
            if len(hex) != 32:
                raise ValueError("badly formed hexadecimal UUID string")
            int = int_(hex, 16)
        if bytes_le is not None:
            if len(bytes_le) != 16:
                raise ValueError("bytes_le is not a 16-char string")
            bytes = bytes_le[3::-1] + bytes_le[5:3:-1] + bytes_le[7:5:-1] + bytes_le[8:]
        if bytes is not None:
            if len(bytes) != 16:
                raise ValueError("bytes is not a 16-char string")
            assert isinstance(bytes, bytes_), repr(bytes)
            int = int_.from_bytes(bytes, byteorder="big")
        if fields is not None:
            int = _from_fields(fields)
        if not 0 <= int < 1 << 128:
            raise ValueError("int is out of range (need a 128-bit value)")
        if version is not None:
            if not 1 <= version <= 5:
                raise ValueError("illegal version number")
            # Variant and version have fixed places.
            int = int & ~(0xC000 << 48) | 0x8000 << 48
            int = int & ~(0xF000 << 64) | version << 76
        object.__setattr__(self, "int", int)
        object.__setattr__(self, "is_safe", is_safe)

    def __getstate__(self):
        state = {"int": self.int}
        if self.is_safe is not SafeUUID.unknown:
            state["is_safe"] = self.is_safe.value
        return state

    def __setstate__(self, state):
        object.__setattr__(self, "int", state["int"])
        object.__setattr__(self, "is_safe", SafeUUID(state["is_safe"]) if "is_safe" in state else SafeUUID.unknown)

    def __eq__(self, other):
        return self.int == other.int if isinstance(other, UUID) else NotImplemented

    def __lt__(self, other):
        return self.int < other.int if isinstance(other, UUID) else NotImplemented

    def __gt__(self, other):
        return self.int > other.int if isinstance(other, UUID) else NotImplemented

    def __le__(self, other):
        return self.int <= other.int if isinstance(other, UUID) else NotImplemented

    def __ge__(self, other):
        return self.int >= other.int if isinstance(other, UUID) else NotImplemented

    def __hash__(self):
        return hash(self.int)

    def __int__(self):
        return self.int

    def __repr__(self):
        return "%s(%r)" % (self.__class__.__name__, str(self))

    def __setattr__(self, name, value):
        raise TypeError("UUID objects are immutable")

    def __str__(self):
        digits = "%032x" % self.int
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    time_low, time_mid, time_hi_version, clock_seq_hi_variant, clock_seq_low, node = map(_field, range(6))

    @property
    def bytes(self):
        return self.int.to_bytes(16, "big")

    @property
    def bytes_le(self):
        b = self.bytes
        return b[3::-1] + b[5:3:-1] + b[7:5:-1] + b[8:]

    @property
    def fields(self):
        return tuple(getattr(self, name) for name, _, _ in _FIELDS)

    @property
    def time(self):
        return (self.time_hi_version & 0x0FFF) << 48 | self.time_mid << 32 | self.time_low

    @property
    def clock_seq(self):
        return (self.clock_seq_hi_variant & 0x3F) << 8 | self.clock_seq_low

    @property
    def hex(self):
        return "%032x" % self.int

    @property
    def urn(self):
        return "urn:uuid:" + str(self)

    @property
    def variant(self):
        high = self.int >> 61 & 7
        if high < 4:
            return RESERVED_NCS
        if high < 6:
            return RFC_4122
        return RESERVED_MICROSOFT if high == 6 else RESERVED_FUTURE

    @property
    def version(self):
        if self.variant == RFC_4122:
            return self.int >> 76 & 0xF


# ---- a number for this machine: the address of its network card as commands tell it, or what `_uuid` takes, or chance

_MAC_DELIM = b":"
_MAC_OMITS_LEADING_ZEROES = False


def _get_command_stdout(command, *args):
    """What a command prints, as a file; None, for there are no processes here."""
    return None


def _is_universal(mac):
    """Whether it was given out by a maker, and not by an administrator."""
    return not mac >> 41 & 1


def _best(macs):
    """The first universal one, or else the first."""
    local = None
    for mac in macs:
        if _is_universal(mac):
            return mac
        local = local or mac
    return local


def _find_mac_near_keyword(command, args, keywords, get_word_index):
    """The address in a line at a place that depends on where one of the keywords is."""
    output = _get_command_stdout(command, args)
    if output is None:
        return None

    def macs():
        for line in output:
            words = line.lower().split()
            for place, word in enumerate(words):
                if word in keywords:
                    try:
                        yield int(words[get_word_index(place)].replace(_MAC_DELIM, b""), 16)
                    except (ValueError, IndexError):
                        pass  # something like it: "hwaddr 00-00"

    return _best(macs())


def _parse_mac(word):
    """An address, None for what is none."""
    parts = word.split(_MAC_DELIM)
    sizes = (1, 2) if _MAC_OMITS_LEADING_ZEROES else (2,)
    if len(parts) != 6 or any(len(part) not in sizes for part in parts):
        return None
    try:
        return int(b"".join(part.zfill(2) for part in parts), 16)
    except ValueError:
        return None


def _find_mac_under_heading(command, args, heading):
    """The address in the column of a table that has this heading."""
    output = _get_command_stdout(command, args)
    if output is None:
        return None
    headings = output.readline().split()
    if heading not in headings:
        return None
    column = headings.index(heading)

    def macs():
        for line in output:
            words = line.split()
            mac = _parse_mac(words[column]) if column < len(words) else None
            if mac is not None:
                yield mac

    return _best(macs())


def _following(place):
    return place + 1


def _ifconfig_getnode():
    for args in ("", "-a", "-av"):
        mac = _find_mac_near_keyword("ifconfig", args, (b"hwaddr", b"ether", b"address:", b"lladdr"), _following)
        if mac:
            return mac
    return None


def _ip_getnode():
    return _find_mac_near_keyword("ip", "link", [b"link/ether"], _following)


def _arp_getnode():
    return None  # it would need this machine's address in the network


def _lanscan_getnode():
    return _find_mac_near_keyword("lanscan", "-ai", [b"lan0"], lambda place: 0)


def _netstat_getnode():
    return _find_mac_under_heading("netstat", "-ian", b"Address")


def _load_system_functions():
    """They are loaded."""


def _unix_getnode():
    if _generate_time_safe:
        return UUID(bytes=_generate_time_safe()[0]).node


def _windll_getnode():
    if _UuidCreate:
        return UUID(bytes_le=_UuidCreate()).node


_ipconfig_getnode = _netbios_getnode = _windll_getnode


def _random_getnode():
    import random

    # The bit that no card's address has: for groups.
    return random.getrandbits(48) | 1 << 40


try:
    import _uuid
except ImportError:
    _uuid = _generate_time_safe = _UuidCreate = _has_uuid_generate_time_safe = None
else:
    _generate_time_safe = getattr(_uuid, "generate_time_safe", None)
    _UuidCreate = getattr(_uuid, "UuidCreate", None)
    _has_uuid_generate_time_safe = _uuid.has_uuid_generate_time_safe

_OS_GETTERS = [_ip_getnode, _ifconfig_getnode]
_GETTERS = [_unix_getnode, *_OS_GETTERS]

_node = _last_timestamp = None


def getnode():
    """48 bits that stand for this machine."""
    global _node
    if _node is not None:
        return _node
    for getter in (*_GETTERS, _random_getnode):
        try:
            _node = getter()
        except Exception:
            continue
        if _node is not None and 0 <= _node < 1 << 48:
            return _node
    assert False, f"_random_getnode() returned invalid value: {_node}"


def _safety(status):
    try:
        return SafeUUID(status)
    except ValueError:
        return SafeUUID.unknown


def uuid1(node=None, clock_seq=None):
    """Of the time, a sequence number and the machine."""
    global _last_timestamp
    if _generate_time_safe is not None and node is None and clock_seq is None:
        made, status = _generate_time_safe()
        return UUID(bytes=made, is_safe=_safety(status))
    import time

    # Tenths of microseconds since 1582-10-15.
    timestamp = time.time_ns() // 100 + 0x01B21DD213814000
    if _last_timestamp is not None and timestamp <= _last_timestamp:
        timestamp = _last_timestamp + 1
    _last_timestamp = timestamp
    if clock_seq is None:
        import random

        clock_seq = random.getrandbits(14)
    low, middle, high = timestamp & 0xFFFFFFFF, timestamp >> 32 & 0xFFFF, timestamp >> 48 & 0x0FFF
    if node is None:
        node = getnode()
    return UUID(fields=(low, middle, high, clock_seq >> 8 & 0x3F, clock_seq & 0xFF, node), version=1)


def uuid3(namespace, name):
    """Of a name in a namespace, by MD5."""
    return UUID(bytes=md5(namespace.bytes + bytes(name, "utf-8"), usedforsecurity=False).digest(), version=3)


def uuid4():
    """By chance."""
    return UUID(bytes=os.urandom(16), version=4)


def uuid5(namespace, name):
    """Of a name in a namespace, by SHA-1."""
    return UUID(bytes=sha1(namespace.bytes + bytes(name, "utf-8")).digest()[:16], version=5)


NAMESPACE_DNS, NAMESPACE_URL, NAMESPACE_OID, NAMESPACE_X500 = (
    UUID("6ba7b81%d-9dad-11d1-80b4-00c04fd430c8" % n) for n in (0, 1, 2, 4)
)

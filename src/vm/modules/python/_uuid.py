"""UUIDs of the time, as the system's library makes them: of the machine's clock, a node that is drawn once, and a sequence number."""

from random import SystemRandom as _SystemRandom
from time import time_ns as _time_ns

has_uuid_generate_time_safe = 1

_chance = _SystemRandom()
_last = 0
_node = _chance.getrandbits(48) | 1 << 40
_sequence = _chance.getrandbits(14)


def generate_time_safe():
    """The 16 bytes, and 0 if no other process can have made the same, -1 if one can."""
    global _last
    # Tenths of microseconds since 1582-10-15.
    _last = max(_last + 1, _time_ns() // 100 + 0x01B21DD213814000)
    low, middle, high = _last & 0xFFFFFFFF, _last >> 32 & 0xFFFF, _last >> 48 & 0x0FFF | 0x1000
    made = low << 96 | middle << 80 | high << 64 | (_sequence | 0x8000) << 48 | _node
    return made.to_bytes(16, "big"), -1

"""A default that is a name of the module."""

from __future__ import annotations

DEFAULT_BUFFER_SIZE = 8192


class BufferedReader(object):
    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        self.raw, self.buffer_size = raw, buffer_size

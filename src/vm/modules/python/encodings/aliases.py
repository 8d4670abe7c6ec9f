"""Other names of encodings, normalised, and the modules they stand for."""

from _codecs import _aliases

aliases = _aliases()

"""Finding a time zone's data."""

import os

from zoneinfo import _tzpath


class ZoneInfoNotFoundError(KeyError):
    """Exception raised when a ZoneInfo key is not found."""


def check_key(key):
    if os.path.isabs(key):
        raise ValueError(f"ZoneInfo keys may not be absolute paths, got: {key}")
    normal = os.path.normpath(key)
    if len(normal) != len(key):
        raise ValueError(f"ZoneInfo keys must be normalized relative paths, got: {key}")
    if os.path.normpath(os.path.join("_", normal))[:2] != "_" + os.sep:
        raise ValueError(f"ZoneInfo keys must refer to subdirectories of TZPATH, got: {key}")


def load(key):
    """The contents of a key's file."""
    import _tzdata

    check_key(key)
    for folder in _tzpath.TZPATH:
        try:
            with open(os.path.join(folder, key), "rb") as file:
                return file.read()
        except OSError:
            # Not there, or not for this script: then what the binary carries.
            continue
    data = _tzdata.get(key)
    if data is not None:
        return data
    raise ZoneInfoNotFoundError(f"No time zone found with key {key}")

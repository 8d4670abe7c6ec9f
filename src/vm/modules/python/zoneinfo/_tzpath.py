"""The folders with files of time zones."""

import os


class InvalidTZPathWarning(RuntimeWarning):
    """Warning raised if an invalid path is specified in PYTHONTZPATH."""


_DEFAULT_TZPATH = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")


def reset_tzpath(to=None):
    """Set where files are looked for: these folders, or those of the environment, or the usual ones."""
    global TZPATH
    if to is not None:
        if isinstance(to, (str, bytes)):
            raise TypeError(
                f"tzpaths must be a list or tuple, not {type(to)}: {to!r}"
            )
        if not all(map(os.path.isabs, to)):
            raise ValueError(_bad_paths(to))
        TZPATH = tuple(to)
        return
    named = os.environ.get("PYTHONTZPATH")
    if named is None:
        TZPATH = _DEFAULT_TZPATH
        return
    folders = named.split(os.pathsep) if named else []
    if not all(map(os.path.isabs, folders)):
        import warnings

        warnings.warn(
            "Invalid paths specified in PYTHONTZPATH environment variable. " + _bad_paths(folders),
            InvalidTZPathWarning,
            2,
        )
    TZPATH = tuple(filter(os.path.isabs, folders))


def _bad_paths(folders):
    wrong = "\n    ".join(folder for folder in folders if not os.path.isabs(folder))
    return f"Paths should be absolute but found the following relative paths:\n    {wrong}"


def available_timezones():
    """The names of all time zones, as a set."""
    import _tzdata

    zones = set(_tzdata.names())
    for root in TZPATH:
        for folder, subfolders, files in os.walk(root):
            if folder == root:
                subfolders[:] = [name for name in subfolders if name not in ("right", "posix")]
            for name in files:
                path = os.path.join(folder, name)
                key = os.path.relpath(path, start=root)
                if key in zones:
                    continue
                try:
                    with open(path, "rb") as file:
                        if file.read(4) == b"TZif":
                            zones.add(key)
                except OSError:
                    pass
    zones.discard("posixrules")
    return zones


reset_tzpath()

"""The users that the machine knows of: one, whose home folder no script can reach unless a flag grants it."""

from operator import itemgetter

_FIELDS = ("pw_name", "pw_passwd", "pw_uid", "pw_gid", "pw_gecos", "pw_dir", "pw_shell")


class struct_passwd(tuple):
    """A user's record; the items are attributes too."""

    __slots__ = ()
    n_fields = n_sequence_fields = len(_FIELDS)
    n_unnamed_fields = 0

    def __repr__(self):
        return "pwd.struct_passwd(" + ", ".join(f"{name}={value!r}" for name, value in zip(_FIELDS, self)) + ")"


for _index, _name in enumerate(_FIELDS):
    setattr(struct_passwd, _name, property(itemgetter(_index)))
del _index, _name

_USERS = [struct_passwd(("user", "x", 1000, 1000, "", "/home/user", "/bin/sh"))]


def getpwall():
    """All users."""
    return list(_USERS)


def getpwnam(name):
    """The user of this name."""
    if not isinstance(name, str):
        raise TypeError(f"getpwnam() argument must be str, not {type(name).__name__}")
    for user in _USERS:
        if user.pw_name == name:
            return user
    raise KeyError(f"getpwnam(): name not found: {name!r}")


def getpwuid(uid):
    """The user of this number."""
    if not hasattr(type(uid), "__index__"):
        raise TypeError(f"uid should be integer, not {type(uid).__name__}")
    for user in _USERS:
        if user.pw_uid == uid:
            return user
    raise KeyError(f"getpwuid(): uid not found: {uid}")

"""The groups that the machine knows of: the one of its only user."""

from operator import itemgetter

_FIELDS = ("gr_name", "gr_passwd", "gr_gid", "gr_mem")


class struct_group(tuple):
    """A group's record; the items are attributes too."""

    __slots__ = ()
    n_fields = n_sequence_fields = len(_FIELDS)
    n_unnamed_fields = 0

    def __repr__(self):
        return "grp.struct_group(" + ", ".join(f"{name}={value!r}" for name, value in zip(_FIELDS, self)) + ")"


for _index, _name in enumerate(_FIELDS):
    setattr(struct_group, _name, property(itemgetter(_index)))
del _index, _name

_GROUPS = [struct_group(("user", "x", 1000, []))]


def getgrall():
    """All groups."""
    return list(_GROUPS)


def getgrnam(name):
    """The group of this name."""
    if not isinstance(name, str):
        raise TypeError(f"getgrnam() argument must be str, not {type(name).__name__}")
    for group in _GROUPS:
        if group.gr_name == name:
            return group
    raise KeyError(f"getgrnam(): name not found: {name!r}")


def getgrgid(id):
    """The group of this number."""
    if not hasattr(type(id), "__index__"):
        raise TypeError(f"gid should be integer, not {type(id).__name__}")
    for group in _GROUPS:
        if group.gr_gid == id:
            return group
    raise KeyError(f"getgrgid(): gid not found: {id}")

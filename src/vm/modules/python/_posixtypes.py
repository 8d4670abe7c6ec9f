"""What the calls of `posix` answer: tuples with named fields, and the entries of a folder."""


def _field(index):
    return property(lambda self: self[index])


class _Row(tuple):
    """A tuple whose items have names; `_hidden` ones stand beside it."""

    _fields = ()

    def __new__(cls, sequence, extra=None):
        try:
            items = tuple(sequence)
        except TypeError:
            raise TypeError("constructor requires a sequence") from None
        if len(items) < cls.n_sequence_fields:
            name = f"{cls.__module__}.{cls.__qualname__}"
            bound = "an at least" if cls.n_fields > cls.n_sequence_fields else "a"
            raise TypeError(f"{name}() takes {bound} {cls.n_sequence_fields}-sequence ({len(items)}-sequence given)")
        return tuple.__new__(cls, items[: cls.n_sequence_fields])

    def __init_subclass__(cls, fields, module="posix"):
        cls._fields = tuple(fields.split())
        cls.__match_args__ = cls._fields
        cls.n_fields = cls.n_sequence_fields = len(cls._fields)
        cls.n_unnamed_fields = 0
        cls.__module__ = module
        for index, name in enumerate(cls._fields):
            if name not in cls.__dict__:
                setattr(cls, name, _field(index))

    def __repr__(self):
        inside = ", ".join(f"{name}={item!r}" for name, item in zip(self._fields, self))
        return f"{type(self).__module__}.{type(self).__qualname__}({inside})"

    def __reduce__(self):
        return type(self), (tuple(self), dict(self.__dict__))


class stat_result(
    _Row,
    fields="st_mode st_ino st_dev st_nlink st_uid st_gid st_size st_atime st_mtime st_ctime",
    module="os",
):
    def __new__(cls, sequence, extra=None):
        items = tuple(sequence)
        self = _Row.__new__(cls, items)
        self.__dict__.update(zip(("_atime", "_mtime", "_ctime"), items[10:13] or items[7:10]))
        self.__dict__.update(extra or {})
        return self

    @property
    def st_atime(self):
        return self._atime

    @property
    def st_mtime(self):
        return self._mtime

    @property
    def st_ctime(self):
        return self._ctime

    st_atime_ns = property(lambda self: self.__dict__.get("_atime_ns"))
    st_mtime_ns = property(lambda self: self.__dict__.get("_mtime_ns"))
    st_ctime_ns = property(lambda self: self.__dict__.get("_ctime_ns"))
    st_blksize = property(lambda self: 4096)
    st_blocks = property(lambda self: (self[6] + 511) // 512)
    st_rdev = property(lambda self: 0)


stat_result.n_fields, stat_result.n_unnamed_fields = 19, 3


def make_stat(*numbers):
    """A stat_result of the first seven fields and three times in nanoseconds."""
    fields, stamps = numbers[:7], numbers[7:]
    seconds = [stamp // 10**9 for stamp in stamps]
    exact = [stamp / 1e9 for stamp in stamps]
    extra = dict(zip(("_atime_ns", "_mtime_ns", "_ctime_ns"), stamps))
    return stat_result((*fields, *seconds, *exact), extra)


class terminal_size(_Row, fields="columns lines", module="os"):
    """Columns and lines of a terminal."""


class uname_result(_Row, fields="sysname nodename release version machine"):
    """The system, as uname() names it."""


class times_result(_Row, fields="user system children_user children_system elapsed"):
    """Times of a process."""


class sched_param(_Row, fields="sched_priority"):
    """A scheduling priority."""


class waitid_result(_Row, fields="si_pid si_uid si_signo si_status si_code"):
    """How a child ended."""


class statvfs_result(
    _Row,
    fields="f_bsize f_frsize f_blocks f_bfree f_bavail f_files f_ffree f_favail f_flag f_namemax",
    module="os",
):
    """What is known of a disk."""


class DirEntry:
    """A name in a folder, and what listing the folder told about it."""

    __slots__ = ("name", "path", "_mode", "_inode", "_stats", "_dir_fd")

    def __init__(self):
        raise TypeError(f"cannot create '{type(self).__module__}.{type(self).__name__}' instances")

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"

    def __reduce__(self):
        raise TypeError(f"cannot pickle '{type(self).__module__}.{type(self).__name__}' object")

    def __class_getitem__(cls, item):
        import types

        return types.GenericAlias(cls, item)

    def inode(self):
        return self._inode

    def is_symlink(self):
        return self._mode & 0o170000 == 0o120000

    def stat(self, *, follow_symlinks=True):
        import posix

        known = self._stats.get(follow_symlinks)
        if known is None:
            known = self._stats[follow_symlinks] = posix.stat(
                self.path, dir_fd=self._dir_fd, follow_symlinks=follow_symlinks)
        return known

    def _is(self, kind, follow_symlinks):
        if follow_symlinks and self.is_symlink():
            try:
                return self.stat().st_mode & 0o170000 == kind
            except FileNotFoundError:
                return False
        return self._mode & 0o170000 == kind

    def is_dir(self, *, follow_symlinks=True):
        return self._is(0o040000, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        return self._is(0o100000, follow_symlinks)


DirEntry.__module__ = "posix"


class ScandirIterator:
    """The entries of a folder, one by one; can be closed."""

    def __init__(self, folder, rows):
        # Of an open folder, entries tell names only.
        self._dir_fd = folder if isinstance(folder, int) else None
        self._folder, self._rows = folder, iter(rows)

    def __iter__(self):
        return self

    def __next__(self):
        name, mode, inode = next(self._rows)
        entry = object.__new__(DirEntry)
        entry.name, entry.path, entry._mode, entry._inode, entry._stats = name, self._joined(name), mode, inode, {}
        entry._dir_fd = self._dir_fd
        return entry

    def _joined(self, name):
        if self._dir_fd is not None:
            return name
        slash = b"/" if isinstance(name, bytes) else "/"
        return self._folder + name if self._folder.endswith(slash) else self._folder + slash + name

    def close(self):
        self._rows = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()


ScandirIterator.__name__ = ScandirIterator.__qualname__ = "ScandirIterator"
ScandirIterator.__module__ = "posix"

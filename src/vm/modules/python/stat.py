"""Names for the bits and places of what os.stat() answers."""

(ST_MODE, ST_INO, ST_DEV, ST_NLINK, ST_UID, ST_GID, ST_SIZE, ST_ATIME, ST_MTIME, ST_CTIME) = range(10)

S_IFDIR, S_IFCHR, S_IFBLK, S_IFREG = 0o040000, 0o020000, 0o060000, 0o100000
S_IFIFO, S_IFLNK, S_IFSOCK = 0o010000, 0o120000, 0o140000
S_IFDOOR = S_IFPORT = S_IFWHT = 0

S_ISUID, S_ISGID, S_ISVTX = 0o4000, 0o2000, 0o1000
S_ENFMT = S_ISGID
S_IREAD = S_IRUSR = 0o400
S_IWRITE = S_IWUSR = 0o200
S_IEXEC = S_IXUSR = 0o100
S_IRWXU, S_IRWXG, S_IRWXO = 0o700, 0o070, 0o007
S_IRGRP, S_IWGRP, S_IXGRP = 0o040, 0o020, 0o010
S_IROTH, S_IWOTH, S_IXOTH = 0o004, 0o002, 0o001

UF_NODUMP, UF_IMMUTABLE, UF_APPEND, UF_OPAQUE, UF_NOUNLINK = 1, 2, 4, 8, 16
UF_COMPRESSED, UF_HIDDEN = 0x20, 0x8000
SF_ARCHIVED, SF_IMMUTABLE, SF_APPEND, SF_NOUNLINK, SF_SNAPSHOT = 0x10000, 0x20000, 0x40000, 0x100000, 0x200000

FILE_ATTRIBUTE_READONLY, FILE_ATTRIBUTE_HIDDEN, FILE_ATTRIBUTE_SYSTEM = 1, 2, 4
FILE_ATTRIBUTE_DIRECTORY, FILE_ATTRIBUTE_ARCHIVE, FILE_ATTRIBUTE_DEVICE = 16, 32, 64
FILE_ATTRIBUTE_NORMAL, FILE_ATTRIBUTE_TEMPORARY, FILE_ATTRIBUTE_SPARSE_FILE = 128, 256, 512
FILE_ATTRIBUTE_REPARSE_POINT, FILE_ATTRIBUTE_COMPRESSED, FILE_ATTRIBUTE_OFFLINE = 1024, 2048, 4096
FILE_ATTRIBUTE_NOT_CONTENT_INDEXED, FILE_ATTRIBUTE_ENCRYPTED = 8192, 16384
FILE_ATTRIBUTE_INTEGRITY_STREAM, FILE_ATTRIBUTE_VIRTUAL, FILE_ATTRIBUTE_NO_SCRUB_DATA = 32768, 65536, 131072


def S_IMODE(mode):
    """The bits that chmod() can set."""
    return mode & 0o7777


def S_IFMT(mode):
    """The bits that say what kind of file it is."""
    return mode & 0o170000


def _kind(name, bits, what):
    def test(mode):
        return bits != 0 and S_IFMT(mode) == bits

    test.__name__ = test.__qualname__ = name
    test.__doc__ = f"Whether the mode is that of {what}."
    return test


S_ISDIR = _kind("S_ISDIR", S_IFDIR, "a folder")
S_ISCHR = _kind("S_ISCHR", S_IFCHR, "a character device")
S_ISBLK = _kind("S_ISBLK", S_IFBLK, "a block device")
S_ISREG = _kind("S_ISREG", S_IFREG, "a regular file")
S_ISFIFO = _kind("S_ISFIFO", S_IFIFO, "a named pipe")
S_ISLNK = _kind("S_ISLNK", S_IFLNK, "a symbolic link")
S_ISSOCK = _kind("S_ISSOCK", S_IFSOCK, "a socket")
S_ISDOOR = _kind("S_ISDOOR", S_IFDOOR, "a door")
S_ISPORT = _kind("S_ISPORT", S_IFPORT, "an event port")
S_ISWHT = _kind("S_ISWHT", S_IFWHT, "a whiteout")
del _kind

_KINDS = {S_IFLNK: "l", S_IFREG: "-", S_IFDIR: "d", S_IFCHR: "c", S_IFBLK: "b", S_IFIFO: "p", S_IFSOCK: "s"}


def filemode(mode):
    """The mode as `ls -l` shows it: -rwxrwxrwx."""
    shown = [_KINDS.get(S_IFMT(mode), "?")]
    for shift, special, marks in ((6, S_ISUID, "sS"), (3, S_ISGID, "sS"), (0, S_ISVTX, "tT")):
        bits = mode >> shift
        shown.append("r" if bits & 4 else "-")
        shown.append("w" if bits & 2 else "-")
        if mode & special:
            shown.append(marks[0] if bits & 1 else marks[1])
        else:
            shown.append("x" if bits & 1 else "-")
    return "".join(shown)


try:
    from _stat import *
except ImportError:
    pass

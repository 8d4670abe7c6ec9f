"""Whole files and trees of them: copying, moving, removing."""

import collections
import errno
import fnmatch
import os
import stat
import sys

__all__ = [
    "copyfileobj", "copyfile", "copymode", "copystat", "copy", "copy2", "copytree", "move", "rmtree", "Error",
    "SpecialFileError", "ExecError", "make_archive", "get_archive_formats", "register_archive_format",
    "unregister_archive_format", "get_unpack_formats", "register_unpack_format", "unregister_unpack_format",
    "unpack_archive", "ignore_patterns", "chown", "which", "get_terminal_size", "SameFileError", "disk_usage",
]

COPY_BUFSIZE = 64 * 1024

# Trees are removed by descriptors: nobody can put a link in a folder's place meanwhile.
_use_fd_functions = True


class Error(OSError):
    pass


class SameFileError(Error):
    """Source and destination are the same file."""


class SpecialFileError(OSError):
    """Something that is no file to be copied, as a named pipe."""


class ExecError(OSError):
    """A command cannot be run."""


class ReadError(OSError):
    """An archive cannot be read."""


class RegistryError(Exception):
    """A format cannot be registered."""


def copyfileobj(fsrc, fdst, length=0):
    """What can still be read from one stream, into another."""
    length = length or COPY_BUFSIZE
    read, write = fsrc.read, fdst.write
    while chunk := read(length):
        write(chunk)


def _samefile(src, dst):
    try:
        if isinstance(src, os.DirEntry):
            return os.path.samestat(src.stat(), os.stat(dst))
        return os.path.samefile(src, dst)
    except OSError:
        return False


def _stat(fn):
    return fn.stat() if isinstance(fn, os.DirEntry) else os.stat(fn)


def _islink(fn):
    return fn.is_symlink() if isinstance(fn, os.DirEntry) else os.path.islink(fn)


def copyfile(src, dst, *, follow_symlinks=True):
    """A file's contents, and nothing else; the destination's path."""
    sys.audit("shutil.copyfile", src, dst)
    if _samefile(src, dst):
        raise SameFileError("{!r} and {!r} are the same file".format(src, dst))
    for place in (src, dst):
        try:
            found = _stat(place)
        except OSError:
            continue
        if stat.S_ISFIFO(found.st_mode):
            shown = place.path if isinstance(place, os.DirEntry) else place
            raise SpecialFileError("`%s` is a named pipe" % shown)
    if not follow_symlinks and _islink(src):
        os.symlink(os.readlink(src), dst)
        return dst
    with open(src, "rb") as fsrc:
        try:
            with open(dst, "wb") as fdst:
                copyfileobj(fsrc, fdst)
        except IsADirectoryError as error:
            if not os.path.exists(dst):
                raise FileNotFoundError(f"Directory does not exist: {dst}") from error
            raise
    return dst


def copymode(src, dst, *, follow_symlinks=True):
    """A file's permissions."""
    sys.audit("shutil.copymode", src, dst)
    if not follow_symlinks and _islink(src) and os.path.islink(dst):
        return
    os.chmod(dst, stat.S_IMODE(_stat(src).st_mode))


def copystat(src, dst, *, follow_symlinks=True):
    """A file's permissions and times."""
    sys.audit("shutil.copystat", src, dst)
    if not follow_symlinks and _islink(src) and os.path.islink(dst):
        return
    found = _stat(src)
    os.utime(dst, ns=(found.st_atime_ns, found.st_mtime_ns))
    os.chmod(dst, stat.S_IMODE(found.st_mode))


def copy(src, dst, *, follow_symlinks=True):
    """Contents and permissions, into a file or a folder."""
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copymode(src, dst, follow_symlinks=follow_symlinks)
    return dst


def copy2(src, dst, *, follow_symlinks=True):
    """Contents, permissions and times, into a file or a folder."""
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copystat(src, dst, follow_symlinks=follow_symlinks)
    return dst


def ignore_patterns(*patterns):
    """For copytree's `ignore`: names that match one of the patterns."""

    def _ignore_patterns(path, names):
        return {name for pattern in patterns for name in fnmatch.filter(names, pattern)}

    return _ignore_patterns


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False,
             dirs_exist_ok=False):
    """A folder with all that is in it; what goes wrong on the way is told at the end."""
    sys.audit("shutil.copytree", src, dst)
    with os.scandir(src) as listing:
        entries = list(listing)
    return _copy_entries(entries, src, dst, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok)


def _copy_entries(entries, src, dst, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok):
    ignored = set()
    if ignore is not None:
        ignored = ignore(os.fspath(src), [entry.name for entry in entries])
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    errors = []
    by_entry = copy_function is copy2 or copy_function is copy
    for entry in entries:
        if entry.name in ignored:
            continue
        source, target = os.path.join(src, entry.name), os.path.join(dst, entry.name)
        given = entry if by_entry else source
        try:
            if entry.is_symlink():
                where = os.readlink(source)
                if symlinks:
                    os.symlink(where, target)
                    continue
                if not os.path.exists(where) and ignore_dangling_symlinks:
                    continue
            if entry.is_dir():
                copytree(given, target, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok)
            else:
                copy_function(given, target)
        except Error as error:
            errors.extend(error.args[0])
        except OSError as why:
            errors.append((source, target, str(why)))
    try:
        copystat(src, dst)
    except OSError as why:
        errors.append((src, dst, str(why)))
    if errors:
        raise Error(errors)
    return dst


def rmtree(path, ignore_errors=False, onerror=None):
    """A folder with all that is in it goes. `onerror` hears of what cannot: function, path, exception."""
    sys.audit("shutil.rmtree", path)
    if ignore_errors:
        def onerror(*args):
            pass
    elif onerror is None:
        def onerror(*args):
            raise
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    try:
        seen = os.lstat(path)
    except Exception:
        onerror(os.lstat, path, sys.exc_info())
        return
    _remove(path, None, path, seen, onerror, Exception)


rmtree.avoids_symlink_attacks = _use_fd_functions


def _remove(name, parent, path, seen, onerror, refusals):
    """The folder `name` in the open folder `parent` goes, if it still is what was seen under that name.

    `path` is what `onerror` is told, `refusals` the exceptions of opening that it hears of.
    """
    try:
        folder = os.open(name, os.O_RDONLY, dir_fd=parent)
    except refusals:
        onerror(os.open, path, sys.exc_info())
        return
    is_open = True
    try:
        if not os.path.samestat(seen, os.fstat(folder)):
            try:
                raise OSError("Cannot call rmtree on a symbolic link")
            except OSError:
                onerror(os.path.islink, path, sys.exc_info())
            return
        _rmtree_safe_fd(folder, path, onerror)
        try:
            os.close(folder)
            is_open = False
            os.rmdir(name, dir_fd=parent)
        except OSError:
            onerror(os.rmdir, path, sys.exc_info())
    finally:
        if is_open:
            os.close(folder)


def _rmtree_safe_fd(folder, path, onerror):
    """Empties an open folder."""
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError as error:
        error.filename = path
        onerror(os.scandir, path, sys.exc_info())
        return
    for entry in entries:
        inside = os.path.join(path, entry.name)
        is_folder = False
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
        except OSError:
            pass
        if is_folder:
            try:
                seen = entry.stat(follow_symlinks=False)
            except OSError:
                onerror(os.lstat, inside, sys.exc_info())
                continue
            is_folder = stat.S_ISDIR(seen.st_mode)
        if is_folder:
            _remove(entry.name, folder, inside, seen, onerror, OSError)
            continue
        try:
            os.unlink(entry.name, dir_fd=folder)
        except OSError:
            onerror(os.unlink, inside, sys.exc_info())


def _basename(path):
    return os.path.basename(os.fspath(path).rstrip(os.path.sep))


def _destinsrc(src, dst):
    src = os.path.abspath(src)
    dst = os.path.abspath(dst)
    src += "" if src.endswith(os.path.sep) else os.path.sep
    dst += "" if dst.endswith(os.path.sep) else os.path.sep
    return dst.startswith(src)


def move(src, dst, copy_function=copy2):
    """A file or folder gets another place; it is copied if renaming does not do."""
    sys.audit("shutil.move", src, dst)
    target = dst
    if os.path.isdir(dst):
        if _samefile(src, dst):
            os.rename(src, dst)
            return None
        target = os.path.join(dst, _basename(src))
        if os.path.exists(target):
            raise Error("Destination path '%s' already exists" % target)
    try:
        os.rename(src, target)
    except OSError:
        if os.path.islink(src):
            os.symlink(os.readlink(src), target)
            os.unlink(src)
        elif os.path.isdir(src):
            if _destinsrc(src, dst):
                raise Error("Cannot move a directory '%s' into itself '%s'." % (src, dst))
            copytree(src, target, copy_function=copy_function, symlinks=True)
            rmtree(src)
        else:
            copy_function(src, target)
            os.unlink(src)
    return target


def which(cmd, mode=os.F_OK | os.X_OK, path=None):
    """The path of a command; None if there is none that may be seen."""

    def runnable(file):
        return os.path.exists(file) and os.access(file, mode) and not os.path.isdir(file)

    if os.path.dirname(cmd):
        return cmd if runnable(cmd) else None
    if path is None:
        path = os.environ.get("PATH", None)
        if path is None:
            path = os.defpath
    if not path:
        return None
    if isinstance(cmd, bytes):
        folders = os.fsencode(path).split(os.fsencode(os.pathsep))
    else:
        folders = os.fsdecode(path).split(os.pathsep)
    for folder in dict.fromkeys(folders):
        file = os.path.join(folder, cmd)
        if runnable(file):
            return file
    return None


def get_terminal_size(fallback=(80, 24)):
    """COLUMNS and LINES of the environment, or the terminal's size, or the fallback."""
    sizes = []
    for name in ("COLUMNS", "LINES"):
        try:
            sizes.append(int(os.environ[name]))
        except (KeyError, ValueError):
            sizes.append(0)
    columns, lines = sizes
    if columns <= 0 or lines <= 0:
        try:
            size = os.get_terminal_size(sys.__stdout__.fileno())
        except (AttributeError, ValueError, OSError):
            size = os.terminal_size(fallback)
        columns = columns if columns > 0 else size.columns or fallback[0]
        lines = lines if lines > 0 else size.lines or fallback[1]
    return os.terminal_size((columns, lines))


_ntuple_diskusage = collections.namedtuple("usage", "total used free")


def disk_usage(path):
    """Total, used and free bytes of the disk: not to be seen from here."""
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), path)


def chown(path, user=None, group=None):
    """Another owner: not from here."""
    if user is None and group is None:
        raise ValueError("user and/or group must be set")
    os.chown(path, -1 if user is None else user, -1 if group is None else group)


# ---- archives


def _tar(mode):
    def pack(base_name, base_dir, dry_run=0, owner=None, group=None, logger=None, **options):
        import tarfile

        name = f"{base_name}.tar" + (f".{mode}" if mode else "")
        _make_parent(name, dry_run, logger)

        def owned(info):
            if owner is not None:
                info.uname = owner
            if group is not None:
                info.gname = group
            return info

        if logger is not None:
            logger.info("Creating tar archive")
        if not dry_run:
            with tarfile.open(name, f"w|{mode}") as archive:
                archive.add(base_dir, filter=owned)
        return name

    return pack


def _zip(base_name, base_dir, dry_run=0, owner=None, group=None, logger=None, **options):
    import zipfile

    name = f"{base_name}.zip"
    _make_parent(name, dry_run, logger)
    if logger is not None:
        logger.info("creating '%s' and adding '%s' to it", name, base_dir)
    if dry_run:
        return name
    with zipfile.ZipFile(name, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        if os.path.normpath(base_dir) != os.curdir:
            archive.write(os.path.normpath(base_dir))
        for folder, folders, files in os.walk(base_dir):
            for part in sorted(folders) + [file for file in files if os.path.isfile(os.path.join(folder, file))]:
                archive.write(os.path.normpath(os.path.join(folder, part)))
    return name


def _make_parent(name, dry_run, logger):
    folder = os.path.dirname(name)
    if folder and not os.path.exists(folder):
        if logger is not None:
            logger.info("creating %s", folder)
        if not dry_run:
            os.makedirs(folder)


def _untar(filename, extract_dir):
    import tarfile

    try:
        archive = tarfile.open(filename)
    except tarfile.TarError:
        raise ReadError(f"{filename} is not a compressed or uncompressed tar file")
    with archive:
        archive.extractall(extract_dir)


def _unzip(filename, extract_dir):
    import zipfile

    if not zipfile.is_zipfile(filename):
        raise ReadError(f"{filename} is not a zip file")
    with zipfile.ZipFile(filename) as archive:
        for part in archive.infolist():
            # No part may get out of the folder.
            if part.filename.startswith("/") or ".." in part.filename:
                continue
            target = os.path.join(extract_dir, *part.filename.split("/"))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            if not part.filename.endswith("/"):
                with archive.open(part.filename) as source, open(target, "wb") as copy:
                    copyfileobj(source, copy)


# By name: function, its arguments, description; and for unpacking the extensions before them.
_ARCHIVE_FORMATS = {
    "tar": (_tar(""), [], "uncompressed tar file"),
    "gztar": (_tar("gz"), [], "gzip'ed tar-file"),
    "zip": (_zip, [], "ZIP file"),
    "bztar": (_tar("bz2"), [], "bzip2'ed tar-file"),
    "xztar": (_tar("xz"), [], "xz'ed tar-file"),
}
_UNPACK_FORMATS = {
    "tar": ([".tar"], _untar, [], "uncompressed tar file"),
    "zip": ([".zip"], _unzip, [], "ZIP file"),
    "gztar": ([".tar.gz", ".tgz"], _untar, [], "gzip'ed tar-file"),
    "bztar": ([".tar.bz2", ".tbz2"], _untar, [], "bzip2'ed tar-file"),
    "xztar": ([".tar.xz", ".txz"], _untar, [], "xz'ed tar-file"),
}


def get_archive_formats():
    """Names and descriptions of the formats of make_archive()."""
    return sorted((name, known[2]) for name, known in _ARCHIVE_FORMATS.items())


def register_archive_format(name, function, extra_args=None, description=""):
    """Adds one: function(base_name, base_dir, **arguments)."""
    extra_args = [] if extra_args is None else extra_args
    if not callable(function):
        raise TypeError("The %s object is not callable" % function)
    if not isinstance(extra_args, (tuple, list)):
        raise TypeError("extra_args needs to be a sequence")
    for pair in extra_args:
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise TypeError("extra_args elements are : (arg_name, value)")
    _ARCHIVE_FORMATS[name] = function, extra_args, description


def unregister_archive_format(name):
    del _ARCHIVE_FORMATS[name]


def make_archive(base_name, format, root_dir=None, base_dir=None, verbose=0, dry_run=0, owner=None, group=None, logger=None):
    """Packs a folder, as it is seen from `root_dir`; returns the archive's name."""
    sys.audit("shutil.make_archive", base_name, format, root_dir, base_dir)
    before = os.getcwd()
    if root_dir is not None:
        if logger is not None:
            logger.debug("changing into '%s'", root_dir)
        base_name = os.path.abspath(base_name)
        if not dry_run:
            os.chdir(root_dir)
    try:
        if format not in _ARCHIVE_FORMATS:
            raise ValueError("unknown archive format '%s'" % format) from None
        function, arguments, _ = _ARCHIVE_FORMATS[format]
        options = {"dry_run": dry_run, "logger": logger, **dict(arguments)}
        if format != "zip":
            options.update(owner=owner, group=group)
        return function(base_name, os.curdir if base_dir is None else base_dir, **options)
    finally:
        if root_dir is not None:
            if logger is not None:
                logger.debug("changing back to '%s'", before)
            os.chdir(before)


def get_unpack_formats():
    """Names, extensions and descriptions of the formats of unpack_archive()."""
    return sorted((name, known[0], known[3]) for name, known in _UNPACK_FORMATS.items())


def register_unpack_format(name, extensions, function, extra_args=None, description=""):
    """Adds one: function(filename, extract_dir, **arguments)."""
    owners = {extension: owner for owner, known in _UNPACK_FORMATS.items() for extension in known[0]}
    for extension in extensions:
        if extension in owners:
            raise RegistryError(f'{extension} is already registered for "{owners[extension]}"')
    if not callable(function):
        raise TypeError("The registered function must be a callable")
    _UNPACK_FORMATS[name] = extensions, function, [] if extra_args is None else extra_args, description


def unregister_unpack_format(name):
    del _UNPACK_FORMATS[name]


def unpack_archive(filename, extract_dir=None, format=None):
    """Unpacks an archive, into the current folder if none is given; the format is known by the extension."""
    sys.audit("shutil.unpack_archive", filename, extract_dir, format)
    extract_dir = os.fspath(os.getcwd() if extract_dir is None else extract_dir)
    filename = os.fspath(filename)
    if format is None:
        fits = (name for name, known in _UNPACK_FORMATS.items() if any(map(filename.endswith, known[0])))
        format = next(fits, None)
        if format is None:
            raise ReadError(f"Unknown archive format '{filename}'")
    if format not in _UNPACK_FORMATS:
        raise ValueError(f"Unknown unpack format '{format}'") from None
    _, function, arguments, _ = _UNPACK_FORMATS[format]
    function(filename, extract_dir, **dict(arguments))

"""Programs as archives that can be run: a folder with a `__main__.py`, zipped, perhaps after a line that names an interpreter."""

import contextlib
import os
import pathlib
import shutil
import stat
import sys
import zipfile

__all__ = ["ZipAppError", "create_archive", "get_interpreter"]

MAIN_TEMPLATE = "# -*- coding: utf-8 -*-\nimport {module}\n{module}.{fn}()\n"

shebang_encoding = "utf-8" if sys.platform.startswith("win") else sys.getfilesystemencoding()


class ZipAppError(ValueError):
    """An archive that cannot be made."""


@contextlib.contextmanager
def _opened(archive, mode):
    """A path's file, closed in the end; a stream as it is."""
    if not isinstance(archive, (str, os.PathLike)):
        yield archive
        return
    with open(archive, mode) as stream:
        yield stream


def _first_line(interpreter):
    return b"#!" + interpreter.encode(shebang_encoding) + b"\n" if interpreter else b""


def _make_executable(path):
    os.chmod(path, os.stat(path).st_mode | stat.S_IEXEC)


def _copy(archive, target, interpreter):
    """An archive with another first line, or with none."""
    with _opened(archive, "rb") as source:
        begin = source.read(2)
        if begin == b"#!":
            source.readline()
            begin = b""
        with _opened(target, "wb") as out:
            out.write(_first_line(interpreter) + begin)
            shutil.copyfileobj(source, out)
    if interpreter and isinstance(target, str):
        _make_executable(target)


def _main_source(entry):
    """What calls `package.module:function`."""
    module, colon, function = entry.partition(":")
    names = module.split(".") + function.split(".")
    if not colon or not all(map(str.isidentifier, names)):
        raise ZipAppError("Invalid entry point: " + entry)
    return MAIN_TEMPLATE.format(module=module, fn=function)


def create_archive(source, target=None, interpreter=None, main=None, filter=None, compressed=False):
    """Packs a folder, or copies an archive, into a path or stream (default: the folder's name with .pyz).

    `interpreter` makes the first line, `main` (module:function) a `__main__.py` for a folder that has none; `filter` says which
    relative paths go in. ZipAppError for what has no entry point, or two.
    """
    is_stream = hasattr(source, "read") and hasattr(source, "readline")
    if not is_stream:
        source = pathlib.Path(source)
    if is_stream or source.is_file():
        return _copy(source, target, interpreter)
    if not source.exists():
        raise ZipAppError("Source does not exist")
    has_main = (source / "__main__.py").is_file()
    if main and has_main:
        raise ZipAppError("Cannot specify entry point if the source has __main__.py")
    if not main and not has_main:
        raise ZipAppError("Archive has no entry point")
    main_source = _main_source(main) if main else None
    if target is None:
        target = source.with_suffix(".pyz")
    elif not hasattr(target, "write"):
        target = pathlib.Path(target)
    with _opened(target, "wb") as out:
        out.write(_first_line(interpreter))
        method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        with zipfile.ZipFile(out, "w", compression=method) as packed:
            for path in source.rglob("*"):
                name = path.relative_to(source)
                if filter is None or filter(name):
                    packed.write(path, name.as_posix())
            if main_source:
                packed.writestr("__main__.py", main_source.encode("utf-8"))
    if interpreter and not hasattr(target, "write"):
        _make_executable(target)


def get_interpreter(archive):
    """What the first line names; None if there is no such line."""
    with _opened(archive, "rb") as stream:
        if stream.read(2) == b"#!":
            return stream.readline().strip().decode(shebang_encoding)


def main(args=None):
    """The command line."""
    import argparse

    parser = argparse.ArgumentParser()
    add = parser.add_argument
    add("--output", "-o", help="The name of the output archive. Required if SOURCE is an archive.")
    add("--python", "-p", help="The name of the Python interpreter to use (default: no shebang line).")
    add("--main", "-m", help="The main function of the application (default: use an existing __main__.py).")
    add(
        "--compress", "-c", action="store_true",
        help="Compress files with the deflate method. Files are stored uncompressed by default.",
    )
    add("--info", default=False, action="store_true", help="Display the interpreter from the archive.")
    add("source", help="Source directory (or existing archive).")
    said = parser.parse_args(args)
    is_file = os.path.isfile(said.source)
    if said.info:
        if not is_file:
            raise SystemExit("Can only get info for an archive file")
        print("Interpreter: {}".format(get_interpreter(said.source) or "<none>"))
        sys.exit(0)
    if is_file:
        out = said.output
        if out is None or os.path.exists(out) and os.path.samefile(said.source, out):
            raise SystemExit("In-place editing of archives is not supported")
        if said.main:
            raise SystemExit("Cannot change the main function when copying")
    create_archive(said.source, said.output, interpreter=said.python, main=said.main, compressed=said.compress)


if __name__ == "__main__":
    main()

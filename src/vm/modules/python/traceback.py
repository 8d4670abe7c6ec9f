"""Tracebacks and stacks as text, as the interpreter itself prints them."""

import itertools
import linecache
import sys

__all__ = [
    "extract_stack", "extract_tb", "format_exception", "format_exception_only", "format_list", "format_stack",
    "format_tb", "print_exc", "format_exc", "print_exception", "print_last", "print_stack", "print_tb",
    "clear_frames", "FrameSummary", "StackSummary", "TracebackException", "walk_stack", "walk_tb",
]

_CUTOFF = 3
_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"
_MISSING = object()


class FrameSummary:
    __slots__ = ("filename", "lineno", "name", "_line", "locals")

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self._line = line
        if lookup_line:
            self.line
        self.locals = {k: repr(v) for k, v in locals.items()} if locals else None

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return (
                self.filename == other.filename
                and self.lineno == other.lineno
                and self.name == other.name
                and self.locals == other.locals
            )
        if isinstance(other, tuple):
            return (self.filename, self.lineno, self.name, self.line) == other
        return NotImplemented

    def __getitem__(self, pos):
        return (self.filename, self.lineno, self.name, self.line)[pos]

    def __iter__(self):
        return iter([self.filename, self.lineno, self.name, self.line])

    def __repr__(self):
        return "<FrameSummary file {}, line {} in {}>".format(self.filename, self.lineno, self.name)

    def __len__(self):
        return 4

    @property
    def line(self):
        if self._line is None:
            if self.lineno is None:
                return None
            self._line = linecache.getline(self.filename, self.lineno)
        return self._line.strip()


def walk_stack(f):
    if f is None:
        f = sys._getframe().f_back.f_back
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


class StackSummary(list):
    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        if limit is None:
            limit = getattr(sys, "tracebacklimit", None)
            if limit is not None and limit < 0:
                limit = 0
        rows = list(frame_gen)
        if limit is not None:
            rows = rows[:limit] if limit >= 0 else rows[limit:]
        result = cls()
        for f, lineno in rows:
            code = f.f_code
            result.append(
                FrameSummary(
                    code.co_filename, lineno, code.co_name, lookup_line=False,
                    locals=f.f_locals if capture_locals else None,
                )
            )
        if lookup_lines:
            for f in result:
                f.line
        return result

    @classmethod
    def from_list(cls, a_list):
        result = StackSummary()
        for frame in a_list:
            if isinstance(frame, FrameSummary):
                result.append(frame)
            else:
                filename, lineno, name, line = frame
                result.append(FrameSummary(filename, lineno, name, line=line))
        return result

    def format(self):
        result = []
        last = None
        count = 0
        for frame in self:
            here = (frame.filename, frame.lineno, frame.name)
            if last is None or here != last:
                if count > _CUTOFF:
                    result.append(_repeated(count))
                last = here
                count = 0
            count += 1
            if count > _CUTOFF:
                continue
            row = ['  File "{}", line {}, in {}\n'.format(frame.filename, frame.lineno, frame.name)]
            if frame.line:
                row.append("    {}\n".format(frame.line))
            if frame.locals:
                for name, value in sorted(frame.locals.items()):
                    row.append("    {name} = {value}\n".format(name=name, value=value))
            result.append("".join(row))
        if count > _CUTOFF:
            result.append(_repeated(count))
        return result


def _repeated(count):
    count -= _CUTOFF
    return f"  [Previous line repeated {count} more time{'s' if count > 1 else ''}]\n"


def _some_str(value):
    try:
        return str(value)
    except:
        return "<unprintable %s object>" % type(value).__name__


def _last_line(name, value):
    text = _some_str(value)
    if value is None or not text:
        return "%s\n" % name
    return "%s: %s\n" % (name, text)


class TracebackException:
    """What is needed to show an exception later, without holding its frames."""

    def __init__(
        self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False, compact=False,
        _seen=None
    ):
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        self.stack = StackSummary.extract(
            walk_tb(exc_traceback), limit=limit, lookup_lines=lookup_lines, capture_locals=capture_locals
        )
        self.exc_type = exc_type
        self._str = _some_str(exc_value)
        if exc_type and issubclass(exc_type, SyntaxError):
            self.filename = exc_value.filename
            self.lineno = None if exc_value.lineno is None else str(exc_value.lineno)
            self.end_lineno = None if exc_value.end_lineno is None else str(exc_value.end_lineno)
            self.text = exc_value.text
            self.offset = exc_value.offset
            self.end_offset = exc_value.end_offset
            self.msg = exc_value.msg

        def follow(exc):
            if exc is None or id(exc) in seen:
                return None
            return TracebackException(
                type(exc), exc, exc.__traceback__, limit=limit, lookup_lines=lookup_lines,
                capture_locals=capture_locals, _seen=seen,
            )

        self.__suppress_context__ = exc_value.__suppress_context__ if exc_value is not None else False
        self.__cause__ = follow(exc_value.__cause__) if exc_value is not None else None
        needs_context = not compact or self.__cause__ is None and not self.__suppress_context__
        self.__context__ = follow(exc_value.__context__) if exc_value is not None and needs_context else None

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def __eq__(self, other):
        if isinstance(other, TracebackException):
            return self.__dict__ == other.__dict__
        return NotImplemented

    def __str__(self):
        return self._str

    def format_exception_only(self):
        if self.exc_type is None:
            yield "None\n" if not self._str else "NoneType: %s\n" % self._str
            return
        name = self.exc_type.__qualname__
        module = self.exc_type.__module__
        if module not in ("__main__", "builtins"):
            name = module + "." + name
        if not issubclass(self.exc_type, SyntaxError):
            yield _last_line(name, self._str)
            return
        filename_suffix = ""
        if self.lineno is not None:
            yield '  File "{}", line {}\n'.format(self.filename or "<string>", self.lineno)
        elif self.filename is not None:
            filename_suffix = " ({})".format(self.filename)
        if self.lineno is not None and self.text is not None:
            yield from self._marked_line()
        yield "{}: {}{}\n".format(name, self.msg or "<no detail available>", filename_suffix)

    def _marked_line(self):
        rtext = self.text.rstrip("\n")
        ltext = rtext.lstrip(" \n\f")
        spaces = len(rtext) - len(ltext)
        yield "    {}\n".format(ltext)
        if self.offset is None:
            return
        offset = self.offset
        end_offset = self.end_offset if self.end_offset not in (None, 0) else offset
        if offset == end_offset or end_offset == -1:
            end_offset = offset + 1
        colno = offset - 1 - spaces
        end_colno = end_offset - 1 - spaces
        if colno >= 0:
            blank = "".join(c if c.isspace() else " " for c in ltext[:colno])
            yield "    {}{}\n".format(blank, "^" * (end_colno - colno))

    def format(self, *, chain=True):
        if chain:
            if self.__cause__ is not None:
                yield from self.__cause__.format(chain=chain)
                yield _CAUSE
            elif self.__context__ is not None and not self.__suppress_context__:
                yield from self.__context__.format(chain=chain)
                yield _CONTEXT
        if self.stack:
            yield "Traceback (most recent call last):\n"
            yield from self.stack.format()
        yield from self.format_exception_only()


def _parse(exc, value, tb):
    if (value is _MISSING) != (tb is _MISSING):
        raise ValueError("Both or neither of value and tb must be given")
    if value is tb is _MISSING:
        if exc is None:
            return None, None, None
        return type(exc), exc, exc.__traceback__
    return (type(value) if value is not None else None), value, tb


def _write(lines, file):
    if file is None:
        file = sys.stderr
    for line in lines:
        print(line, file=file, end="")


def print_list(extracted_list, file=None):
    _write(format_list(extracted_list), file)


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def extract_tb(tb, limit=None):
    return StackSummary.extract(walk_tb(tb), limit=limit)


def format_tb(tb, limit=None):
    return extract_tb(tb, limit=limit).format()


def print_tb(tb, limit=None, file=None):
    _write(format_tb(tb, limit), file)


def format_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, chain=True):
    kind, value, tb = _parse(exc, value, tb)
    return list(TracebackException(kind, value, tb, limit=limit, compact=True).format(chain=chain))


def print_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, file=None, chain=True):
    kind, value, tb = _parse(exc, value, tb)
    _write(TracebackException(kind, value, tb, limit=limit, compact=True).format(chain=chain), file)


def format_exception_only(exc, /, value=_MISSING):
    if value is _MISSING:
        value = exc
    return list(TracebackException(type(value), value, None, compact=True).format_exception_only())


def print_exc(limit=None, file=None, chain=True):
    print_exception(*sys.exc_info(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    return "".join(format_exception(*sys.exc_info(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    if not hasattr(sys, "last_type"):
        raise ValueError("no last exception")
    print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)


def extract_stack(f=None, limit=None):
    if f is None:
        f = sys._getframe().f_back
    stack = StackSummary.extract(walk_stack(f), limit=limit)
    stack.reverse()
    return stack


def format_stack(f=None, limit=None):
    if f is None:
        f = sys._getframe().f_back
    return format_list(extract_stack(f, limit=limit))


def print_stack(f=None, limit=None, file=None):
    if f is None:
        f = sys._getframe().f_back
    _write(format_list(extract_stack(f, limit=limit)), file)


def clear_frames(tb):
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass
        tb = tb.tb_next

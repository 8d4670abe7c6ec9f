"""Tracebacks and stacks as text, as the interpreter itself prints them."""

import linecache
import sys

__all__ = (
    "extract_stack extract_tb format_exception format_exception_only format_list format_stack format_tb print_exc "
    "format_exc print_exception print_last print_stack print_tb clear_frames FrameSummary StackSummary "
    "TracebackException walk_stack walk_tb"
).split()

class _Absent:
    def __repr__(self):
        return "<implicit>"


_ABSENT = _Absent()
_MOST_ALIKE = 3
_AFTER_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_AFTER_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"


# Frames -----------------------------------------------------------------------------------------------------------


def walk_stack(f):
    frame = sys._getframe().f_back.f_back if f is None else f
    del f
    while frame is not None:
        yield frame, frame.f_lineno
        frame = frame.f_back


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


class FrameSummary:
    __slots__ = "filename", "lineno", "name", "_line", "locals"

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None):
        self.filename, self.lineno, self.name, self._line = filename, lineno, name, line
        if lookup_line:
            self.line
        self.locals = None if not locals else {key: repr(value) for key, value in locals.items()}

    @property
    def line(self):
        if self._line is None and self.lineno is not None:
            self._line = linecache.getline(self.filename, self.lineno)
        return self._line and self._line.strip()

    def _place(self):
        return self.filename, self.lineno, self.name

    def __eq__(self, other):
        if isinstance(other, tuple):
            return tuple(self) == other
        if not isinstance(other, FrameSummary):
            return NotImplemented
        return (*self._place(), self.locals) == (*other._place(), other.locals)

    def __iter__(self):
        return iter([*self._place(), self.line])

    def __getitem__(self, pos):
        return tuple(self)[pos]

    def __len__(self):
        return 4

    def __repr__(self):
        return "<FrameSummary file %s, line %s in %s>" % self._place()

    def _text(self):
        text = '  File "%s", line %s, in %s\n' % self._place()
        if self.line:
            text += f"    {self.line}\n"
        for key in sorted(self.locals or ()):
            text += f"    {key} = {self.locals[key]}\n"
        return text


class StackSummary(list):
    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        if limit is None:
            limit = getattr(sys, "tracebacklimit", None)
            limit = limit and max(limit, 0)
        wanted = list(frame_gen)
        if limit is not None:
            wanted = wanted[limit:] if limit < 0 else wanted[:limit]
        stack = cls()
        for frame, lineno in wanted:
            seen = frame.f_locals if capture_locals else None
            code = frame.f_code
            stack.append(FrameSummary(code.co_filename, lineno, code.co_name, lookup_line=False, locals=seen))
        for filename in {entry.filename for entry in stack}:
            linecache.checkcache(filename)
        if lookup_lines:
            for entry in stack:
                entry.line
        return stack

    @classmethod
    def from_list(cls, a_list):
        stack = StackSummary()
        for entry in a_list:
            if not isinstance(entry, FrameSummary):
                *place, line = entry
                entry = FrameSummary(*place, line=line)
            stack.append(entry)
        return stack

    def format(self):
        texts = []
        start = 0
        while start < len(self):
            end = start + 1
            while end < len(self) and self[end]._place() == self[start]._place() and None not in self[end]._place()[:2]:
                end += 1
            texts += [entry._text() for entry in self[start : min(end, start + _MOST_ALIKE)]]
            more = end - start - _MOST_ALIKE
            if more > 0:
                texts.append("  [Previous line repeated %d more time%s]\n" % (more, "s" if more > 1 else ""))
            start = end
        return texts


# Exceptions -------------------------------------------------------------------------------------------------------


def _safe_str(thing):
    try:
        return str(thing)
    except:
        return "<unprintable %s object>" % type(thing).__name__


class TracebackException:
    """What is needed to show an exception later, without holding its frames."""

    def __init__(
        self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
        compact=False, _seen=None
    ):
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        options = {"limit": limit, "lookup_lines": lookup_lines, "capture_locals": capture_locals}
        self.stack = StackSummary.extract(walk_tb(exc_traceback), **options)
        self.exc_type = exc_type
        self._str = _safe_str(exc_value)
        if exc_type and issubclass(exc_type, SyntaxError):
            for part in ("filename", "text", "offset", "end_offset", "msg"):
                setattr(self, part, getattr(exc_value, part))
            for part in ("lineno", "end_lineno"):
                number = getattr(exc_value, part)
                setattr(self, part, number if number is None else str(number))
        self.__suppress_context__ = exc_value is not None and exc_value.__suppress_context__
        if _seen is None:
            self._follow(exc_value, seen, compact, options)

    def _follow(self, exc, seen, compact, options):
        """Describes the exceptions that led to this one, each of them once."""

        def described(other):
            if other is None or id(other) in seen:
                return None
            made = TracebackException(type(other), other, other.__traceback__, _seen=seen, **options)
            waiting.append((made, other))
            return made

        waiting = [(self, exc)]
        while waiting:
            mine, exc = waiting.pop()
            mine.__cause__ = mine.__context__ = None
            if exc is None:
                continue
            mine.__cause__ = described(exc.__cause__)
            if not compact or mine.__cause__ is None and not exc.__suppress_context__:
                mine.__context__ = described(exc.__context__)

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def __eq__(self, other):
        return vars(self) == vars(other) if isinstance(other, TracebackException) else NotImplemented

    def __str__(self):
        return self._str

    def format_exception_only(self):
        kind = self.exc_type
        title = str(kind) if kind is None else kind.__qualname__
        if kind is not None and kind.__module__ not in ("builtins", "__main__"):
            title = f"{kind.__module__ if isinstance(kind.__module__, str) else '<unknown>'}.{title}"
        if kind is not None and issubclass(kind, SyntaxError):
            yield from self._format_syntax_error(title)
        else:
            yield f"{title}: {self._str}\n" if self._str else title + "\n"

    def _format_syntax_error(self, title):
        where = ""
        if self.lineno is not None:
            yield '  File "%s", line %s\n' % (self.filename or "<string>", self.lineno)
            if self.text is not None:
                yield from self._pointed()
        elif self.filename is not None:
            where = f" ({self.filename})"
        yield f"{title}: {self.msg or '<no detail available>'}{where}\n"

    def _pointed(self):
        """The line of a syntax error, and below it the marks under what is wrong."""
        line = self.text.rstrip("\n")
        shown = line.lstrip(" \n\f")
        yield "    " + shown + "\n"
        if self.offset is None:
            return
        end = self.end_offset or self.offset
        if end == -1 or end == self.offset:
            end = self.offset + 1
        start = self.offset - 1 - (len(line) - len(shown))
        if start < 0:
            return
        # A tab before the mark must stay one.
        before = [c if c.isspace() else " " for c in shown[:start]]
        yield "    " + "".join(before) + "^" * (end - self.offset) + "\n"

    def format(self, *, chain=True):
        links = [(self, "")]
        while chain:
            last = links[-1][0]
            if last.__cause__ is not None:
                earlier, text = last.__cause__, _AFTER_CAUSE
            elif last.__context__ is not None and not last.__suppress_context__:
                earlier, text = last.__context__, _AFTER_CONTEXT
            else:
                break
            links[-1] = last, text
            links.append((earlier, ""))
        for exc, text in reversed(links):
            if text:
                yield text
            if exc.stack:
                yield "Traceback (most recent call last):\n"
                yield from exc.stack.format()
            yield from exc.format_exception_only()


# Functions --------------------------------------------------------------------------------------------------------


def _meant(exc, value, tb):
    """The exception that the arguments of a function mean, and its traceback."""
    given = [part is not _ABSENT for part in (value, tb)]
    if all(given):
        return value, tb
    if any(given):
        raise ValueError("Both or neither of value and tb must be given")
    return exc, getattr(exc, "__traceback__", None)


def _print_all(texts, file):
    out = sys.stderr if file is None else file
    for text in texts:
        print(text, end="", file=out)


def format_exception(exc, /, value=_ABSENT, tb=_ABSENT, limit=None, chain=True):
    value, tb = _meant(exc, value, tb)
    return list(TracebackException(type(value), value, tb, limit=limit, compact=True).format(chain=chain))


def print_exception(exc, /, value=_ABSENT, tb=_ABSENT, limit=None, file=None, chain=True):
    value, tb = _meant(exc, value, tb)
    summary = TracebackException(type(value), value, tb, limit=limit, compact=True)
    _print_all(summary.format(chain=chain), file)


def format_exception_only(exc, /, value=_ABSENT):
    shown = exc if value is _ABSENT else value
    return list(TracebackException(type(shown), shown, None, compact=True).format_exception_only())


def format_exc(limit=None, chain=True):
    return "".join(format_exception(*sys.exc_info(), limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    print_exception(*sys.exc_info(), limit=limit, file=file, chain=chain)


def print_last(limit=None, file=None, chain=True):
    if hasattr(sys, "last_type"):
        return print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)
    raise ValueError("no last exception")


def extract_tb(tb, limit=None):
    return StackSummary.extract(walk_tb(tb), limit=limit)


def extract_stack(f=None, limit=None):
    stack = StackSummary.extract(walk_stack(f or sys._getframe(1)), limit=limit)
    stack.reverse()
    return stack


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def format_stack(f=None, limit=None):
    return extract_stack(f or sys._getframe(1), limit).format()


def print_list(extracted_list, file=None):
    _print_all(format_list(extracted_list), file)


def print_tb(tb, limit=None, file=None):
    _print_all(format_tb(tb, limit), file)


def print_stack(f=None, limit=None, file=None):
    _print_all(format_stack(f or sys._getframe(1), limit), file)


def clear_frames(tb):
    for frame, _ in walk_tb(tb):
        try:
            frame.clear()
        except RuntimeError:  # It runs still.
            continue

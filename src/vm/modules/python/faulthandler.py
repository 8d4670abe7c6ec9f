"""Showing where the program is: on demand. (What crashes an interpreter does not happen here; waiting in the background is not supported.)"""

import sys

from _imports import unsupported as _unsupported

_enabled = False


def _lines(frame, limit=100):
    """A line for each frame, the innermost first."""
    count = 0
    while frame is not None:
        if count == limit:
            yield "  ..."
            return
        code = frame.f_code
        yield '  File "%s", line %d in %s' % (code.co_filename, frame.f_lineno, code.co_name)
        frame = frame.f_back
        count += 1


def dump_traceback(file=sys.stderr, all_threads=True):
    """Writes the stack to a file."""
    if file is None:
        raise RuntimeError("sys.stderr is None")
    head = "Current thread 0x%016x (most recent call first):" % 0x7F0000000740 if all_threads else (
        "Stack (most recent call first):")
    text = "\n".join([head, *_lines(sys._getframe(1))]) + "\n"
    if isinstance(file, int):
        import os
        os.write(file, text.encode("ascii", "backslashreplace"))
    else:
        file.write(text)
        file.flush()


def enable(file=sys.stderr, all_threads=True):
    global _enabled
    _enabled = True


def disable():
    """Whether it was enabled."""
    global _enabled
    before, _enabled = _enabled, False
    return before


def is_enabled():
    return _enabled


def dump_traceback_later(timeout, repeat=False, file=sys.stderr, exit=False):
    _unsupported("faulthandler.dump_traceback_later()")


def cancel_dump_traceback_later():
    pass


def register(signum, file=sys.stderr, all_threads=True, chain=False):
    _unsupported("faulthandler.register()")


def unregister(signum):
    return False

"""Signals: their numbers and handlers.

Nothing outside sends signals to a script here. A signal that the script raises itself is handled at once by its handler; what would end
the process, or what waits for signals, is not supported, and says so.
"""

import sys
from enum import IntEnum as _IntEnum

from _imports import unsupported as _unsupported

_NUMBERS = dict(
    SIGHUP=1, SIGINT=2, SIGQUIT=3, SIGILL=4, SIGTRAP=5, SIGABRT=6, SIGIOT=6, SIGBUS=7, SIGFPE=8, SIGKILL=9, SIGUSR1=10,
    SIGSEGV=11, SIGUSR2=12, SIGPIPE=13, SIGALRM=14, SIGTERM=15, SIGCHLD=17, SIGCLD=17, SIGCONT=18, SIGSTOP=19, SIGTSTP=20,
    SIGTTIN=21, SIGTTOU=22, SIGURG=23, SIGXCPU=24, SIGXFSZ=25, SIGVTALRM=26, SIGPROF=27, SIGWINCH=28, SIGIO=29,
    SIGPOLL=29, SIGPWR=30, SIGSYS=31, SIGRTMIN=34, SIGRTMAX=64)

Signals = _IntEnum("Signals", _NUMBERS, module=__name__)
Handlers = _IntEnum("Handlers", dict(SIG_DFL=0, SIG_IGN=1), module=__name__)
Sigmasks = _IntEnum("Sigmasks", dict(SIG_BLOCK=0, SIG_UNBLOCK=1, SIG_SETMASK=2), module=__name__)
globals().update(Signals.__members__)
globals().update(Handlers.__members__)
globals().update(Sigmasks.__members__)

NSIG = 65
ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF = 0, 1, 2

_TEXTS = [
    "Hangup", "Interrupt", "Quit", "Illegal instruction", "Trace/breakpoint trap", "Aborted", "Bus error",
    "Floating point exception", "Killed", "User defined signal 1", "Segmentation fault", "User defined signal 2",
    "Broken pipe", "Alarm clock", "Terminated", "Stack fault", "Child exited", "Continued", "Stopped (signal)", "Stopped",
    "Stopped (tty input)", "Stopped (tty output)", "Urgent I/O condition", "CPU time limit exceeded",
    "File size limit exceeded", "Virtual timer expired", "Profiling timer expired", "Window changed", "I/O possible",
    "Power failure", "Bad system call"]

# The C library keeps these for itself.
_RESERVED = (32, 33)
_IGNORED_BY_DEFAULT = (SIGCHLD, SIGCONT, SIGURG, SIGWINCH)


class ItimerError(OSError):
    pass


ItimerError.__module__ = "signal"
ItimerError.__qualname__ = "itimer_error"


def _int_to_enum(value, enum_klass):
    """The member of an enumeration with this value; the value itself if there is none."""
    try:
        return enum_klass(value)
    except ValueError:
        return value


def _enum_to_int(value):
    try:
        return int(value)
    except (ValueError, TypeError):
        return value


def default_int_handler(signum, frame, /):
    """What SIGINT does if nothing else has been said: KeyboardInterrupt."""
    raise KeyboardInterrupt


_handlers = {number: SIG_DFL for number in range(1, NSIG) if number not in _RESERVED}
_handlers[SIGINT] = default_int_handler
_handlers[SIGPIPE] = _handlers[SIGXFSZ] = SIG_IGN


def _number(signalnum):
    """A signal's number, if it is one."""
    if not hasattr(type(signalnum), "__index__"):
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(signalnum).__name__)
    signalnum = int(signalnum)
    if not 1 <= signalnum < NSIG:
        raise ValueError("signal number out of range")
    return signalnum


def signal(signalnum, handler):
    """Sets a handler; the one before comes back."""
    handler = _enum_to_int(handler)
    number = _number(_enum_to_int(signalnum))
    if handler == 0 and not callable(handler):
        handler = SIG_DFL
    elif handler == 1 and not callable(handler):
        handler = SIG_IGN
    elif not callable(handler):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    if number in (SIGKILL, SIGSTOP) or number in _RESERVED:
        raise OSError(22, "Invalid argument")
    before = _handlers[number]
    _handlers[number] = handler
    return before


def getsignal(signalnum):
    """The handler of a signal; None for what the C library keeps."""
    return _handlers.get(_number(_enum_to_int(signalnum)))


def _deliver(number, frame):
    handler = _handlers.get(number)
    if callable(handler) and not isinstance(handler, Handlers):
        handler(number, frame)
    elif handler is SIG_DFL and number not in _IGNORED_BY_DEFAULT:
        _unsupported("the end of the process by signal %d" % number)


def raise_signal(signalnum, /):
    """Sends a signal to this program: its handler runs now."""
    number = int(signalnum)
    if not 0 <= number < NSIG:
        raise OSError(22, "Invalid argument")
    if number:
        _deliver(number, sys._getframe(1))


def strsignal(signalnum, /):
    """What a signal is, in words."""
    number = _number(signalnum)
    if number <= len(_TEXTS):
        return _TEXTS[number - 1]
    return None if number in _RESERVED else "Real-time signal %d" % (number - SIGRTMIN)


def valid_signals():
    """All signals, as a set."""
    return {_int_to_enum(number, Signals) for number in _handlers}


def alarm(seconds, /):
    if seconds:
        _unsupported("signal.alarm()")
    return 0


def setitimer(which, seconds, interval=0.0, /):
    if which not in (ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF):
        raise ItimerError(22, "Invalid argument")
    if seconds:
        _unsupported("signal.setitimer()")
    return 0.0, 0.0


def getitimer(which, /):
    if which not in (ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF):
        raise ItimerError(22, "Invalid argument")
    return 0.0, 0.0


def siginterrupt(signalnum, flag, /):
    number = _number(signalnum)
    if number in _RESERVED or number in (SIGKILL, SIGSTOP):
        raise OSError(22, "Invalid argument")


_wakeup_fd = -1


def set_wakeup_fd(fd, *, warn_on_full_buffer=True):
    """The descriptor that signals would be written to; nothing is."""
    global _wakeup_fd
    before, _wakeup_fd = _wakeup_fd, fd
    return before


_blocked = set()


def pthread_sigmask(how, mask, /):
    """Which signals are blocked. One that is raised meanwhile would have to wait."""
    before = {_int_to_enum(number, Signals) for number in _blocked}
    numbers = {int(_number(each)) for each in mask}
    if how == SIG_BLOCK:
        _blocked.update(numbers)
    elif how == SIG_UNBLOCK:
        _blocked.difference_update(numbers)
    elif how == SIG_SETMASK:
        _blocked.clear()
        _blocked.update(numbers)
    else:
        raise OSError(22, "Invalid argument")
    if _blocked:
        _unsupported("blocking of signals")
    return before


def sigpending():
    return set()


def pause():
    _unsupported("signal.pause()")


def sigwait(sigset, /):
    _unsupported("signal.sigwait()")


def sigwaitinfo(sigset, /):
    _unsupported("signal.sigwaitinfo()")


def sigtimedwait(sigset, timeout, /):
    _unsupported("signal.sigtimedwait()")


def pthread_kill(thread_id, signalnum, /):
    """To this thread, which is the only one."""
    raise_signal(signalnum)

"""Processes can be named here, but not started: there is this one only."""

import os
import sys

__all__ = ["AuthenticationError", "BufferTooShort", "Process", "ProcessError", "TimeoutError", "active_children", "cpu_count",
           "current_process", "freeze_support", "parent_process"]


class ProcessError(Exception):
    pass


class BufferTooShort(ProcessError):
    pass


class TimeoutError(ProcessError):
    pass


class AuthenticationError(ProcessError):
    pass


for _class in (ProcessError, BufferTooShort, TimeoutError, AuthenticationError):
    _class.__module__ = "multiprocessing.context"
del _class


class _MainProcess:
    """The process that runs."""

    name, daemon, exitcode = "MainProcess", False, None

    @property
    def pid(self):
        return os.getpid()

    ident = pid

    def is_alive(self):
        return True

    def __repr__(self):
        return f"<_MainProcess name={self.name!r} parent=None started>"


_main = _MainProcess()


def current_process():
    """The process that runs."""
    return _main


def parent_process():
    """Nobody has started it."""
    return None


def active_children():
    """It has started none."""
    return []


def cpu_count():
    """How many processors there are."""
    return os.cpu_count() or 1


def freeze_support():
    pass


def _refused(name):
    def refuse(*args, **kwargs):
        from _sources import refuse

        refuse(f"multiprocessing.{name}(): a script starts no processes")

    refuse.__name__ = refuse.__qualname__ = name
    return refuse


for _name in ("Array Barrier BoundedSemaphore Condition Event JoinableQueue Lock Manager Pipe Pool Queue RLock RawArray RawValue Semaphore "
              "SimpleQueue Value allow_connection_pickling get_all_start_methods get_context get_logger get_start_method log_to_stderr "
              "set_executable set_forkserver_preload set_start_method").split():
    globals()[_name] = _refused(_name)
    __all__.append(_name)
del _name, _refused


class Process:
    """A process of its own, which cannot be made."""

    def __init__(self, *args, **kwargs):
        from _sources import refuse

        refuse("multiprocessing.Process(): a script starts no processes")


__all__.sort()

"""What is a coroutine, and how coroutines look."""

__all__ = ("coroutine", "iscoroutinefunction", "iscoroutine")

import collections.abc
import functools
import os
import sys
import traceback
import types
import warnings

from . import constants
from . import format_helpers
from .log import logger

_CO_COROUTINE = 0x80

# The mark that other decorators leave on functions that make coroutines.
_is_coroutine = object()


def _is_debug_mode():
    return sys.flags.dev_mode or not sys.flags.ignore_environment and bool(os.environ.get("PYTHONASYNCIODEBUG"))


_DEBUG = _is_debug_mode()


class CoroWrapper:
    """What @coroutine wraps generators in when debugging: it tells of those that were never run."""

    def __init__(self, gen, func=None):
        assert isinstance(gen, (types.GeneratorType, types.CoroutineType)), gen
        self.gen, self.func = gen, func
        self._source_traceback = format_helpers.extract_stack(sys._getframe(1))
        for name in ("__name__", "__qualname__"):
            setattr(self, name, getattr(gen, name, None))

    def __repr__(self):
        shown = _format_coroutine(self)
        if self._source_traceback:
            created = self._source_traceback[-1]
            shown += f", created at {created[0]}:{created[1]}"
        return f"<{type(self).__name__} {shown}>"

    def __iter__(self):
        return self

    __await__ = __iter__

    def __next__(self):
        return self.gen.send(None)

    def send(self, value):
        return self.gen.send(value)

    def throw(self, type, value=None, traceback=None):
        return self.gen.throw(type, value, traceback)

    def close(self):
        return self.gen.close()

    gi_frame = property(lambda self: self.gen.gi_frame)
    gi_running = property(lambda self: self.gen.gi_running)
    gi_code = property(lambda self: self.gen.gi_code)
    gi_yieldfrom = property(lambda self: self.gen.gi_yieldfrom)

    def __del__(self):
        # Its __init__ may have failed early.
        frame = getattr(getattr(self, "gen", None), "gi_frame", None)
        if frame is None or frame.f_lasti != -1:
            return
        message = f"{self!r} was never yielded from"
        created = getattr(self, "_source_traceback", ())
        if created:
            message += (
                f"\nCoroutine object created at (most recent call last, truncated to {constants.DEBUG_STACK_DEPTH} last lines):\n"
                + "".join(traceback.format_list(created)).rstrip()
            )
        logger.error(message)


def coroutine(func):
    """Mark a generator function as a coroutine: the way before `async def`."""
    warnings.warn('"@coroutine" decorator is deprecated since Python 3.8, use "async def" instead', DeprecationWarning,
                  stacklevel=2)
    if _is_coroutine_code(func):
        return func
    if _is_generator_code(func):
        made = func
    else:
        @functools.wraps(func)
        def made(*args, **kwargs):
            result = func(*args, **kwargs)
            if hasattr(result, "_asyncio_future_blocking") or isinstance(result, (types.GeneratorType, CoroWrapper)):
                result = yield from result
            elif isinstance(result, collections.abc.Awaitable):
                result = yield from result.__await__()
            return result
    made = types.coroutine(made)
    wrapper = _debugged(func, made) if _DEBUG else made
    wrapper._is_coroutine = _is_coroutine
    return wrapper


def _debugged(func, make):
    @functools.wraps(func)
    def wrapper(*args, **kwds):
        wrapped = CoroWrapper(make(*args, **kwds), func=func)
        if wrapped._source_traceback:
            del wrapped._source_traceback[-1]
        # The function knows better what the generator is called.
        for name in ("__name__", "__qualname__"):
            setattr(wrapped, name, getattr(func, name, None))
        return wrapped

    return wrapper


def _code_flags(func):
    while isinstance(func, types.MethodType):
        func = func.__func__
    while isinstance(func, functools.partial):
        func = func.func
    return func.__code__.co_flags if isinstance(func, types.FunctionType) else 0


def _is_coroutine_code(func):
    return bool(_code_flags(func) & _CO_COROUTINE)


def _is_generator_code(func):
    return bool(_code_flags(func) & 0x20)


def iscoroutinefunction(func):
    """Whether calling the function makes a coroutine."""
    return _is_coroutine_code(func) or getattr(func, "_is_coroutine", None) is _is_coroutine


_COROUTINE_TYPES = (types.CoroutineType, types.GeneratorType, collections.abc.Coroutine, CoroWrapper)
# Types that turned out to be coroutines, so that the slow question is asked once a type.
_iscoroutine_typecache = set()


def iscoroutine(obj):
    """Whether the object is a coroutine."""
    if type(obj) in _iscoroutine_typecache:
        return True
    if isinstance(obj, _COROUTINE_TYPES):
        if len(_iscoroutine_typecache) < 100:
            _iscoroutine_typecache.add(type(obj))
        return True
    return False


def _attribute(coro, *names):
    for name in names:
        try:
            return getattr(coro, name)
        except AttributeError:
            pass
    return None


def _format_coroutine(coro):
    assert iscoroutine(coro)
    wrapped = isinstance(coro, CoroWrapper)
    if wrapped:
        name = format_helpers._format_callback(coro.func, (), {})
    else:
        name = _attribute(coro, "__qualname__") or _attribute(coro, "__name__") or f"<{type(coro).__name__} without __name__>"
        name += "()"
    code = _attribute(coro, "cr_code", "gi_code")
    if not code:
        return f"{name} running" if _attribute(coro, "cr_running", "gi_running") else name
    frame = _attribute(coro, "gi_frame", "cr_frame")
    filename, line = code.co_filename or "<empty co_filename>", code.co_firstlineno
    if wrapped and coro.func is not None and not _is_generator_code(coro.func):
        # The function that was decorated is told of, not what runs it.
        filename, line = format_helpers._get_function_source(coro.func) or (filename, 0)
        return f"{name} {'done' if frame is None else 'running'}, defined at {filename}:{line}"
    if frame is not None:
        return f"{name} running at {filename}:{frame.f_lineno}"
    return f"{name} done, defined at {filename}:{line}"

"""What is a coroutine, and how coroutines look."""

__all__ = ("coroutine", "iscoroutinefunction", "iscoroutine")

import collections.abc
import functools
import sys
import types
import warnings

_CO_COROUTINE = 0x80

# The mark that other decorators leave on functions that make coroutines.
_is_coroutine = object()


def _is_debug_mode():
    return sys.flags.dev_mode


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
            if hasattr(result, "_asyncio_future_blocking") or isinstance(result, types.GeneratorType):
                result = yield from result
            elif isinstance(result, collections.abc.Awaitable):
                result = yield from result.__await__()
            return result
    wrapper = types.coroutine(made)
    wrapper._is_coroutine = _is_coroutine
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


_COROUTINE_TYPES = (types.CoroutineType, types.GeneratorType, collections.abc.Coroutine)
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
    name = _attribute(coro, "__qualname__") or _attribute(coro, "__name__") or f"<{type(coro).__name__} without __name__>"
    name += "()"
    code = _attribute(coro, "cr_code", "gi_code")
    if not code:
        return f"{name} running" if _attribute(coro, "cr_running", "gi_running") else name
    filename = code.co_filename or "<empty co_filename>"
    frame = _attribute(coro, "gi_frame", "cr_frame")
    if frame is not None:
        return f"{name} running at {filename}:{frame.f_lineno}"
    return f"{name} done, defined at {filename}:{code.co_firstlineno}"

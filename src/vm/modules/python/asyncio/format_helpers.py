"""How callbacks look in messages, and where things were created."""

import functools
import reprlib
import sys
import traceback
import types

from . import constants


def _get_function_source(func):
    # File and line of a function's definition, None if it has none.
    while hasattr(func, "__wrapped__"):
        func = func.__wrapped__
    if isinstance(func, types.FunctionType):
        return func.__code__.co_filename, func.__code__.co_firstlineno
    if isinstance(func, (functools.partial, functools.partialmethod)):
        return _get_function_source(func.func)
    return None


def _format_callback_source(func, args):
    text = _format_callback(func, args, None)
    source = _get_function_source(func)
    return f"{text} at {source[0]}:{source[1]}" if source else text


def _format_args_and_kwargs(args, kwargs):
    shown = [reprlib.repr(arg) for arg in args or ()]
    shown += [f"{name}={reprlib.repr(value)}" for name, value in (kwargs or {}).items()]
    return "({})".format(", ".join(shown))


def _format_callback(func, args, kwargs, suffix=""):
    if isinstance(func, functools.partial):
        suffix = _format_args_and_kwargs(args, kwargs) + suffix
        return _format_callback(func.func, func.args, func.keywords, suffix)
    name = getattr(func, "__qualname__", None) or getattr(func, "__name__", None) or repr(func)
    return name + _format_args_and_kwargs(args, kwargs) + suffix


def extract_stack(f=None, limit=None):
    """The stack above the caller as debug mode keeps it: without source lines looked up at once, and not too deep."""
    if f is None:
        f = sys._getframe().f_back
    if limit is None:
        limit = constants.DEBUG_STACK_DEPTH
    stack = traceback.StackSummary.extract(traceback.walk_stack(f), limit=limit, lookup_lines=False)
    stack.reverse()
    return stack

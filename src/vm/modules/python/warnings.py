"""Which warnings are shown, and how."""

import sys
from _warnings import _defaultaction as defaultaction, _filters_mutated, _onceregistry as onceregistry, filters, warn, warn_explicit

__all__ = (
    "warn warn_explicit showwarning formatwarning filterwarnings simplefilter resetwarnings catch_warnings"
).split()

_warnings_defaults = True
_KNOWN_ACTIONS = "error ignore always default module once".split()


class WarningMessage:
    _WARNING_DETAILS = tuple("message category filename lineno file line source".split())

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        given = (message, category, filename, lineno, file, line, source)
        for name, value in zip(self._WARNING_DETAILS, given):
            setattr(self, name, value)
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (
            f"{{message : {self.message!r}, category : {self._category_name!r}, filename : {self.filename!r}, "
            f"lineno : {self.lineno}, line : {self.line!r}}}"
        )


# ---- showing


def showwarning(message, category, filename, lineno, file=None, line=None):
    _showwarnmsg_impl(WarningMessage(message, category, filename, lineno, file, line))


def formatwarning(message, category, filename, lineno, line=None):
    return _plain_text(WarningMessage(message, category, filename, lineno, None, line))


_showwarning_orig, _own_format = showwarning, formatwarning


def _replaced(name, own):
    """What a script put in the place of one of the two functions above."""
    current = globals().get(name, own)
    return None if current is own else current


def _plain_text(msg):
    shown = msg.line
    if shown is None:
        from linecache import getline

        shown = getline(msg.filename, msg.lineno)
    text = f"{msg.filename}:{msg.lineno}: {msg.category.__name__}: {msg.message}\n"
    if shown:
        text += f"  {shown.strip()}\n"
    if msg.source is not None:
        import tracemalloc

        if not tracemalloc.is_tracing():
            text += f"{msg.category.__name__}: Enable tracemalloc to get the object allocation traceback\n"
    return text


def _showwarnmsg_impl(msg):
    target = sys.stderr if msg.file is None else msg.file
    if target is None:
        return
    other = _replaced("formatwarning", _own_format)
    if other is None:
        text = _plain_text(msg)
    else:
        text = other(msg.message, msg.category, msg.filename, msg.lineno, msg.line)
    try:
        target.write(text)
    except OSError:
        # There is no other place to complain at.
        pass


def _showwarnmsg(msg):
    """Where the machine sends a warning that is to be shown."""
    other = _replaced("showwarning", _showwarning_orig)
    if other is None:
        _showwarnmsg_impl(msg)
    elif callable(other):
        other(msg.message, msg.category, msg.filename, msg.lineno, msg.file, msg.line)
    else:
        raise TypeError("warnings.showwarning() must be set to a function or method")


# ---- filters


def _check_common(action, lineno):
    assert action in _KNOWN_ACTIONS, f"invalid action: {action!r}"
    assert isinstance(lineno, int) and lineno >= 0, "lineno must be an int >= 0"


def _install(entry, append):
    """At the end unless it is there, or moved to the front."""
    present = entry in filters
    if not append:
        if present:
            filters.remove(entry)
        filters.insert(0, entry)
    elif not present:
        filters.append(entry)
    _filters_mutated()


def simplefilter(action, category=Warning, lineno=0, append=False):
    _check_common(action, lineno)
    _install((action, None, category, None, lineno), append)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    assert action in _KNOWN_ACTIONS, f"invalid action: {action!r}"
    assert isinstance(message, str), "message must be a string"
    assert isinstance(category, type), "category must be a class"
    assert issubclass(category, Warning), "category must be a Warning subclass"
    assert isinstance(module, str), "module must be a string"
    _check_common(action, lineno)
    about = inside = None
    if message or module:
        import re

        about = re.compile(message, re.IGNORECASE) if message else None
        inside = re.compile(module) if module else None
    _install((action, about, category, inside, lineno), append)


def resetwarnings():
    filters.clear()
    _filters_mutated()


class catch_warnings:
    """Brings the module's state back at the end; with `record`, warnings go to a list meanwhile."""

    def __init__(self, *, record=False, module=None):
        self._record = record
        self._module = module if module is not None else sys.modules["warnings"]
        self._entered = False

    def __repr__(self):
        told = ["record=True"] if self._record else []
        if self._module is not sys.modules["warnings"]:
            told.append(f"module={self._module!r}")
        return f"{type(self).__name__}({', '.join(told)})"

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._entered = True
        module = self._module
        self._filters = module.filters
        module.filters = list(module.filters)
        module._filters_mutated()
        self._showwarning, self._showwarnmsg_impl = module.showwarning, module._showwarnmsg_impl
        if not self._record:
            return None
        caught = []
        module._showwarnmsg_impl, module.showwarning = caught.append, module._showwarning_orig
        return caught

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        module = self._module
        module.filters = self._filters
        module._filters_mutated()
        module.showwarning, module._showwarnmsg_impl = self._showwarning, self._showwarnmsg_impl


def _warn_unawaited_coroutine(coro):
    # A list, and a function that closes over the coroutine: what CPython allocates decides when a collection comes.
    told = [f"coroutine '{coro.__qualname__}' was never awaited\n"]
    if coro.cr_origin is not None:
        import linecache
        import traceback

        def origin():
            for file, line, function in reversed(coro.cr_origin):
                yield (file, line, function, linecache.getline(file, line))

        told += ["Coroutine created at (most recent call last)\n", *traceback.format_list(list(origin()))]
    warn("".join(told).rstrip("\n"), category=RuntimeWarning, stacklevel=2, source=coro)

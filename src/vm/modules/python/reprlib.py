"""Representations of limited size, and of things that contain themselves."""

import builtins
from itertools import islice

__all__ = ["Repr", "repr", "recursive_repr"]

_DOTS = "..."
_LIMITS = {
    "level": 6, "dict": 4, "list": 6, "tuple": 6, "set": 6, "frozenset": 6, "deque": 6, "array": 5, "string": 30,
    "long": 40, "other": 30,
}


def recursive_repr(fillvalue=_DOTS):
    """Decorator to make a repr function return fillvalue for a recursive call"""

    def guard(method):
        busy = set()

        def wrapper(self):
            me = id(self)
            if me not in busy:
                busy.add(me)
                try:
                    return method(self)
                finally:
                    busy.remove(me)
            return fillvalue

        for attribute in ("__module__", "__doc__", "__name__", "__qualname__"):
            setattr(wrapper, attribute, getattr(method, attribute))
        wrapper.__annotations__ = getattr(method, "__annotations__", {})
        return wrapper

    return guard


def _in_order(things):
    try:
        return sorted(things)
    except Exception:  # What cannot be ordered stays as it comes.
        return list(things)


def _ends(text, most):
    """The first and the last part of a text that is too long; with the dots between they make `most` characters."""
    head = max(0, (most - len(_DOTS)) // 2)
    tail = max(0, most - len(_DOTS) - head)
    return text[:head], text[len(text) - tail :]


def _cut(text, most):
    return text if len(text) <= most else _DOTS.join(_ends(text, most))


def _display(kind, opening, closing, empty=None, trail="", ordered=False):
    """A method that shows what an iterable holds between brackets."""

    def method(self, x, level):
        if empty is not None and not x:
            return empty.format(x)
        size = len(x)
        most = getattr(self, "max" + kind)
        if size and level <= 0:
            inside = _DOTS
        else:
            items = islice(_in_order(x) if ordered else x, most)
            inside = ", ".join([self.repr1(item, level - 1) for item in items] + ([_DOTS] if size > most else []))
        after = trail if size == 1 and inside is not _DOTS else ""
        return opening.format(x) + inside + after + closing

    method.__name__ = "repr_" + kind
    method.__qualname__ = "Repr." + method.__name__
    return method


class Repr:
    def __init__(self):
        for kind, most in _LIMITS.items():
            setattr(self, "max" + kind, most)

    def repr(self, x):
        return self.repr1(x, self.maxlevel)

    def repr1(self, x, level):
        kind = "_".join(type(x).__name__.split(" "))
        return getattr(self, "repr_" + kind, self.repr_instance)(x, level)

    repr_tuple = _display("tuple", "(", ")", trail=",")
    repr_list = _display("list", "[", "]")
    repr_deque = _display("deque", "deque([", "])")
    repr_array = _display("array", "array('{0.typecode}', [", "])", "array('{0.typecode}')")
    repr_set = _display("set", "{{", "}", "set()", ordered=True)
    repr_frozenset = _display("frozenset", "frozenset({{", "})", "frozenset()", ordered=True)

    def repr_dict(self, x, level):
        if not x or level <= 0:
            return "{...}" if x else "{}"
        texts = []
        for key in _in_order(x)[: self.maxdict]:
            texts.append(self.repr1(key, level - 1) + ": " + self.repr1(x[key], level - 1))
        if len(x) > self.maxdict:
            texts.append(_DOTS)
        return "{" + ", ".join(texts) + "}"

    def repr_str(self, x, level):
        most = self.maxstring
        text = builtins.repr(x[:most])
        if len(text) > most:
            text = _DOTS.join(_ends(builtins.repr("".join(_ends(x, most))), most))
        return text

    def repr_int(self, x, level):
        return _cut(builtins.repr(x), self.maxlong)

    def repr_instance(self, x, level):
        try:
            text = builtins.repr(x)
        except Exception:
            return f"<{x.__class__.__name__} instance at {id(x):#x}>"
        return _cut(text, self.maxother)


aRepr = Repr()
repr = aRepr.repr

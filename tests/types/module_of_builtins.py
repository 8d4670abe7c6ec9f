# Verifies that a built-in function's __module__ can be set and deleted, its name not, and that functools.wraps stops there.
import functools
import math


def plain():
    "Plain."


for change in (
    lambda: setattr(math.sqrt, "__module__", "elsewhere"), lambda: math.sqrt.__module__, lambda: delattr(math.sqrt, "__module__"),
    lambda: math.sqrt.__module__, lambda: setattr(math.sqrt, "__module__", [1]), lambda: math.sqrt.__module__,
    lambda: setattr(math.sqrt, "__name__", "root"), lambda: setattr([].append, "__qualname__", "x"), lambda: setattr(len, "__self__", 1),
    lambda: functools.wraps(plain)(print), lambda: print.__module__, lambda: functools.wraps(print)(plain).__name__, lambda: plain.__module__,
    lambda: math.floor(2.5),
):
    try:
        print(change())
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
setattr(math.sqrt, "__module__", "math")

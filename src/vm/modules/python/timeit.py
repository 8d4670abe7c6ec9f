"""How long small pieces of code take, by the machine's clock."""

import gc
import itertools
import time

__all__ = "Timer", "timeit", "repeat", "default_timer"

dummy_src_name = "<timeit-src>"
default_number, default_repeat = 1000000, 5
default_timer = time.perf_counter

_globals = globals


def reindent(src, indent):
    return src.replace("\n", "\n" + " " * indent)


def _source(setup, stmt, args):
    lines = [
        f"def inner(_it, _timer{args}):",
        "    " + setup,
        "    _t0 = _timer()",
        "    for _i in _it:",
        "        " + stmt,
        "        pass",
        "    _t1 = _timer()",
        "    return _t1 - _t0",
        "",
    ]
    return "\n".join(lines)


class Timer:
    """Times a statement that runs many times after a setup that runs once; both are source texts or functions."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        space = _globals() if globals is None else globals
        local, args, before = {}, "", ""
        if isinstance(setup, str):
            compile(setup, dummy_src_name, "exec")
            before = setup + "\n"
            setup = reindent(setup, 4)
        elif callable(setup):
            local["_setup"], args, setup = setup, args + ", _setup=_setup", "_setup()"
        else:
            raise ValueError("setup is neither a string nor callable")
        if isinstance(stmt, str):
            compile(before + stmt, dummy_src_name, "exec")
            stmt = reindent(stmt, 8)
        elif callable(stmt):
            local["_stmt"], args, stmt = stmt, args + ", _stmt=_stmt", "_stmt()"
        else:
            raise ValueError("stmt is neither a string nor callable")
        self.src = _source(setup, stmt, args)
        exec(compile(self.src, dummy_src_name, "exec"), space, local)
        self.inner = local["inner"]

    def print_exc(self, file=None):
        import traceback

        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        rounds = itertools.repeat(None, number)
        was_on = gc.isenabled()
        gc.disable()
        try:
            return self.inner(rounds, self.timer)
        finally:
            if was_on:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        scale = 1
        while True:
            for first in 1, 2, 5:
                number = scale * first
                taken = self.timeit(number)
                if callback:
                    callback(number, taken)
                if taken >= 0.2:
                    return number, taken
            scale *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)

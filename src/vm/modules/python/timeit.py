"""How long small pieces of code take, by the machine's clock."""

import gc
import itertools
import sys
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


# ---- the command line

_UNITS = {"nsec": 1e-9, "usec": 1e-6, "msec": 1e-3, "sec": 1.0}


class _Usage(Exception):
    """The command line cannot be followed; or help was asked for."""


def _shown(seconds, unit, precision):
    if unit is None:
        unit = next((name for name in reversed(_UNITS) if seconds >= _UNITS[name]), "nsec")
    return f"{seconds / _UNITS[unit]:.{precision}g} {unit}"


def _parsed(args):
    """What the options say, as a dict, and the statement's lines."""
    import getopt

    try:
        options, lines = getopt.getopt(
            args, "n:u:s:r:tcpvh", ["number=", "setup=", "repeat=", "time", "clock", "process", "verbose", "unit=", "help"]
        )
    except getopt.error as error:
        print(error)
        print("use -h/--help for command line help")
        raise _Usage(2)
    said = {"number": 0, "setup": [], "repeat": default_repeat, "verbose": 0, "unit": None, "timer": default_timer}
    for option, value in options:
        if option in ("-n", "--number"):
            said["number"] = int(value)
        elif option in ("-s", "--setup"):
            said["setup"].append(value)
        elif option in ("-r", "--repeat"):
            said["repeat"] = max(int(value), 1)
        elif option in ("-p", "--process"):
            said["timer"] = time.process_time
        elif option in ("-v", "--verbose"):
            said["verbose"] += 1
        elif option in ("-u", "--unit"):
            if value not in _UNITS:
                print("Unrecognized unit. Please select nsec, usec, msec, or sec.", file=sys.stderr)
                raise _Usage(2)
            said["unit"] = value
        elif option in ("-h", "--help"):
            print(__doc__, end=" ")
            raise _Usage(0)
    return said, lines


def main(args=None, *, _wrap_timer=None):
    """The command `python -m timeit`; what the exit status is, None for success."""
    try:
        said, lines = _parsed(sys.argv[1:] if args is None else args)
    except _Usage as usage:
        return usage.args[0]
    import os

    sys.path.insert(0, os.curdir)  # modules of the folder can be imported by the statement
    verbose, number, repeats = said["verbose"], said["number"], said["repeat"]
    precision = 3 + max(0, verbose - 1)
    timer = said["timer"] if _wrap_timer is None else _wrap_timer(said["timer"])
    timing = Timer("\n".join(lines) or "pass", "\n".join(said["setup"]) or "pass", timer)

    def plural(count):
        return "" if count == 1 else "s"

    def tell(count, seconds):
        print(f"{count} loop{plural(count)} -> {seconds:.{precision}g} secs")

    try:
        if not number:
            number, _ = timing.autorange(tell if verbose else None)
            if verbose:
                print()
        raw = timing.repeat(repeats, number)
    except:
        timing.print_exc()
        return 1
    shown = lambda seconds: _shown(seconds, said["unit"], precision)
    if verbose:
        print("raw times:", ", ".join(map(shown, raw)), end="\n\n")
    best, worst = min(raw) / number, max(raw) / number
    print(f"{number} loop{plural(number)}, best of {repeats}: {shown(best)} per loop")
    if worst >= best * 4:
        import warnings

        warnings.warn_explicit(
            f"The test results are likely unreliable. The worst time ({shown(worst)}) was more than four times slower than "
            f"the best time ({shown(best)}).",
            UserWarning,
            "",
            0,
        )
    return None


if __name__ == "__main__":
    sys.exit(main())

"""Tests that run another interpreter: not in a process, but in a machine beside the one that runs the test."""

import io
import os
import sys
from collections import namedtuple

import _interpreter


def interpreter_requires_environment():
    """Whether the interpreter cannot be started without environment variables."""
    return False


class _PythonRunResult(namedtuple("_PythonRunResult", "rc out err")):
    __slots__ = ()

    def fail(self, cmd_line):
        shown = "\n".join(f"{name}:\n---\n{text.decode('ascii', 'replace')}\n---" for name, text in
                          (("stdout", self.out), ("stderr", self.err)))
        raise AssertionError(f"Process return code is {self.rc}\ncommand line: {cmd_line!r}\n\n{shown}")


def _command(arguments, settings):
    """The arguments and the environment that keywords ask for: `__isolated`, `__cleanenv`, `__cwd` and variables."""
    isolated = settings.pop("__isolated", not settings)
    clean = settings.pop("__cleanenv", False)
    if settings.pop("__cwd", None) is not None:
        raise NotImplementedError("another interpreter in another folder")
    options = ["-X", "faulthandler"]
    if isolated:
        options.append("-I")
    elif not settings:
        options.append("-E")
    environment = {} if clean else dict(os.environ)
    environment |= {"TERM": ""} | settings
    return options + list(arguments), environment


def run_python_until_end(*args, **env_vars):
    arguments, environment = _command(args, env_vars)
    return _PythonRunResult(*_interpreter.run(arguments, environment, b"")), [sys.executable, *arguments]


def _checked(succeeds, args, env_vars):
    result, command = run_python_until_end(*args, **env_vars)
    if (result.rc == 0) != succeeds:
        result.fail(command)
    return result


def assert_python_ok(*args, **env_vars):
    """Runs Python with arguments and environment variables, and wants status 0."""
    return _checked(True, args, env_vars)


def assert_python_failure(*args, **env_vars):
    """The same, and wants another status."""
    return _checked(False, args, env_vars)


class _Spawned:
    """An interpreter that runs as soon as somebody wants to know what came of it."""

    def __init__(self, arguments, environment):
        self.args, self.stdin, self.returncode = [sys.executable, *arguments], io.BytesIO(), None
        self._rest = arguments, environment

    def _run(self):
        if self.returncode is None:
            self.returncode, out, err = _interpreter.run(*self._rest, self.stdin.getvalue())
            self._stdout = io.BytesIO(out + err)

    @property
    def stdout(self):
        self._run()
        return self._stdout

    def communicate(self, input=None):
        if input is not None:
            self.stdin.write(input)
        return self.stdout.read(), None

    def wait(self):
        self._run()
        return self.returncode


def spawn_python(*args, **kw):
    environment = kw.pop("env", None)
    if kw:
        raise NotImplementedError(f"spawn_python({', '.join(kw)})")
    return _Spawned(["-X", "faulthandler", "-E", *args], dict(os.environ if environment is None else environment))


def kill_python(p):
    """What an interpreter has written, once it has got all of its input."""
    return p.stdout.read()


def make_script(script_dir, script_basename, source, omit_suffix=False):
    """Writes a script and gives its path."""
    name = script_basename if omit_suffix else script_basename + os.extsep + "py"
    path = os.path.join(script_dir, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(source)
    return path


def make_pkg(pkg_dir, init_source=""):
    os.mkdir(pkg_dir)
    make_script(pkg_dir, "__init__", init_source)


def _no_archives(*args, **kw):
    import unittest

    raise unittest.SkipTest("programs in archives are not run")


make_zip_script = make_zip_pkg = run_test_script = _no_archives

"""Tests that run another interpreter: there is no process to run it in, so they are skipped."""

import unittest


def interpreter_requires_environment():
    """Whether the interpreter cannot be started without environment variables."""
    return False


class _PythonRunResult(tuple):
    __slots__ = ()
    rc = property(lambda self: self[0])
    out = property(lambda self: self[1])
    err = property(lambda self: self[2])

    def fail(self, cmd_line):
        raise AssertionError(f"Process return code is {self.rc}\ncommand line: {cmd_line!r}")


def _no_process(*args, **env_vars):
    raise unittest.SkipTest("requires subprocess support")


run_python_until_end = assert_python_ok = assert_python_failure = spawn_python = kill_python = _no_process


def make_script(script_dir, script_basename, source, omit_suffix=False):
    """Writes a script and gives its path."""
    import os

    name = script_basename if omit_suffix else script_basename + os.extsep + "py"
    path = os.path.join(script_dir, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(source)
    return path


def make_pkg(pkg_dir, init_source=""):
    import os

    os.mkdir(pkg_dir)
    make_script(pkg_dir, "__init__", init_source)


make_zip_script = make_zip_pkg = run_test_script = _no_process

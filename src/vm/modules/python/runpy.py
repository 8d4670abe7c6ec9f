"""Running modules and files as if they were programs."""

import importlib.util
import io
import os
import sys

__all__ = ["run_module", "run_path"]


class _Error(Exception):
    """What cannot be run, and why."""


class _TempModule:
    """A new module in sys.modules for a while."""

    def __init__(self, mod_name):
        self.mod_name = mod_name
        self.module = type(sys)(mod_name)

    def __enter__(self):
        self._before = sys.modules.get(self.mod_name)
        sys.modules[self.mod_name] = self.module
        return self

    def __exit__(self, *args):
        if self._before is None:
            del sys.modules[self.mod_name]
        else:
            sys.modules[self.mod_name] = self._before


def _run_code(code, run_globals, init_globals=None, mod_name=None, mod_spec=None, pkg_name=None, script_name=None):
    if init_globals is not None:
        run_globals.update(init_globals)
    loader = file = cached = None
    if mod_spec is None:
        file = script_name
    else:
        loader, file, cached = mod_spec.loader, mod_spec.origin, mod_spec.cached
    if pkg_name is None and mod_spec is not None:
        pkg_name = mod_spec.parent
    run_globals.update(
        __name__=mod_name, __file__=file, __cached__=cached, __doc__=None, __loader__=loader, __package__=pkg_name,
        __spec__=mod_spec,
    )
    exec(code, run_globals)
    return run_globals


def _run_module_code(code, init_globals=None, mod_name=None, mod_spec=None, pkg_name=None, script_name=None):
    file = script_name if mod_spec is None else mod_spec.origin
    argv0 = sys.argv[0]
    with _TempModule(mod_name) as temporary:
        sys.argv[0] = file
        try:
            names = temporary.module.__dict__
            _run_code(code, names, init_globals, mod_name, mod_spec, pkg_name, script_name)
        finally:
            sys.argv[0] = argv0
    return names.copy()


def _get_module_details(mod_name, error=ImportError):
    if mod_name.startswith("."):
        raise error("Relative module names not supported")
    package = mod_name.rpartition(".")[0]
    if package:
        try:
            __import__(package)
        except ImportError as failure:
            if failure.name is None or failure.name != package and not package.startswith(failure.name + "."):
                raise
    try:
        spec = importlib.util.find_spec(mod_name)
    except (ImportError, AttributeError, TypeError, ValueError) as failure:
        message = "Error while finding module specification for {!r} ({}: {})"
        raise error(message.format(mod_name, type(failure).__name__, failure)) from failure
    if spec is None:
        raise error("No module named %s" % mod_name)
    if spec.submodule_search_locations is not None:
        if mod_name == "__main__" or mod_name.endswith(".__main__"):
            raise error("Cannot use package as __main__ module")
        try:
            return _get_module_details(mod_name + ".__main__", error)
        except error as failure:
            if mod_name not in sys.modules:
                raise
            raise error(
                ("%s; %r is a package and cannot be directly executed") % (failure, mod_name)
            ) from None
    if spec.loader is None:
        raise error("%r is a namespace package and cannot be executed" % mod_name)
    code = spec.loader.get_code(mod_name)
    if code is None:
        raise error("No code object available for %s" % mod_name)
    return mod_name, spec, code


def _run_module_as_main(mod_name, alter_argv=True):
    """What `python -m` does: the code runs as the program itself."""
    try:
        mod_name, spec, code = _get_module_details(mod_name, _Error)
    except _Error as failure:
        sys.exit("%s: %s" % (sys.executable, failure))
    if alter_argv:
        # A module that is carried along has no file: its name stands for one.
        origin = spec.origin
        sys.argv[0] = origin[len("<frozen "):-1] + ".py" if origin.startswith("<frozen ") else origin
    return _run_code(code, sys.modules["__main__"].__dict__, None, "__main__", spec)


def run_module(mod_name, init_globals=None, run_name=None, alter_sys=False):
    """Runs a module's code; its names are the result."""
    mod_name, spec, code = _get_module_details(mod_name)
    if run_name is None:
        run_name = mod_name
    if alter_sys:
        return _run_module_code(code, init_globals, run_name, spec)
    return _run_code(code, {}, init_globals, run_name, spec)


def _main_of(folder):
    """The details of the `__main__` found first on `sys.path`, which the folder is at the head of."""
    name = "__main__"
    running = sys.modules.pop(name)
    try:
        return _get_module_details(name)
    except ImportError as failure:
        if name in str(failure):
            raise ImportError("can't find %r module in %r" % (name, folder)) from failure
        raise
    finally:
        sys.modules[name] = running


def _code_of_file(path):
    with io.open_code(os.path.abspath(os.fspath(path))) as file:
        return compile(file.read(), path, "exec")


def run_path(path_name, init_globals=None, run_name=None):
    """Runs a file, or the __main__ of a folder; its names are the result."""
    if run_name is None:
        run_name = "<run_path>"
    package = run_name.rpartition(".")[0]
    if not os.path.isdir(path_name):
        code = _code_of_file(path_name)
        return _run_module_code(code, init_globals, run_name, pkg_name=package, script_name=path_name)
    sys.path.insert(0, path_name)
    try:
        mod_name, spec, code = _main_of(path_name)
        argv0 = sys.argv[0]
        with _TempModule(run_name) as temporary:
            sys.argv[0] = path_name
            try:
                names = temporary.module.__dict__
                return _run_code(code, names, init_globals, run_name, spec, package).copy()
            finally:
                sys.argv[0] = argv0
    finally:
        try:
            sys.path.remove(path_name)
        except ValueError:
            pass

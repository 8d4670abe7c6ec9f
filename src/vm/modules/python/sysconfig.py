"""How Python was built and where it lives, as far as that has a meaning here."""

import os
import sys
from os.path import pardir, realpath

__all__ = [
    "get_config_h_filename", "get_config_var", "get_config_vars", "get_makefile_filename", "get_path", "get_path_names",
    "get_paths", "get_platform", "get_python_version", "get_scheme_names", "parse_config_h",
]

_UNIX = {
    "stdlib": "{installed_base}/{platlibdir}/python{py_version_short}",
    "platstdlib": "{platbase}/{platlibdir}/python{py_version_short}",
    "purelib": "{base}/lib/python{py_version_short}/site-packages",
    "platlib": "{platbase}/{platlibdir}/python{py_version_short}/site-packages",
    "include": "{installed_base}/include/python{py_version_short}{abiflags}",
    "platinclude": "{installed_platbase}/include/python{py_version_short}{abiflags}",
    "scripts": "{base}/bin",
    "data": "{base}",
}

_USER = {
    "stdlib": "{userbase}/{platlibdir}/python{py_version_short}",
    "platstdlib": "{userbase}/{platlibdir}/python{py_version_short}",
    "purelib": "{userbase}/lib/python{py_version_short}/site-packages",
    "platlib": "{userbase}/lib/python{py_version_short}/site-packages",
    "include": "{userbase}/include/python{py_version_short}",
    "scripts": "{userbase}/bin",
    "data": "{userbase}",
}

_HOME = {
    "stdlib": "{installed_base}/lib/python",
    "platstdlib": "{base}/lib/python",
    "purelib": "{base}/lib/python",
    "platlib": "{base}/lib/python",
    "include": "{installed_base}/include/python",
    "platinclude": "{installed_base}/include/python",
    "scripts": "{base}/bin",
    "data": "{base}",
}

_NT = {
    "stdlib": "{installed_base}/Lib",
    "platstdlib": "{base}/Lib",
    "purelib": "{base}/Lib/site-packages",
    "platlib": "{base}/Lib/site-packages",
    "include": "{installed_base}/Include",
    "platinclude": "{installed_base}/Include",
    "scripts": "{base}/Scripts",
    "data": "{base}",
}

_NT_USER = {
    "stdlib": "{userbase}/Python{py_version_nodot_plat}",
    "platstdlib": "{userbase}/Python{py_version_nodot_plat}",
    "purelib": "{userbase}/Python{py_version_nodot_plat}/site-packages",
    "platlib": "{userbase}/Python{py_version_nodot_plat}/site-packages",
    "include": "{userbase}/Python{py_version_nodot_plat}/Include",
    "scripts": "{userbase}/Python{py_version_nodot_plat}/Scripts",
    "data": "{userbase}",
}

_OSX_USER = {
    "stdlib": "{userbase}/lib/python",
    "platstdlib": "{userbase}/lib/python",
    "purelib": "{userbase}/lib/python/site-packages",
    "platlib": "{userbase}/lib/python/site-packages",
    "include": "{userbase}/include/python{py_version_short}",
    "scripts": "{userbase}/bin",
    "data": "{userbase}",
}

_INSTALL_SCHEMES = {"posix_prefix": _UNIX, "posix_home": _HOME, "nt": _NT, "posix_user": _USER, "nt_user": _NT_USER,
                    "osx_framework_user": _OSX_USER}

_SCHEME_KEYS = ("stdlib", "platstdlib", "purelib", "platlib", "include", "scripts", "data")

_PY_VERSION = sys.version.split()[0]
_PY_VERSION_SHORT = "%d.%d" % sys.version_info[:2]
_PY_VERSION_SHORT_NO_DOT = "%d%d" % sys.version_info[:2]
_PREFIX = os.path.normpath(sys.prefix)
_BASE_PREFIX = os.path.normpath(sys.base_prefix)
_EXEC_PREFIX = os.path.normpath(sys.exec_prefix)
_BASE_EXEC_PREFIX = os.path.normpath(sys.base_exec_prefix)
_CONFIG_VARS = None
_USER_BASE = None


def _getuserbase():
    """The folder of what a user installs for himself."""
    return os.environ.get("PYTHONUSERBASE") or os.path.expanduser(os.path.join("~", ".local"))


def get_scheme_names():
    return tuple(sorted(_INSTALL_SCHEMES))


def get_path_names():
    return _SCHEME_KEYS


def _get_default_scheme():
    return "posix_prefix"


def get_preferred_scheme(key):
    """The scheme of a kind of installation: prefix, home or user."""
    scheme = {"prefix": "posix_prefix", "home": "posix_home", "user": "posix_user"}[key]
    if scheme not in _INSTALL_SCHEMES:
        raise ValueError(f"{key!r} returned {scheme!r} but the scheme does not exist on the current Python ({sys.version})")
    return scheme


def get_default_scheme():
    return _get_default_scheme()


def _subst_vars(text, local_vars):
    try:
        return text.format(**local_vars)
    except KeyError as name:
        try:
            return text.format(**os.environ, **local_vars)
        except KeyError:
            raise AttributeError(f"{name}") from None


def _expand_vars(scheme, vars):
    known = dict(vars or {})
    for name, value in get_config_vars().items():
        known.setdefault(name, value)
    return {key: os.path.normpath(_subst_vars(os.path.expanduser(value), known))
            for key, value in _INSTALL_SCHEMES[scheme].items()}


def get_paths(scheme=_get_default_scheme(), vars=None, expand=True):
    """All folders of a scheme."""
    if expand:
        return _expand_vars(scheme, vars)
    return _INSTALL_SCHEMES[scheme]


def get_path(name, scheme=_get_default_scheme(), vars=None, expand=True):
    """A folder of a scheme."""
    return get_paths(scheme, vars, expand)[name]


def get_config_vars(*args):
    """What is known of the build; with names, the values of these."""
    global _CONFIG_VARS
    if _CONFIG_VARS is None:
        _CONFIG_VARS = {
            "prefix": _PREFIX, "exec_prefix": _EXEC_PREFIX, "py_version": _PY_VERSION, "py_version_short": _PY_VERSION_SHORT,
            "py_version_nodot": _PY_VERSION_SHORT_NO_DOT, "installed_base": _BASE_PREFIX, "base": _PREFIX,
            "installed_platbase": _BASE_EXEC_PREFIX, "platbase": _EXEC_PREFIX, "platlibdir": sys.platlibdir,
            "abiflags": sys.abiflags, "py_version_nodot_plat": "", "userbase": _getuserbase(), "VERSION": _PY_VERSION_SHORT,
            "SO": None, "EXT_SUFFIX": None, "Py_DEBUG": 0, "WITH_PYMALLOC": 1, "SIZEOF_VOID_P": 8, "Py_ENABLE_SHARED": 0,
            "HAVE_FORK": 0, "srcdir": None, "MACHDEP": "linux",
        }
    if args:
        return [_CONFIG_VARS.get(name) for name in args]
    return _CONFIG_VARS


def get_config_var(name):
    return get_config_vars().get(name)


def get_platform():
    return "linux-x86_64"


def get_python_version():
    return _PY_VERSION_SHORT


def is_python_build(check_home=False):
    return False


def get_config_h_filename():
    return os.path.join(get_path("platinclude"), "pyconfig.h")


def get_makefile_filename():
    return os.path.join(get_path("stdlib"), "config-" + _PY_VERSION_SHORT + sys.abiflags, "Makefile")


def parse_config_h(fp, vars=None):
    """The definitions of a C header as a dict: numbers where they are, 0 for what is undefined."""
    if vars is None:
        vars = {}
    import re
    define_rx = re.compile("#define ([A-Z][A-Za-z0-9_]+) (.*)\n")
    undef_rx = re.compile("/[*] #undef ([A-Z][A-Za-z0-9_]+) [*]/\n")
    while line := fp.readline():
        found = define_rx.match(line)
        if found:
            name, value = found.group(1, 2)
            try:
                value = int(value)
            except ValueError:
                pass
            vars[name] = value
            continue
        found = undef_rx.match(line)
        if found:
            vars[found.group(1)] = 0
    return vars


def _main():
    print('Platform: "%s"' % get_platform())
    print('Python version: "%s"' % get_python_version())
    print('Current installation scheme: "%s"' % get_default_scheme())
    print()
    for title, table in (("Paths", get_paths()), ("Variables", get_config_vars())):
        print("%s: " % title)
        for key, value in sorted(table.items()):
            print('\t%s = "%s"' % (key, value))
        if title == "Paths":
            print()


if __name__ == "__main__":
    _main()

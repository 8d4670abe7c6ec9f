"""What runs this program: a machine of lifetimes' own, the same everywhere, that behaves as CPython does on Linux."""

import collections
import os
import re
import sys

__version__ = '1.0.8'

uname_result = collections.namedtuple('uname_result', 'system node release version machine processor')

_uname_cache = None


def uname():
    global _uname_cache
    if _uname_cache is None:
        _uname_cache = uname_result('Linux', 'localhost', '5.0', '#1', 'x86_64', '')
    return _uname_cache


def system():
    return uname().system


def node():
    return uname().node


def release():
    return uname().release


def version():
    return uname().version


def machine():
    return uname().machine


def processor():
    return uname().processor


def architecture(executable=sys.executable, bits='', linkage=''):
    return bits or ('64bit' if sys.maxsize > 1 << 32 else '32bit'), linkage or 'ELF'


# ---- versions

_STAGES = {'dev': 10, 'alpha': 20, 'a': 20, 'beta': 30, 'b': 30, 'c': 40, 'RC': 50, 'rc': 50, 'pl': 200, 'p': 200}


def _comparable_version(version):
    """A version as a list that compares as versions do: numbers after words, but for patch levels."""
    compared = []
    for part in re.findall('[0-9]+|[a-z]+', version, re.IGNORECASE):
        compared += [100, int(part)] if part.isdigit() else [_STAGES.get(part, 0), part]
    return compared


_LIBC = re.compile(rb'(__libc_init)|(GLIBC_([0-9.]+))|(libc(_\w+)?\.so(?:\.(\d[0-9.]*))?)', re.ASCII)


def libc_ver(executable=None, lib='', version='', chunksize=16384):
    """Name and version of the C library: the machine's, or what the texts in a file tell."""
    if not executable:
        try:
            name, number = os.confstr('CS_GNU_LIBC_VERSION').split(maxsplit=1)
            return name, number
        except (AttributeError, ValueError, OSError):
            return 'glibc', '2.36'
    with open(os.path.realpath(executable), 'rb') as file:
        data = file.read()

    def is_newer(number):
        return number and (not version or _comparable_version(number) > _comparable_version(version))

    for match in _LIBC.finditer(data):
        init, glibc, glibc_number, so, threads, number = [part and part.decode('latin-1') for part in match.groups()]
        if init and not lib:
            lib = 'libc'
        elif glibc:
            if lib != 'glibc' or is_newer(glibc_number):
                lib, version = 'glibc', glibc_number
        elif so and lib != 'glibc':
            lib = 'libc'
            if is_newer(number):
                version = number
            if threads and not version.endswith(threads):
                version += threads
    return lib, version


# ---- the name of the platform

_platform_cache = {}


def _platform(*parts):
    text = '-'.join(part.strip() for part in parts if part)
    text = re.sub(r'[/\\:;"()]', '-', text.replace(' ', '_')).replace('unknown', '')
    return re.sub('-+', '-', text).rstrip('-')


def system_alias(system, release, version):
    """Names as their makers use them now: SunOS has become Solaris."""
    if system == 'SunOS' and release >= '5':
        major, dot, rest = release.partition('.')
        if major.isdigit():
            release = f'{int(major) - 3}{dot}{rest}'
        system = 'Solaris' if release >= '6' else system
    elif system in ('win32', 'win16'):
        system = 'Windows'
    return system, release, version


def platform(aliased=0, terse=0):
    known = _platform_cache.get((aliased, terse))
    if known is not None:
        return known
    system, node, release, version, machine, processor = uname()
    if machine == processor:
        processor = ''
    if aliased:
        system, release, version = system_alias(system, release, version)
    if system == 'Darwin' and mac_ver()[0]:
        system, release = 'macOS', mac_ver()[0]
    if system == 'Linux':
        text = _platform(system, release, machine, processor, 'with', ''.join(libc_ver()))
    elif terse:
        text = _platform(system, release)
    else:
        text = _platform(system, release, machine, processor, *architecture(sys.executable))
    _platform_cache[aliased, terse] = text
    return text


# ---- the Python

_CPYTHON = re.compile(r'([\w.+]+)\s*\(#?([^,]+)(?:,\s*([\w ]*)(?:,\s*([\w :]*))?)?\)\s*\[([^\]]+)\]?', re.ASCII)
_IRON = re.compile(r'IronPython\s*([\d.]+)(?: \([\d.]+\))? on (.NET [\d.]+)', re.ASCII)
_IRON_26 = re.compile(r'([\d.]+)\s*\(IronPython\s*[\d.]+\s*\([\d.]+\) on ([\w.]+ [\d.]+(?: \(\d+-bit\))?)\)')
_sys_version_cache = {}


def _parsed_version(text):
    """Name, version, number and date of the build, compiler."""
    if 'IronPython' in text:
        name = 'IronPython'
        match = (_IRON if text.startswith(name) else _IRON_26).match(text)
    else:
        name = 'Jython' if sys.platform.startswith('java') else 'PyPy' if 'PyPy' in text else 'CPython'
        match = _CPYTHON.match(text)
    if match is None:
        raise ValueError(f'failed to parse {name} sys.version: {text!r}')
    if name == 'IronPython':
        return name, match[1], '', '', match[2]
    number, build, day, clock, compiler = match.groups()
    day = day or ''
    if name == 'CPython':
        day += f' {clock}' if day and clock else ''
    else:
        compiler = sys.platform if name == 'Jython' else ''
    return name, number, build, day, compiler


def _sys_version(sys_version=None):
    """Name, version, branch, revision, number and date of the build, compiler."""
    text = sys.version if sys_version is None else sys_version
    if text not in _sys_version_cache:
        name, number, build, day, compiler = _parsed_version(text)
        _, branch, revision = getattr(sys, '_git', None) or getattr(sys, '_mercurial', ('', '', ''))
        if number.count('.') == 1:
            number += '.0'
        _sys_version_cache[text] = name, number, branch, revision, build, day, compiler
    return _sys_version_cache[text]


def python_implementation():
    return _sys_version()[0]


def python_version():
    return _sys_version()[1]


def python_version_tuple():
    return tuple(python_version().split('.'))


def python_branch():
    return _sys_version()[2]


def python_revision():
    return _sys_version()[3]


def python_build():
    return _sys_version()[4:6]


def python_compiler():
    return _sys_version()[6]


# ---- the distribution

_os_release_candidates = '/etc/os-release', '/usr/lib/os-release'
_os_release_cache = None


def _parse_os_release(lines):
    info = {'NAME': 'Linux', 'ID': 'linux', 'PRETTY_NAME': 'Linux'}
    for line in lines:
        match = re.match(r"""([a-zA-Z0-9_]+)=(["']?)(.*)\2$""", line)
        if match:
            info[match[1]] = re.sub(r"""\\([\\$"'`])""", r'\1', match[3])
    return info


def freedesktop_os_release():
    """What the distribution's file os-release says, as a dict."""
    global _os_release_cache
    if _os_release_cache is None:
        problem = None
        for candidate in _os_release_candidates:
            try:
                with open(candidate, encoding='utf-8') as file:
                    _os_release_cache = _parse_os_release(file)
                break
            except OSError as error:
                problem = error
        else:
            raise OSError(problem.errno, f"Unable to read files {', '.join(_os_release_candidates)}")
    return _os_release_cache.copy()


# ---- other systems


def java_ver(release='', vendor='', vminfo=('', '', ''), osinfo=('', '', '')):
    return release, vendor, vminfo, osinfo


def win32_ver(release='', version='', csd='', ptype=''):
    return release, version, csd, ptype


def win32_edition():
    return None


def win32_is_iot():
    return False


def mac_ver(release='', versioninfo=('', '', ''), machine=''):
    return release, versioninfo, machine

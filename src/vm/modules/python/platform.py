"""What runs this program: a machine of lifetimes' own, the same everywhere, that behaves as CPython does on Linux."""

import collections
import sys

__version__ = '1.0.8'

uname_result = collections.namedtuple('uname_result', 'system node release version machine processor')

_UNAME = uname_result('Linux', 'localhost', '5.0', '#1', 'x86_64', '')


def uname():
    return _UNAME


def system():
    return _UNAME.system


def node():
    return _UNAME.node


def release():
    return _UNAME.release


def version():
    return _UNAME.version


def machine():
    return _UNAME.machine


def processor():
    return _UNAME.processor


def architecture(executable=sys.executable, bits='', linkage=''):
    return bits or ('64bit' if sys.maxsize > 1 << 32 else '32bit'), linkage or 'ELF'


def libc_ver(executable=None, lib='', version='', chunksize=16384):
    return 'glibc', '2.36'


def platform(aliased=0, terse=0):
    parts = [_UNAME.system, _UNAME.release]
    if not terse:
        parts += [_UNAME.machine, 'with', ''.join(libc_ver())]
    return '-'.join(parts)


def python_implementation():
    return 'CPython'


def python_version():
    return '.'.join(python_version_tuple())


def python_version_tuple():
    return tuple(str(n) for n in sys.version_info[:3])


def python_branch():
    return ''


def python_revision():
    return ''


def python_build():
    words = sys.version.split('(', 1)[-1].split(')')[0].split(', ', 1)
    return words[0], words[-1]


def python_compiler():
    return sys.version.split('[', 1)[-1].rstrip(']')


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

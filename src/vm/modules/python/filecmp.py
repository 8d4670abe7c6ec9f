"""Comparing files and folders."""

import os
import stat
from itertools import filterfalse
from types import GenericAlias

__all__ = ["clear_cache", "cmp", "dircmp", "cmpfiles", "DEFAULT_IGNORES"]

_cache = {}
BUFSIZE = 8 * 1024

DEFAULT_IGNORES = ["RCS", "CVS", "tags", ".git", ".hg", ".bzr", "_darcs", "__pycache__"]


def clear_cache():
    """Forgets what was compared."""
    _cache.clear()


def cmp(f1, f2, shallow=True):
    """Whether two files are equal; if shallow, equal type, size and time are enough."""
    one, two = _sig(os.stat(f1)), _sig(os.stat(f2))
    if one[0] != stat.S_IFREG or two[0] != stat.S_IFREG:
        return False
    if shallow and one == two:
        return True
    if one[1] != two[1]:
        return False
    key = (f1, f2, one, two)
    answer = _cache.get(key)
    if answer is None:
        answer = _do_cmp(f1, f2)
        if len(_cache) > 100:
            clear_cache()
        _cache[key] = answer
    return answer


def _sig(st):
    return stat.S_IFMT(st.st_mode), st.st_size, st.st_mtime


def _do_cmp(f1, f2):
    with open(f1, "rb") as one, open(f2, "rb") as two:
        while True:
            a, b = one.read(BUFSIZE), two.read(BUFSIZE)
            if a != b:
                return False
            if not a:
                return True


class dircmp:
    """Two folders: what is in one, in the other, in both; found out when it is asked for."""

    def __init__(self, a, b, ignore=None, hide=None):
        self.left = a
        self.right = b
        self.hide = [os.curdir, os.pardir] if hide is None else hide
        self.ignore = DEFAULT_IGNORES if ignore is None else ignore

    def phase0(self):
        """What is in each."""
        hidden = self.hide + self.ignore
        self.left_list = sorted(_filter(os.listdir(self.left), hidden))
        self.right_list = sorted(_filter(os.listdir(self.right), hidden))

    def phase1(self):
        """What is in both, and in one only."""
        a = {os.path.normcase(name): name for name in self.left_list}
        b = {os.path.normcase(name): name for name in self.right_list}
        self.common = [a[name] for name in a if name in b]
        self.left_only = [a[name] for name in a if name not in b]
        self.right_only = [b[name] for name in b if name not in a]

    def phase2(self):
        """Which of what is in both are folders, files, or something else."""
        self.common_dirs, self.common_files, self.common_funny = [], [], []
        for name in self.common:
            kinds = []
            for folder in (self.left, self.right):
                try:
                    kinds.append(stat.S_IFMT(os.stat(os.path.join(folder, name)).st_mode))
                except OSError:
                    kinds.append(None)
            if None in kinds or kinds[0] != kinds[1]:
                self.common_funny.append(name)
            elif stat.S_ISDIR(kinds[0]):
                self.common_dirs.append(name)
            elif stat.S_ISREG(kinds[0]):
                self.common_files.append(name)
            else:
                self.common_funny.append(name)

    def phase3(self):
        """Which files are equal."""
        self.same_files, self.diff_files, self.funny_files = cmpfiles(self.left, self.right, self.common_files)

    def phase4(self):
        """The folders in both, as objects like this one."""
        self.subdirs = {}
        for name in self.common_dirs:
            left, right = os.path.join(self.left, name), os.path.join(self.right, name)
            self.subdirs[name] = self.__class__(left, right, self.ignore, self.hide)

    def phase4_closure(self):
        self.phase4()
        for sub in self.subdirs.values():
            sub.phase4_closure()

    def report(self):
        print("diff", self.left, self.right)
        for label, names in (("Only in %s" % self.left, self.left_only), ("Only in %s" % self.right, self.right_only)):
            if names:
                names.sort()
                print(label, ":", names)
        for label, names in (("Identical files", self.same_files), ("Differing files", self.diff_files),
                             ("Trouble with common files", self.funny_files)):
            if names:
                names.sort()
                print(label, ":", names)
        for label, names in (("Common subdirectories", self.common_dirs), ("Common funny cases", self.common_funny)):
            if names:
                names.sort()
                print(label, ":", names)

    def report_partial_closure(self):
        self.report()
        for sub in self.subdirs.values():
            print()
            sub.report()

    def report_full_closure(self):
        self.report()
        for sub in self.subdirs.values():
            print()
            sub.report_full_closure()

    methodmap = dict(
        subdirs=phase4, same_files=phase3, diff_files=phase3, funny_files=phase3, common_dirs=phase2, common_files=phase2,
        common_funny=phase2, common=phase1, left_only=phase1, right_only=phase1, left_list=phase0, right_list=phase0)

    def __getattr__(self, attr):
        if attr not in self.methodmap:
            raise AttributeError(attr)
        self.methodmap[attr](self)
        return getattr(self, attr)

    __class_getitem__ = classmethod(GenericAlias)


def cmpfiles(a, b, common, shallow=True):
    """Names of files that are equal, that differ, and that could not be compared."""
    answer = ([], [], [])
    for name in common:
        answer[_cmp(os.path.join(a, name), os.path.join(b, name), shallow)].append(name)
    return answer


def _cmp(a, b, sh, abs=abs, cmp=cmp):
    """0 equal, 1 different, 2 trouble."""
    try:
        return not abs(cmp(a, b, sh))
    except OSError:
        return 2


def _filter(flist, skip):
    return list(filterfalse(skip.__contains__, flist))


def demo():
    import getopt
    import sys
    options, args = getopt.getopt(sys.argv[1:], "r")
    if len(args) != 2:
        raise getopt.GetoptError("need exactly two args", None)
    both = dircmp(args[0], args[1])
    if ("-r", "") in options:
        both.report_full_closure()
    else:
        both.report()


if __name__ == "__main__":
    demo()

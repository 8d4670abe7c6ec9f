# Verifies paths relative to an open folder, folders told by their descriptors, os.fwalk, and which descriptors are handed on.
import os
import stat
import tempfile

top = os.path.join(tempfile.mkdtemp(), "top")
os.makedirs(top + "/a/b")
for name in ("f", "a/g", "a/b/h"):
    with open(os.path.join(top, name), "w") as file:
        file.write(name)
os.symlink("a", top + "/link")
fd = os.open(top, os.O_RDONLY)


def show(what):
    try:
        print(what, "->", eval(what))
    except (OSError, TypeError, ValueError) as error:
        print(what, "->", type(error).__name__, str(error).replace(top, "TOP"))


for what in (
    "sorted(os.listdir(fd))", "sorted((e.name, e.path, e.is_dir(), e.is_symlink()) for e in os.scandir(fd))",
    "[e.stat().st_size for e in os.scandir(fd) if e.name == 'f']", "os.stat('f', dir_fd=fd).st_size",
    "stat.filemode(os.stat(fd).st_mode)[0]", "stat.filemode(os.stat('link', dir_fd=fd, follow_symlinks=False).st_mode)[0]",
    "os.path.samestat(os.stat(fd), os.stat(top))", "os.readlink('link', dir_fd=fd)", "os.access('f', os.R_OK, dir_fd=fd)",
    "os.mkdir('m', dir_fd=fd)", "os.rename('m', 'n', src_dir_fd=fd, dst_dir_fd=fd)", "os.rmdir('n', dir_fd=fd)",
    "os.symlink('f', 'other', dir_fd=fd)", "os.unlink('other', dir_fd=fd)", "os.stat('nothing', dir_fd=fd)",
    "os.stat(top + '/f', dir_fd=fd).st_size", "os.stat('f', dir_fd='x')", "os.stat('f', dir_fd=99)", "os.stat(fd, dir_fd=fd)",
    "os.stat(fd, follow_symlinks=False)", "os.utime('f', (1, 2), dir_fd=fd)", "os.stat('f', dir_fd=fd).st_mtime", "os.utime(fd, (3, 4))",
    "os.stat(fd).st_mtime", "os.chmod(fd, 0o700)", "oct(os.stat(fd).st_mode)", "os.fchmod(fd, 0o755)", "oct(os.stat(top).st_mode)",
    "os.chdir(fd)", "os.path.basename(os.getcwd())", "os.fchdir(fd)", "os.fchdir(99)", "os.listdir(99)",
    "os.get_inheritable(fd)", "os.set_inheritable(fd, True)", "os.get_inheritable(fd)", "os.set_inheritable(99, True)",
    "os.get_blocking(99)", "os.get_inheritable(os.dup(fd))", "os.get_inheritable(os.dup2(fd, 50))", "os.get_inheritable(os.dup2(fd, 50, inheritable=False))",
    "[os.waitstatus_to_exitcode(n) for n in (0, 256, 9)]", "os.waitstatus_to_exitcode(0x57f)", "os.waitstatus_to_exitcode(0.0)",
):
    show(what)
inner = os.open("f", os.O_RDONLY, dir_fd=fd)
print(os.read(inner, 10))
show("os.listdir(inner)")
os.close(inner)


def walked(**options):
    for folder, folders, files, at in os.fwalk(top, **options):
        yield os.path.relpath(folder, top), sorted(folders), sorted(files), sorted(os.listdir(at)) == sorted(folders + files)


print(sorted(walked()))
print([row[0] for row in walked(topdown=False)][-1])
print(sorted(walked(follow_symlinks=True)))
print(sorted(row[0] for row in os.fwalk("a", dir_fd=fd)))
print([(sorted(folders), files) for _, folders, files, _ in os.fwalk(os.fsencode(top))][0])
for names in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
    print({os.stat, os.unlink} <= names, os.stat in names, os.scandir in names)

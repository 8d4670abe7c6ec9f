# glob and rmtree by descriptors of folders.
import glob, os, shutil, tempfile
d = tempfile.mkdtemp()
os.makedirs(d + '/a/b/c'); os.makedirs(d + '/x')
for f in 'a/1.txt', 'a/b/2.txt', 'a/b/c/3.txt', '4.txt', '.h', 'x/.k': open(d + '/' + f, 'w').close()
os.symlink('a', d + '/link')
fd = os.open(d, os.O_RDONLY)
for p in '*', '*.txt', '*/*.txt', '**', '**/*.txt', 'a/*', 'a/b', 'a/b/', 'a/', 'nope', 'n*', '[a4]*', '.*', 'a/**/', '**/c', '', b'*', b'**', b'a/*':
    for r in False, True:
        print(p, r, sorted(glob.glob(p, dir_fd=fd, recursive=r)))
        print(sorted(glob.glob(p, root_dir=(os.fsencode(d) if isinstance(p, bytes) else d), recursive=r)))
        print(sorted(glob.glob(p, root_dir=(b'a' if isinstance(p, bytes) else 'a'), dir_fd=fd, recursive=r)))
os.close(fd)
try: print(glob.glob('*', dir_fd=fd), glob.glob('a', dir_fd=fd))
except OSError as e: print(e)
log = []
def on(f, p, e): log.append((f.__name__, p.replace(d, 'D'), e[0].__name__, str(e[1]).replace(d, 'D')))
shutil.rmtree(d + '/link', onerror=on)
shutil.rmtree(d + '/4.txt', onerror=on)
shutil.rmtree(d + '/none', onerror=on)
print(log)
try: shutil.rmtree(d + '/link')
except OSError as e: print(type(e), str(e).replace(d, 'D'))
shutil.rmtree(os.fsencode(d + '/a'))
print(sorted(os.listdir(d)), shutil.rmtree.avoids_symlink_attacks)
shutil.rmtree(d); print(os.path.exists(d))
shutil.rmtree(d, ignore_errors=True)

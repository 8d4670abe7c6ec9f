# os, os.path, stat, glob, fnmatch, tempfile, shutil and pathlib, on files that live in memory.
import fnmatch
import glob
import os
import pathlib
import shutil
import stat
import tempfile


def t(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)


home = tempfile.mkdtemp()
os.chdir(home)
t(lambda: os.stat(pathlib.Path('nope'))); t(lambda: os.stat('nope')); t(lambda:os.stat(b'nope')); t(lambda:os.stat(None)); t(lambda:os.mkdir(5)); t(lambda:os.stat('a\0')); t(lambda:os.listdir('nope')); t(lambda:os.rename('nope','x')); t(lambda:os.stat(99)); t(lambda:os.close(99)); t(lambda: os.read(99,1)); t(lambda:os.listdir(5.5)); t(lambda:os.mkdir('/tmp')); t(lambda:os.rmdir('nope')); t(lambda: os.open('nope',0)); t(lambda:os.readlink('/tmp')); t(lambda:os.remove('nope')); t(lambda:os.fspath(5)); t(lambda:os.getenv('NOPE')); t(lambda:os.environ['NOPE']); t(lambda:os.environ.__class__); t(lambda:os.path.join(5)); t(lambda:os.path.join('a',b'b')); t(lambda:os.environ.__setitem__('a',5)); t(lambda:os.scandir('nope')); t(lambda: list(os.walk('nope'))); t(lambda:os.strerror(2)); t(lambda: os.link('nope','x')); t(lambda:os.symlink('nope','/tmp')); t(lambda:os.truncate('nope',1)); t(lambda:os.chmod('nope',1)); t(lambda:os.utime('nope')); t(lambda: os.access('nope',0)); t(lambda:os.chdir('nope')); t(lambda:os.urandom(-1)); t(lambda:os.get_terminal_size()); t(lambda: os.path.getsize('nope')); t(lambda:os.fsencode(5)); t(lambda:os.path.commonpath([])); t(lambda:os.path.commonpath(['/a','b'])); t(lambda: os.path.expanduser('~x')); t(lambda: os.path.relpath('')); t(lambda: os.replace('nope','b')); t(lambda:os.stat('nope',follow_symlinks=False)); t(lambda:os.lseek(99,0,0)); t(lambda:os.ftruncate(99,0)); t(lambda: os.dup(99)); t(lambda:os.unlink(None)); t(lambda: os.terminal_size((1,2))); t(lambda:os.open(5.5,0)); t(lambda:os.path.exists(5.5)); t(lambda:os.path.isfile(None)); t(lambda: os.path.splitext(5)); t(lambda:os.path.basename(5)); t(lambda:os.path.normpath(5))
d=tempfile.mkdtemp(prefix='zz'); print(d[:7]); p=pathlib.Path(d); (p/'a'/'b').mkdir(parents=True); (p/'a'/'x.txt').write_text('hi\n'); (p/'a'/'b'/'y.py').write_bytes(b'123')
print([x.relative_to(p).as_posix() for x in sorted(p.rglob('*'))], sorted(os.path.relpath(x,d) for x in glob.glob(d+'/**',recursive=True)))
print([(os.path.relpath(r,d),a,b) for r,a,b in os.walk(d)])
shutil.copytree(p/'a', p/'c'); shutil.move(str(p/'c'/'x.txt'), str(p/'z.txt')); print(sorted(os.listdir(d)), (p/'z.txt').read_text(), (p/'z.txt').stat().st_size)
with tempfile.TemporaryDirectory() as q: open(os.path.join(q,'f'),'w').close(); print(os.listdir(q))
print(os.path.exists(q)); 
with tempfile.NamedTemporaryFile('w+') as f: f.write('abc'); f.flush(); print(open(f.name).read())
print(os.path.exists(f.name)); f=tempfile.TemporaryFile(); f.write(b'x'); f.seek(0); print(f.read()); f.close()
s=tempfile.SpooledTemporaryFile(max_size=3); s.write(b'12'); print(s._rolled); s.write(b'345'); print(s._rolled); s.seek(0); print(s.read())
os.symlink('z.txt', d+'/ln'); print(os.readlink(d+'/ln'), os.path.islink(d+'/ln'), (p/'ln').resolve()==p.resolve()/'z.txt'); shutil.rmtree(d); print(os.path.exists(d))
print(fnmatch.translate('*a*b?[!c-e]*.py'), fnmatch.fnmatch('foo.py','*.p[xy]'), fnmatch.filter(['a','b.c'],'*.*'))
P=pathlib.PurePosixPath; print(P('a/b.tar.gz').suffixes, P('/a/b').parents[1], P('a')/'b', P('a/../b'), repr(P('a//b/./c')), P('a/b').match('*/b'), P('a/b').with_suffix('.x'), pathlib.PureWindowsPath('c:/a','b').as_uri(), P('/a b').as_uri(), P('a')<P('b'), hash(P('a'))==hash(P('a')))
t(lambda: P('a').relative_to('b')); t(lambda: P('').with_name('x')); t(lambda: P('a').with_suffix('x')); t(lambda:P(5)); t(lambda: pathlib.WindowsPath()); t(lambda: P('a').as_uri()); t(lambda: list(pathlib.Path('/tmp').glob('')));t(lambda: pathlib.Path('/tmp/none').read_text()); t(lambda: pathlib.Path('/tmp/none').unlink())
r,w=os.pipe(); os.write(w,b'hello'); print(os.read(r,3), os.read(r,9)); fd=os.open('/tmp/fdx', os.O_RDWR|os.O_CREAT); os.write(fd,b'abc'); os.lseek(fd,0,0); print(os.read(fd,10)); os.close(fd); os.remove('/tmp/fdx'); print(len(os.urandom(5)), os.environ.get('NOPE','d'), os.getenv('x')); os.environ['k']='v'; print(os.environ['k'], 'k' in os.environ)
print(os.path.join('a','b'), os.path.split('/a/b'), os.path.splitext('a.b.c'), os.path.normpath('/a/../b//c/.'), os.path.commonpath(['/a/b','/a/c']), os.path.commonprefix(['ab','ac']), os.path.isabs('x'), os.path.dirname('/a/b/'), os.path.expanduser('~nobody_x/b'))

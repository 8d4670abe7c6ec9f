# io.StringIO and io.BytesIO, the abstract bases, and what they say when something is wrong.
import io
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__module__, type(e).__name__, e)
for C,v,bad in ((io.StringIO,'a\nb\r\nc',5),(io.BytesIO,b'a\nb\r\nc','x')):
    s=C(v)
    print(s.__getstate__())
    t(lambda: C(bad)); t(lambda:C(v,1,2,3)); t(lambda:C(foo=1)); 
    t(lambda: s.write(bad)); t(lambda: s.read('x')); t(lambda:s.read(1,2)); t(lambda:s.read(None)); t(lambda:s.seek(-1)); t(lambda:s.seek(1,1)); t(lambda:s.seek(0,9)); t(lambda: s.seek(0,'x'));t(lambda:s.seek(1.5)); t(lambda:s.seek(1<<70))
    t(lambda: s.truncate(-1)); t(lambda:s.truncate('x')); t(lambda:s.truncate(2)); t(lambda: s.getvalue()); t(lambda: s.readline(1.5))
    t(lambda: s.detach()); t(lambda: s.fileno()); t(lambda: s.isatty()); t(lambda:s.encoding); t(lambda:s.errors); t(lambda: s.newlines); t(lambda: s.__setstate__(1)); t(lambda:s.__setstate__((1,2,3,4)));t(lambda:s.__setstate__((1,2,3)))
    t(lambda: s.readlines('x')); t(lambda: s.writelines(5)); t(lambda:s.writelines([5])); t(lambda: s.writelines('ab')); t(lambda: s.name)
    t(lambda: s._checkClosed()); t(lambda: s.__enter__() is s); t(lambda: s.readinto(bytearray(2))); t(lambda: s.readinto(b'ab')); t(lambda:s.readinto(3)); t(lambda:s.read1(1.0)); t(lambda:s.peek())
    s.close()
    for f in ('read','readline','getvalue','tell','truncate','readlines','writable','isatty','flush','__getstate__','close','__next__','_checkClosed','seekable','getbuffer'):
        print(f, end=' '); t(lambda: getattr(s,f)())
    t(lambda: s.write(v)); t(lambda:s.seek(0)); t(lambda: s.closed); t(lambda:s.line_buffering)
    print(repr(s)[:20])
    x=C.__new__(C)
    t(lambda:x.read()); t(lambda: x.closed); t(lambda:x.getvalue()); t(lambda:x.tell())
t(lambda: io.StringIO('a', newline='x')); t(lambda: io.StringIO('a', newline=5)); t(lambda: io.StringIO(newline='', initial_value='a\r\n').getvalue())
t(lambda: io.StringIO('a\r\nb\rc', newline=None).getvalue()); t(lambda: io.StringIO('a\r\nb\rc', newline='\r\n').getvalue())
s=io.StringIO('a\r\nb\rc', newline=None); t(lambda: s.newlines); t(lambda:s.__getstate__())
for c in (io.IOBase,io.RawIOBase,io.BufferedIOBase,io.TextIOBase):
    b=c()
    for m in [x for x in dir(c) if not x.startswith('__') or x in ('__iter__','__next__','__enter__')]:
        if m in ('_abc_impl', '__enter__', '__iter__', 'writelines', 'readinto', 'readinto1'): continue
        print(c.__name__, m, end=' ')
        t(lambda: getattr(b,m) if not callable(getattr(b,m)) else getattr(b,m)())
    print(b.__dict__)
    b.close(); print(b.__dict__); t(lambda: b.flush()); t(lambda:b.readline()); t(lambda:b.isatty()); t(lambda: next(b)); t(lambda:b.__enter__());t(lambda: b.readable())
b=io.IOBase(); b2=io.RawIOBase()
t(lambda:b.seek(0)); t(lambda:b._checkReadable()); t(lambda:b._checkSeekable()); t(lambda:b._checkWritable()); t(lambda: b.readline('x')); t(lambda:b.write(1)); t(lambda:b.writelines([1])); t(lambda:b2.readinto(bytearray(1)));t(lambda:b2.read(1)); t(lambda:b2.write(b''))
class R(io.RawIOBase):
    def __init__(s,d): s.d=list(d)
    def readinto(s,b):
        if not s.d: return 0
        x=s.d.pop(0)
        if x is None: return None
        b[:len(x)]=x; return len(x)
    def readable(s): return True
r=R([b'ab\ncd',b'\n']); t(lambda:r.read(10)); t(lambda:r.readall()); t(lambda:r.readall()); t(lambda: R([None]).read()); t(lambda:list(R([b'a',b'\n',b'b',b'c',b'']))) ; t(lambda:R([b'a\nb\nc']).readlines(1))
class B(io.RawIOBase):
    def read(s,n=-1): return 'x'
t(lambda:B().readline()); t(lambda:B().readall())
 
class E(io.BufferedIOBase):
    def read(s,n=-1): return b'abcdef'
    def read1(s,n): return b'xyzabc'
t(lambda:E().readinto(bytearray(2))); ba=bytearray(9); t(lambda:E().readinto(ba)); t(lambda:E().readinto1(ba)); print(ba); t(lambda:E().read1(1)); t(lambda: E().readinto(b'a'))
class X(io.RawIOBase):
    def close(s): print('closing', s.__dict__); super().close()
x=X(); del x

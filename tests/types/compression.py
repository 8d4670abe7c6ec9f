# zlib and gzip: compressed bytes, checksums, pieces, messages
import zlib
def t(s):
    try: r=eval(s); print(s,'=>',repr(r)[:120])
    except BaseException as e: print(s,'!!',type(e).__module__,type(e).__name__,e)
z=zlib.compress(b'hello'*10)
c=zlib.compressobj
def dec(d,*a): 
    o=zlib.decompressobj(*a); return o.decompress(d), o.eof, o.unused_data, o.unconsumed_tail
import struct
for s in ["zlib.compress(b'a',10)","zlib.compress(b'a',-2)","zlib.compress(b'a',level=0)","zlib.compress('a')","zlib.compress()","zlib.compress(b'a',1,2)","zlib.compress(data=b'a')","zlib.decompress(b'')","zlib.decompress(b'abc')","zlib.decompress(z[:-1])","zlib.decompress(z+b'x')","zlib.decompress(z[:-1]+b'x')","zlib.decompress(z,-15)","zlib.decompress(z,31)","zlib.decompress(z,47)","zlib.decompress(z,8)","zlib.decompress(z,wbits=7)","zlib.decompress(z,wbits=100)","zlib.decompress(z,bufsize=0)","zlib.decompress(z,bufsize=-1)","zlib.decompress(b'\\x79\\x9c')","zlib.decompress(b'\\x78\\x9c\\xff')","zlib.decompress(b'\\x48\\xc7\\x00')","zlib.decompress(b'\\x88\\x1c')","zlib.decompress(b'\\x68\\x81aaa',8)","zlib.decompress(b'\\x07',-15)","zlib.decompress(b'\\x1f\\x8b\\x07aaaaaaaaaaaa',31)","zlib.decompress(b'\\x1f\\x8b\\x08\\xe0aaaaaaaa',31)","zlib.decompress('a')","c(10)","c(6,9)","c(6,8,7)","c(6,8,50)","c(6,8,15,0)","c(6,8,15,10)","c(6,8,15,8,9)","c(zdict='a')","c(wbits=8).compress(b'a')","c().compress(b'')","c().compress(b'abc')","c().flush()","c(wbits=-15).flush()","c(wbits=31).flush()","c(1,wbits=31).compress(b'a')","c(9,wbits=31).compress(b'a')","c().flush(99)","c().flush(zlib.Z_NO_FLUSH)","c().flush(2)","c(wbits=-9).flush()","dec(z)","dec(z+b'tail')","dec(z[:5])","dec(b'')","zlib.decompressobj().decompress(z,max_length=7)","zlib.decompressobj().decompress(z,-1)","zlib.decompressobj().flush(0)","zlib.decompressobj().flush(-1)","zlib.decompressobj(99)","zlib.decompressobj(zdict='a')","zlib.decompressobj().flush()","zlib.adler32(b'abc')","zlib.adler32(b'abc',5)","zlib.crc32(b'abc')","zlib.crc32(b'abc',1<<40)","zlib.crc32('a')","zlib.adler32()","type(c())","type(zlib.decompressobj())","zlib.error.__mro__","zlib.__version__","[ (n,getattr(zlib,n)) for n in dir(zlib) if n[0] in 'ZDM']","type(c())()"]: t(s)
o=c(zdict=b'hello world'); x=o.compress(b'hello world hello')+o.flush(); print(x)
t("zlib.decompress(x)"); print(dec(x,15,b'hello world')); t("dec(x,15,b'wrong')")
o=c(wbits=-15,zdict=b'hello world'); x=o.compress(b'hello world hello')+o.flush(); print(x, dec(x,-15,b'hello world'))
o=c(); a=o.compress(b'x'*100); b=o.flush(zlib.Z_SYNC_FLUSH); d=o.flush(zlib.Z_FULL_FLUSH); e=o.compress(b'yy'); f=o.flush(1); g=o.flush(zlib.Z_BLOCK); p=o.copy(); h=o.flush(); print(a,b,d,e,f,g,h,p.flush())
t("o.compress(b'q')"); t("o.flush()"); t("o.copy()")
d=zlib.decompressobj(); print(d.decompress(zlib.compress(b'a'*1000),10), d.unconsumed_tail, d.decompress(d.unconsumed_tail,10), d.flush()==b'a'*980, d.eof)
d=zlib.decompressobj(); d.decompress(z); print(d.decompress(b'more'), d.unused_data, d.flush())

import random
random.seed(7)
text=b' '.join(random.choice([b'spam',b'eggs',b'ham',b'and',b'or',b'lifetimes',b'of',b'objects']) for _ in range(4000))
noise=bytes(random.getrandbits(8) for _ in range(3000))
for data in (text, noise, text[:300]+noise+text, bytes(100000)):
    for level in range(1,10):
        z=zlib.compress(data,level); print(level,len(z),zlib.crc32(z),zlib.decompress(z)==data)
    for strategy in (1,2,4):
        o=zlib.compressobj(6,8,-15,8,strategy); z=o.compress(data)+o.flush(); print(strategy,len(z),zlib.adler32(z),zlib.decompress(z,-15)==data)
    o=zlib.compressobj(6,8,12,3); z=o.compress(data[:1000])+o.flush(2)+o.compress(data[1000:])+o.flush(); print(len(z),zlib.crc32(z),zlib.decompress(z)==data)
import gzip, io
z=gzip.compress(b'hello'*100,mtime=0); print(z, gzip.decompress(z+z)==b'hello'*200)
f=io.BytesIO()
with gzip.GzipFile('name.txt','wb',fileobj=f,mtime=5) as g: g.write(b'line1\nline2\n'); print(g.name, g.mode, g.tell())
print(f.getvalue()[:30])
f.seek(0)
with gzip.open(f,'rt') as g: print(g.readlines())
f.seek(0); g=gzip.GzipFile(fileobj=f); print(g.read(3), g.seek(0), g.readline(), g.peek(2)[:2], g.read(), g.mtime, g.readable(), g.writable(), g.seekable())
for bad in (b'xx', z[:-3], z[:-8]+b'12345678', b'\x1f\x8b\x07aaaaaaaa'):
    try: print(gzip.decompress(bad))
    except Exception as e: print(type(e).__name__, e)

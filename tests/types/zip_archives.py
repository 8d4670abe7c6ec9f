# ZIP archives: made, read, listed, added to, broken
import zipfile, io
b=io.BytesIO()
with zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED) as z:
    i=zipfile.ZipInfo('a.txt',(2020,1,2,3,4,6)); i.compress_type=zipfile.ZIP_DEFLATED
    z.writestr(i, 'hello '*50)
    z.writestr(zipfile.ZipInfo('d/é.bin'), bytes(range(256)))
    with z.open(zipfile.ZipInfo('w'),'w') as f: f.write(b'written')
    z.comment=b'note'
print(b.getvalue())
with zipfile.ZipFile(b) as z:
    print(z.namelist(), z.infolist(), z.testzip(), z.comment); z.printdir()
    print(z.read('a.txt')[:12], z.open('d/é.bin').read(5))
    with z.open('a.txt') as f: print(f.read(3), f.tell(), f.seek(10), f.read1(5), f.readline()[:8], f)
    try: z.read('nope')
    except KeyError as e: print(e)
    print(repr(z)[:20])
try: zipfile.ZipFile(io.BytesIO(b'junk'))
except zipfile.BadZipFile as e: print(e)
bad=bytearray(b.getvalue()); bad[60]^=255
try: print(zipfile.ZipFile(io.BytesIO(bytes(bad))).testzip())
except Exception as e: print(type(e).__name__, e)
with zipfile.ZipFile(b,'a') as z: z.writestr(zipfile.ZipInfo('e/f/g'),'x')
p=zipfile.Path(zipfile.ZipFile(b)); print(sorted(str(x.at) for x in p.iterdir()), (p/'e'/'f'/'g').read_text(), (p/'e').is_dir(), zipfile.is_zipfile(b), zipfile.is_zipfile(io.BytesIO(b'x')))

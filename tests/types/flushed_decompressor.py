# Verifies what a decompressor that was flushed at its end still does.
import zlib
data = zlib.compress(b"hello"*100)
d = zlib.decompressobj(); d.decompress(data); print(d.flush(), d.eof)
for f in (d.flush, d.flush, lambda: d.decompress(b''), lambda: d.decompress(b'x'), d.copy, lambda: (d.eof, d.unused_data, d.unconsumed_tail)):
    try: print(f())
    except Exception as e: print(type(e), e)

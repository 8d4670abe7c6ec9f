# Verifies asyncio's StreamReader fed by hand, and StreamWriter over a transport of the script's own.
import asyncio
class Transport(asyncio.Transport):
    def __init__(self): super().__init__(); self.log = []; self.closing = False
    def write(self, data): self.log.append(data)
    def writelines(self, data): self.log += data
    def pause_reading(self): self.log.append('pause')
    def resume_reading(self): self.log.append('resume')
    def is_closing(self): return self.closing
    def close(self): self.closing = True
    def __repr__(self): return 'T'
async def feed(reader, *chunks):
    for chunk in chunks:
        await asyncio.sleep(0.01)
        reader.feed_data(chunk) if chunk is not None else reader.feed_eof()
async def main():
    r = asyncio.StreamReader(); print(r)
    task = asyncio.create_task(feed(r, b'ab', b'c\nde', b'fgh', b'\nlast', None))
    print(await r.readline(), await r.readexactly(3), await r.read(100), r)
    print(await r.readuntil(b'st'), r.at_eof(), await r.read(), await r.readline(), r)
    await task
    for call in (r.readexactly(2), r.readuntil(b'x'), r.readuntil(b''), r.readexactly(-1)):
        try: print(await call)
        except Exception as e: print(type(e).__name__, e, getattr(e, 'partial', None))
    r = asyncio.StreamReader(limit=4); t = Transport(); r.set_transport(t)
    r.feed_data(b'0123456789\nx'); print(r, t.log)
    for call in (r.readuntil(b'\n'), r.readline()):
        try: print(await call)
        except Exception as e: print(type(e).__name__, e, getattr(e, 'consumed', None))
    print(r, t.log)
    async def wait(): return await r.readexactly(5)
    first = asyncio.create_task(wait()); await asyncio.sleep(0)
    try: await r.readexactly(9)
    except RuntimeError as e: print(e)
    r.set_exception(OSError('gone'))
    for call in (first, r.read(1)):
        try: await call
        except OSError as e: print(repr(e))
    r = asyncio.StreamReader(); p = asyncio.StreamReaderProtocol(r); t = Transport(); p.connection_made(t)
    w = asyncio.StreamWriter(t, p, r, asyncio.get_running_loop()); print(w)
    w.write(b'1'); w.writelines([b'2', b'3']); await w.drain(); print(t.log)
    p.pause_writing(); task = asyncio.create_task(w.drain()); await asyncio.sleep(0); print(task.done()); p.resume_writing(); await task
    p.data_received(b'line 1\nline 2\nrest'); print(p.eof_received())
    print([line async for line in r])
    w.close(); p.connection_lost(None); await w.wait_closed()
    try: await w.drain()
    except ConnectionResetError as e: print(e)
    try: asyncio.StreamReader(limit=0)
    except ValueError as e: print(e)
asyncio.run(main())

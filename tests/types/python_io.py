# Verifies `_pyio`, the classes of `io` in Python, on files in memory.
import _pyio
import codecs


def tried(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return type(error).__name__, str(error)


b = _pyio.BytesIO(b"one\ntwo\r\nthree")
print(b.read(2), b.tell(), b.readline(), b.seek(-3, 2), b.read(), b.read(), b.seek(20), b.write(b"!"), b.getvalue())
print(tried(b.seek, -1), tried(b.seek, 0, 9), tried(b.write, "x"), tried(b.read, 1.5), b.truncate(4), b.getvalue(), b.readinto(bytearray(2)))
b.close()
print(b.closed, tried(b.read), tried(b.getvalue), tried(b.__enter__))


class Raw(_pyio.RawIOBase):
    """Gives its data out in small pieces, and takes it so."""

    def __init__(self, data=b""):
        self.data, self.at, self.log = bytearray(data), 0, []

    def readable(self):
        return True

    writable = seekable = readable

    def readinto(self, room):
        part = self.data[self.at : self.at + min(len(room), 3)]
        room[: len(part)] = part
        self.at += len(part)
        self.log.append(f"r{len(part)}")
        return len(part)

    def write(self, data):
        part = bytes(data)[:4]
        self.data[self.at : self.at + len(part)] = part
        self.at += len(part)
        self.log.append(f"w{len(part)}")
        return len(part)

    def seek(self, pos, whence=0):
        self.at = pos + (0, self.at, len(self.data))[whence]
        self.log.append(f"s{self.at}")
        return self.at

    def truncate(self, pos=None):
        del self.data[self.at if pos is None else pos :]
        return len(self.data)


r = _pyio.BufferedReader(Raw(b"0123456789abcdef"), 8)
print(r.read(2), r.peek(), r.read1(), r.read1(2), r.tell(), r.seek(4), r.read(5), r.readinto(bytearray(4)), r.read(), r.read(1), r.raw.log)
print(tried(r.read, -2), tried(r.seek, 0, 7), tried(_pyio.BufferedReader, Raw(), 0), repr(r)[:24])
w = _pyio.BufferedWriter(Raw(b"xxxxxxxxxxxx"), 6)
print(w.write(b"abc"), w.tell(), w.write(b"defgh"), w.tell(), w.flush(), w.seek(2), w.write(b"Z"), w.close(), w.closed, w.raw.data, w.raw.log)
print(tried(w.write, b"x"), tried(w.flush))
x = _pyio.BufferedRandom(Raw(b"0123456789"), 4)
print(x.read(3), x.write(b"ABC"), x.read(2), x.seek(0), x.read(), x.tell(), x.truncate(5), x.raw.data)
p = _pyio.BufferedRWPair(Raw(b"in"), Raw())
print(p.read(), p.write(b"out"), p.flush(), p.writer.raw.data, p.readable(), p.writable(), p.close(), p.closed)


for newline in (None, "", "\n", "\r", "\r\n"):
    t = _pyio.TextIOWrapper(_pyio.BytesIO(b"a\nb\r\nc\rd"), encoding="ascii", newline=newline)
    print(repr(newline), t.readlines(), tried(lambda: t.newlines), end=" ")
    t = _pyio.TextIOWrapper(_pyio.BytesIO(), encoding="utf-16", newline=newline)
    print(t.write("x\ny"), t.flush(), t.buffer.getvalue())
t = _pyio.TextIOWrapper(_pyio.BytesIO("zwölf Boxkämpfer\njagen Viktor\n".encode("utf-8")), encoding="utf-8")
t._CHUNK_SIZE = 5
print(t.read(4), t.tell(), t.readline(), t.tell(), next(t), tried(t.tell), t.read(), tried(t.tell))
for place in range(0, 18, 3):
    t.seek(0)
    t.read(place)
    cookie = t.tell()
    rest = t.read(6)
    t.seek(cookie)
    print(cookie, rest == t.read(6), end=" ")
print(tried(t.seek, 1, 1), tried(t.seek, -1), tried(t.seek, 5, 2), tried(t.write, b"x"), tried(t.reconfigure, encoding="latin-1"))
print(t.detach().read(), tried(t.detach), tried(_pyio.TextIOWrapper, _pyio.BytesIO(), newline="x"))
s = _pyio.StringIO("one\ntwo", newline=None)
print(s.readline(), s.write("3\r\n"), s.getvalue(), s.encoding, s.newlines, tried(_pyio.StringIO, 5))
d = _pyio.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8")(), translate=True)
print([d.decode(part) for part in (b"a\r", b"\nb\n", b"c\r")], d.getstate(), d.decode(b"", final=True), d.newlines)
for mode, options in (("rw", {}), ("q", {}), ("", {}), ("rbt", {}), ("rb", {"encoding": "x"}), ("rb", {"newline": ""}), ("Uw", {}), (5, {})):
    print(mode, tried(_pyio.open, "nothing", mode, **options))

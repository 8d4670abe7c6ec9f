"""The classes of `io` once more, in Python: raw files, buffers, text."""

import abc
import codecs
import errno
import io
import os
import stat
import sys
import warnings
from _thread import allocate_lock as Lock
from io import SEEK_CUR, SEEK_END, SEEK_SET, UnsupportedOperation, __all__

valid_seek_flags = {SEEK_SET, SEEK_CUR, SEEK_END, os.SEEK_DATA, os.SEEK_HOLE}

DEFAULT_BUFFER_SIZE = 8 * 1024

BlockingIOError = BlockingIOError

# Only a debugging interpreter tells of a close() that fails in a finaliser, and checks the error handlers that are named.
_IOBASE_EMITS_UNRAISABLE = hasattr(sys, "gettotalrefcount") or sys.flags.dev_mode
_CHECK_ERRORS = _IOBASE_EMITS_UNRAISABLE

open_code = io.open_code


def text_encoding(encoding, stacklevel=2):
    """The encoding, or "locale" for None, about which there may be a warning."""
    if encoding is not None:
        return encoding
    if sys.flags.warn_default_encoding:
        warnings.warn("'encoding' argument not specified.", EncodingWarning, stacklevel + 1)
    return "locale"


def _open_code_with_warning(path):
    """Opens a file of code for reading, where no hook can be asked."""
    warnings.warn("_pyio.open_code() may not be using hooks", RuntimeWarning, 2)
    return open(path, "rb")


def __getattr__(name):
    if name != "OpenWrapper":
        raise AttributeError(name)
    warnings.warn("OpenWrapper is deprecated, use open instead", DeprecationWarning, stacklevel=2)
    globals()[name] = open
    return open


def _want_index(number):
    """An int of what may stand for one."""
    index = getattr(number, "__index__", None)
    if index is None:
        raise TypeError(f"{number!r} is not an integer")
    return index()


def _want_str(value, what):
    if value is not None and not isinstance(value, str):
        raise TypeError(f"invalid {what}: {value!r}")


# ---- open


def _checked_mode(mode, encoding, errors, newline, buffering):
    """Whether the file is binary, and the mode for the raw file."""
    letters = set(mode)
    if letters - set("axrwb+tU") or len(letters) < len(mode):
        raise ValueError(f"invalid mode: {mode!r}")
    ways = [way for way in "xrwa" if way in letters]
    if "U" in letters:
        if letters & set("xwa+"):
            raise ValueError("mode U cannot be combined with 'x', 'w', 'a', or '+'")
        warnings.warn("'U' mode is deprecated", DeprecationWarning, 3)
        ways = ["r"]
    binary = "b" in letters
    if binary and "t" in letters:
        raise ValueError("can't have text and binary mode at once")
    if len(ways) > 1:
        raise ValueError("can't have read/write/append mode at once")
    if not ways:
        raise ValueError("must have exactly one of read/write/append mode")
    if binary:
        for given, what in ((encoding, "an encoding"), (errors, "an errors"), (newline, "a newline")):
            if given is not None:
                raise ValueError(f"binary mode doesn't take {what} argument")
        if buffering == 1:
            warnings.warn(
                "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used",
                RuntimeWarning,
                3,
            )
    return binary, ways[0] + ("+" if "+" in letters else "")


def _buffer_size(raw, buffering):
    if buffering >= 0:
        return buffering
    try:
        block = os.fstat(raw.fileno()).st_blksize
    except (OSError, AttributeError):
        block = 0
    return block if block > 1 else DEFAULT_BUFFER_SIZE


@staticmethod
def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """Opens a file by its name or its descriptor: a text file, or with "b" in the mode a binary one."""
    if not isinstance(file, int):
        file = os.fspath(file)
    if not isinstance(file, (str, bytes, int)):
        raise TypeError("invalid file: %r" % file)
    if not isinstance(mode, str):
        raise TypeError(f"invalid mode: {mode!r}")
    if not isinstance(buffering, int):
        raise TypeError(f"invalid buffering: {buffering!r}")
    _want_str(encoding, "encoding")
    _want_str(errors, "errors")
    binary, raw_mode = _checked_mode(mode, encoding, errors, newline, buffering)
    result = raw = FileIO(file, raw_mode, closefd, opener=opener)
    try:
        by_line = buffering == 1 or buffering < 0 and raw.isatty()
        size = _buffer_size(raw, -1 if by_line else buffering)
        if size == 0:
            if not binary:
                raise ValueError("can't have unbuffered text I/O")
            return result
        if "+" in raw_mode:
            result = BufferedRandom(raw, size)
        elif raw_mode == "r":
            result = BufferedReader(raw, size)
        else:
            result = BufferedWriter(raw, size)
        if not binary:
            result = TextIOWrapper(result, text_encoding(encoding), errors, newline, by_line)
            result.mode = mode
        return result
    except:
        result.close()
        raise


# ---- bases


class IOBase(metaclass=abc.ABCMeta):
    """What all files have. Nothing can be done with it as it is."""

    __closed = False

    def _unsupported(self, name):
        raise UnsupportedOperation(f"{self.__class__.__name__}.{name}() not supported")

    def seek(self, pos, whence=0):
        self._unsupported("seek")

    def tell(self):
        return self.seek(0, SEEK_CUR)

    def truncate(self, pos=None):
        self._unsupported("truncate")

    def fileno(self):
        self._unsupported("fileno")

    def flush(self):
        self._checkClosed()

    def close(self):
        if self.__closed:
            return
        try:
            self.flush()
        finally:
            self.__closed = True

    @property
    def closed(self):
        return self.__closed

    def __del__(self):
        try:
            if self.closed:
                return
        except AttributeError:
            return  # its __init__ failed early
        if _IOBASE_EMITS_UNRAISABLE:
            self.close()
            return
        try:
            self.close()
        except:
            pass

    def __enter__(self):
        self._checkClosed()
        return self

    def __exit__(self, *args):
        self.close()

    def seekable(self):
        return False

    def readable(self):
        return False

    def writable(self):
        return False

    def isatty(self):
        self._checkClosed()
        return False

    def _checkClosed(self, msg="I/O operation on closed file."):
        if self.closed:
            raise ValueError(msg)

    def _checkSeekable(self, msg="File or stream is not seekable."):
        if not self.seekable():
            raise UnsupportedOperation(msg)

    def _checkReadable(self, msg="File or stream is not readable."):
        if not self.readable():
            raise UnsupportedOperation(msg)

    def _checkWritable(self, msg="File or stream is not writable."):
        if not self.writable():
            raise UnsupportedOperation(msg)

    def _safe_portion(self, limit):
        """How many bytes can be read without going past the end of the line; -1 as limit is none."""
        if not hasattr(self, "peek"):
            return 1
        ahead = self.peek(1)
        if not ahead:
            return 1
        end = ahead.find(b"\n")
        portion = len(ahead) if end < 0 else end + 1
        return portion if limit < 0 else min(portion, limit)

    def readline(self, size=-1):
        limit = -1 if size is None else _want_index(size)
        line = bytearray()
        while limit < 0 or len(line) < limit:
            data = self.read(self._safe_portion(limit))
            if not data:
                break
            line += data
            if line[-1] == 10:
                break
        return bytes(line)

    def __iter__(self):
        self._checkClosed()
        return self

    def __next__(self):
        line = self.readline()
        if line:
            return line
        raise StopIteration

    def readlines(self, hint=None):
        if hint is None or hint <= 0:
            return list(self)
        lines, total = [], 0
        for line in self:
            lines.append(line)
            total += len(line)
            if total >= hint:
                break
        return lines

    def writelines(self, lines):
        self._checkClosed()
        for line in lines:
            self.write(line)


io.IOBase.register(IOBase)


class RawIOBase(IOBase):
    """Files of bytes without a buffer: read() and readall() are made of readinto()."""

    def read(self, size=-1):
        if size is None or size < 0:
            return self.readall()
        room = bytearray(_want_index(size))
        got = self.readinto(room)
        return None if got is None else bytes(room[:got])

    def readall(self):
        parts = bytearray()
        while data := self.read(DEFAULT_BUFFER_SIZE):
            parts += data
        return bytes(parts) if parts else data

    def readinto(self, b):
        self._unsupported("readinto")

    def write(self, b):
        self._unsupported("write")


io.RawIOBase.register(RawIOBase)
from _io import FileIO

RawIOBase.register(FileIO)


class BufferedIOBase(IOBase):
    """Files of bytes that read and write as much as they are told to."""

    def read(self, size=-1):
        self._unsupported("read")

    def read1(self, size=-1):
        self._unsupported("read1")

    def write(self, b):
        self._unsupported("write")

    def detach(self):
        self._unsupported("detach")

    def readinto(self, b):
        return self._readinto(b, read1=False)

    def readinto1(self, b):
        return self._readinto(b, read1=True)

    def _readinto(self, b, read1):
        room = b if isinstance(b, memoryview) else memoryview(b)
        room = room.cast("B")
        data = (self.read1 if read1 else self.read)(len(room))
        room[: len(data)] = data
        return len(data)


io.BufferedIOBase.register(BufferedIOBase)


# ---- bytes in memory


class BytesIO(BufferedIOBase):
    """A file in memory."""

    _buffer = None

    def __init__(self, initial_bytes=None):
        self._buffer = bytearray()
        if initial_bytes is not None:
            self._buffer += initial_bytes
        self._pos = 0

    def __getstate__(self):
        self._checkClosed("__getstate__ on closed file")
        return vars(self).copy()

    def getvalue(self):
        self._checkClosed("getvalue on closed file")
        return bytes(self._buffer)

    def getbuffer(self):
        self._checkClosed("getbuffer on closed file")
        return memoryview(self._buffer)

    def close(self):
        if self._buffer is not None:
            self._buffer.clear()
        super().close()

    def read(self, size=-1):
        self._checkClosed("read from closed file")
        size = -1 if size is None else _want_index(size)
        start = self._pos
        stop = len(self._buffer) if size < 0 else min(len(self._buffer), start + size)
        if stop <= start and start >= len(self._buffer):
            return b""
        self._pos = stop
        return bytes(self._buffer[start:stop])

    def read1(self, size=-1):
        return self.read(size)

    def write(self, b):
        self._checkClosed("write to closed file")
        if isinstance(b, str):
            raise TypeError("can't write str to binary stream")
        with memoryview(b) as view:
            count = view.nbytes
        if count:
            gap = self._pos - len(self._buffer)
            if gap > 0:
                self._buffer += bytes(gap)
            self._buffer[self._pos : self._pos + count] = b
            self._pos += count
        return count

    def seek(self, pos, whence=0):
        self._checkClosed("seek on closed file")
        pos = _want_index(pos)
        if whence == SEEK_SET:
            if pos < 0:
                raise ValueError(f"negative seek position {pos!r}")
            self._pos = pos
        elif whence == SEEK_CUR:
            self._pos = max(0, pos + self._pos)
        elif whence == SEEK_END:
            self._pos = max(0, pos + len(self._buffer))
        else:
            raise ValueError("unsupported whence value")
        return self._pos

    def tell(self):
        self._checkClosed("tell on closed file")
        return self._pos

    def truncate(self, pos=None):
        self._checkClosed("truncate on closed file")
        if pos is None:
            pos = self._pos
        else:
            pos = _want_index(pos)
            if pos < 0:
                raise ValueError(f"negative truncate position {pos!r}")
        del self._buffer[pos:]
        return pos

    def readable(self):
        self._checkClosed()
        return True

    writable = seekable = readable


# ---- buffers


class _BufferedIOMixin(BufferedIOBase):
    """What the buffers leave to the raw file below them."""

    def __init__(self, raw):
        self._raw = raw

    @property
    def raw(self):
        return self._raw

    @property
    def closed(self):
        return self.raw.closed

    @property
    def name(self):
        return self.raw.name

    @property
    def mode(self):
        return self.raw.mode

    def seekable(self):
        return self.raw.seekable()

    def fileno(self):
        return self.raw.fileno()

    def isatty(self):
        return self.raw.isatty()

    def seek(self, pos, whence=0):
        reached = self.raw.seek(pos, whence)
        if reached < 0:
            raise OSError("seek() returned an invalid position")
        return reached

    def tell(self):
        pos = self.raw.tell()
        if pos < 0:
            raise OSError("tell() returned an invalid position")
        return pos

    def truncate(self, pos=None):
        self._checkClosed()
        self._checkWritable()
        self.flush()
        return self.raw.truncate(self.tell() if pos is None else pos)

    def flush(self):
        self._checkClosed("flush on closed file")
        self.raw.flush()

    def close(self):
        if self.raw is None or self.closed:
            return
        try:
            self.flush()
        finally:
            self.raw.close()

    def detach(self):
        if self.raw is None:
            raise ValueError("raw stream already detached")
        self.flush()
        raw, self._raw = self._raw, None
        return raw

    def __getstate__(self):
        raise TypeError(f"cannot pickle {self.__class__.__name__!r} object")

    def __repr__(self):
        kind = self.__class__
        try:
            shown = f" name={self.name!r}"
        except AttributeError:
            shown = ""
        return f"<{kind.__module__}.{kind.__qualname__}{shown}>"


def _checked_size(buffer_size):
    if buffer_size <= 0:
        raise ValueError("invalid buffer size")
    return buffer_size


def _checked_whence(whence):
    if whence not in valid_seek_flags:
        raise ValueError("invalid whence value")


class BufferedReader(_BufferedIOMixin):
    """Reads ahead: what has been read and not asked for yet begins in `_read_buf` at `_read_pos`."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.readable():
            raise OSError('"raw" argument must be readable.')
        _BufferedIOMixin.__init__(self, raw)
        self.buffer_size = _checked_size(buffer_size)
        self._reset_read_buf()
        self._read_lock = Lock()

    def _reset_read_buf(self):
        self._read_buf, self._read_pos = b"", 0

    def _unread(self):
        return len(self._read_buf) - self._read_pos

    def readable(self):
        return self.raw.readable()

    def read(self, size=None):
        if size is not None and size < -1:
            raise ValueError("invalid number of bytes to read")
        with self._read_lock:
            return self._read_unlocked(size)

    def _read_unlocked(self, n=None):
        if n is None or n == -1:
            return self._read_rest()
        have = self._unread()
        if n <= have:
            self._read_pos += n
            return self._read_buf[self._read_pos - n : self._read_pos]
        parts, nothing = [self._read_buf[self._read_pos :]], b""
        at_once = max(n, self.buffer_size)
        while have < n:
            part = self.raw.read(at_once)
            if not part:
                nothing = part
                break
            have += len(part)
            parts.append(part)
        data = b"".join(parts)
        self._read_buf, self._read_pos = data[n:], 0
        return data[:n] if data else nothing

    def _read_rest(self):
        parts, nothing = [self._read_buf[self._read_pos :]], b""
        self._reset_read_buf()
        if hasattr(self.raw, "readall"):
            rest = self.raw.readall()
            return (parts[0] or None) if rest is None else parts[0] + rest
        while part := self.raw.read():
            parts.append(part)
        nothing = part
        return b"".join(parts) or nothing

    def peek(self, size=0):
        with self._read_lock:
            return self._peek_unlocked(size)

    def _peek_unlocked(self, n=0):
        have = self._unread()
        if have <= 0 or have < min(n, self.buffer_size):
            more = self.raw.read(self.buffer_size - have)
            if more:
                self._read_buf, self._read_pos = self._read_buf[self._read_pos :] + more, 0
        return self._read_buf[self._read_pos :]

    def read1(self, size=-1):
        if size < 0:
            size = self.buffer_size
        if not size:
            return b""
        with self._read_lock:
            self._peek_unlocked(1)
            return self._read_unlocked(min(size, self._unread()))

    def _readinto(self, buf, read1):
        room = buf if isinstance(buf, memoryview) else memoryview(buf)
        if not room.nbytes:
            return 0
        room = room.cast("B")
        done = 0
        with self._read_lock:
            while done < len(room):
                portion = min(self._unread(), len(room) - done)
                if portion:
                    start = self._read_pos
                    self._read_pos += portion
                    room[done : done + portion] = self._read_buf[start : self._read_pos]
                    done += portion
                    if done == len(room):
                        break
                if len(room) - done > self.buffer_size:
                    # So much goes past the buffer.
                    got = self.raw.readinto(room[done:])
                    if not got:
                        break
                    done += got
                elif not (read1 and done):
                    if not self._peek_unlocked(1):
                        break
                if read1 and done:
                    break
        return done

    def tell(self):
        return _BufferedIOMixin.tell(self) - self._unread()

    def seek(self, pos, whence=0):
        _checked_whence(whence)
        with self._read_lock:
            if whence == SEEK_CUR:
                pos -= self._unread()
            reached = _BufferedIOMixin.seek(self, pos, whence)
            self._reset_read_buf()
            return reached


class BufferedWriter(_BufferedIOMixin):
    """Collects what is written in `_write_buf`."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.writable():
            raise OSError('"raw" argument must be writable.')
        _BufferedIOMixin.__init__(self, raw)
        self.buffer_size = _checked_size(buffer_size)
        self._write_buf = bytearray()
        self._write_lock = Lock()

    def writable(self):
        return self.raw.writable()

    def _is_full(self):
        return len(self._write_buf) > self.buffer_size

    def write(self, b):
        if isinstance(b, str):
            raise TypeError("can't write str to binary stream")
        with self._write_lock:
            self._checkClosed("write to closed file")
            if self._is_full():
                self._flush_unlocked()
            before = len(self._write_buf)
            self._write_buf.extend(b)
            taken = len(self._write_buf) - before
            if not self._is_full():
                return taken
            try:
                self._flush_unlocked()
            except BlockingIOError as error:
                excess = len(self._write_buf) - self.buffer_size
                if excess > 0:
                    # What there is no room for has not been written.
                    del self._write_buf[self.buffer_size :]
                    raise BlockingIOError(error.errno, error.strerror, taken - excess)
            return taken

    def flush(self):
        with self._write_lock:
            self._flush_unlocked()

    def _flush_unlocked(self):
        self._checkClosed("flush on closed file")
        while waiting := len(self._write_buf):
            try:
                done = self.raw.write(self._write_buf)
            except BlockingIOError:
                raise RuntimeError("self.raw should implement RawIOBase: it should not raise BlockingIOError")
            if done is None:
                raise BlockingIOError(errno.EAGAIN, "write could not complete without blocking", 0)
            if not 0 <= done <= waiting:
                raise OSError("write() returned incorrect number of bytes")
            del self._write_buf[:done]

    def truncate(self, pos=None):
        with self._write_lock:
            self._flush_unlocked()
            return self.raw.truncate(self.raw.tell() if pos is None else pos)

    def tell(self):
        return len(self._write_buf) + _BufferedIOMixin.tell(self)

    def seek(self, pos, whence=0):
        _checked_whence(whence)
        with self._write_lock:
            self._flush_unlocked()
            return _BufferedIOMixin.seek(self, pos, whence)

    def close(self):
        with self._write_lock:
            if self.raw is None or self.closed:
                return
        # flush() may be overridden, and takes the lock itself.
        try:
            self.flush()
        finally:
            with self._write_lock:
                self.raw.close()


class BufferedRWPair(BufferedIOBase):
    """A reader and a writer of two raw files that have nothing to do with each other."""

    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE):
        if not reader.readable():
            raise OSError('"reader" argument must be readable.')
        if not writer.writable():
            raise OSError('"writer" argument must be writable.')
        self.reader, self.writer = BufferedReader(reader, buffer_size), BufferedWriter(writer, buffer_size)

    def read(self, size=-1):
        return self.reader.read(-1 if size is None else size)

    def read1(self, size=-1):
        return self.reader.read1(size)

    def peek(self, size=0):
        return self.reader.peek(size)

    def readinto(self, b):
        return self.reader.readinto(b)

    def readinto1(self, b):
        return self.reader.readinto1(b)

    def readable(self):
        return self.reader.readable()

    def write(self, b):
        return self.writer.write(b)

    def flush(self):
        return self.writer.flush()

    def writable(self):
        return self.writer.writable()

    def isatty(self):
        return self.reader.isatty() or self.writer.isatty()

    def close(self):
        try:
            self.writer.close()
        finally:
            self.reader.close()

    @property
    def closed(self):
        return self.writer.closed


class BufferedRandom(BufferedWriter, BufferedReader):
    """Reads and writes one raw file; at most one of the two buffers holds something."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        raw._checkSeekable()
        BufferedReader.__init__(self, raw, buffer_size)
        BufferedWriter.__init__(self, raw, buffer_size)

    def _give_back(self):
        """The raw file stands where the reader of the buffer does."""
        self.raw.seek(-self._unread(), SEEK_CUR)

    def seek(self, pos, whence=0):
        _checked_whence(whence)
        self.flush()
        if self._read_buf:
            with self._read_lock:
                self._give_back()
        reached = self.raw.seek(pos, whence)
        with self._read_lock:
            self._reset_read_buf()
        if reached < 0:
            raise OSError("seek() returned invalid position")
        return reached

    def tell(self):
        return (BufferedWriter if self._write_buf else BufferedReader).tell(self)

    def truncate(self, pos=None):
        return BufferedWriter.truncate(self, self.tell() if pos is None else pos)

    def read(self, size=None):
        self.flush()
        return BufferedReader.read(self, -1 if size is None else size)

    def read1(self, size=-1):
        self.flush()
        return BufferedReader.read1(self, size)

    def peek(self, size=0):
        self.flush()
        return BufferedReader.peek(self, size)

    def readinto(self, b):
        self.flush()
        return BufferedReader.readinto(self, b)

    def readinto1(self, b):
        self.flush()
        return BufferedReader.readinto1(self, b)

    def write(self, b):
        if self._read_buf:
            with self._read_lock:
                self._give_back()
                self._reset_read_buf()
        return BufferedWriter.write(self, b)


# ---- raw files


class FileIO(RawIOBase):
    """A file of the system."""

    _fd = -1
    _created = _readable = _writable = _appending = False
    _seekable = None
    _closefd = True

    def __init__(self, file, mode="r", closefd=True, opener=None):
        if self._fd >= 0:
            old, self._fd = self._fd, -1
            if self._closefd:
                os.close(old)
        if isinstance(file, float):
            raise TypeError("integer argument expected, got float")
        given = isinstance(file, int)
        if given and file < 0:
            raise ValueError("negative file descriptor")
        flags = self._flags_of(mode) | os.O_CLOEXEC
        if not given and not closefd:
            raise ValueError("Cannot use closefd=False with file name")
        fd = file if given else self._opened(file, flags, opener)
        try:
            self._closefd = closefd
            self._look_at(fd, file)
        except:
            if not given:
                os.close(fd)
            raise
        self._fd = fd

    def _flags_of(self, mode):
        if not isinstance(mode, str) or not set(mode) <= set("xrwab+"):
            kind = ValueError if isinstance(mode, str) else TypeError
            raise kind(f"invalid mode: {mode}")
        ways = [letter for letter in mode if letter in "rwax"]
        if len(ways) != 1 or mode.count("+") > 1:
            raise ValueError("Must have exactly one of create/read/write/append mode and at most one plus")
        way, both = ways[0], "+" in mode
        self._created, self._appending = way == "x", way == "a"
        self._readable, self._writable = both or way == "r", both or way != "r"
        access = os.O_RDWR if both else os.O_RDONLY if self._readable else os.O_WRONLY
        return access | {"x": os.O_EXCL | os.O_CREAT, "r": 0, "w": os.O_CREAT | os.O_TRUNC, "a": os.O_APPEND | os.O_CREAT}[way]

    def _opened(self, file, flags, opener):
        if opener is None:
            return os.open(file, flags, 0o666)
        fd = opener(file, flags)
        if not isinstance(fd, int):
            raise TypeError("expected integer from opener")
        if fd < 0:
            raise OSError("Negative file descriptor")
        return fd

    def _look_at(self, fd, file):
        facts = os.fstat(fd)
        if stat.S_ISDIR(facts.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), file)
        block = getattr(facts, "st_blksize", 0)
        self._blksize = block if block > 1 else DEFAULT_BUFFER_SIZE
        self.name = file
        if not self._appending:
            return
        try:
            os.lseek(fd, 0, SEEK_END)
        except OSError as error:
            if error.errno != errno.ESPIPE:
                raise

    def __del__(self):
        if self._fd >= 0 and self._closefd and not self.closed:
            warnings.warn(f"unclosed file {self!r}", ResourceWarning, stacklevel=2, source=self)
            self.close()

    def __getstate__(self):
        raise TypeError(f"cannot pickle {self.__class__.__name__!r} object")

    def __repr__(self):
        kind = self.__class__
        who = f"{kind.__module__}.{kind.__qualname__}"
        if self.closed:
            return f"<{who} [closed]>"
        try:
            what = f"name={self.name!r}"
        except AttributeError:
            what = f"fd={self._fd}"
        return f"<{who} {what} mode={self.mode!r} closefd={self._closefd!r}>"

    def _checkReadable(self):
        if not self._readable:
            raise UnsupportedOperation("File not open for reading")

    def _checkWritable(self, msg=None):
        if not self._writable:
            raise UnsupportedOperation("File not open for writing")

    def read(self, size=None):
        self._checkClosed()
        self._checkReadable()
        if size is None or size < 0:
            return self.readall()
        try:
            return os.read(self._fd, size)
        except BlockingIOError:
            return None

    def _likely_rest(self):
        """How much to ask for to get the rest, and the end of the file with it."""
        try:
            rest = os.fstat(self._fd).st_size - os.lseek(self._fd, 0, SEEK_CUR)
        except OSError:
            return DEFAULT_BUFFER_SIZE
        return rest + 1 if rest >= 0 else DEFAULT_BUFFER_SIZE

    def readall(self):
        self._checkClosed()
        self._checkReadable()
        room = self._likely_rest()
        data = bytearray()
        while True:
            if len(data) >= room:
                room = len(data) + max(len(data), DEFAULT_BUFFER_SIZE)
            try:
                part = os.read(self._fd, room - len(data))
            except BlockingIOError:
                if not data:
                    return None
                break
            if not part:
                break
            data += part
        return bytes(data)

    def readinto(self, b):
        room = memoryview(b).cast("B")
        data = self.read(len(room))
        room[: len(data)] = data
        return len(data)

    def write(self, b):
        self._checkClosed()
        self._checkWritable()
        try:
            return os.write(self._fd, b)
        except BlockingIOError:
            return None

    def seek(self, pos, whence=SEEK_SET):
        if isinstance(pos, float):
            raise TypeError("an integer is required")
        self._checkClosed()
        return os.lseek(self._fd, pos, whence)

    def tell(self):
        self._checkClosed()
        return os.lseek(self._fd, 0, SEEK_CUR)

    def truncate(self, size=None):
        self._checkClosed()
        self._checkWritable()
        size = self.tell() if size is None else size
        os.ftruncate(self._fd, size)
        return size

    def close(self):
        if self.closed:
            return
        try:
            if self._closefd:
                os.close(self._fd)
        finally:
            super().close()

    def seekable(self):
        self._checkClosed()
        if self._seekable is None:
            try:
                self.tell()
            except OSError:
                self._seekable = False
            else:
                self._seekable = True
        return self._seekable

    def readable(self):
        self._checkClosed()
        return self._readable

    def writable(self):
        self._checkClosed()
        return self._writable

    def fileno(self):
        self._checkClosed()
        return self._fd

    def isatty(self):
        self._checkClosed()
        return os.isatty(self._fd)

    @property
    def closefd(self):
        return self._closefd

    @property
    def mode(self):
        way = "x" if self._created else "a" if self._appending else "r" if self._readable else "w"
        return way + "b" + ("+" if self._readable and self._writable else "")


# ---- text


class TextIOBase(IOBase):
    """Files of text."""

    def read(self, size=-1):
        self._unsupported("read")

    def write(self, s):
        self._unsupported("write")

    def truncate(self, pos=None):
        self._unsupported("truncate")

    def readline(self):
        self._unsupported("readline")

    def detach(self):
        self._unsupported("detach")

    @property
    def encoding(self):
        return None

    @property
    def newlines(self):
        return None

    @property
    def errors(self):
        return None


io.TextIOBase.register(TextIOBase)

_LF, _CR, _CRLF = 1, 2, 4
_SEEN = (None, "\n", "\r", ("\r", "\n"), "\r\n", ("\n", "\r\n"), ("\r", "\r\n"), ("\r", "\n", "\r\n"))


class IncrementalNewlineDecoder(codecs.IncrementalDecoder):
    """After another decoder: keeps "\\r\\n" together, remembers which ends of lines there were, and may make all "\\n"."""

    def __init__(self, decoder, translate, errors="strict"):
        codecs.IncrementalDecoder.__init__(self, errors=errors)
        self.decoder, self.translate = decoder, translate
        self.seennl = 0
        self.pendingcr = False

    def decode(self, input, final=False):
        text = input if self.decoder is None else self.decoder.decode(input, final=final)
        if self.pendingcr and (text or final):
            text = "\r" + text
            self.pendingcr = False
        # A last "\r" may be half of "\r\n": it waits.
        if not final and text.endswith("\r"):
            text = text[:-1]
            self.pendingcr = True
        pairs = text.count("\r\n")
        alone = text.count("\r") - pairs
        for kind, count in ((_LF, text.count("\n") - pairs), (_CR, alone), (_CRLF, pairs)):
            if count:
                self.seennl |= kind
        if self.translate:
            if pairs:
                text = text.replace("\r\n", "\n")
            if alone:
                text = text.replace("\r", "\n")
        return text

    def getstate(self):
        buffer, flag = (b"", 0) if self.decoder is None else self.decoder.getstate()
        return buffer, flag << 1 | self.pendingcr

    def setstate(self, state):
        buffer, flag = state
        self.pendingcr = bool(flag & 1)
        if self.decoder is not None:
            self.decoder.setstate((buffer, flag >> 1))

    def reset(self):
        self.seennl = 0
        self.pendingcr = False
        if self.decoder is not None:
            self.decoder.reset()

    @property
    def newlines(self):
        return _SEEN[self.seennl]


class TextIOWrapper(TextIOBase):
    """Text over a buffer of bytes.

    `_decoded_chars` from `_decoded_chars_used` on has been decoded and not asked for. `_snapshot` is the decoder's flags before that, and
    the bytes it was decoded from: by it tell() finds the place in bytes."""

    _CHUNK_SIZE = 2048
    _buffer = None

    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        self._check_newline(newline)
        encoding = text_encoding(encoding)
        if encoding == "locale":
            encoding = self._locale_encoding(buffer)
        if not isinstance(encoding, str):
            raise ValueError(f"invalid encoding: {encoding!r}")
        if not codecs.lookup(encoding)._is_text_encoding:
            message = f"{encoding!r} is not a text encoding; use codecs.open() to handle arbitrary codecs"
            raise LookupError(message)
        if errors is None:
            errors = "strict"
        else:
            if not isinstance(errors, str):
                raise ValueError(f"invalid errors: {errors!r}")
            if _CHECK_ERRORS:
                codecs.lookup_error(errors)
        self._buffer = buffer
        self._decoded_chars, self._decoded_chars_used = "", 0
        self._snapshot = None
        self._seekable = self._telling = self.buffer.seekable()
        self._has_read1 = hasattr(self.buffer, "read1")
        self._configure(encoding, errors, newline, line_buffering, write_through)

    def _locale_encoding(self, buffer):
        try:
            known = os.device_encoding(buffer.fileno())
        except (AttributeError, UnsupportedOperation):
            known = None
        if known is not None:
            return known
        try:
            import locale
        except ImportError:
            return "utf-8"
        return locale.getpreferredencoding(False)

    def _check_newline(self, newline):
        if newline is not None and not isinstance(newline, str):
            raise TypeError(f"illegal newline type: {type(newline)!r}")
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline!r}")

    def _configure(self, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        self._encoding, self._errors = encoding, errors
        self._encoder = self._decoder = None
        self._b2cratio = 0.0  # bytes a character, of the last portion
        self._readnl = newline
        self._readuniversal, self._readtranslate = not newline, newline is None
        self._writenl, self._writetranslate = newline or os.linesep, newline != ""
        self._line_buffering, self._write_through = line_buffering, write_through
        if self._seekable and self.writable() and self.buffer.tell() != 0:
            # No byte order mark in the middle of a file.
            self._encoder_at(1)

    def __repr__(self):
        kind = self.__class__
        shown = f"<{kind.__module__}.{kind.__qualname__}"
        for attribute in ("name", "mode"):
            try:
                shown += f" {attribute}={getattr(self, attribute)!r}"
            except AttributeError:
                pass
        return f"{shown} encoding={self.encoding!r}>"

    encoding = property(lambda self: self._encoding)
    errors = property(lambda self: self._errors)
    line_buffering = property(lambda self: self._line_buffering)
    write_through = property(lambda self: self._write_through)
    buffer = property(lambda self: self._buffer)
    closed = property(lambda self: self.buffer.closed)
    name = property(lambda self: self.buffer.name)

    @property
    def newlines(self):
        return self._decoder.newlines if self._decoder else None

    def reconfigure(self, *, encoding=None, errors=None, newline=Ellipsis, line_buffering=None, write_through=None):
        """Changes how text and bytes are turned into each other."""
        unchanged = encoding is None and errors is None and newline is Ellipsis
        if self._decoder is not None and not unchanged:
            raise UnsupportedOperation("It is not possible to set the encoding or newline of stream after the first read")
        if errors is None:
            errors = self._errors if encoding is None else "strict"
        _want_str(errors, "errors")
        _want_str(encoding, "encoding")
        if newline is Ellipsis:
            newline = self._readnl
        self._check_newline(newline)
        if line_buffering is None:
            line_buffering = self.line_buffering
        if write_through is None:
            write_through = self.write_through
        self.flush()
        self._configure(self._encoding if encoding is None else encoding, errors, newline, line_buffering, write_through)

    def seekable(self):
        self._checkClosed()
        return self._seekable

    def readable(self):
        return self.buffer.readable()

    def writable(self):
        return self.buffer.writable()

    def fileno(self):
        return self.buffer.fileno()

    def isatty(self):
        return self.buffer.isatty()

    def flush(self):
        self.buffer.flush()
        self._telling = self._seekable

    def close(self):
        if self.buffer is None or self.closed:
            return
        try:
            self.flush()
        finally:
            self.buffer.close()

    def detach(self):
        if self.buffer is None:
            raise ValueError("buffer is already detached")
        self.flush()
        buffer, self._buffer = self._buffer, None
        return buffer

    # ---- writing

    def _get_encoder(self):
        self._encoder = codecs.getincrementalencoder(self._encoding)(self._errors)
        return self._encoder

    def _encoder_at(self, position):
        """Has the encoder know whether it stands at the start, where a byte order mark goes."""
        try:
            encoder = self._encoder or self._get_encoder()
        except LookupError:
            return
        if position:
            encoder.setstate(0)
        else:
            encoder.reset()

    def _forget_read(self):
        self._set_decoded_chars("")
        self._snapshot = None

    def write(self, s):
        self._checkClosed("write to closed file")
        if not isinstance(s, str):
            raise TypeError(f"can't write {s.__class__.__name__} to text stream")
        count = len(s)
        ends_line = (self._writetranslate or self._line_buffering) and "\n" in s
        if ends_line and self._writetranslate and self._writenl != "\n":
            s = s.replace("\n", self._writenl)
        self.buffer.write((self._encoder or self._get_encoder()).encode(s))
        if self._line_buffering and (ends_line or "\r" in s):
            self.flush()
        self._forget_read()
        if self._decoder:
            self._decoder.reset()
        return count

    def truncate(self, pos=None):
        self.flush()
        return self.buffer.truncate(self.tell() if pos is None else pos)

    # ---- reading

    def _get_decoder(self):
        decoder = codecs.getincrementaldecoder(self._encoding)(self._errors)
        if self._readuniversal:
            decoder = IncrementalNewlineDecoder(decoder, self._readtranslate)
        self._decoder = decoder
        return decoder

    def _set_decoded_chars(self, chars):
        self._decoded_chars, self._decoded_chars_used = chars, 0

    def _get_decoded_chars(self, n=None):
        start = self._decoded_chars_used
        chars = self._decoded_chars[start:] if n is None else self._decoded_chars[start : start + n]
        self._decoded_chars_used = start + len(chars)
        return chars

    def _rewind_decoded_chars(self, n):
        if n > self._decoded_chars_used:
            raise AssertionError("rewind decoded_chars out of bounds")
        self._decoded_chars_used -= n

    def _read_chunk(self):
        """Decodes another portion; false at the end of the file."""
        if self._decoder is None:
            raise ValueError("no decoder")
        if self._telling:
            kept, flags = self._decoder.getstate()
        read = self.buffer.read1 if self._has_read1 else self.buffer.read
        data = read(self._CHUNK_SIZE)
        chars = self._decoder.decode(data, not data)
        self._set_decoded_chars(chars)
        self._b2cratio = len(data) / len(chars) if chars else 0.0
        if self._telling:
            self._snapshot = flags, kept + data
        return bool(data)

    def read(self, size=None):
        self._checkReadable()
        size = -1 if size is None else _want_index(size)
        decoder = self._decoder or self._get_decoder()
        if size < 0:
            text = self._get_decoded_chars() + decoder.decode(self.buffer.read(), final=True)
            self._forget_read()
            return text
        text, more = self._get_decoded_chars(size), True
        while more and len(text) < size:
            more = self._read_chunk()
            text += self._get_decoded_chars(size - len(text))
        return text

    def __next__(self):
        self._telling = False
        line = self.readline()
        if line:
            return line
        self._snapshot = None
        self._telling = self._seekable
        raise StopIteration

    def _line_end(self, line, start):
        """The end of the line that begins the text, or -1, and from where on more text has to be searched."""
        if self._readtranslate:
            return line.find("\n", start) + 1 or -1, len(line)
        if not self._readuniversal:
            found = line.find(self._readnl)
            return (found + len(self._readnl) if found >= 0 else -1), 0
        cr, lf = line.find("\r", start), line.find("\n", start)
        if cr >= 0 and lf == cr + 1:
            return cr + 2, 0
        first = min((place for place in (cr, lf) if place >= 0), default=-1)
        return first + 1 or -1, len(line)

    def readline(self, size=None):
        self._checkClosed("read from closed file")
        size = -1 if size is None else _want_index(size)
        line, start = self._get_decoded_chars(), 0
        if not self._decoder:
            self._get_decoder()
        while True:
            end, start = self._line_end(line, start)
            if end >= 0:
                break
            if 0 <= size <= len(line):
                end = size
                break
            while self._read_chunk():
                if self._decoded_chars:
                    break
            if not self._decoded_chars:
                self._forget_read()
                return line
            line += self._get_decoded_chars()
        if 0 <= size < end:
            end = size
        self._rewind_decoded_chars(len(line) - end)
        return line[:end]

    # ---- places. A cookie is five numbers in one: the place in bytes; the decoder's flags there; how many bytes to feed to it from
    # ---- there, and whether as the last ones; how many of the characters that come of them to skip.

    def _pack_cookie(self, position, dec_flags=0, bytes_to_feed=0, need_eof=False, chars_to_skip=0):
        cookie = int(bool(need_eof))
        for part in (chars_to_skip, bytes_to_feed, dec_flags, position):
            cookie = cookie << 64 | part
        return cookie

    def _unpack_cookie(self, bigint):
        parts = [bigint >> shift & (1 << 64) - 1 for shift in (0, 64, 128, 192)]
        position, dec_flags, bytes_to_feed, chars_to_skip = parts
        return position, dec_flags, bytes_to_feed, bool(bigint >> 256), chars_to_skip

    def tell(self):
        if not self._seekable:
            raise UnsupportedOperation("underlying stream is not seekable")
        if not self._telling:
            raise OSError("telling position disabled by next() call")
        self.flush()
        position = self.buffer.tell()
        decoder = self._decoder
        if decoder is None or self._snapshot is None:
            if self._decoded_chars:
                raise AssertionError("pending decoded text")
            return position
        flags, data = self._snapshot
        position -= len(data)
        skip = self._decoded_chars_used
        if not skip:
            return self._pack_cookie(position, flags)
        state = decoder.getstate()
        try:
            return self._place_in(data, position, flags, skip)
        finally:
            decoder.setstate(state)

    def _near_start(self, data, flags, skip):
        """A place in the data, not after the wanted one, at which the decoder has nothing pending: guessed, then stepped back from."""
        decoder = self._decoder
        at, back = int(self._b2cratio * skip), 1
        while at > 0:
            decoder.setstate((b"", flags))
            count = len(decoder.decode(data[:at]))
            if count > skip:
                at -= back
                back *= 2
                continue
            pending, new_flags = decoder.getstate()
            if not pending:
                return at, new_flags, skip - count
            at, back = at - len(pending), 1
        decoder.setstate((b"", flags))
        return 0, flags, skip

    def _place_in(self, data, position, flags, skip):
        """The cookie of the place that is `skip` characters into what the data, at `position`, decodes to."""
        decoder = self._decoder
        at, flags, skip = self._near_start(data, flags, skip)
        start = position + at
        if not skip:
            return self._pack_cookie(start, flags)
        # One byte after the other, until there are enough characters; the last place without pending bytes is where reading begins again.
        fed = decoded = 0
        for byte in range(at, len(data)):
            fed += 1
            decoded += len(decoder.decode(data[byte : byte + 1]))
            pending, new_flags = decoder.getstate()
            if not pending and decoded <= skip:
                start, skip, flags = start + fed, skip - decoded, new_flags
                fed = decoded = 0
            if decoded >= skip:
                return self._pack_cookie(start, flags, fed, False, skip)
        decoded += len(decoder.decode(b"", final=True))
        if decoded < skip:
            raise OSError("can't reconstruct logical file position")
        return self._pack_cookie(start, flags, fed, True, skip)

    def seek(self, cookie, whence=0):
        self._checkClosed("tell on closed file")
        if not self._seekable:
            raise UnsupportedOperation("underlying stream is not seekable")
        if whence == SEEK_CUR:
            if cookie != 0:
                raise UnsupportedOperation("can't do nonzero cur-relative seeks")
            cookie, whence = self.tell(), SEEK_SET
        elif whence == SEEK_END:
            if cookie != 0:
                raise UnsupportedOperation("can't do nonzero end-relative seeks")
            return self._seek_end()
        if whence != SEEK_SET:
            raise ValueError(f"unsupported whence ({whence!r})")
        if cookie < 0:
            raise ValueError(f"negative seek position {cookie!r}")
        self.flush()
        position, flags, feed, at_end, skip = self._unpack_cookie(cookie)
        self.buffer.seek(position)
        self._forget_read()
        if cookie == 0 and self._decoder:
            self._decoder.reset()
        elif self._decoder or flags or skip:
            decoder = self._decoder or self._get_decoder()
            decoder.setstate((b"", flags))
            self._snapshot = flags, b""
        if skip:
            data = self.buffer.read(feed)
            self._set_decoded_chars(self._decoder.decode(data, at_end))
            self._snapshot = flags, data
            if len(self._decoded_chars) < skip:
                raise OSError("can't restore logical file position")
            self._decoded_chars_used = skip
        self._encoder_at(cookie)
        return cookie

    def _seek_end(self):
        self.flush()
        position = self.buffer.seek(0, SEEK_END)
        self._forget_read()
        if self._decoder:
            self._decoder.reset()
        self._encoder_at(position)
        return position


class StringIO(TextIOWrapper):
    """A file of text in memory."""

    def __init__(self, initial_value="", newline="\n"):
        super().__init__(BytesIO(), encoding="utf-8", errors="surrogatepass", newline=newline)
        # "\n" stays as it is when it is written, whatever the system does.
        if newline is None:
            self._writetranslate = False
        if initial_value is None:
            return
        if not isinstance(initial_value, str):
            raise TypeError(f"initial_value must be str or None, not {type(initial_value).__name__}")
        self.write(initial_value)
        self.seek(0)

    def getvalue(self):
        self.flush()
        decoder = self._decoder or self._get_decoder()
        state = decoder.getstate()
        decoder.reset()
        try:
            return decoder.decode(self.buffer.getvalue(), final=True)
        finally:
            decoder.setstate(state)

    def __repr__(self):
        return object.__repr__(self)  # the wrapper's would show the encoding

    @property
    def encoding(self):
        return None

    @property
    def errors(self):
        return None

    def detach(self):
        self._unsupported("detach")

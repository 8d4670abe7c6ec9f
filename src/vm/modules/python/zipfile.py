"""ZIP archives: reading, writing, adding; members stored or deflated."""

import io
import itertools
import os
import posixpath
import shutil
import stat
import struct
import sys
import threading
import time
import zlib

from _imports import unsupported as _unsupported

__all__ = ["BadZipFile", "BadZipfile", "error", "ZIP_STORED", "ZIP_DEFLATED", "ZIP_BZIP2", "ZIP_LZMA", "is_zipfile",
           "ZipInfo", "ZipFile", "PyZipFile", "LargeZipFile", "Path"]

crc32 = zlib.crc32


class BadZipFile(Exception):
    """It is no archive, or a broken one."""


class LargeZipFile(Exception):
    """The archive would need the 64-bit format, which was not allowed."""


error = BadZipfile = BadZipFile

ZIP64_LIMIT = (1 << 31) - 1
ZIP_FILECOUNT_LIMIT = (1 << 16) - 1
ZIP_MAX_COMMENT = (1 << 16) - 1

ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA = 0, 8, 12, 14

DEFAULT_VERSION, ZIP64_VERSION, BZIP2_VERSION, LZMA_VERSION, MAX_EXTRACT_VERSION = 20, 45, 46, 63, 63

structEndArchive = _END = b"<4s4H2LH"
_END_MAGIC = b"PK\005\006"
structCentralDir = _CENTRAL = "<4s4B4HL2L5H2L"
_CENTRAL_MAGIC = b"PK\001\002"
structFileHeader = _LOCAL = "<4s2B4HL2L2H"
_LOCAL_MAGIC = b"PK\003\004"
structEndArchive64Locator = _END64_LOCATOR = "<4sLQL"
_END64_LOCATOR_MAGIC = b"PK\x06\x07"
structEndArchive64 = _END64 = "<4sQ2H2L4Q"
_END64_MAGIC = b"PK\x06\x06"
_DESCRIPTOR_MAGIC = 0x08074B50

sizeEndCentDir, sizeCentralDir, sizeFileHeader = map(struct.calcsize, (_END, _CENTRAL, _LOCAL))
sizeEndCentDir64Locator, sizeEndCentDir64 = map(struct.calcsize, (_END64_LOCATOR, _END64))

_ENCRYPTED, _DESCRIPTOR, _PATCHED, _STRONG, _UTF8 = 0x01, 0x08, 0x20, 0x40, 0x800

compressor_names = {
    0: "store", 1: "shrink", 2: "reduce", 3: "reduce", 4: "reduce", 5: "reduce", 6: "implode", 7: "tokenize", 8: "deflate",
    9: "deflate64", 10: "implode", 12: "bzip2", 14: "lzma", 18: "terse", 19: "lz77", 97: "wavpack", 98: "ppmd"}


def is_zipfile(filename):
    """Whether a file is an archive, by its end."""
    try:
        if hasattr(filename, "read"):
            return bool(_find_end(filename))
        with open(filename, "rb") as fp:
            return bool(_find_end(fp))
    except OSError:
        return False


class _End:
    """The end of an archive's directory: how many members, where the directory is."""

    def __init__(self, place, fields, comment):
        _, self.disk, _, _, self.count, self.size, self.offset, _ = fields
        self.comment = comment
        self.place = place
        self.is_64 = False


def _find_end(fp):
    """The end record; None if there is none."""
    fp.seek(0, 2)
    filesize = fp.tell()
    size = struct.calcsize(_END)
    try:
        fp.seek(-size, 2)
    except OSError:
        return None
    data = fp.read()
    if len(data) == size and data[:4] == _END_MAGIC and data[-2:] == b"\000\000":
        return _with_64(fp, _End(filesize - size, struct.unpack(_END, data), b""), filesize - size)
    # A comment may stand behind it.
    start = max(filesize - (1 << 16) - size, 0)
    fp.seek(start, 0)
    data = fp.read()
    at = data.rfind(_END_MAGIC)
    if at < 0:
        return None
    record = data[at:at + size]
    if len(record) != size:
        return None
    fields = struct.unpack(_END, record)
    comment = data[at + size:at + size + fields[7]]
    return _with_64(fp, _End(start + at, fields, comment), start + at)


def _with_64(fp, end, place):
    size = struct.calcsize(_END64_LOCATOR)
    if place < size:
        return end
    fp.seek(place - size)
    data = fp.read(size)
    if len(data) != size:
        return end
    magic, disk, offset, disks = struct.unpack(_END64_LOCATOR, data)
    if magic != _END64_LOCATOR_MAGIC:
        return end
    if disk != 0 or disks > 1:
        raise BadZipFile("zipfiles that span multiple disks are not supported")
    record = struct.calcsize(_END64)
    fp.seek(place - size - record)
    data = fp.read(record)
    if len(data) != record or data[:4] != _END64_MAGIC:
        return end
    fields = struct.unpack(_END64, data)
    end.disk, end.count, end.size, end.offset = fields[4], fields[7], fields[8], fields[9]
    end.is_64 = True
    return end


def _strip_extra(extra, kinds):
    """An extra field without the parts of some kinds."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind not in kinds:
            kept += extra[at:at + 4 + length]
        at += 4 + length
    return kept + extra[at:] if kept or at < len(extra) else kept


class ZipInfo(object):
    """A member of an archive."""

    __slots__ = (
        "orig_filename", "filename", "date_time", "compress_type", "_compresslevel", "comment", "extra", "create_system",
        "create_version", "extract_version", "reserved", "flag_bits", "volume", "internal_attr", "external_attr",
        "header_offset", "CRC", "compress_size", "file_size", "_raw_time")

    def __init__(self, filename="NoName", date_time=(1980, 1, 1, 0, 0, 0)):
        self.orig_filename = filename
        end = filename.find(chr(0))
        if end >= 0:
            filename = filename[:end]
        if os.sep != "/" and os.sep in filename:
            filename = filename.replace(os.sep, "/")
        self.filename = filename
        self.date_time = date_time
        if date_time[0] < 1980:
            raise ValueError("ZIP does not support timestamps before 1980")
        self.compress_type = ZIP_STORED
        self._compresslevel = None
        self.comment = b""
        self.extra = b""
        self.create_system = 0 if sys.platform == "win32" else 3
        self.create_version = DEFAULT_VERSION
        self.extract_version = DEFAULT_VERSION
        self.reserved = 0
        self.flag_bits = 0
        self.volume = 0
        self.internal_attr = 0
        self.external_attr = 0
        self.compress_size = 0
        self.file_size = 0

    def __repr__(self):
        text = ["<%s filename=%r" % (self.__class__.__name__, self.filename)]
        if self.compress_type != ZIP_STORED:
            text.append(" compress_type=%s" % compressor_names.get(self.compress_type, self.compress_type))
        mode, dos = self.external_attr >> 16, self.external_attr & 0xFFFF
        if mode:
            text.append(" filemode=%r" % stat.filemode(mode))
        if dos:
            text.append(" external_attr=%#x" % dos)
        folder = self.is_dir()
        if not folder or self.file_size:
            text.append(" file_size=%r" % self.file_size)
        if (not folder or self.compress_size) and (
                self.compress_type != ZIP_STORED or self.file_size != self.compress_size):
            text.append(" compress_size=%r" % self.compress_size)
        text.append(">")
        return "".join(text)

    def _dos_time(self):
        y, m, d, hour, minute, second = self.date_time
        return (y - 1980) << 9 | m << 5 | d, hour << 11 | minute << 5 | second // 2

    def FileHeader(self, zip64=None):
        """The header before the member's data."""
        date, dostime = self._dos_time()
        if self.flag_bits & _DESCRIPTOR:
            # They come behind the data.
            crc = compressed = size = 0
        else:
            crc, compressed, size = self.CRC, self.compress_size, self.file_size
        extra = self.extra
        if zip64 is None:
            zip64 = size > ZIP64_LIMIT or compressed > ZIP64_LIMIT
        least = 0
        if zip64:
            extra = extra + struct.pack("<HHQQ", 1, 16, size, compressed)
        if size > ZIP64_LIMIT or compressed > ZIP64_LIMIT:
            if not zip64:
                raise LargeZipFile("Filesize would require ZIP64 extensions")
            size = compressed = 0xFFFFFFFF
            least = ZIP64_VERSION
        elif zip64:
            size = compressed = 0xFFFFFFFF
            least = ZIP64_VERSION
        self.extract_version = max(least, self.extract_version)
        self.create_version = max(least, self.create_version)
        name, flags = self._encodeFilenameFlags()
        header = struct.pack(_LOCAL, _LOCAL_MAGIC, self.extract_version, self.reserved, flags, self.compress_type, dostime,
                             date, crc, compressed, size, len(name), len(extra))
        return header + name + extra

    def _encodeFilenameFlags(self):
        try:
            return self.filename.encode("ascii"), self.flag_bits
        except UnicodeEncodeError:
            return self.filename.encode("utf-8"), self.flag_bits | _UTF8

    def _decodeExtra(self):
        """Sizes and places of the 64-bit format."""
        extra = self.extra
        while len(extra) >= 4:
            kind, length = struct.unpack("<HH", extra[:4])
            if length + 4 > len(extra):
                raise BadZipFile("Corrupt extra field %04x (size=%d)" % (kind, length))
            if kind == 1:
                data = extra[4:length + 4]
                field = "File size"
                try:
                    if self.file_size in (0xFFFF_FFFF_FFFF_FFFF, 0xFFFF_FFFF):
                        self.file_size, = struct.unpack("<Q", data[:8])
                        data = data[8:]
                    if self.compress_size == 0xFFFF_FFFF:
                        field = "Compress size"
                        self.compress_size, = struct.unpack("<Q", data[:8])
                        data = data[8:]
                    if self.header_offset == 0xFFFF_FFFF:
                        field = "Header offset"
                        self.header_offset, = struct.unpack("<Q", data[:8])
                except struct.error:
                    raise BadZipFile(f"Corrupt zip64 extra field. {field} not found.") from None
            extra = extra[length + 4:]

    @classmethod
    def from_file(cls, filename, arcname=None, *, strict_timestamps=True):
        """A member for a file on the disk."""
        if isinstance(filename, os.PathLike):
            filename = os.fspath(filename)
        st = os.stat(filename)
        isdir = stat.S_ISDIR(st.st_mode)
        date_time = time.localtime(st.st_mtime)[0:6]
        if not strict_timestamps and date_time[0] < 1980:
            date_time = (1980, 1, 1, 0, 0, 0)
        elif not strict_timestamps and date_time[0] > 2107:
            date_time = (2107, 12, 31, 23, 59, 59)
        if arcname is None:
            arcname = filename
        arcname = os.path.normpath(os.path.splitdrive(arcname)[1])
        while arcname[0] in (os.sep, os.altsep):
            arcname = arcname[1:]
        if isdir:
            arcname += "/"
        info = cls(arcname, date_time)
        info.external_attr = (st.st_mode & 0xFFFF) << 16
        if isdir:
            info.file_size = 0
            info.external_attr |= 0x10
        else:
            info.file_size = st.st_size
        return info

    def is_dir(self):
        return self.filename[-1] == "/"


def _check_compression(compression):
    if compression in (ZIP_STORED, ZIP_DEFLATED):
        return
    if compression in (ZIP_BZIP2, ZIP_LZMA):
        _unsupported("zipfile: the compression %s" % compressor_names[compression])
    raise NotImplementedError("That compression method is not supported")


def _get_compressor(compress_type, compresslevel=None):
    if compress_type != ZIP_DEFLATED:
        return None
    level = zlib.Z_DEFAULT_COMPRESSION if compresslevel is None else compresslevel
    return zlib.compressobj(level, zlib.DEFLATED, -15)


def _get_decompressor(compress_type):
    if compress_type == ZIP_STORED:
        return None
    if compress_type == ZIP_DEFLATED:
        return zlib.decompressobj(-15)
    if compress_type in (ZIP_BZIP2, ZIP_LZMA):
        _unsupported("zipfile: the compression %s" % compressor_names[compress_type])
    name = compressor_names.get(compress_type)
    if name:
        raise NotImplementedError("compression type %d (%s)" % (compress_type, name))
    raise NotImplementedError("compression type %d" % (compress_type,))


def _decrypter(pwd):
    """Undoes the encryption of old; a function over bytes."""
    def step(byte, crc):
        return crc >> 8 ^ _CRC[(crc ^ byte) & 0xFF]

    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte):
        keys[0] = step(byte, keys[0])
        keys[1] = (keys[1] + (keys[0] & 0xFF)) * 134775813 + 1 & 0xFFFFFFFF
        keys[2] = step(keys[1] >> 24, keys[2])

    for each in pwd:
        update(each)

    def decrypt(data):
        out = bytearray()
        for c in data:
            k = keys[2] | 2
            c ^= k * (k ^ 1) >> 8 & 0xFF
            update(c)
            out.append(c)
        return bytes(out)

    return decrypt


def _crc_of(byte):
    for _ in range(8):
        byte = byte >> 1 ^ (0xEDB88320 if byte & 1 else 0)
    return byte


_CRC = [_crc_of(n) for n in range(256)]


class _SharedFile:
    """The archive's file as one of several readers sees it."""

    def __init__(self, file, pos, close, lock, writing):
        self._file = file
        self._pos = pos
        self._close = close
        self._lock = lock
        self._writing = writing
        self.seekable = file.seekable

    def tell(self):
        return self._pos

    def _free(self, what):
        if self._writing():
            raise ValueError("Can't %s the ZIP file while there is an open writing handle on it. Close the writing handle "
                             "before trying to read." % what)

    def seek(self, offset, whence=0):
        with self._lock:
            self._free("reposition in")
            self._file.seek(offset, whence)
            self._pos = self._file.tell()
            return self._pos

    def read(self, n=-1):
        with self._lock:
            self._free("read from")
            self._file.seek(self._pos)
            data = self._file.read(n)
            self._pos = self._file.tell()
            return data

    def close(self):
        if self._file is not None:
            file, self._file = self._file, None
            self._close(file)


class _Tellable:
    """A stream that can only be written, and how far it is."""

    def __init__(self, fp):
        self.fp = fp
        self.offset = 0

    def write(self, data):
        n = self.fp.write(data)
        self.offset += n
        return n

    def tell(self):
        return self.offset

    def flush(self):
        self.fp.flush()

    def close(self):
        self.fp.close()


class ZipExtFile(io.BufferedIOBase):
    """A member that is read."""

    MAX_N = 1 << 31 - 1
    MIN_READ_SIZE = 4096
    MAX_SEEK_READ = 1 << 24

    def __init__(self, fileobj, mode, zipinfo, pwd=None, close_fileobj=False):
        self._fileobj = fileobj
        self._pwd = pwd
        self._close_fileobj = close_fileobj
        self._info = zipinfo
        self.newlines = None
        self.mode = mode
        self.name = zipinfo.filename
        self._expected_crc = getattr(zipinfo, "CRC", None)
        self._seekable = False
        try:
            if fileobj.seekable():
                self._start = fileobj.tell()
                self._seekable = True
        except AttributeError:
            pass
        self._decrypt = None
        self._begin()

    def _begin(self):
        info = self._info
        self._left = info.compress_size
        self._size_left = info.file_size
        self._decompressor = _get_decompressor(info.compress_type)
        self._eof = False
        self._buffer = b""
        self._offset = 0
        self._running_crc = crc32(b"")
        self._position = 0
        if info.flag_bits & _ENCRYPTED:
            check = (info._raw_time >> 8) & 0xFF if info.flag_bits & _DESCRIPTOR else (info.CRC >> 24) & 0xFF
            self._decrypt = _decrypter(self._pwd)
            header = self._fileobj.read(12)
            self._left -= 12
            if self._decrypt(header)[11] != check:
                raise RuntimeError("Bad password for file %r" % self._info.orig_filename)

    def __repr__(self):
        text = ["<%s.%s" % (self.__class__.__module__, self.__class__.__qualname__)]
        if not self.closed:
            text.append(" name=%r mode=%r" % (self.name, self.mode))
            if self._info.compress_type != ZIP_STORED:
                text.append(" compress_type=%s" % compressor_names.get(self._info.compress_type, self._info.compress_type))
        else:
            text.append(" [closed]")
        text.append(">")
        return "".join(text)

    def readline(self, limit=-1):
        if limit < 0:
            at = self._buffer.find(b"\n", self._offset) + 1
            if at > 0:
                line = self._buffer[self._offset:at]
                self._offset = at
                return line
        return io.BufferedIOBase.readline(self, limit)

    def peek(self, n=1):
        if n > len(self._buffer) - self._offset:
            chunk = self.read(n)
            if len(chunk) > self._offset:
                self._buffer = chunk + self._buffer[self._offset:]
                self._offset = 0
            else:
                self._offset -= len(chunk)
        return self._buffer[self._offset:self._offset + 512]

    def readable(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        return True

    def read(self, n=-1):
        if self.closed:
            raise ValueError("read from closed file.")
        if n is None or n < 0:
            parts = [self._buffer[self._offset:]]
            self._buffer, self._offset = b"", 0
            while not self._eof:
                parts.append(self._read1(self.MAX_N))
            return b"".join(parts)
        parts = []
        while n > 0:
            have = self._buffer[self._offset:self._offset + n]
            if have:
                self._offset += len(have)
                parts.append(have)
                n -= len(have)
                continue
            if self._eof:
                break
            data = self._read1(n)
            self._buffer, self._offset = data, 0
        return b"".join(parts)

    def _update_crc(self, newdata):
        if self._expected_crc is None:
            return
        self._running_crc = crc32(newdata, self._running_crc)
        if self._eof and self._running_crc != self._expected_crc:
            raise BadZipFile("Bad CRC-32 for file %r" % self.name)

    def read1(self, n):
        if n is None or n < 0:
            data = self._buffer[self._offset:]
            self._buffer, self._offset = b"", 0
            while not self._eof:
                more = self._read1(self.MAX_N)
                if more:
                    data += more
                    break
            return data
        have = self._buffer[self._offset:self._offset + n]
        if have:
            self._offset += len(have)
            return have
        while n > 0 and not self._eof:
            data = self._read1(n)
            if data:
                self._buffer, self._offset = data, min(n, len(data))
                return data[:n]
        return b""

    def _read1(self, n):
        """The next piece, once through the decompressor."""
        if self._eof or n <= 0:
            return b""
        if self._info.compress_type == ZIP_DEFLATED:
            data = self._decompressor.unconsumed_tail
            if n > len(data):
                data += self._read2(n - len(data))
            n = max(n, self.MIN_READ_SIZE)
            data = self._decompressor.decompress(data, n)
            self._eof = self._decompressor.eof or self._left <= 0 and not self._decompressor.unconsumed_tail
            if self._eof:
                data += self._decompressor.flush()
        else:
            data = self._read2(n)
            self._eof = self._left <= 0
        data = data[:self._size_left]
        self._size_left -= len(data)
        if self._size_left <= 0:
            self._eof = True
        self._update_crc(data)
        return data

    def _read2(self, n):
        if self._left <= 0:
            return b""
        n = min(max(n, self.MIN_READ_SIZE), self._left)
        data = self._fileobj.read(n)
        self._left -= len(data)
        if not data:
            raise EOFError
        return self._decrypt(data) if self._decrypt else data

    def close(self):
        try:
            if self._close_fileobj:
                self._fileobj.close()
        finally:
            super().close()

    def seekable(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        return self._seekable

    def seek(self, offset, whence=0):
        """Backwards by beginning anew, forwards by reading."""
        if self.closed:
            raise ValueError("seek on closed file.")
        if not self._seekable:
            raise io.UnsupportedOperation("underlying stream is not seekable")
        here = self.tell()
        if whence == 0:
            new = offset
        elif whence == 1:
            new = here + offset
        elif whence == 2:
            new = self._info.file_size + offset
        else:
            raise ValueError("whence must be os.SEEK_SET (0), os.SEEK_CUR (1), or os.SEEK_END (2)")
        new = min(max(new, 0), self._info.file_size)
        if new < here:
            self._fileobj.seek(self._start)
            self._begin()
            here = 0
        # What is skipped is not all read: its checksum is of no interest, unless the end comes.
        while here < new:
            part = self.read(min(self.MAX_SEEK_READ, new - here))
            if not part:
                break
            here += len(part)
        return self.tell()

    def tell(self):
        if self.closed:
            raise ValueError("tell on closed file.")
        if not self._seekable:
            raise io.UnsupportedOperation("underlying stream is not seekable")
        return self._info.file_size - self._size_left - len(self._buffer) + self._offset


class _ZipWriteFile(io.BufferedIOBase):
    """A member that is written."""

    def __init__(self, zf, zinfo, zip64):
        self._zinfo = zinfo
        self._zip64 = zip64
        self._zipfile = zf
        self._compressor = _get_compressor(zinfo.compress_type, zinfo._compresslevel)
        self._file_size = 0
        self._compress_size = 0
        self._crc = 0

    @property
    def _fileobj(self):
        return self._zipfile.fp

    def writable(self):
        return True

    def write(self, data):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        if isinstance(data, (bytes, bytearray)):
            size = len(data)
        else:
            data = memoryview(data)
            size = data.nbytes
        self._file_size += size
        self._crc = crc32(data, self._crc)
        if self._compressor:
            data = self._compressor.compress(data)
            self._compress_size += len(data)
        self._fileobj.write(data)
        return size

    def close(self):
        if self.closed:
            return
        try:
            super().close()
            info = self._zinfo
            if self._compressor:
                rest = self._compressor.flush()
                self._compress_size += len(rest)
                self._fileobj.write(rest)
                info.compress_size = self._compress_size
            else:
                info.compress_size = self._file_size
            info.CRC = self._crc
            info.file_size = self._file_size
            if info.flag_bits & _DESCRIPTOR:
                shape = "<LLQQ" if self._zip64 else "<LLLL"
                self._fileobj.write(struct.pack(shape, _DESCRIPTOR_MAGIC, info.CRC, info.compress_size, info.file_size))
                self._zipfile.start_dir = self._fileobj.tell()
            else:
                if not self._zip64:
                    if self._file_size > ZIP64_LIMIT:
                        raise RuntimeError("File size unexpectedly exceeded ZIP64 limit")
                    if self._compress_size > ZIP64_LIMIT:
                        raise RuntimeError("Compressed size unexpectedly exceeded ZIP64 limit")
                # The header is written again, with what is known now.
                self._zipfile.start_dir = self._fileobj.tell()
                self._fileobj.seek(info.header_offset)
                self._fileobj.write(info.FileHeader(self._zip64))
                self._fileobj.seek(self._zipfile.start_dir)
            self._zipfile.filelist.append(info)
            self._zipfile.NameToInfo[info.filename] = info
        finally:
            self._zipfile._writing = False


class ZipFile:
    """An archive."""

    fp = None
    _windows_illegal_name_trans_table = None

    def __init__(self, file, mode="r", compression=ZIP_STORED, allowZip64=True, compresslevel=None, *,
                 strict_timestamps=True):
        if mode not in ("r", "w", "x", "a"):
            raise ValueError("ZipFile requires mode 'r', 'w', 'x', or 'a'")
        _check_compression(compression)
        self._allowZip64 = allowZip64
        self._didModify = False
        self.debug = 0
        self.NameToInfo = {}
        self.filelist = []
        self.compression = compression
        self.compresslevel = compresslevel
        self.mode = mode
        self.pwd = None
        self._comment = b""
        self._strict_timestamps = strict_timestamps
        if isinstance(file, os.PathLike):
            file = os.fspath(file)
        if isinstance(file, str):
            self._filePassed = 0
            self.filename = file
            modes = {"r": "rb", "w": "w+b", "x": "x+b", "a": "r+b", "r+b": "w+b", "w+b": "wb", "x+b": "xb"}
            filemode = modes[mode]
            while True:
                try:
                    self.fp = io.open(file, filemode)
                except OSError:
                    if filemode in modes:
                        filemode = modes[filemode]
                        continue
                    raise
                break
        else:
            self._filePassed = 1
            self.fp = file
            self.filename = getattr(file, "name", None)
        self._fileRefCnt = 1
        self._lock = threading.RLock()
        self._seekable = True
        self._writing = False
        try:
            if mode == "r":
                self._RealGetContents()
            elif mode in ("w", "x"):
                self._didModify = True
                try:
                    self.start_dir = self.fp.tell()
                except (AttributeError, OSError):
                    self.fp = _Tellable(self.fp)
                    self.start_dir = 0
                    self._seekable = False
                else:
                    try:
                        self.fp.seek(self.start_dir)
                    except (AttributeError, OSError):
                        self._seekable = False
            else:
                try:
                    self._RealGetContents()
                    self.fp.seek(self.start_dir)
                except BadZipFile:
                    # It is no archive yet: one is put behind it.
                    self.fp.seek(0, 2)
                    self._didModify = True
                    self.start_dir = self.fp.tell()
        except:
            fp, self.fp = self.fp, None
            self._fpclose(fp)
            raise

    def __enter__(self):
        return self

    def __exit__(self, type, value, traceback):
        self.close()

    def __repr__(self):
        text = ["<%s.%s" % (self.__class__.__module__, self.__class__.__qualname__)]
        if self.fp is not None:
            if self._filePassed:
                text.append(" file=%r" % self.fp)
            elif self.filename is not None:
                text.append(" filename=%r" % self.filename)
            text.append(" mode=%r" % self.mode)
        else:
            text.append(" [closed]")
        text.append(">")
        return "".join(text)

    def _RealGetContents(self):
        """Reads the directory."""
        fp = self.fp
        try:
            end = _find_end(fp)
        except OSError:
            raise BadZipFile("File is not a zip file")
        if not end:
            raise BadZipFile("File is not a zip file")
        self._comment = end.comment
        # Something may stand before the archive.
        concat = end.place - end.size - end.offset
        if end.is_64:
            concat -= struct.calcsize(_END64) + struct.calcsize(_END64_LOCATOR)
        self.start_dir = end.offset + concat
        if self.start_dir < 0:
            raise BadZipFile("Bad offset for central directory")
        fp.seek(self.start_dir, 0)
        data = io.BytesIO(fp.read(end.size))
        total = 0
        size = struct.calcsize(_CENTRAL)
        while total < end.size:
            record = data.read(size)
            if len(record) != size:
                raise BadZipFile("Truncated central directory")
            fields = struct.unpack(_CENTRAL, record)
            if fields[0] != _CENTRAL_MAGIC:
                raise BadZipFile("Bad magic number for central directory")
            name = data.read(fields[12])
            name = name.decode("utf-8" if fields[5] & _UTF8 else "cp437")
            x = ZipInfo(name)
            x.extra = data.read(fields[13])
            x.comment = data.read(fields[14])
            x.header_offset = fields[18]
            (x.create_version, x.create_system, x.extract_version, x.reserved, x.flag_bits, x.compress_type, t, d, x.CRC,
             x.compress_size, x.file_size) = fields[1:12]
            if x.extract_version > MAX_EXTRACT_VERSION:
                raise NotImplementedError("zip file version %.1f" % (x.extract_version / 10))
            x.volume, x.internal_attr, x.external_attr = fields[15:18]
            x._raw_time = t
            x.date_time = ((d >> 9) + 1980, d >> 5 & 0xF, d & 0x1F, t >> 11, t >> 5 & 0x3F, (t & 0x1F) * 2)
            x._decodeExtra()
            x.header_offset = x.header_offset + concat
            self.filelist.append(x)
            self.NameToInfo[x.filename] = x
            total += size + sum(fields[12:15])

    def namelist(self):
        return [info.filename for info in self.filelist]

    def infolist(self):
        return self.filelist

    def printdir(self, file=None):
        """A table of the members."""
        print("%-46s %19s %12s" % ("File Name", "Modified    ", "Size"), file=file)
        for info in self.filelist:
            date = "%d-%02d-%02d %02d:%02d:%02d" % info.date_time[:6]
            print("%-46s %s %12d" % (info.filename, date, info.file_size), file=file)

    def testzip(self):
        """The name of the first member that is broken, or None."""
        for info in self.filelist:
            try:
                with self.open(info.filename, "r") as f:
                    while f.read(1 << 20):
                        pass
            except BadZipFile:
                return info.filename

    def getinfo(self, name):
        info = self.NameToInfo.get(name)
        if info is None:
            raise KeyError("There is no item named %r in the archive" % name)
        return info

    def setpassword(self, pwd):
        if pwd and not isinstance(pwd, bytes):
            raise TypeError("pwd: expected bytes, got %s" % type(pwd).__name__)
        self.pwd = pwd or None

    @property
    def comment(self):
        return self._comment

    @comment.setter
    def comment(self, comment):
        if not isinstance(comment, bytes):
            raise TypeError("comment: expected bytes, got %s" % type(comment).__name__)
        if len(comment) > ZIP_MAX_COMMENT:
            import warnings
            warnings.warn("Archive comment is too long; truncating to %d bytes" % ZIP_MAX_COMMENT, stacklevel=2)
            comment = comment[:ZIP_MAX_COMMENT]
        self._comment = comment
        self._didModify = True

    def read(self, name, pwd=None):
        with self.open(name, "r", pwd) as fp:
            return fp.read()

    def open(self, name, mode="r", pwd=None, *, force_zip64=False):
        """A member as a file, to be read or written."""
        if mode not in {"r", "w"}:
            raise ValueError('open() requires mode "r" or "w"')
        if pwd and mode == "w":
            raise ValueError("pwd is only supported for reading files")
        if not self.fp:
            raise ValueError("Attempt to use ZIP archive that was already closed")
        if isinstance(name, ZipInfo):
            zinfo = name
        elif mode == "w":
            zinfo = ZipInfo(name)
            zinfo.compress_type = self.compression
            zinfo._compresslevel = self.compresslevel
        else:
            zinfo = self.getinfo(name)
        if mode == "w":
            return self._open_to_write(zinfo, force_zip64=force_zip64)
        if self._writing:
            raise ValueError("Can't read from the ZIP file while there is an open writing handle on it. Close the writing "
                             "handle before trying to read.")
        self._fileRefCnt += 1
        shared = _SharedFile(self.fp, zinfo.header_offset, self._fpclose, self._lock, lambda: self._writing)
        try:
            self._check_header(shared, zinfo)
            if zinfo.flag_bits & _ENCRYPTED:
                if not pwd:
                    pwd = self.pwd
                if pwd and not isinstance(pwd, bytes):
                    raise TypeError("pwd: expected bytes, got %s" % type(pwd).__name__)
                if not pwd:
                    raise RuntimeError("File %r is encrypted, password required for extraction" % name)
            else:
                pwd = None
            return ZipExtFile(shared, mode, zinfo, pwd, True)
        except:
            shared.close()
            raise

    def _check_header(self, fp, zinfo):
        """The header before the data must be what the directory says."""
        size = struct.calcsize(_LOCAL)
        record = fp.read(size)
        if len(record) != size:
            raise BadZipFile("Truncated file header")
        fields = struct.unpack(_LOCAL, record)
        if fields[0] != _LOCAL_MAGIC:
            raise BadZipFile("Bad magic number for file header")
        fname = fp.read(fields[10])
        if fields[11]:
            fp.read(fields[11])
        if zinfo.flag_bits & _PATCHED:
            raise NotImplementedError("compressed patched data (flag bit 5)")
        if zinfo.flag_bits & _STRONG:
            raise NotImplementedError("strong encryption (flag bit 6)")
        name = fname.decode("utf-8" if fields[3] & _UTF8 else "cp437")
        if name != zinfo.orig_filename:
            raise BadZipFile("File name in directory %r and header %r differ." % (zinfo.orig_filename, fname))

    def _open_to_write(self, zinfo, force_zip64=False):
        if force_zip64 and not self._allowZip64:
            raise ValueError("force_zip64 is True, but allowZip64 was False when opening the ZIP file.")
        if self._writing:
            raise ValueError("Can't write to the ZIP file while there is another write handle open on it. Close the first "
                             "handle before opening another.")
        zinfo.compress_size = 0
        zinfo.CRC = 0
        zinfo.flag_bits = 0x00
        if not self._seekable:
            zinfo.flag_bits |= _DESCRIPTOR
        if not zinfo.external_attr:
            zinfo.external_attr = 0o600 << 16
        zip64 = force_zip64 or zinfo.file_size * 1.05 > ZIP64_LIMIT
        if not self._allowZip64 and zip64:
            raise LargeZipFile("Filesize would require ZIP64 extensions")
        if self._seekable:
            self.fp.seek(self.start_dir)
        zinfo.header_offset = self.fp.tell()
        self._writecheck(zinfo)
        self._didModify = True
        self.fp.write(zinfo.FileHeader(zip64))
        self._writing = True
        return _ZipWriteFile(self, zinfo, zip64)

    def extract(self, member, path=None, pwd=None):
        """Writes a member to the disk; where it is comes back."""
        path = os.getcwd() if path is None else os.fspath(path)
        return self._extract_member(member, path, pwd)

    def extractall(self, path=None, members=None, pwd=None):
        if members is None:
            members = self.namelist()
        path = os.getcwd() if path is None else os.fspath(path)
        for member in members:
            self._extract_member(member, path, pwd)

    def _extract_member(self, member, targetpath, pwd):
        if not isinstance(member, ZipInfo):
            member = self.getinfo(member)
        # Nothing may come out above the folder.
        arcname = member.filename.replace("/", os.path.sep)
        arcname = os.path.splitdrive(arcname)[1]
        arcname = os.path.sep.join(part for part in arcname.split(os.path.sep)
                                   if part not in ("", os.path.curdir, os.path.pardir))
        targetpath = os.path.normpath(os.path.join(targetpath, arcname))
        above = os.path.dirname(targetpath)
        if above and not os.path.exists(above):
            os.makedirs(above)
        if member.is_dir():
            if not os.path.isdir(targetpath):
                os.mkdir(targetpath)
            return targetpath
        with self.open(member, pwd=pwd) as source, open(targetpath, "wb") as target:
            shutil.copyfileobj(source, target)
        return targetpath

    def _writecheck(self, zinfo):
        if zinfo.filename in self.NameToInfo:
            import warnings
            warnings.warn("Duplicate name: %r" % zinfo.filename, stacklevel=3)
        if self.mode not in ("w", "x", "a"):
            raise ValueError("write() requires mode 'w', 'x', or 'a'")
        if not self.fp:
            raise ValueError("Attempt to write ZIP archive that was already closed")
        _check_compression(zinfo.compress_type)
        if not self._allowZip64:
            too_much = None
            if len(self.filelist) >= ZIP_FILECOUNT_LIMIT:
                too_much = "Files count"
            elif zinfo.file_size > ZIP64_LIMIT:
                too_much = "Filesize"
            elif zinfo.header_offset > ZIP64_LIMIT:
                too_much = "Zipfile size"
            if too_much:
                raise LargeZipFile(too_much + " would require ZIP64 extensions")

    def write(self, filename, arcname=None, compress_type=None, compresslevel=None):
        """Adds a file of the disk."""
        if not self.fp:
            raise ValueError("Attempt to write to ZIP archive that was already closed")
        if self._writing:
            raise ValueError("Can't write to ZIP archive while an open writing handle exists")
        zinfo = ZipInfo.from_file(filename, arcname, strict_timestamps=self._strict_timestamps)
        if zinfo.is_dir():
            zinfo.compress_size = 0
            zinfo.CRC = 0
            self._write_dir(zinfo)
            return
        zinfo.compress_type = self.compression if compress_type is None else compress_type
        zinfo._compresslevel = self.compresslevel if compresslevel is None else compresslevel
        with open(filename, "rb") as src, self.open(zinfo, "w") as dest:
            shutil.copyfileobj(src, dest, 1024 * 8)

    def _write_dir(self, zinfo):
        with self._lock:
            if self._seekable:
                self.fp.seek(self.start_dir)
            zinfo.header_offset = self.fp.tell()
            self._writecheck(zinfo)
            self._didModify = True
            self.filelist.append(zinfo)
            self.NameToInfo[zinfo.filename] = zinfo
            self.fp.write(zinfo.FileHeader(False))
            self.start_dir = self.fp.tell()

    def writestr(self, zinfo_or_arcname, data, compress_type=None, compresslevel=None):
        """Adds a member with these contents."""
        if isinstance(data, str):
            data = data.encode("utf-8")
        if isinstance(zinfo_or_arcname, ZipInfo):
            zinfo = zinfo_or_arcname
        else:
            zinfo = ZipInfo(filename=zinfo_or_arcname, date_time=time.localtime(time.time())[:6])
            zinfo.compress_type = self.compression
            zinfo._compresslevel = self.compresslevel
            if zinfo.filename[-1] == "/":
                zinfo.external_attr = 0o40775 << 16
                zinfo.external_attr |= 0x10
            else:
                zinfo.external_attr = 0o600 << 16
        if not self.fp:
            raise ValueError("Attempt to write to ZIP archive that was already closed")
        if self._writing:
            raise ValueError("Can't write to ZIP archive while an open writing handle exists.")
        if compress_type is not None:
            zinfo.compress_type = compress_type
        if compresslevel is not None:
            zinfo._compresslevel = compresslevel
        zinfo.file_size = len(data)
        with self._lock:
            with self.open(zinfo, mode="w") as dest:
                dest.write(data)

    def __del__(self):
        self.close()

    def close(self):
        """Writes the directory, if anything was added."""
        if self.fp is None:
            return
        if self._writing:
            raise ValueError("Can't close the ZIP file while there is an open writing handle on it. Close the writing handle "
                             "before closing the zip.")
        try:
            if self.mode in ("w", "x", "a") and self._didModify:
                with self._lock:
                    if self._seekable:
                        self.fp.seek(self.start_dir)
                    self._write_end_record()
        finally:
            fp, self.fp = self.fp, None
            self._fpclose(fp)

    def _central_record(self, zinfo):
        date, dostime = zinfo._dos_time()
        wide = []
        if zinfo.file_size > ZIP64_LIMIT or zinfo.compress_size > ZIP64_LIMIT:
            wide += [zinfo.file_size, zinfo.compress_size]
            size = compressed = 0xFFFFFFFF
        else:
            size, compressed = zinfo.file_size, zinfo.compress_size
        offset = zinfo.header_offset
        if offset > ZIP64_LIMIT:
            wide.append(offset)
            offset = 0xFFFFFFFF
        extra = zinfo.extra
        least = 0
        if wide:
            extra = _strip_extra(extra, (1,))
            extra = struct.pack("<HH" + "Q" * len(wide), 1, 8 * len(wide), *wide) + extra
            least = ZIP64_VERSION
        name, flags = zinfo._encodeFilenameFlags()
        record = struct.pack(
            _CENTRAL, _CENTRAL_MAGIC, max(least, zinfo.create_version), zinfo.create_system,
            max(least, zinfo.extract_version), zinfo.reserved, flags, zinfo.compress_type, dostime, date, zinfo.CRC,
            compressed, size, len(name), len(extra), len(zinfo.comment), 0, zinfo.internal_attr, zinfo.external_attr, offset)
        return record + name + extra + zinfo.comment

    def _write_end_record(self):
        for zinfo in self.filelist:
            self.fp.write(self._central_record(zinfo))
        place = self.fp.tell()
        count = len(self.filelist)
        size, offset = place - self.start_dir, self.start_dir
        too_much = None
        if count > ZIP_FILECOUNT_LIMIT:
            too_much = "Files count"
        elif offset > ZIP64_LIMIT:
            too_much = "Central directory offset"
        elif size > ZIP64_LIMIT:
            too_much = "Central directory size"
        if too_much:
            if not self._allowZip64:
                raise LargeZipFile(too_much + " would require ZIP64 extensions")
            self.fp.write(struct.pack(_END64, _END64_MAGIC, struct.calcsize(_END64) - 12, 45, 45, 0, 0, count, count, size,
                                      offset))
            self.fp.write(struct.pack(_END64_LOCATOR, _END64_LOCATOR_MAGIC, 0, place, 1))
            count, size, offset = min(count, 0xFFFF), min(size, 0xFFFFFFFF), min(offset, 0xFFFFFFFF)
        self.fp.write(struct.pack(_END, _END_MAGIC, 0, 0, count, count, size, offset, len(self._comment)))
        self.fp.write(self._comment)
        if self.mode == "a":
            self.fp.truncate()
        self.fp.flush()

    def _fpclose(self, fp):
        assert self._fileRefCnt > 0
        self._fileRefCnt -= 1
        if not self._fileRefCnt and not self._filePassed:
            fp.close()


class PyZipFile(ZipFile):
    """An archive of compiled modules: there are no compiled files here."""

    def __init__(self, *args, **kwargs):
        _unsupported("zipfile.PyZipFile()")


class CompleteDirs(ZipFile):
    """An archive whose list of names has all folders."""

    @staticmethod
    def _implied_dirs(names):
        parents = itertools.chain.from_iterable(map(_parents, names))
        folders = (p + posixpath.sep for p in parents)
        known = set(names)
        return dict.fromkeys(folder for folder in folders if folder not in known)

    def namelist(self):
        names = super().namelist()
        return names + list(self._implied_dirs(names))

    def _name_set(self):
        return set(self.namelist())

    def getinfo(self, name):
        try:
            return super().getinfo(name)
        except KeyError:
            if not name.endswith("/") or name not in self._name_set():
                raise
            # A folder that only its contents tell of.
            return ZipInfo(filename=name)

    def resolve_dir(self, name):
        """A folder's name with its slash, if it is one."""
        names = self._name_set()
        folder = name + "/"
        return folder if name not in names and folder in names else name

    @classmethod
    def make(cls, source):
        if isinstance(source, CompleteDirs):
            return source
        if not isinstance(source, ZipFile):
            return cls(source)
        if "r" not in source.mode:
            cls = CompleteDirs
        source.__class__ = cls
        return source


class FastLookup(CompleteDirs):
    """The same of an archive that does not change: names are looked for once."""

    _names = _set = None

    def namelist(self):
        if self._names is None:
            self._names = super().namelist()
        return self._names

    def _name_set(self):
        if self._set is None:
            self._set = super()._name_set()
        return self._set


def _ancestry(path):
    path = path.rstrip(posixpath.sep)
    while path and path != posixpath.sep:
        yield path
        path, tail = posixpath.split(path)


def _parents(path):
    return itertools.islice(_ancestry(path), 1, None)


class Path:
    """A place in an archive, in the manner of pathlib."""

    def __init__(self, root, at=""):
        self.root = FastLookup.make(root)
        self.at = at

    def open(self, mode="r", *args, pwd=None, **kwargs):
        if self.is_dir():
            raise IsADirectoryError(self)
        zip_mode = mode[0]
        if not self.exists() and zip_mode == "r":
            raise FileNotFoundError(self)
        stream = self.root.open(self.at, zip_mode, pwd=pwd)
        if "b" in mode:
            if args or kwargs:
                raise ValueError("encoding args invalid for binary operation")
            return stream
        if not args:
            kwargs["encoding"] = io.text_encoding(kwargs.get("encoding"))
        return io.TextIOWrapper(stream, *args, **kwargs)

    @property
    def filename(self):
        import pathlib
        return pathlib.Path(self.root.filename).joinpath(self.at)

    def _of_path(name):
        import pathlib

        def get(self):
            path = pathlib.Path(self.at)
            return getattr(path, name) or getattr(self.filename, name)

        return property(get)

    name, suffix, suffixes, stem = map(_of_path, ("name", "suffix", "suffixes", "stem"))
    del _of_path

    def read_text(self, *args, **kwargs):
        if not args:
            kwargs["encoding"] = io.text_encoding(kwargs.get("encoding"))
        with self.open("r", *args, **kwargs) as strm:
            return strm.read()

    def read_bytes(self):
        with self.open("rb") as strm:
            return strm.read()

    def _is_child(self, path):
        return posixpath.dirname(path.at.rstrip("/")) == self.at.rstrip("/")

    def _next(self, at):
        return self.__class__(self.root, at)

    def is_dir(self):
        return not self.at or self.at.endswith("/")

    def is_file(self):
        return self.exists() and not self.is_dir()

    def exists(self):
        return self.at in self.root._name_set()

    def iterdir(self):
        if not self.is_dir():
            raise ValueError("Can't listdir a file")
        subs = map(self._next, self.root.namelist())
        return filter(self._is_child, subs)

    def __str__(self):
        return posixpath.join(self.root.filename, self.at)

    def __repr__(self):
        return "{self.__class__.__name__}({self.root.filename!r}, {self.at!r})".format(self=self)

    def joinpath(self, *other):
        return self._next(self.root.resolve_dir(posixpath.join(self.at, *other)))

    __truediv__ = joinpath

    @property
    def parent(self):
        if not self.at:
            return self.filename.parent
        parent_at = posixpath.dirname(self.at.rstrip("/"))
        if parent_at:
            parent_at += "/"
        return self._next(parent_at)


def main(args=None):
    import argparse
    parser = argparse.ArgumentParser(description="A simple command-line interface for zipfile module.")
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("-l", "--list", metavar="<zipfile>", help="Show listing of a zipfile")
    group.add_argument("-e", "--extract", nargs=2, metavar=("<zipfile>", "<output_dir>"),
                       help="Extract zipfile into target dir")
    group.add_argument("-c", "--create", nargs="+", metavar=("<name>", "<file>"), help="Create zipfile from sources")
    group.add_argument("-t", "--test", metavar="<zipfile>", help="Test if a zipfile is valid")
    args = parser.parse_args(args)
    if args.test is not None:
        with ZipFile(args.test, "r") as zf:
            broken = zf.testzip()
        if broken:
            print("The following enclosed file is corrupted: {!r}".format(broken))
        print("Done testing")
    elif args.list is not None:
        with ZipFile(args.list, "r") as zf:
            zf.printdir()
    elif args.extract is not None:
        src, folder = args.extract
        with ZipFile(src, "r") as zf:
            zf.extractall(folder)
    elif args.create is not None:
        name, *files = args.create

        def add(zf, path, zippath):
            if os.path.isfile(path):
                zf.write(path, zippath, ZIP_DEFLATED)
            elif os.path.isdir(path):
                if zippath:
                    zf.write(path, zippath)
                for each in sorted(os.listdir(path)):
                    add(zf, os.path.join(path, each), os.path.join(zippath, each))

        with ZipFile(name, "w") as zf:
            for path in files:
                zippath = os.path.basename(path) or os.path.basename(os.path.dirname(path))
                if zippath in ("", os.curdir, os.pardir):
                    zippath = ""
                add(zf, path, zippath)


if __name__ == "__main__":
    main()

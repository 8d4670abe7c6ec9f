"""What kind of file a name stands for, and which names stand for a kind."""

import os
import posixpath
import sys
import urllib.parse

__all__ = ["knownfiles", "inited", "MimeTypes", "guess_type", "guess_all_extensions", "guess_extension", "add_type", "init", "read_mime_types", "suffix_map", "encodings_map", "types_map", "common_types"]

knownfiles = [
    "/etc/mime.types",
    "/etc/httpd/mime.types",
    "/etc/httpd/conf/mime.types",
    "/etc/apache/mime.types",
    "/etc/apache2/mime.types",
    "/usr/local/etc/httpd/conf/mime.types",
    "/usr/local/lib/netscape/mime.types",
    "/usr/local/etc/httpd/conf/mime.types",
    "/usr/local/etc/mime.types",
]

inited = False
_db = None

_suffix_map_default = {".svgz": ".svg.gz", ".tgz": ".tar.gz", ".taz": ".tar.gz", ".tz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz"}

_encodings_map_default = {".gz": "gzip", ".Z": "compress", ".bz2": "bzip2", ".xz": "xz", ".br": "br"}

# A kind, and the suffixes that mean it; kinds come in the order in which their suffixes are offered.
_kinds = """
application/javascript .js .mjs
application/json .json
application/manifest+json .webmanifest
application/msword .doc .dot .wiz
application/octet-stream .bin .a .dll .exe .o .obj .so
application/oda .oda
application/pdf .pdf
application/pkcs7-mime .p7c
application/postscript .ps .ai .eps
application/vnd.apple.mpegurl .m3u .m3u8
application/vnd.ms-excel .xls .xlb
application/vnd.ms-powerpoint .ppt .pot .ppa .pps .pwz
application/wasm .wasm
application/x-bcpio .bcpio
application/x-cpio .cpio
application/x-csh .csh
application/x-dvi .dvi
application/x-gtar .gtar
application/x-hdf .hdf
application/x-hdf5 .h5
application/x-latex .latex
application/x-mif .mif
application/x-netcdf .cdf .nc
application/x-pkcs12 .p12 .pfx
application/x-pn-realaudio .ram
application/x-python-code .pyc .pyo
application/x-sh .sh
application/x-shar .shar
application/x-shockwave-flash .swf
application/x-sv4cpio .sv4cpio
application/x-sv4crc .sv4crc
application/x-tar .tar
application/x-tcl .tcl
application/x-tex .tex
application/x-texinfo .texi .texinfo
application/x-troff .roff .t .tr
application/x-troff-man .man
application/x-troff-me .me
application/x-troff-ms .ms
application/x-ustar .ustar
application/x-wais-source .src
application/xml .xsl .rdf .wsdl .xpdl
application/zip .zip
audio/3gpp .3gp .3gpp
audio/3gpp2 .3g2 .3gpp2
audio/aac .aac .adts .loas .ass
audio/basic .au .snd
audio/mpeg .mp3 .mp2
audio/opus .opus
audio/x-aiff .aif .aifc .aiff
audio/x-pn-realaudio .ra
audio/x-wav .wav
image/x-ms-bmp .bmp
image/gif .gif
image/ief .ief
image/jpeg .jpg .jpe .jpeg
image/heic .heic
image/heif .heif
image/png .png
image/svg+xml .svg
image/tiff .tiff .tif
image/vnd.microsoft.icon .ico
image/x-cmu-raster .ras
image/x-portable-anymap .pnm
image/x-portable-bitmap .pbm
image/x-portable-graymap .pgm
image/x-portable-pixmap .ppm
image/x-rgb .rgb
image/x-xbitmap .xbm
image/x-xpixmap .xpm
image/x-xwindowdump .xwd
message/rfc822 .eml .mht .mhtml .nws
text/css .css
text/csv .csv
text/html .html .htm
text/plain .txt .bat .c .h .ksh .pl
text/richtext .rtx
text/tab-separated-values .tsv
text/x-python .py
text/x-setext .etx
text/x-sgml .sgm .sgml
text/x-vcard .vcf
text/xml .xml
video/mp4 .mp4
video/mpeg .mpeg .m1v .mpa .mpe .mpg
video/quicktime .mov .qt
video/webm .webm
video/x-msvideo .avi
video/x-sgi-movie .movie
"""

_types_map_default = {
    suffix: words[0] for words in map(str.split, _kinds.strip().splitlines()) for suffix in words[1:]}

# Kinds that are registered nowhere, but are met.
_common_types_default = {
    ".rtf": "application/rtf",
    ".midi": "audio/midi",
    ".mid": "audio/midi",
    ".jpg": "image/jpg",
    ".pict": "image/pict",
    ".pct": "image/pict",
    ".pic": "image/pict",
    ".xul": "text/xul",
}

suffix_map = _suffix_map_default.copy()
encodings_map = _encodings_map_default.copy()
types_map = _types_map_default.copy()
common_types = _common_types_default.copy()


class MimeTypes:
    """A set of tables: suffixes to kinds and back, official ones and others."""

    def __init__(self, filenames=(), strict=True):
        if not inited:
            init()
        self.encodings_map = _encodings_map_default.copy()
        self.suffix_map = _suffix_map_default.copy()
        # Indexed by `strict`: the unofficial ones first.
        self.types_map = ({}, {})
        self.types_map_inv = ({}, {})
        for strictly, table in ((True, _types_map_default), (False, _common_types_default)):
            for ext, kind in table.items():
                self.add_type(kind, ext, strictly)
        for name in filenames:
            self.read(name, strict)

    def add_type(self, type, ext, strict=True):
        """From now on the suffix means this kind, and is one of those offered for it."""
        self.types_map[strict][ext] = type
        known = self.types_map_inv[strict].setdefault(type, [])
        if ext not in known:
            known.append(ext)

    def guess_type(self, url, strict=True):
        """The kind a path or URL stands for, and how it is packed; None for what is not known."""
        scheme, url = urllib.parse._splittype(os.fspath(url))
        if scheme == "data":
            head, comma, _ = url.partition(",")
            if not comma:
                return None, None
            kind = head.partition(";")[0]
            return ("text/plain" if "=" in kind or "/" not in kind else kind), None
        base, ext = posixpath.splitext(url)
        while ext in self.suffix_map:
            base, ext = posixpath.splitext(base + self.suffix_map[ext])
        encoding = self.encodings_map.get(ext)
        if encoding is not None:
            base, ext = posixpath.splitext(base)
        for strictly in (True,) if strict else (True, False):
            table = self.types_map[strictly]
            for each in (ext, ext.lower()):
                if each in table:
                    return table[each], encoding
        return None, encoding

    def guess_all_extensions(self, type, strict=True):
        """Every suffix for a kind."""
        type = type.lower()
        extensions = list(self.types_map_inv[True].get(type, []))
        if not strict:
            extensions += [ext for ext in self.types_map_inv[False].get(type, []) if ext not in extensions]
        return extensions

    def guess_extension(self, type, strict=True):
        """A suffix for a kind, or None."""
        extensions = self.guess_all_extensions(type, strict)
        return extensions[0] if extensions else None

    def read(self, filename, strict=True):
        """Adds the kinds of a file in the form of mime.types."""
        with open(filename, encoding="utf-8") as fp:
            self.readfp(fp, strict)

    def readfp(self, fp, strict=True):
        """The same of an open file: a kind a line, then its suffixes; # starts a comment."""
        while line := fp.readline():
            words = []
            for word in line.split():
                if word.startswith("#"):
                    break
                words.append(word)
            for suffix in words[1:]:
                self.add_type(words[0], "." + suffix, strict)

    def read_windows_registry(self, strict=True):
        """There is none here."""


def _tables():
    if _db is None:
        init()
    return _db


def guess_type(url, strict=True):
    """The kind a path or URL stands for, and how it is packed; None for what is not known."""
    return _tables().guess_type(url, strict)


def guess_all_extensions(type, strict=True):
    """Every suffix for a kind."""
    return _tables().guess_all_extensions(type, strict)


def guess_extension(type, strict=True):
    """A suffix for a kind, or None."""
    return _tables().guess_extension(type, strict)


def add_type(type, ext, strict=True):
    """From now on the suffix means this kind, and is one of those offered for it."""
    return _tables().add_type(type, ext, strict)


def init(files=None):
    """Makes the tables of the module: the built-in ones, then those of the system's files and of these."""
    global suffix_map, types_map, encodings_map, common_types, inited, _db
    inited = True
    if files is None or _db is None:
        db = MimeTypes()
        db.read_windows_registry()
        files = knownfiles if files is None else knownfiles + list(files)
    else:
        db = _db
    for file in files:
        if os.path.isfile(file):
            db.read(file)
    encodings_map, suffix_map = db.encodings_map, db.suffix_map
    types_map, common_types = db.types_map[True], db.types_map[False]
    _db = db


def read_mime_types(file):
    """The suffixes of a file in the form of mime.types, with their kinds; None if it cannot be opened."""
    try:
        f = open(file, encoding="utf-8")
    except OSError:
        return None
    with f:
        db = MimeTypes()
        db.readfp(f, True)
        return db.types_map[True]


_usage = """\
Usage: mimetypes.py [options] type

Options:
    --help / -h       -- print this message and exit
    --lenient / -l    -- additionally search of some common, but non-standard
                         types.
    --extension / -e  -- guess extension instead of type

More than one type argument may be given.
"""


def _main():
    import getopt

    def leave(code, message=""):
        print(_usage)
        if message:
            print(message)
        sys.exit(code)

    try:
        options, args = getopt.getopt(sys.argv[1:], "hle", ["help", "lenient", "extension"])
    except getopt.error as error:
        leave(1, error)
    given = {name for name, _ in options}
    if given & {"-h", "--help"}:
        leave(0)
    strict = not given & {"-l", "--lenient"}
    for each in args:
        if given & {"-e", "--extension"}:
            guess = guess_extension(each, strict)
            print(guess if guess else "I don't know anything about type " + each)
        else:
            guess, encoding = guess_type(each, strict)
            print(f"type: {guess} encoding: {encoding}" if guess else "I don't know anything about type " + each)


if __name__ == "__main__":
    _main()

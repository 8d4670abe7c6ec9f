"""Taking URLs apart and putting them together, and the two ways of quoting."""

import re
import sys
import types
import warnings
from collections import defaultdict, namedtuple

__all__ = [
    "urlparse", "urlunparse", "urljoin", "urldefrag", "urlsplit", "urlunsplit", "urlencode", "parse_qs",
    "parse_qsl", "quote", "quote_plus", "quote_from_bytes", "unquote", "unquote_plus", "unquote_to_bytes",
    "DefragResult", "ParseResult", "SplitResult", "DefragResultBytes", "ParseResultBytes", "SplitResultBytes",
]

# What each scheme knows; the empty one stands for URLs without a scheme.
uses_relative = ["", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp", "mms",
                 "prospero", "rtsp", "rtspu", "sftp", "svn", "svn+ssh", "ws", "wss"]
uses_netloc = ["", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https", "shttp",
               "snews", "prospero", "rtsp", "rtspu", "rsync", "svn", "svn+ssh", "sftp", "nfs", "git", "git+ssh",
               "ws", "wss"]
uses_params = ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtspu", "sip", "sips",
               "mms", "sftp", "tel"]
non_hierarchical = ["gopher", "hdl", "mailto", "news", "telnet", "wais", "imap", "snews", "sip", "sips"]
uses_query = ["", "http", "wais", "imap", "https", "shttp", "mms", "gopher", "rtsp", "rtspu", "sip", "sips"]
uses_fragment = ["", "ftp", "hdl", "http", "gopher", "news", "nntp", "wais", "https", "shttp", "snews", "file",
                 "prospero"]

scheme_chars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."

# Stripped at both ends: the C0 controls and the blank, as browsers do.
_WHATWG_C0_CONTROL_OR_SPACE = "".join(map(chr, range(33)))
# Taken out wherever they stand.
_UNSAFE_URL_BYTES_TO_REMOVE = ["\t", "\r", "\n"]

_implicit_encoding = "ascii"
_implicit_errors = "strict"

MAX_CACHE_SIZE = 20
_parse_cache = {}


def clear_cache():
    """Forgets split URLs and quoting tables."""
    _parse_cache.clear()
    _safe_quoters.clear()


def _unchanged(obj):
    return obj


def _encode_result(obj, encoding=_implicit_encoding, errors=_implicit_errors):
    return obj.encode(encoding, errors)


def _decode_args(args, encoding=_implicit_encoding, errors=_implicit_errors):
    return tuple(x.decode(encoding, errors) if x else "" for x in args)


def _coerce_args(*args):
    """The arguments as str, and the function that turns a result into the type they had."""
    is_text = isinstance(args[0], str)
    if any(arg and isinstance(arg, str) != is_text for arg in args[1:]):
        raise TypeError("Cannot mix str and non-str arguments")
    if is_text:
        return (*args, _unchanged)
    return (*_decode_args(args), _encode_result)


class _ResultMixinStr(object):
    """A result of str that can be turned into one of bytes."""

    __slots__ = ()

    def encode(self, encoding="ascii", errors="strict"):
        return self._encoded_counterpart(*(part.encode(encoding, errors) for part in self))


class _ResultMixinBytes(object):
    """A result of bytes that can be turned into one of str."""

    __slots__ = ()

    def decode(self, encoding="ascii", errors="strict"):
        return self._decoded_counterpart(*(part.decode(encoding, errors) for part in self))


class _NetlocResultMixinBase(object):
    """The parts of the network location; subclasses tell how to find them."""

    __slots__ = ()

    @property
    def username(self):
        return self._userinfo[0]

    @property
    def password(self):
        return self._userinfo[1]

    @property
    def hostname(self):
        host = self._hostinfo[0]
        if not host:
            return None
        # The zone of an IPv6 address keeps its case.
        mark = "%" if isinstance(host, str) else b"%"
        name, percent, zone = host.partition(mark)
        return name.lower() + percent + zone

    @property
    def port(self):
        port = self._hostinfo[1]
        if port is None:
            return None
        if port.isdigit() and port.isascii():
            port = int(port)
        else:
            raise ValueError(f"Port could not be cast to integer value as {port!r}")
        if port > 65535:
            raise ValueError("Port out of range 0-65535")
        return port

    __class_getitem__ = classmethod(types.GenericAlias)


def _user_of(netloc, at, colon):
    info, found, _ = netloc.rpartition(at)
    if not found:
        return None, None
    user, has_password, password = info.partition(colon)
    return user, password if has_password else None


def _host_of(netloc, at, opening, closing, colon):
    host_and_port = netloc.rpartition(at)[2]
    _, bracketed, rest = host_and_port.partition(opening)
    if bracketed:
        host, _, port = rest.partition(closing)
        port = port.partition(colon)[2]
    else:
        host, _, port = host_and_port.partition(colon)
    return host, port or None


class _NetlocResultMixinStr(_NetlocResultMixinBase, _ResultMixinStr):
    __slots__ = ()

    @property
    def _userinfo(self):
        return _user_of(self.netloc, "@", ":")

    @property
    def _hostinfo(self):
        return _host_of(self.netloc, "@", "[", "]", ":")


class _NetlocResultMixinBytes(_NetlocResultMixinBase, _ResultMixinBytes):
    __slots__ = ()

    @property
    def _userinfo(self):
        return _user_of(self.netloc, b"@", b":")

    @property
    def _hostinfo(self):
        return _host_of(self.netloc, b"@", b"[", b"]", b":")


_DefragResultBase = namedtuple("DefragResult", "url fragment")
_SplitResultBase = namedtuple("SplitResult", "scheme netloc path query fragment")
_ParseResultBase = namedtuple("ParseResult", "scheme netloc path params query fragment")

ResultBase = _NetlocResultMixinStr


class DefragResult(_DefragResultBase, _ResultMixinStr):
    __slots__ = ()

    def geturl(self):
        return f"{self.url}#{self.fragment}" if self.fragment else self.url


class SplitResult(_SplitResultBase, _NetlocResultMixinStr):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResult(_ParseResultBase, _NetlocResultMixinStr):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


class DefragResultBytes(_DefragResultBase, _ResultMixinBytes):
    __slots__ = ()

    def geturl(self):
        return self.url + b"#" + self.fragment if self.fragment else self.url


class SplitResultBytes(_SplitResultBase, _NetlocResultMixinBytes):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResultBytes(_ParseResultBase, _NetlocResultMixinBytes):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


for _text, _binary in (
    (DefragResult, DefragResultBytes), (SplitResult, SplitResultBytes), (ParseResult, ParseResultBytes),
):
    _text._encoded_counterpart = _binary
    _binary._decoded_counterpart = _text
del _text, _binary


def urlparse(url, scheme="", allow_fragments=True):
    """Six parts: scheme, netloc, path, params, query, fragment."""
    url, scheme, as_given = _coerce_args(url, scheme)
    scheme, netloc, url, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in uses_params and ";" in url:
        url, params = _splitparams(url)
    return as_given(ParseResult(scheme, netloc, url, params, query, fragment))


def _splitparams(url):
    """Parameters belong to the last segment of the path."""
    end = url.find(";", max(url.rfind("/"), 0))
    return (url, "") if end < 0 else (url[:end], url[end + 1:])


def _splitnetloc(url, start=0):
    end = min((at for at in (url.find(c, start) for c in "/?#") if at >= 0), default=len(url))
    return url[start:end], url[end:]


def _checknetloc(netloc):
    """A host whose compatible form would have other delimiters is refused."""
    if not netloc or netloc.isascii():
        return
    import unicodedata

    plain = netloc
    for c in "@:#?":
        plain = plain.replace(c, "")
    normal = unicodedata.normalize("NFKC", plain)
    if normal != plain and any(c in normal for c in "/?#@:"):
        raise ValueError("netloc " + netloc + " contains invalid " + "characters under NFKC normalization")


def urlsplit(url, scheme="", allow_fragments=True):
    """Five parts: scheme, netloc, path, query, fragment."""
    url, scheme, as_given = _coerce_args(url, scheme)
    url = url.lstrip(_WHATWG_C0_CONTROL_OR_SPACE)
    scheme = scheme.strip(_WHATWG_C0_CONTROL_OR_SPACE)
    for c in _UNSAFE_URL_BYTES_TO_REMOVE:
        url = url.replace(c, "")
        scheme = scheme.replace(c, "")
    allow_fragments = bool(allow_fragments)
    key = url, scheme, allow_fragments, type(url), type(scheme)
    known = _parse_cache.get(key)
    if known:
        return as_given(known)
    if len(_parse_cache) >= MAX_CACHE_SIZE:
        clear_cache()
    netloc = query = fragment = ""
    colon = url.find(":")
    if colon > 0 and all(c in scheme_chars for c in url[:colon]):
        scheme, url = url[:colon].lower(), url[colon + 1:]
    if url[:2] == "//":
        netloc, url = _splitnetloc(url, 2)
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
    if allow_fragments and "#" in url:
        url, fragment = url.split("#", 1)
    if "?" in url:
        url, query = url.split("?", 1)
    _checknetloc(netloc)
    result = _parse_cache[key] = SplitResult(scheme, netloc, url, query, fragment)
    return as_given(result)


def urlunparse(components):
    """The URL of six parts; not always the one that was taken apart, but an equivalent one."""
    scheme, netloc, url, params, query, fragment, as_given = _coerce_args(*components)
    if params:
        url = f"{url};{params}"
    return as_given(urlunsplit((scheme, netloc, url, query, fragment)))


def urlunsplit(components):
    """The URL of five parts."""
    scheme, netloc, url, query, fragment, as_given = _coerce_args(*components)
    if netloc or scheme and scheme in uses_netloc and url[:2] != "//":
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + (netloc or "") + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url = url + "?" + query
    if fragment:
        url = url + "#" + fragment
    return as_given(url)


def urljoin(base, url, allow_fragments=True):
    """`url` as seen from `base`."""
    if not base:
        return url
    if not url:
        return base
    base, url, as_given = _coerce_args(base, url)
    b = urlparse(base, "", allow_fragments)
    scheme, netloc, path, params, query, fragment = urlparse(url, b.scheme, allow_fragments)
    if scheme != b.scheme or scheme not in uses_relative:
        return as_given(url)
    if scheme in uses_netloc:
        if netloc:
            return as_given(urlunparse((scheme, netloc, path, params, query, fragment)))
        netloc = b.netloc
    if not path and not params:
        return as_given(urlunparse((scheme, netloc, b.path, b.params, query or b.query, fragment)))
    joined = _resolve(b.path, path)
    return as_given(urlunparse((scheme, netloc, joined, params, query, fragment)))


def _resolve(base, path):
    """A relative path from another: RFC 3986, with `..` above the root going nowhere."""
    above = base.split("/")
    if above[-1] != "":
        # A last segment is not a folder; it does not count.
        del above[-1]
    if path[:1] == "/":
        segments = path.split("/")
    else:
        segments = above + path.split("/")
        # Empty segments inside are dropped.
        segments[1:-1] = filter(None, segments[1:-1])
    resolved = []
    for segment in segments:
        if segment == "..":
            if resolved:
                resolved.pop()
        elif segment != ".":
            resolved.append(segment)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return "/".join(resolved) or "/"


def urldefrag(url):
    """The URL without its fragment, and the fragment."""
    url, as_given = _coerce_args(url)
    fragment, rest = "", url
    if "#" in url:
        scheme, netloc, path, params, query, fragment = urlparse(url)
        rest = urlunparse((scheme, netloc, path, params, query, ""))
    return as_given(DefragResult(rest, fragment))


_hexdig = "0123456789ABCDEFabcdef"
_hextobyte = None


def unquote_to_bytes(string):
    """The bytes that a quoted text stands for; str is taken as UTF-8."""
    global _hextobyte
    if not string:
        # Something without split() is to fail, empty or not.
        string.split
        return b""
    if isinstance(string, str):
        string = string.encode("utf-8")
    pieces = string.split(b"%")
    if len(pieces) == 1:
        return string
    if _hextobyte is None:
        _hextobyte = {(a + b).encode(): bytes.fromhex(a + b) for a in _hexdig for b in _hexdig}
    out = [pieces[0]]
    for piece in pieces[1:]:
        value = _hextobyte.get(piece[:2])
        out += (b"%", piece) if value is None else (value, piece[2:])
    return b"".join(out)


_asciire = re.compile("([\x00-\x7f]+)")


def unquote(string, encoding="utf-8", errors="replace"):
    """`%xx` as characters of the encoding."""
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding, errors)
    if "%" not in string:
        string.split
        return string
    encoding = "utf-8" if encoding is None else encoding
    errors = "replace" if errors is None else errors
    # Runs of ASCII and of the rest alternate, the rest first.
    runs = _asciire.split(string)
    for i in range(1, len(runs), 2):
        runs[i] = unquote_to_bytes(runs[i]).decode(encoding, errors)
    return "".join(runs)


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace",
             max_num_fields=None, separator="&"):
    """The values of each name in a query, as lists."""
    values = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding=encoding, errors=errors,
                                 max_num_fields=max_num_fields, separator=separator):
        values.setdefault(name, []).append(value)
    return values


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace",
              max_num_fields=None, separator="&"):
    """Names and values of a query, as pairs in their order."""
    qs, as_given = _coerce_args(qs)
    separator, _ = _coerce_args(separator)
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError("Separator must be of type string or bytes.")
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError("Max number of fields exceeded")
    pairs = []
    for field in qs.split(separator):
        if not (field or strict_parsing):
            continue
        parts = field.split("=", 1)
        if len(parts) < 2:
            if strict_parsing:
                raise ValueError("bad query field: %r" % (field,))
            if not keep_blank_values:
                continue
            parts.append("")
        if parts[1] or keep_blank_values:
            pairs.append(tuple(
                as_given(unquote(part.replace("+", " "), encoding=encoding, errors=errors)) for part in parts
            ))
    return pairs


def unquote_plus(string, encoding="utf-8", errors="replace"):
    """As unquote(), with `+` for a blank."""
    return unquote(string.replace("+", " "), encoding, errors)


_ALWAYS_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
_ALWAYS_SAFE_BYTES = bytes(_ALWAYS_SAFE)
_safe_quoters = {}


class Quoter(defaultdict):
    """What each byte becomes; made as bytes are met."""

    def __init__(self, safe):
        self.safe = _ALWAYS_SAFE.union(safe)

    def __repr__(self):
        return "<%s %r>" % (self.__class__.__name__, dict(self))

    def __missing__(self, b):
        quoted = self[b] = chr(b) if b in self.safe else "%{:02X}".format(b)
        return quoted


def quote(string, safe="/", encoding=None, errors=None):
    """The text with everything but letters, digits, `_.-~` and what is safe as `%xx`."""
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode("utf-8" if encoding is None else encoding, "strict" if errors is None else errors)
    elif encoding is not None:
        raise TypeError("quote() doesn't support 'encoding' for bytes")
    elif errors is not None:
        raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    """As quote(), with `+` for a blank."""
    if " " not in string if isinstance(string, str) else isinstance(string, bytes) and b" " not in string:
        return quote(string, safe, encoding, errors)
    blank = " " if isinstance(safe, str) else b" "
    return quote(string, safe + blank, encoding, errors).replace(" ", "+")


def quote_from_bytes(bs, safe="/"):
    """As quote(), of bytes."""
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if not bs:
        return ""
    if isinstance(safe, str):
        safe = safe.encode("ascii", "ignore")
    else:
        safe = bytes([c for c in safe if c < 128])
    if not bs.rstrip(_ALWAYS_SAFE_BYTES + safe):
        return bs.decode()
    quoter = _safe_quoters.get(safe)
    if quoter is None:
        quoter = _safe_quoters[safe] = Quoter(safe).__getitem__
    return "".join([quoter(b) for b in bs])


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    """A query from a mapping or from pairs; with doseq each item of a sequence becomes a pair."""
    if hasattr(query, "items"):
        query = query.items()
    else:
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError:
            tb = sys.exc_info()[2]
            raise TypeError("not a valid non-string sequence or mapping object").with_traceback(tb)

    def coded(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(value if isinstance(value, str) else str(value), safe, encoding, errors)

    fields = []
    for name, value in query:
        name = coded(name)
        if not doseq or isinstance(value, (bytes, str)):
            fields.append(name + "=" + coded(value))
            continue
        try:
            len(value)
        except TypeError:
            fields.append(name + "=" + coded(value))
        else:
            fields.extend(name + "=" + coded(item) for item in value)
    return "&".join(fields)


def unwrap(url):
    """What stands between `<URL:` and `>`, if the text has them."""
    url = str(url).strip()
    if url[:1] == "<" and url[-1:] == ">":
        url = url[1:-1].strip()
    return url[4:].strip() if url[:4] == "URL:" else url


# Older ways to take URLs apart: other modules use those with an underscore, scripts are warned of the others.


def _to_bytes(url):
    if isinstance(url, str):
        try:
            url = url.encode("ASCII").decode()
        except UnicodeError:
            raise UnicodeError("URL " + repr(url) + " contains non-ASCII characters")
    return url


def _splittype(url):
    found = re.match("([^/:]+):(.*)", url, re.DOTALL)
    return (found[1].lower(), found[2]) if found else (None, url)


def _splithost(url):
    found = re.match("//([^/#?]*)(.*)", url, re.DOTALL)
    if not found:
        return None, url
    host, path = found.groups()
    return host, "/" + path if path and path[0] != "/" else path


def _splituser(host):
    user, at, host = host.rpartition("@")
    return user if at else None, host


def _splitpasswd(user):
    user, colon, password = user.partition(":")
    return user, password if colon else None


def _splitport(host):
    found = re.fullmatch("(.*):([0-9]*)", host, re.DOTALL)
    if not found:
        return host, None
    return found[1], found[2] or None


def _splitnport(host, defport=-1):
    name, colon, port = host.rpartition(":")
    if not colon:
        return host, defport
    if not port:
        return name, defport
    return name, int(port) if port.isdigit() and port.isascii() else None


def _splitquery(url):
    path, mark, query = url.rpartition("?")
    return (path, query) if mark else (url, None)


def _splittag(url):
    path, mark, tag = url.rpartition("#")
    return (path, tag) if mark else (url, None)


def _splitattr(url):
    first, *rest = url.split(";")
    return first, rest


def _splitvalue(attr):
    attr, equals, value = attr.partition("=")
    return attr, value if equals else None


def _deprecated(name, function, instead):
    message = f"urllib.parse.{name}() is deprecated as of 3.8" + (instead and f", use {instead}() instead")

    def old(*args, **kwargs):
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return function(*args, **kwargs)

    old.__name__ = old.__qualname__ = name
    return old


for _name in ("to_bytes", "splittype", "splithost", "splituser", "splitpasswd", "splitport", "splitnport",
              "splitquery", "splittag", "splitattr", "splitvalue"):
    _instead = {"to_bytes": "", "splitvalue": "urllib.parse.parse_qsl"}.get(_name, "urllib.parse.urlparse")
    globals()[_name] = _deprecated(_name, globals()["_" + _name], _instead)
del _name, _instead

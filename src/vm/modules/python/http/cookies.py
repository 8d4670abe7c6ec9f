"""What servers and browsers tell each other in Cookie headers, read and written."""

import re
import string
import types

__all__ = ["CookieError", "BaseCookie", "SimpleCookie"]


class CookieError(Exception):
    pass


_LegalChars = string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~:"
_is_legal_key = re.compile("[%s]+" % re.escape(_LegalChars)).fullmatch

# Inside quotes all other characters of a byte are written in octal.
_plain = {*_LegalChars, *" ()/<=>?@[]{}"}
_ESCAPES = {n: "\\%03o" % n for n in range(256) if chr(n) not in _plain} | {ord('"'): '\\"', ord("\\"): "\\\\"}


def _quote(str):
    """The text as it can stand in a header, in quotes if need be."""
    if str is None or _is_legal_key(str):
        return str
    return '"' + str.translate(_ESCAPES) + '"'


def _unquote(str):
    """The text that is meant: without quotes, escapes undone."""
    if str is None or len(str) < 2 or str[0] != '"' or str[-1] != '"':
        return str

    def plain(match):
        octal = match[1]
        return chr(int(octal, 8)) if octal else match[2]

    return re.sub(r"\\(?:([0-3][0-7][0-7])|(.))", plain, str[1:-1])


def _getdate(future=0):
    """So many seconds from now, as HTTP writes dates."""
    import time

    when = time.gmtime(time.time() + future)
    day = "Mon Tue Wed Thu Fri Sat Sun".split()[when.tm_wday]
    month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[when.tm_mon - 1]
    return f"{day}, {when.tm_mday:02} {month} {when.tm_year:4} {when.tm_hour:02}:{when.tm_min:02}:{when.tm_sec:02} GMT"


class Morsel(dict):
    """One cookie: key, value, how the value is written, and its attributes as a dict."""

    _reserved = {name.lower(): name for name in "expires Path Comment Domain Max-Age Secure HttpOnly Version SameSite".split()}
    _flags = {"secure", "httponly"}

    def __init__(self):
        self._key = self._value = self._coded_value = None
        for key in self._reserved:
            dict.__setitem__(self, key, "")

    @property
    def key(self):
        return self._key

    @property
    def value(self):
        return self._value

    @property
    def coded_value(self):
        return self._coded_value

    def _attribute(self, key):
        key = key.lower()
        if key not in self._reserved:
            raise CookieError("Invalid attribute %r" % (key,))
        return key

    def __setitem__(self, K, V):
        dict.__setitem__(self, self._attribute(K), V)

    def setdefault(self, key, val=None):
        return dict.setdefault(self, self._attribute(key), val)

    def __eq__(self, morsel):
        if not isinstance(morsel, Morsel):
            return NotImplemented
        return dict.__eq__(self, morsel) and self.__getstate__() == morsel.__getstate__()

    __ne__ = object.__ne__

    def copy(self):
        other = Morsel()
        dict.update(other, self)
        other.__dict__.update(self.__dict__)
        return other

    def update(self, values):
        dict.update(self, {self._attribute(key): value for key, value in dict(values).items()})

    def isReservedKey(self, K):
        return K.lower() in self._reserved

    def set(self, key, val, coded_val):
        if key.lower() in self._reserved:
            raise CookieError("Attempt to set a reserved key %r" % (key,))
        if not _is_legal_key(key):
            raise CookieError("Illegal key %r" % (key,))
        self._key, self._value, self._coded_value = key, val, coded_val

    def __getstate__(self):
        return {"key": self._key, "value": self._value, "coded_value": self._coded_value}

    def __setstate__(self, state):
        self._key, self._value, self._coded_value = state["key"], state["value"], state["coded_value"]

    def output(self, attrs=None, header="Set-Cookie:"):
        return "%s %s" % (header, self.OutputString(attrs))

    __str__ = output

    def __repr__(self):
        return "<%s: %s>" % (self.__class__.__name__, self.OutputString())

    def js_output(self, attrs=None):
        told = self.OutputString(attrs).replace('"', r"\"")
        lines = ['<script type="text/javascript">', "<!-- begin hiding", f'document.cookie = "{told}";', "// end hiding -->", "</script>"]
        return "".join("\n        " + line for line in [*lines, ""])

    def OutputString(self, attrs=None):
        parts = ["%s=%s" % (self.key, self.coded_value)]
        for key, value in sorted(self.items()):
            if value == "" or key not in (self._reserved if attrs is None else attrs):
                continue
            name = self._reserved[key]
            if key == "expires" and isinstance(value, int):
                parts.append("%s=%s" % (name, _getdate(value)))
            elif key == "max-age" and isinstance(value, int):
                parts.append("%s=%d" % (name, value))
            elif key == "comment" and isinstance(value, str):
                parts.append("%s=%s" % (name, _quote(value)))
            elif key not in self._flags:
                parts.append("%s=%s" % (name, value))
            elif value:
                parts.append(name)
        return "; ".join(parts)

    __class_getitem__ = classmethod(types.GenericAlias)


_KEY_CHARS = r"\w\d!#%&'~_`><@,:/\$\*\+\-\.\^\|\)\(\?\}\{\="
_CookiePattern = re.compile(
    r"\s*(?P<key>[" + _KEY_CHARS + r"]+?)"
    r'(\s*=\s*(?P<val>"(?:[^\\"]|\\.)*"|\w{3},\s[\w\d\s-]{9,11}\s[\d:]{8}\sGMT|[' + _KEY_CHARS + r"\[\]]*))?"
    r"\s*(\s+|;|$)",
    re.ASCII,
)


class BaseCookie(dict):
    """Cookies by name; a value that is put in becomes a Morsel."""

    def value_decode(self, val):
        """A value out of a header: the real one, and how it is written."""
        return val, val

    def value_encode(self, val):
        """A value of the program: the real one, and how it is written."""
        text = str(val)
        return text, text

    def __init__(self, input=None):
        if input:
            self.load(input)

    def _put(self, key, real, coded):
        morsel = self.get(key, Morsel())
        morsel.set(key, real, coded)
        dict.__setitem__(self, key, morsel)

    def __setitem__(self, key, value):
        if isinstance(value, Morsel):
            dict.__setitem__(self, key, value)
        else:
            self._put(key, *self.value_encode(value))

    def output(self, attrs=None, header="Set-Cookie:", sep="\015\012"):
        return sep.join(morsel.output(attrs, header) for _, morsel in sorted(self.items()))

    __str__ = output

    def __repr__(self):
        told = " ".join("%s=%r" % (key, morsel.value) for key, morsel in sorted(self.items()))
        return "<%s: %s>" % (self.__class__.__name__, told)

    def js_output(self, attrs=None):
        return "".join(morsel.js_output(attrs) for _, morsel in sorted(self.items()))

    def load(self, rawdata):
        """Takes over the cookies of a header, or of a mapping."""
        if isinstance(rawdata, str):
            self._load_header(rawdata)
            return
        for key, value in rawdata.items():
            self[key] = value

    def _load_header(self, text):
        """All or nothing: a header with something invalid before its end has no cookies."""
        at, found = 0, []
        while at < len(text):
            match = _CookiePattern.match(text, at)
            if not match:
                break
            key, value = match["key"], match["val"]
            at = match.end()
            if key[0] == "$":
                # An old way to write attributes.
                if found:
                    found.append((True, key[1:], value))
            elif key.lower() in Morsel._reserved:
                if not found or value is None and key.lower() not in Morsel._flags:
                    return
                found.append((True, key, True if value is None else _unquote(value)))
            elif value is not None:
                found.append((False, key, self.value_decode(value)))
            else:
                return
        morsel = None
        for is_attribute, key, value in found:
            if is_attribute:
                morsel[key] = value
            else:
                self._put(key, *value)
                morsel = self[key]


class SimpleCookie(BaseCookie):
    """Values are texts, in quotes where they have to be."""

    def value_decode(self, val):
        return _unquote(val), val

    def value_encode(self, val):
        text = str(val)
        return text, _quote(text)

"""Messages in other languages, from catalogues in GNU's format (.mo files)."""

import os
import re
import sys

__all__ = [
    *"NullTranslations GNUTranslations Catalog bindtextdomain find translation install textdomain".split(),
    *"dgettext dngettext gettext ngettext pgettext dpgettext npgettext dnpgettext".split(),
]

_default_localedir = os.path.join(sys.base_prefix, "share", "locale")


# ---- which of the plural forms: an expression in C, in which only `n` has a name

_TOKEN = re.compile(r"[ \t]+|(\d+\b|n\b|[()]|[><!]=?|==|&&|\|\||[-*/%+?:])|(\w+|.)", re.DOTALL)
_LEVELS = [["||"], ["&&"], ["==", "!="], ["<", ">", "<=", ">="], ["+", "-"], ["*", "/", "%"]]
_IN_PYTHON = {"||": "or", "&&": "and", "/": "//"}
_DEEPEST = 20


def _tokens(plural):
    for match in _TOKEN.finditer(plural):
        if match[2]:
            raise ValueError("invalid token in plural form: %s" % match[2])
        if match[1]:
            yield match[1]
    yield ""


def _error(token):
    return ValueError("unexpected token in plural form: %s" % token if token else "unexpected end of plural form")


class _Plural:
    """Reads an expression and writes it as Python; every operation gets parentheses, so that none is chained."""

    def __init__(self, text):
        self.tokens, self.deep = _tokens(text), 0
        self.next()

    def next(self):
        self.token = next(self.tokens)

    def choice(self):
        test = self.operation(0)
        if self.token != "?":
            return test
        self.next()
        yes = self.choice()
        if self.token != ":":
            raise _error(self.token)
        self.next()
        return f"({yes} if {test} else {self.choice()})"

    def operation(self, level):
        if level == len(_LEVELS):
            return self.operand()
        parts = [self.operation(level + 1)]
        while self.token in _LEVELS[level]:
            operator = self.token
            self.next()
            right = self.operation(level + 1)
            if level in (2, 3):
                parts = [f"({' '.join(parts)} {operator} {right})"]
            else:
                parts += [_IN_PYTHON.get(operator, operator), right]
        return parts[0] if len(parts) == 1 else f"({' '.join(parts)})"

    def operand(self):
        if self.token == "!":
            self.next()
            return f"(not {self.operand()})"
        token = self.token
        if token == "(":
            self.deep += 1
            if self.deep > _DEEPEST:
                raise ValueError("plural form expression is too complex")
            self.next()
            inside = self.choice()
            if self.token != ")":
                raise ValueError("unbalanced parenthesis in plural form")
            self.deep -= 1
        elif token == "n":
            inside = "n"
        elif token.isdecimal():
            inside = str(int(token))
        else:
            raise _error(token)
        self.next()
        return inside


def _as_int(n):
    try:
        round(n)
    except TypeError:
        raise TypeError("Plural value must be an integer, got %s" % (n.__class__.__name__,)) from None
    import warnings

    warnings.warn("Plural value must be an integer, got %s" % (n.__class__.__name__,), DeprecationWarning, 4)
    return n


def c2py(plural):
    """A function of `n` that answers as an expression of a Plural-Forms header does."""
    if len(plural) > 1000:
        raise ValueError("plural form expression is too long")
    reader = _Plural(plural)
    told = reader.choice()
    if reader.token:
        raise _error(reader.token)
    names = {"_as_int": _as_int}
    exec(f"def func(n):\n    if not isinstance(n, int):\n        n = _as_int(n)\n    return int({told})\n", names)
    return names["func"]


# ---- catalogues


def _expand_lang(loc):
    """A locale's name, then less and less of it."""
    import locale

    name, _, modifier = locale.normalize(loc).partition("@")
    name, _, codeset = name.partition(".")
    language, _, territory = name.partition("_")
    wanted = []
    for use in range(8):
        parts = [(territory, "_"), (codeset, "."), (modifier, "@")]
        # In the order of importance: the modifier first of all, then the territory, then the codeset.
        chosen = [part for part, bit in zip(parts, (2, 1, 4)) if use & bit]
        if all(text for text, _ in chosen):
            wanted.append(language + "".join(mark + text for text, mark in chosen))
    return wanted[::-1]


class NullTranslations:
    """Answers messages as they are, or asks the fallback."""

    def __init__(self, fp=None):
        self._info, self._charset, self._fallback = {}, None, None
        if fp is not None:
            self._parse(fp)

    def _parse(self, fp):
        pass

    def add_fallback(self, fallback):
        if self._fallback:
            self._fallback.add_fallback(fallback)
        else:
            self._fallback = fallback

    def gettext(self, message):
        return self._fallback.gettext(message) if self._fallback else message

    def ngettext(self, msgid1, msgid2, n):
        if self._fallback:
            return self._fallback.ngettext(msgid1, msgid2, n)
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context, message):
        return self._fallback.pgettext(context, message) if self._fallback else message

    def npgettext(self, context, msgid1, msgid2, n):
        if self._fallback:
            return self._fallback.npgettext(context, msgid1, msgid2, n)
        return msgid1 if n == 1 else msgid2

    def info(self):
        return self._info

    def charset(self):
        return self._charset

    def install(self, names=None):
        import builtins

        builtins.__dict__["_"] = self.gettext
        for name in {"gettext", "ngettext", "npgettext", "pgettext"} & set(names or ()):
            builtins.__dict__[name] = getattr(self, name)


class GNUTranslations(NullTranslations):
    """A catalogue in GNU's format."""

    LE_MAGIC, BE_MAGIC = 0x950412DE, 0xDE120495
    # How a message with a context stands in it.
    CONTEXT = "%s\x04%s"
    VERSIONS = (0, 1)

    def _get_versions(self, version):
        return version >> 16, version & 0xFFFF

    def _parse(self, fp):
        filename, data = getattr(fp, "name", ""), fp.read()
        self._catalog, self.plural = {}, lambda n: int(n != 1)
        orders = {self.LE_MAGIC: "little", self.BE_MAGIC: "big"}
        order = orders.get(int.from_bytes(data[:4], "little"))
        if order is None:
            raise OSError(0, "Bad magic number", filename)

        def number(at):
            return int.from_bytes(data[at:at + 4], order)

        version, count, originals, translations = map(number, (4, 8, 12, 16))
        major = self._get_versions(version)[0]
        if major not in self.VERSIONS:
            raise OSError(0, "Bad version number " + str(major), filename)
        for n in range(count):
            pair = []
            for table in (originals, translations):
                length, start = number(table + 8 * n), number(table + 8 * n + 4)
                if start + length >= len(data):
                    raise OSError(0, "File is corrupt", filename)
                pair.append(data[start:start + length])
            self._add(*pair)

    def _add(self, message, translated):
        if not message:
            self._read_header(translated)
        charset = self._charset or "ascii"
        if b"\0" in message:
            one = str(message.split(b"\0")[0], charset)
            for n, form in enumerate(translated.split(b"\0")):
                self._catalog[one, n] = str(form, charset)
        else:
            self._catalog[str(message, charset)] = str(translated, charset)

    def _read_header(self, text):
        """What the translation of the empty message says of the catalogue."""
        last = None
        for line in text.split(b"\n"):
            line = line.decode().strip()
            if not line or line.startswith("#-#-#-#-#") and line.endswith("#-#-#-#-#"):
                continue
            key, colon, value = line.partition(":")
            if colon:
                key, value = key.strip().lower(), value.strip()
                self._info[key] = value
                last = key
            elif last:
                self._info[last] += "\n" + line
            if not colon:
                continue
            if key == "content-type":
                self._charset = value.split("charset=")[1]
            elif key == "plural-forms":
                self.plural = c2py(value.split(";")[1].split("plural=")[1])

    def _find(self, key, otherwise):
        try:
            return self._catalog[key]
        except KeyError:
            return otherwise()

    def gettext(self, message):
        # A message may have forms for numbers too.
        return self._find(message, lambda: super(GNUTranslations, self).gettext(message))

    def ngettext(self, msgid1, msgid2, n):
        fallback = super().ngettext
        return self._find((msgid1, self.plural(n)), lambda: fallback(msgid1, msgid2, n))

    def pgettext(self, context, message):
        fallback = super().pgettext
        return self._find(self.CONTEXT % (context, message), lambda: fallback(context, message))

    def npgettext(self, context, msgid1, msgid2, n):
        fallback = super().npgettext
        key = self.CONTEXT % (context, msgid1), self.plural(n)
        return self._find(key, lambda: fallback(context, msgid1, msgid2, n))


def find(domain, localedir=None, languages=None, all=False):
    """The catalogue of a domain for the first language that has one, or all of them."""
    if languages is None:
        set_ones = filter(None, map(os.environ.get, ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")))
        languages = next(set_ones, "").split(":")
        languages = [each for each in languages if each]
        if "C" not in languages:
            languages.append("C")
    found = []
    for language in dict.fromkeys(each for wanted in languages for each in _expand_lang(wanted)):
        if language == "C":
            break
        name = os.path.join(localedir or _default_localedir, language, "LC_MESSAGES", "%s.mo" % domain)
        if os.path.exists(name):
            if not all:
                return name
            found.append(name)
    return found if all else None


# Catalogues that have been read, by class and file.
_translations = {}


def translation(domain, localedir=None, languages=None, class_=None, fallback=False):
    """The translations of a domain, those of less wanted languages behind them."""
    import copy

    class_ = class_ or GNUTranslations
    result = None
    for name in find(domain, localedir, languages, all=True):
        key = class_, os.path.abspath(name)
        if key not in _translations:
            with open(name, "rb") as file:
                _translations[key] = class_(file)
        # A copy, because fallbacks are added.
        one = copy.copy(_translations[key])
        if result is None:
            result = one
        else:
            result.add_fallback(one)
    if result is not None:
        return result
    if fallback:
        return NullTranslations()
    from errno import ENOENT

    raise FileNotFoundError(ENOENT, "No translation file found for domain", domain)


def install(domain, localedir=None, *, names=None):
    translation(domain, localedir, fallback=True).install(names)


# ---- the same as functions, for a domain or the current one

_current_domain = "messages"
_localedirs = {}


def textdomain(domain=None):
    global _current_domain
    if domain is not None:
        _current_domain = domain
    return _current_domain


def bindtextdomain(domain, localedir=None):
    if localedir is not None:
        _localedirs[domain] = localedir
    return _localedirs.get(domain, _default_localedir)


def _of(domain):
    return translation(domain, _localedirs.get(domain), fallback=True)


def dgettext(domain, message):
    return _of(domain).gettext(message)


def dngettext(domain, msgid1, msgid2, n):
    return _of(domain).ngettext(msgid1, msgid2, n)


def dpgettext(domain, context, message):
    return _of(domain).pgettext(context, message)


def dnpgettext(domain, context, msgid1, msgid2, n):
    return _of(domain).npgettext(context, msgid1, msgid2, n)


def gettext(message):
    return dgettext(_current_domain, message)


def ngettext(msgid1, msgid2, n):
    return dngettext(_current_domain, msgid1, msgid2, n)


def pgettext(context, message):
    return dpgettext(_current_domain, context, message)


def npgettext(context, msgid1, msgid2, n):
    return dnpgettext(_current_domain, context, msgid1, msgid2, n)


Catalog = translation

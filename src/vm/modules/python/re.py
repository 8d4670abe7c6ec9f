"""Regular expressions, as CPython's `re` has them.

The module caches compiled patterns; the work is done by the machine (`_sre`)."""

import copyreg
import enum
import functools

import _locale
import _sre
import sre_compile
import sre_parse


_FINDERS = "match fullmatch search sub subn split findall finditer".split()
_FLAG_NAMES = "A I L M S X U ASCII IGNORECASE LOCALE MULTILINE DOTALL VERBOSE UNICODE".split()
__all__ = _FINDERS + ["compile", "purge", "template", "escape", "error", "Pattern", "Match"] + _FLAG_NAMES
__version__ = "2.2.1"


class RegexFlag(enum.IntFlag):
    ASCII = A = sre_compile.SRE_FLAG_ASCII
    IGNORECASE = I = sre_compile.SRE_FLAG_IGNORECASE
    LOCALE = L = sre_compile.SRE_FLAG_LOCALE
    UNICODE = U = sre_compile.SRE_FLAG_UNICODE
    MULTILINE = M = sre_compile.SRE_FLAG_MULTILINE
    DOTALL = S = sre_compile.SRE_FLAG_DOTALL
    VERBOSE = X = sre_compile.SRE_FLAG_VERBOSE
    TEMPLATE = T = sre_compile.SRE_FLAG_TEMPLATE
    DEBUG = sre_compile.SRE_FLAG_DEBUG

    def __repr__(self):
        if self._name_ is not None:
            return f"re.{self._name_}"
        left, inverted = self._value_, self._value_ < 0
        if inverted:
            left = ~left
        shown = []
        for flag in self.__class__:
            if left & flag._value_:
                left &= ~flag._value_
                shown.append(f"re.{flag._name_}")
        if left:
            shown.append(hex(left))
        text = "|".join(shown)
        if not inverted:
            return text
        return f"~({text})" if len(shown) > 1 else "~" + text

    __str__ = object.__str__


globals().update(RegexFlag.__members__)

error = sre_compile.error
Pattern = type(sre_compile.compile("", 0))
Match = type(sre_compile.compile("", 0).match(""))


# ---- finding


def match(pattern, string, flags=0):
    """A match at the beginning of the string, or None."""
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """A match of the whole string, or None."""
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """The first match anywhere in the string, or None."""
    return _compile(pattern, flags).search(string)


def sub(pattern, repl, string, count=0, flags=0):
    """The string with matches replaced, by a text with group references or by what a function says to each match."""
    return _compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    """The string with matches replaced, and how many were."""
    return _compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    """The parts between matches; what groups captured comes between them."""
    return _compile(pattern, flags).split(string, maxsplit)


def findall(pattern, string, flags=0):
    """All matches: their texts, or their groups if there are any."""
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """An iterator over all matches."""
    return _compile(pattern, flags).finditer(string)


# ---- compiling


def compile(pattern, flags=0):
    """A pattern object."""
    return _compile(pattern, flags)


def purge():
    """Forgets what has been compiled."""
    _cache.clear()
    _compile_repl.cache_clear()


def template(pattern, flags=0):
    """A pattern object, with the flag TEMPLATE."""
    return _compile(pattern, flags | T)


_special_chars_map = {ord(c): "\\" + c for c in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}


def escape(pattern):
    """The text with a backslash before every character that means something in a pattern."""
    if isinstance(pattern, str):
        return pattern.translate(_special_chars_map)
    pattern = str(pattern, "latin1")
    return pattern.translate(_special_chars_map).encode("latin1")


# Compiled patterns by type of the pattern, pattern and flags, the oldest first.
_cache = {}
_MAXCACHE = 512


def _compile(pattern, flags):
    if isinstance(flags, RegexFlag):
        flags = flags.value
    key = type(pattern), pattern, flags
    try:
        return _cache[key]
    except KeyError:
        pass
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if not sre_compile.isstring(pattern):
        raise TypeError("first argument must be string or compiled pattern")
    made = sre_compile.compile(pattern, flags)
    if not flags & DEBUG:
        if len(_cache) >= _MAXCACHE:
            try:
                del _cache[next(iter(_cache))]
            except (StopIteration, RuntimeError, KeyError):
                pass
        _cache[key] = made
    return made


# ---- replacing; the machine calls these by name


@functools.lru_cache(_MAXCACHE)
def _compile_repl(repl, pattern):
    return sre_parse.parse_template(repl, pattern)


def _expand(pattern, match, template):
    return sre_parse.expand_template(sre_parse.parse_template(template, pattern), match)


def _subx(pattern, template):
    parts = _compile_repl(template, pattern)
    places, literals = parts
    if not places and len(literals) == 1:
        return literals[0]

    def filter(match, template=parts):
        return sre_parse.expand_template(template, match)

    return filter


def _pickle(p):
    return _compile, (p.pattern, p.flags)


copyreg.pickle(Pattern, _pickle, _compile)


class Scanner:
    """Splits a text into tokens: `lexicon` lists patterns and what each makes of its token."""

    def __init__(self, lexicon, flags=0):
        if isinstance(flags, RegexFlag):
            flags = flags.value
        self.lexicon = lexicon
        phrases = [phrase for phrase, action in lexicon]
        self.scanner = sre_compile.finished(_sre.build_scanner(phrases, flags), None)

    def scan(self, string):
        tokens = []
        step = self.scanner.scanner(string).match
        done = 0
        while found := step():
            end = found.end()
            if end == done:
                break
            action = self.lexicon[found.lastindex - 1][1]
            if callable(action):
                self.match = found
                action = action(self, found.group())
            if action is not None:
                tokens.append(action)
            done = end
        return tokens, string[done:]

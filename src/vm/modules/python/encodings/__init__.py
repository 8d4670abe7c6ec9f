"""Encodings: a module each, found by name or alias.

A codec's module has a function `getregentry`, which returns its `CodecInfo`.
"""

import codecs
import sys

from _codecs import _missing

from . import aliases

_cache = {}
_unknown = "--unknown--"
_import_tail = ["*"]
_aliases = aliases.aliases

# What CPython has and this machine has not.
_MISSING = frozenset("""
    big5 big5hkscs bz2_codec cp932 cp949 cp950 euc_jis_2004 euc_jisx0213 euc_jp euc_kr gb18030 gb2312 gbk hz iso2022_jp
    iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr johab shift_jis shift_jis_2004
    shift_jisx0213
""".split())


class CodecRegistryError(LookupError, SystemError):
    pass


def normalize_encoding(encoding):
    """Runs of anything but letters, digits and points become one underscore each; none at the ends."""
    if isinstance(encoding, bytes):
        encoding = str(encoding, "ascii")
    words, word = [], []
    for c in encoding:
        if c.isalnum() or c == ".":
            if c.isascii():
                word.append(c)
        elif word:
            words.append("".join(word))
            word = []
    if word:
        words.append("".join(word))
    return "_".join(words)


def _module(encoding):
    """The module of a codec, or None."""
    name = normalize_encoding(encoding)
    alias = _aliases.get(name) or _aliases.get(name.replace(".", "_"))
    candidates = [alias, name] if alias is not None else [name]
    for candidate in candidates:
        if not candidate or "." in candidate:
            continue
        if candidate in _MISSING:
            _missing(candidate)
        try:
            return __import__("encodings." + candidate, fromlist=_import_tail, level=0)
        except ImportError:
            pass
    return None


def search_function(encoding):
    """The codec of an encoding, for the registry; None if there is none."""
    entry = _cache.get(encoding, _unknown)
    if entry is not _unknown:
        return entry
    module = _module(encoding)
    getregentry = getattr(module, "getregentry", None)
    if getregentry is None:
        _cache[encoding] = None
        return None
    entry = getregentry()
    if not isinstance(entry, codecs.CodecInfo):
        if not 4 <= len(entry) <= 7:
            raise CodecRegistryError('module "%s" (%s) failed to register' % (module.__name__, getattr(module, "__file__", None)))
        if not callable(entry[0]) or not callable(entry[1]) or any(
                part is not None and not callable(part) for part in entry[2:6]):
            raise CodecRegistryError('incompatible codecs in module "%s" (%s)' % (module.__name__, getattr(module, "__file__", None)))
        if len(entry) < 7 or entry[6] is None:
            entry += (None,) * (6 - len(entry)) + (module.__name__.split(".", 1)[1],)
        entry = codecs.CodecInfo(*entry)
    _cache[encoding] = entry
    try:
        more = module.getaliases()
    except AttributeError:
        pass
    else:
        for alias in more:
            if alias not in _aliases:
                _aliases[alias] = module.__name__.rpartition(".")[2]
    return entry


codecs.register(search_function)

# Those that an interpreter has at its start.
from . import latin_1, utf_8

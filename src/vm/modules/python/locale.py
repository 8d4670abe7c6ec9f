"""Locales: of those there are C and C.UTF-8. Numbers are formatted as the conventions of the locale say."""

import functools
import re

from _locale import *
from _locale import Error, localeconv as _localeconv, setlocale as _setlocale, strcoll as _strcoll, strxfrm as _strxfrm

_builtin_str = str

__all__ = [
    *"getlocale getdefaultlocale getpreferredencoding Error setlocale resetlocale localeconv".split(),
    *"strcoll strxfrm str atof atoi format format_string currency normalize".split(),
    *"LC_CTYPE LC_COLLATE LC_TIME LC_MONETARY LC_NUMERIC LC_ALL CHAR_MAX LC_MESSAGES".split(),
]

# Conventions that a test wants instead of the locale's.
_override_localeconv = {}


@functools.wraps(_localeconv)
def localeconv():
    conventions = _localeconv()
    if _override_localeconv:
        conventions.update(_override_localeconv)
    return conventions


# ---- numbers


def _intervals(grouping):
    """How many digits each group has, from the right; the last entry repeats, CHAR_MAX ends the grouping."""
    size = 0
    for size_or_end in grouping:
        if size_or_end == CHAR_MAX:
            return
        if size_or_end == 0:
            if not size:
                raise ValueError("invalid grouping")
            while True:
                yield size
        yield size_or_end
        size = size_or_end


def _group(text, monetary=False):
    """The text with separators between its groups of digits, and how many characters they are."""
    prefix = "mon_" if monetary else ""
    conventions = localeconv()
    separator = conventions[prefix + "thousands_sep"]
    grouping = conventions[prefix + "grouping"]
    if not grouping:
        return text, 0
    right = ""
    if text[-1] == " ":
        stripped = text.rstrip()
        right, text = text[len(stripped):], stripped
    left, groups = "", []
    for size in _intervals(grouping):
        if not text or text[-1] not in "0123456789":
            left, text = text, ""
            break
        groups.append(text[-size:])
        text = text[:-size]
    if text:
        groups.append(text)
    groups.reverse()
    return left + separator.join(groups) + right, len(separator) * (len(groups) - 1)


def _strip_padding(text, amount):
    """Takes away so much padding as separators took room, first at the left."""
    start = 0
    while amount and text[start] == " ":
        start += 1
        amount -= 1
    end = len(text) - 1
    while amount and text[end] == " ":
        end -= 1
        amount -= 1
    return text[start:end + 1]


_percent_re = re.compile(
    r"%(?:\((?P<key>.*?)\))?(?P<modifiers>[-#0-9 +*.hlL]*?)[eEfFgGdiouxXcrs%]"
)


def _format(percent, value, grouping=False, monetary=False, *additional):
    formatted = percent % (value, *additional) if additional else percent % value
    if percent[-1] in "eEfFgGdiu":
        formatted = _localize(formatted, grouping, monetary, percent[-1] in "eEfFgG")
    return formatted


def _localize(formatted, grouping, monetary, has_point):
    separators = 0
    if has_point:
        parts = formatted.split(".")
        if grouping:
            parts[0], separators = _group(parts[0], monetary=monetary)
        point = localeconv()["mon_decimal_point" if monetary else "decimal_point"]
        formatted = point.join(parts)
    elif grouping:
        formatted, separators = _group(formatted, monetary=monetary)
    return _strip_padding(formatted, separators) if separators else formatted


def format_string(f, val, grouping=False, monetary=False):
    """Like `f % val`, with numbers as the locale writes them."""
    items = list(_percent_re.finditer(f))
    template = _percent_re.sub("%s", f)
    shown = []
    if isinstance(val, _mapping()):
        for item in items:
            percent = item.group()
            shown.append("%" if percent[-1] == "%" else _format(percent, val, grouping, monetary))
    else:
        if not isinstance(val, tuple):
            val = (val,)
        at = 0
        for item in items:
            percent = item.group()
            if percent[-1] == "%":
                shown.append("%")
                continue
            stars = item.group("modifiers").count("*")
            shown.append(_format(percent, val[at], grouping, monetary, *val[at + 1:at + 1 + stars]))
            at += 1 + stars
    return template % tuple(shown)


def _mapping():
    from collections.abc import Mapping

    return Mapping


def format(percent, value, grouping=False, monetary=False, *additional):
    """Deprecated: format_string of a single conversion."""
    import warnings

    warnings.warn(
        "This method will be removed in a future version of Python. Use 'locale.format_string()' instead.",
        DeprecationWarning,
        stacklevel=2,
    )
    found = _percent_re.match(percent)
    if not found or len(found.group()) != len(percent):
        raise ValueError("format() must be given exactly one %%char format specifier, %s not valid" % repr(percent))
    return _format(percent, value, grouping, monetary, *additional)


def currency(val, symbol=True, grouping=False, international=False):
    """An amount of money."""
    conventions = localeconv()
    digits = conventions["int_frac_digits" if international else "frac_digits"]
    if digits == 127:
        raise ValueError("Currency formatting is not possible using the 'C' locale.")
    text = _localize(f"{abs(val):.{digits}f}", grouping, monetary=True, has_point=True)
    # Angle brackets stand for where the sign goes.
    text = f"<{text}>"
    sort = "n" if val < 0 else "p"
    if symbol:
        mark = conventions["int_curr_symbol" if international else "currency_symbol"]
        before = conventions[sort + "_cs_precedes"]
        space = conventions[sort + "_sep_by_space"]
        if before:
            text = mark + (" " if space else "") + text
        else:
            if international and mark[-1] == " ":
                mark = mark[:-1]
            text = text + (" " if space else "") + mark
    position = conventions[sort + "_sign_posn"]
    sign = conventions["negative_sign" if val < 0 else "positive_sign"]
    if position == 0:
        text = f"({text})"
    elif position == 1:
        text = sign + text
    elif position == 2:
        text = text + sign
    elif position == 3:
        text = text.replace("<", sign)
    elif position == 4:
        text = text.replace(">", sign)
    else:
        text = sign + text
    return text.replace("<", "").replace(">", "")


def str(val):
    """A float as text."""
    return _format("%.12g", val)


def delocalize(string):
    """A number as the locale writes it, without its separators and with a point."""
    conventions = localeconv()
    separator = conventions["thousands_sep"]
    if separator:
        string = string.replace(separator, "")
    point = conventions["decimal_point"]
    return string.replace(point, ".") if point else string


def localize(string, grouping=False, monetary=False):
    """A number as Python writes it, as the locale does."""
    return _localize(string, grouping, monetary, "." in string)


def atof(string, func=float):
    return func(delocalize(string))


def atoi(string):
    return int(delocalize(string))


# ---- locales by name


def _code_and_encoding(name):
    if name in ("C", "POSIX"):
        return None, None
    if name.lower() in ("c.utf-8", "c.utf8"):
        return "en_US", "UTF-8"
    raise ValueError("unknown locale: %s" % name)


def normalize(localename):
    """The usual spelling of a locale's name."""
    spelled = {"c": "C", "posix": "C", "c.utf8": "en_US.UTF-8", "c.utf-8": "en_US.UTF-8"}
    return spelled.get(localename.lower(), localename)


def _spelled(localetuple):
    try:
        language, encoding = localetuple
        if language is None:
            language = "C"
        return language if encoding is None else language + "." + encoding
    except (TypeError, ValueError):
        raise TypeError("Locale must be None, a string, or an iterable of two strings -- language code, encoding.") from None


def setlocale(category, locale=None):
    """Sets the locale of a category, given by name or as (language code, encoding); or tells it."""
    if locale and not isinstance(locale, _builtin_str):
        locale = normalize(_spelled(locale))
    return _setlocale(category, locale)


def getlocale(category=LC_CTYPE):
    """The locale of a category as (language code, encoding)."""
    name = _setlocale(category)
    if category == LC_ALL and ";" in name:
        raise TypeError("category LC_ALL is not supported")
    return _code_and_encoding(name)


def getdefaultlocale(envvars=("LC_ALL", "LC_CTYPE", "LANG", "LANGUAGE")):
    return "en_US", "UTF-8"


def resetlocale(category=LC_ALL):
    """Sets the locale of a category to the default."""
    _setlocale(category, "C.UTF-8")


def getpreferredencoding(do_setlocale=True):
    """The encoding of texts outside."""
    return "UTF-8"

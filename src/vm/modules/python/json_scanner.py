"""The scanner of JSON texts."""

import re

try:
    from _json import make_scanner as c_make_scanner
except ImportError:
    c_make_scanner = None

__all__ = ["make_scanner"]

NUMBER_RE = re.compile(r"(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?", re.VERBOSE | re.MULTILINE | re.DOTALL)

_WORDS = {"n": ("null", None), "t": ("true", True), "f": ("false", False)}
_CONSTANTS = {"N": "NaN", "I": "Infinity", "-": "-Infinity"}


def py_make_scanner(context):
    """A function that scans the value at a place of a text, and tells where it ends; StopIteration where there is none."""
    memo = context.memo

    def number(text, at):
        match = NUMBER_RE.match(text, at)
        if match is None:
            return None
        whole, fraction, exponent = match.groups()
        if fraction or exponent:
            return context.parse_float(match.group()), match.end()
        return context.parse_int(whole), match.end()

    def scan(text, at):
        first = text[at : at + 1]
        if first == '"':
            return context.parse_string(text, at + 1, context.strict)
        if first == "{":
            hooks = context.object_hook, context.object_pairs_hook
            return context.parse_object((text, at + 1), context.strict, scan, *hooks, memo)
        if first == "[":
            return context.parse_array((text, at + 1), scan)
        if first in _WORDS:
            word, value = _WORDS[first]
            if text.startswith(word, at):
                return value, at + len(word)
        found = number(text, at)
        if found is not None:
            return found
        if first in _CONSTANTS and text.startswith(_CONSTANTS[first], at):
            word = _CONSTANTS[first]
            return context.parse_constant(word), at + len(word)
        raise StopIteration(at)

    def scan_once(string, idx):
        if idx < 0:
            raise ValueError("idx cannot be negative")
        try:
            return scan(string, idx)
        finally:
            memo.clear()

    return scan_once


make_scanner = c_make_scanner or py_make_scanner

"""File names against shell patterns: * ? [seq] [!seq]."""

import functools
import itertools
import os
import posixpath
import re

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


def fnmatch(name, pat):
    """Test whether FILENAME matches PATTERN.

    Patterns are Unix shell style:

    *       matches everything
    ?       matches any single character
    [seq]   matches any character in seq
    [!seq]  matches any char not in seq

    An initial period in FILENAME is not special.
    Both FILENAME and PATTERN are first case-normalized
    if the operating system requires it.
    If you don't want this, use fnmatchcase(FILENAME, PATTERN).
    """
    return fnmatchcase(os.path.normcase(name), os.path.normcase(pat))


@functools.lru_cache(maxsize=256, typed=True)
def _compile_pattern(pat):
    if isinstance(pat, bytes):
        return re.compile(bytes(translate(str(pat, "ISO-8859-1")), "ISO-8859-1")).match
    return re.compile(translate(pat)).match


def filter(names, pat):
    """Construct a list from those elements of the iterable NAMES that match PAT."""
    match = _compile_pattern(os.path.normcase(pat))
    if os.path is posixpath:
        return [name for name in names if match(name)]
    return [name for name in names if match(os.path.normcase(name))]


def fnmatchcase(name, pat):
    """Test whether FILENAME matches PATTERN, including case.

    This is a version of fnmatch() which doesn't case-normalize
    its arguments.
    """
    return _compile_pattern(pat)(name) is not None


def translate(pat):
    """Translate a shell PATTERN to a regular expression.

    There is no way to quote meta-characters.
    """
    parts = _pieces(pat)
    out = []
    at = 0
    while at < len(parts) and parts[at] is not _STAR:
        out.append(parts[at])
        at += 1
    # What stands between two stars is found at its first place, for good: nothing is gained by looking further on.
    while at < len(parts):
        at += 1
        fixed = []
        while at < len(parts) and parts[at] is not _STAR:
            fixed.append(parts[at])
            at += 1
        if at >= len(parts):
            out.append(".*")
            out.extend(fixed)
            break
        number = _next_group()
        out.append(f"(?=(?P<g{number}>.*?{''.join(fixed)}))(?P=g{number})")
    return rf"(?s:{''.join(out)})\Z"


_STAR = object()
_next_group = itertools.count().__next__


def _pieces(pat):
    """The pattern's parts as expressions; runs of stars are one."""
    parts = []
    at, end = 0, len(pat)
    while at < end:
        char = pat[at]
        at += 1
        if char == "*":
            if not parts or parts[-1] is not _STAR:
                parts.append(_STAR)
        elif char == "?":
            parts.append(".")
        elif char == "[":
            close = at
            if close < end and pat[close] == "!":
                close += 1
            if close < end and pat[close] == "]":
                close += 1
            close = pat.find("]", close)
            if close < 0:
                parts.append("\\[")
            else:
                parts.append(_set(pat[at:close]))
                at = close + 1
        else:
            parts.append(re.escape(char))
    return parts


def _set(inside):
    """The expression for the inside of [ ]."""
    if "-" not in inside:
        inside = inside.replace("\\", r"\\")
    else:
        inside = _ranges(inside)
    inside = re.sub(r"([&~|])", r"\\\1", inside)
    if not inside:
        return "(?!)"
    if inside == "!":
        return "."
    if inside[0] == "!":
        inside = "^" + inside[1:]
    elif inside[0] in ("^", "["):
        inside = "\\" + inside
    return f"[{inside}]"


def _ranges(inside):
    """Pieces between the hyphens that make ranges; ranges that are empty are left out."""
    pieces = []
    at = 0
    look = 2 if inside[0] == "!" else 1
    while (hyphen := inside.find("-", look)) >= 0:
        pieces.append(inside[at:hyphen])
        at = hyphen + 1
        look = hyphen + 3
    rest = inside[at:]
    if rest:
        pieces.append(rest)
    else:
        pieces[-1] += "-"
    for n in range(len(pieces) - 1, 0, -1):
        if pieces[n - 1][-1] > pieces[n][0]:
            pieces[n - 1:n + 1] = [pieces[n - 1][:-1] + pieces[n][1:]]
    return "-".join(piece.replace("\\", r"\\").replace("-", r"\-") for piece in pieces)

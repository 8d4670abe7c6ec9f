"""Flags and replacement templates of regular expressions. Patterns themselves are read by the machine."""

import _sre
from sre_constants import *
from sre_constants import error

SPECIAL_CHARS = ".\\[{()*+?^$|"
REPEAT_CHARS = "*+?{"

FLAGS = {
    "i": SRE_FLAG_IGNORECASE,
    "L": SRE_FLAG_LOCALE,
    "m": SRE_FLAG_MULTILINE,
    "s": SRE_FLAG_DOTALL,
    "x": SRE_FLAG_VERBOSE,
    "a": SRE_FLAG_ASCII,
    "t": SRE_FLAG_TEMPLATE,
    "u": SRE_FLAG_UNICODE,
}
TYPE_FLAGS = SRE_FLAG_ASCII | SRE_FLAG_LOCALE | SRE_FLAG_UNICODE
GLOBAL_FLAGS = SRE_FLAG_DEBUG | SRE_FLAG_TEMPLATE


def raise_problem(problem, text):
    """What the machine found wrong, as an exception."""
    kind, message, place = problem
    if kind is not None:
        raise kind(message)
    raise error(message) if place is None else error(message, text, place)


class State:
    """Flags and the number of groups, the whole match among them."""

    def __init__(self, flags, groups):
        self.flags, self.groups = flags, groups


class SubPattern:
    """A pattern that was read. What is in it, only the machine knows."""

    def __init__(self, low, high, flags, groups):
        self.state, self.width = State(flags, groups), (low, high)

    def getwidth(self):
        """The least and the greatest length of a match."""
        return self.width


def parse(str, flags=0, state=None):
    """Reads a pattern; what is wrong with it is raised."""
    made, complaints, problem = _sre.measure(str, flags)
    for text, category in complaints:
        from warnings import warn

        warn(text, category, stacklevel=2)
    if problem is not None:
        raise_problem(problem, str)
    return SubPattern(*made)


def parse_template(source, pattern):
    """Where groups go in a replacement text, and its literal parts, with None in the groups' places."""
    if not isinstance(source, (str, bytes)):
        str(source, "latin1")
    index = pattern.groupindex
    parts, problem = _sre.template(source, pattern.groups, dict(index))
    if problem is not None:
        raise_problem(problem, source)
    return parts


def expand_template(template, match):
    places, literals = template
    filled = literals[:]
    nothing = match.string[:0]
    for place, group in places:
        filled[place] = match.group(group) or nothing
    return nothing.join(filled)

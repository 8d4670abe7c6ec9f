"""How objects are shown in failures, and multisets compared."""

from collections import Counter, namedtuple

__unittest = True

_MAX_LENGTH = 80
_PLACEHOLDER_LEN = 12
_MIN_BEGIN_LEN = _MIN_END_LEN = _MIN_COMMON_LEN = 5
_MIN_DIFF_LEN = _MAX_LENGTH - (_MIN_BEGIN_LEN + _PLACEHOLDER_LEN + _MIN_COMMON_LEN + _PLACEHOLDER_LEN + _MIN_END_LEN)

_Mismatch = namedtuple("Mismatch", "actual expected value")


def _shorten(s, prefixlen, suffixlen):
    """The text with its middle left out, if that makes it shorter."""
    left_out = len(s) - prefixlen - suffixlen
    if left_out <= _PLACEHOLDER_LEN:
        return s
    return "%s[%d chars]%s" % (s[:prefixlen], left_out, s[len(s) - suffixlen:])


def _common_prefix_length(texts):
    shortest = min(texts, key=len)
    for at, letter in enumerate(shortest):
        if any(text[at] != letter for text in texts):
            return at
    return len(shortest)


def _common_shorten_repr(*args):
    """The reprs, shortened alike: what they begin with in common, and what differs."""
    shown = tuple(map(safe_repr, args))
    longest = max(map(len, shown))
    if longest <= _MAX_LENGTH:
        return shown
    common = _common_prefix_length(shown)
    prefix = shown[0][:common]
    room = _MAX_LENGTH - (longest - common + _MIN_BEGIN_LEN + _PLACEHOLDER_LEN)
    if room > _MIN_COMMON_LEN:
        # The differing ends are shown whole.
        prefix = _shorten(prefix, _MIN_BEGIN_LEN, room)
        return tuple(prefix + text[common:] for text in shown)
    prefix = _shorten(prefix, _MIN_BEGIN_LEN, _MIN_COMMON_LEN)
    return tuple(prefix + _shorten(text[common:], _MIN_DIFF_LEN, _MIN_END_LEN) for text in shown)


def safe_repr(obj, short=False):
    """The repr, whatever it raises."""
    try:
        shown = repr(obj)
    except Exception:
        shown = object.__repr__(obj)
    if short and len(shown) >= _MAX_LENGTH:
        return shown[:_MAX_LENGTH] + " [truncated]..."
    return shown


def strclass(cls):
    return f"{cls.__module__}.{cls.__qualname__}"


def sorted_list_difference(expected, actual):
    """What only the one and only the other of two sorted lists has."""
    missing = [item for at, item in enumerate(expected) if item not in actual and item not in expected[:at]]
    unexpected = [item for at, item in enumerate(actual) if item not in expected and item not in actual[:at]]
    return missing, unexpected


def unorderable_list_difference(expected, actual):
    """The same for lists that cannot be sorted; both lists are used up."""
    missing = []
    while expected:
        item = expected.pop()
        try:
            actual.remove(item)
        except ValueError:
            missing.append(item)
    return missing, actual


def three_way_cmp(x, y):
    """-1, 0 or 1 as x is less than, equal to or greater than y."""
    return (x > y) - (x < y)


def _count_diff_all_purpose(actual, expected):
    """The elements that differ in number, found by comparing each with each."""
    sides = [list(actual), list(expected)]
    used = object()
    differences = []
    for side in (0, 1):
        for at, element in enumerate(sides[side]):
            if element is used:
                continue
            counts = [0, 0]
            for which in (0, 1):
                for place in range(at if which == side else 0, len(sides[which])):
                    if sides[which][place] == element:
                        counts[which] += 1
                        sides[which][place] = used
            if counts[0] != counts[1]:
                differences.append(_Mismatch(counts[0], counts[1], element))
    return differences


def _count_diff_hashable(actual, expected):
    """The elements that differ in number."""
    had, wanted = Counter(actual), Counter(expected)
    differences = [_Mismatch(n, wanted.get(element, 0), element) for element, n in had.items() if n != wanted.get(element, 0)]
    differences += [_Mismatch(0, n, element) for element, n in wanted.items() if element not in had]
    return differences

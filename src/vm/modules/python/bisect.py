"""Places in sorted sequences. `_bisect` has them natively; what stands here is for when that is missing."""


def _place(a, lo, hi, is_before):
    if lo < 0:
        raise ValueError("lo must be non-negative")
    if hi is None:
        hi = len(a)
    while lo < hi:
        middle = (lo + hi) // 2
        if is_before(a[middle]):
            lo = middle + 1
        else:
            hi = middle
    return lo


def bisect_right(a, x, lo=0, hi=None, *, key=None):
    """The place in a sorted `a` after all items not greater than x."""
    if key is None:
        return _place(a, lo, hi, lambda item: not x < item)
    return _place(a, lo, hi, lambda item: not x < key(item))


def bisect_left(a, x, lo=0, hi=None, *, key=None):
    """The place in a sorted `a` before all items not less than x."""
    if key is None:
        return _place(a, lo, hi, lambda item: item < x)
    return _place(a, lo, hi, lambda item: key(item) < x)


def insort_right(a, x, lo=0, hi=None, *, key=None):
    """Puts x into a sorted `a`, after its equals."""
    place = bisect_right(a, x if key is None else key(x), lo, hi, key=key)
    a.insert(place, x)


def insort_left(a, x, lo=0, hi=None, *, key=None):
    """Puts x into a sorted `a`, before its equals."""
    place = bisect_left(a, x if key is None else key(x), lo, hi, key=key)
    a.insert(place, x)


try:
    from _bisect import *
except ImportError:
    pass

bisect, insort = bisect_right, insort_right

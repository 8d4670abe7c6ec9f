"""Heaps in lists: each item at place k is not greater than those at 2*k+1 and 2*k+2.

`_heapq` has the functions on single items natively; those that stand here are for when that is missing."""

__about__ = "A heap is a list whose first item is its least, kept so at the cost of a path from the root to a leaf."

__all__ = "heappush heappop heapify heapreplace merge nlargest nsmallest heappushpop".split()


# ---- moving single items, for code that keeps heaps of its own


def _rise(heap, startpos, pos, precedes):
    item = heap[pos]
    while pos > startpos:
        above = (pos - 1) >> 1
        if not precedes(item, heap[above]):
            break
        heap[pos] = heap[above]
        pos = above
    heap[pos] = item


def _sink(heap, pos, precedes):
    start, end, item = pos, len(heap), heap[pos]
    while (child := 2 * pos + 1) < end:
        if child + 1 < end and not precedes(heap[child], heap[child + 1]):
            child += 1
        heap[pos] = heap[child]
        pos = child
    heap[pos] = item
    _rise(heap, start, pos, precedes)


def _less(a, b):
    return a < b


def _greater(a, b):
    return b < a


def _siftdown(heap, startpos, pos):
    _rise(heap, startpos, pos, _less)


def _siftdown_max(heap, startpos, pos):
    _rise(heap, startpos, pos, _greater)


def _siftup(heap, pos):
    _sink(heap, pos, _less)


def _siftup_max(heap, pos):
    _sink(heap, pos, _greater)


# ---- the operations


def _replace_first(heap, item, sink):
    first, heap[0] = heap[0], item
    sink(heap, 0)
    return first


def _take_first(heap, sink):
    last = heap.pop()
    return _replace_first(heap, last, sink) if heap else last


def heappush(heap, item):
    """Adds an item."""
    heap.append(item)
    _siftdown(heap, 0, len(heap) - 1)


def heappop(heap):
    """Takes the least item out."""
    return _take_first(heap, _siftup)


def heapreplace(heap, item):
    """heappop(), then heappush(), in one go."""
    return _replace_first(heap, item, _siftup)


def heappushpop(heap, item):
    """heappush(), then heappop(), in one go."""
    if heap and heap[0] < item:
        return _replace_first(heap, item, _siftup)
    return item


def heapify(x):
    """Makes a heap of a list."""
    for place in range(len(x) // 2 - 1, -1, -1):
        _siftup(x, place)


def _heappop_max(heap):
    return _take_first(heap, _siftup_max)


def _heapreplace_max(heap, item):
    return _replace_first(heap, item, _siftup_max)


def _heapify_max(x):
    for place in range(len(x) // 2 - 1, -1, -1):
        _siftup_max(x, place)


# ---- merging sorted inputs


def merge(*iterables, key=None, reverse=False):
    """The items of sorted inputs in order, one after the other."""
    build, pop, replace = (
        (_heapify_max, _heappop_max, _heapreplace_max) if reverse else (heapify, heappop, heapreplace)
    )
    # An entry: what is compared, the input's rank among equals, the item, what fetches the next one.
    heap = []
    for rank, fetch in enumerate(iter(source).__next__ for source in iterables):
        try:
            item = fetch()
        except StopIteration:
            continue
        heap.append([item if key is None else key(item), -rank if reverse else rank, item, fetch])
    build(heap)
    while len(heap) > 1:
        try:
            while True:
                entry = heap[0]
                yield entry[2]
                item = entry[3]()
                entry[0], entry[2] = item if key is None else key(item), item
                replace(heap, entry)
        except StopIteration:
            pop(heap)
    if heap:
        _, _, item, fetch = heap[0]
        yield item
        yield from fetch.__self__


# ---- the first few in order


def _known_size(iterable):
    try:
        return len(iterable)
    except (TypeError, AttributeError):
        return None


def _select(n, iterable, key, largest):
    """The n first in order. Equal items keep the order in which they came; a heap holds the best so far, the worst in front."""
    step = -1 if largest else 1
    build, replace = (heapify, heapreplace) if largest else (_heapify_max, _heapreplace_max)
    stream, order = iter(iterable), 0
    best = []
    for _, item in zip(range(n), stream):
        best.append((item if key is None else key(item), order, item))
        order += step
    if not best:
        return best
    build(best)
    limit = best[0][0]
    for item in stream:
        rank = item if key is None else key(item)
        if (limit < rank) if largest else (rank < limit):
            replace(best, (rank, order, item))
            limit = best[0][0]
            order += step
    best.sort(reverse=largest)
    return [item for _, _, item in best]


def _first(choose, iterable, key):
    nothing = object()
    found = choose(iterable, default=nothing, key=key)
    return [] if found is nothing else [found]


def nsmallest(n, iterable, key=None):
    """Like sorted(iterable, key=key)[:n]."""
    if n == 1:
        return _first(min, iterable, key)
    size = _known_size(iterable)
    if size is not None and n >= size:
        return sorted(iterable, key=key)[:n]
    return _select(n, iterable, key, False)


def nlargest(n, iterable, key=None):
    """Like sorted(iterable, key=key, reverse=True)[:n]."""
    if n == 1:
        return _first(max, iterable, key)
    size = _known_size(iterable)
    if size is not None and n >= size:
        return sorted(iterable, key=key, reverse=True)[:n]
    return _select(n, iterable, key, True)


try:
    from _heapq import *
    from _heapq import __about__, _heapify_max, _heappop_max, _heapreplace_max
except ImportError:
    pass

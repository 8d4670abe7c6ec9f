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
    """Push item onto heap, maintaining the heap invariant."""
    heap.append(item)
    _siftdown(heap, 0, len(heap) - 1)


def heappop(heap):
    """Pop the smallest item off the heap, maintaining the heap invariant."""
    return _take_first(heap, _siftup)


def heapreplace(heap, item):
    """Pop and return the current smallest value, and add the new item.

This is more efficient than heappop() followed by heappush(), and can be
more appropriate when using a fixed-size heap.  Note that the value
returned may be larger than item!  That constrains reasonable uses of
this routine unless written as part of a conditional replacement:

    if item > heap[0]:
        item = heapreplace(heap, item)"""
    return _replace_first(heap, item, _siftup)


def heappushpop(heap, item):
    """Push item on the heap, then pop and return the smallest item from the heap.

The combined action runs more efficiently than heappush() followed by
a separate call to heappop()."""
    if heap and heap[0] < item:
        return _replace_first(heap, item, _siftup)
    return item


def heapify(x):
    """Transform list into a heap, in-place, in O(len(heap)) time."""
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
    """Merge multiple sorted inputs into a single sorted output.

    Similar to sorted(itertools.chain(*iterables)) but returns a generator,
    does not pull the data into memory all at once, and assumes that each of
    the input streams is already sorted (smallest to largest).

    >>> list(merge([1,3,5,7], [0,2,4,8], [5,10,15,20], [], [25]))
    [0, 1, 2, 3, 4, 5, 5, 7, 8, 10, 15, 20, 25]

    If *key* is not None, applies a key function to each element to determine
    its sort order.

    >>> list(merge(['dog', 'horse'], ['cat', 'fish', 'kangaroo'], key=len))
    ['dog', 'cat', 'fish', 'horse', 'kangaroo']

    """
    build, pop, replace = (
        (_heapify_max, _heappop_max, _heapreplace_max) if reverse else (heapify, heappop, heapreplace)
    )
    # An entry: what is compared, the input's rank among equals, the item if that is something else, what fetches the next one.
    # The name of the item last yielded is kept until the next one, as are those of the input and its entry.
    heap = []
    if key is None:
        for rank, source in enumerate(map(iter, iterables)):
            try:
                fetch = source.__next__
                heap.append([fetch(), -rank if reverse else rank, fetch])
            except StopIteration:
                pass
        build(heap)
        while len(heap) > 1:
            try:
                while True:
                    item, rank, fetch = entry = heap[0]
                    yield item
                    entry[0] = fetch()
                    replace(heap, entry)
            except StopIteration:
                pop(heap)
        if heap:
            item, rank, fetch = heap[0]
            yield item
            yield from fetch.__self__
        return
    for rank, source in enumerate(map(iter, iterables)):
        try:
            fetch = source.__next__
            item = fetch()
            heap.append([key(item), -rank if reverse else rank, item, fetch])
        except StopIteration:
            pass
    build(heap)
    while len(heap) > 1:
        try:
            while True:
                compared, rank, item, fetch = entry = heap[0]
                yield item
                item = fetch()
                entry[0] = key(item)
                entry[2] = item
                replace(heap, entry)
        except StopIteration:
            pop(heap)
    if heap:
        compared, rank, item, fetch = heap[0]
        yield item
        yield from fetch.__self__


# ---- the first few in order


def nsmallest(n, iterable, key=None):
    """Find the n smallest elements in a dataset.

    Equivalent to:  sorted(iterable, key=key)[:n]
    """
    if n == 1:
        stream = iter(iterable)
        nothing = object()
        found = min(stream, default=nothing, key=key)
        return [] if found is nothing else [found]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key)[:n]
    # Equal items keep the order in which they came; a heap holds the best so far, the worst in front.
    stream = iter(iterable)
    if key is None:
        best = [(item, order) for order, item in zip(range(n), stream)]
        if not best:
            return best
        _heapify_max(best)
        worst = best[0][0]
        order = n
        replace = _heapreplace_max
        for item in stream:
            if item < worst:
                replace(best, (item, order))
                worst, _ = best[0]
                order += 1
        best.sort()
        return [item for item, order in best]
    best = [(key(item), order, item) for order, item in zip(range(n), stream)]
    if not best:
        return best
    _heapify_max(best)
    worst = best[0][0]
    order = n
    replace = _heapreplace_max
    for item in stream:
        compared = key(item)
        if compared < worst:
            replace(best, (compared, order, item))
            worst, _, _ = best[0]
            order += 1
    best.sort()
    return [item for compared, order, item in best]


def nlargest(n, iterable, key=None):
    """Find the n largest elements in a dataset.

    Equivalent to:  sorted(iterable, key=key, reverse=True)[:n]
    """
    if n == 1:
        stream = iter(iterable)
        nothing = object()
        found = max(stream, default=nothing, key=key)
        return [] if found is nothing else [found]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key, reverse=True)[:n]
    # Equal items keep the order in which they came; a heap holds the best so far, the worst in front.
    stream = iter(iterable)
    if key is None:
        best = [(item, order) for order, item in zip(range(0, -n, -1), stream)]
        if not best:
            return best
        heapify(best)
        worst = best[0][0]
        order = -n
        replace = heapreplace
        for item in stream:
            if worst < item:
                replace(best, (item, order))
                worst, _ = best[0]
                order -= 1
        best.sort(reverse=True)
        return [item for item, order in best]
    best = [(key(item), order, item) for order, item in zip(range(0, -n, -1), stream)]
    if not best:
        return best
    heapify(best)
    worst = best[0][0]
    order = -n
    replace = heapreplace
    for item in stream:
        compared = key(item)
        if worst < compared:
            replace(best, (compared, order, item))
            worst, _, _ = best[0]
            order -= 1
    best.sort(reverse=True)
    return [item for compared, order, item in best]


try:
    from _heapq import *
    from _heapq import __about__, _heapify_max, _heappop_max, _heapreplace_max
except ImportError:
    pass

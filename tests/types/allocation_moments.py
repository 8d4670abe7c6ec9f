# Verifies at which allocation an automatic collection starts, and what the young generation holds then, in which order.
import functools
import gc
import itertools
from collections import defaultdict

SEEN = []


def watch(phase, info):
    if phase == 'start':
        SEEN.append(' '.join([type(o).__name__ for o in gc.get_objects(0)]))


def moments(work):
    work()
    for threshold in 1, 2, 3:
        gc.collect()
        gc.freeze()
        gc.callbacks.append(watch)
        gc.set_threshold(threshold, 10000, 10000)
        work()
        gc.set_threshold(0)
        del gc.callbacks[:]
        print(work.__name__, threshold, SEEN)
        del SEEN[:]


class P:
    pass


class M(type):
    pass


def plain_class():
    class A: pass


def derived_class():
    class A(P):
        held = [1]
        def method(self): return __class__


def metaclass():
    class A(metaclass=M): pass


def slots_class():
    type('A', (P,), {'__slots__': ()})


def three_arguments():
    type('A', (P,), {'held': slice({}, None)})


def numbering():
    enumerate([1])
    enumerate([1], start=3)


def side_by_side():
    zip([1], [2])
    map(str, [1])


def longest():
    list(itertools.zip_longest([1], [2, 3]))


def shared():
    itertools.tee([1])
    itertools.groupby([1])


def partials():
    first = functools.partial(str, 1)
    functools.partial(first, 2)
    functools.partial(first)


def reduced():
    functools.reduce(max, [1, 2, 3])


def wrapped():
    classmethod([])
    staticmethod(wrapped)


def defaults():
    d = defaultdict(list, k=[])
    d[0]


def aliases():
    list[int]


def unbound_wrapper():
    [].__add__([1])
    list.__add__([], [1])


for work in (plain_class, derived_class, metaclass, slots_class, three_arguments, numbering, side_by_side, longest, shared,
             partials, reduced, wrapped, defaults, aliases, unbound_wrapper):
    moments(work)

"""Checks that every sequence type passes; a test class names the type in `type2test`."""

import sys
import unittest

from test import support


class Sequence:
    """Items by index only."""

    def __init__(self, seqn):
        self.seqn = seqn

    def __getitem__(self, i):
        return self.seqn[i]


class IterFunc:
    """An iterator with `__iter__` and `__next__`."""

    def __init__(self, seqn):
        self.seqn, self.i = seqn, 0

    def __iter__(self):
        return self

    def __next__(self):
        at, self.i = self.i, self.i + 1
        if at >= len(self.seqn):
            raise StopIteration
        return self.seqn[at]


class IterGen:
    """`__iter__` is a generator."""

    def __init__(self, seqn):
        self.seqn, self.i = seqn, 0

    def __iter__(self):
        yield from self.seqn


class IterNextOnly:
    """`__next__` without `__iter__`: cannot be iterated."""

    def __init__(self, seqn):
        self.seqn, self.i = seqn, 0

    def __next__(self):
        at, self.i = self.i, self.i + 1
        if at >= len(self.seqn):
            raise StopIteration
        return self.seqn[at]


class IterNoNext:
    """`__iter__` gives what is no iterator."""

    def __init__(self, seqn):
        self.seqn, self.i = seqn, 0

    def __iter__(self):
        return self


class IterGenExc:
    """An iterator that fails at once."""

    def __init__(self, seqn):
        self.seqn, self.i = seqn, 0

    def __iter__(self):
        return self

    def __next__(self):
        return 3 // 0


class IterFuncStop:
    """An iterator that has nothing to give."""

    def __init__(self, seqn):
        pass

    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration


def iterfunc(seqn):
    """A generator function."""
    for each in seqn:
        yield each


def itermulti(seqn):
    """Iterators behind iterators."""
    return map(lambda x: x, iterfunc(IterGen(Sequence(seqn))))


class LyingTuple(tuple):
    """Its iterator does not give its items."""

    def __iter__(self):
        yield 1


class LyingList(list):
    def __iter__(self):
        yield 1


class CommonTest(unittest.TestCase):
    type2test = None

    def of(self, *items):
        return self.type2test(items)

    def test_constructors(self):
        empty = self.type2test()
        self.assertEqual(len(empty), 0)
        self.assertEqual(self.type2test([]), empty)
        self.assertEqual(self.type2test(()), empty)
        for items in ([], [1], [0, 1, 2, 3], list(range(50)), ["a", None, 1.5]):
            made = self.type2test(items)
            self.assertEqual(list(made), items)
            self.assertEqual(self.type2test(made), made)
            for way in (Sequence, IterFunc, IterGen, itermulti, iterfunc):
                self.assertEqual(self.type2test(way(items)), made)
            self.assertEqual(self.type2test(IterFuncStop(items)), empty)
            self.assertRaises(TypeError, self.type2test, IterNextOnly(items))
            self.assertRaises(TypeError, self.type2test, IterNoNext(items))
            self.assertRaises(ZeroDivisionError, self.type2test, IterGenExc(items))
        self.assertEqual(self.type2test(LyingTuple((2,))), self.of(1))
        self.assertEqual(self.type2test(LyingList([2])), self.of(1))
        self.assertRaises(TypeError, self.type2test, unsupported_arg=[])

    def test_truth(self):
        self.assertFalse(self.type2test())
        for item in (0, None, "", 42):
            self.assertTrue(self.of(item))

    def test_getitem(self):
        seq = self.of(*range(5))
        for at in range(5):
            self.assertEqual(seq[at], at)
            self.assertEqual(seq[at - 5], at)
        for bad in (5, -6, 100):
            self.assertRaises(IndexError, lambda: seq[bad])
        for bad in ("a", None, 1.5):
            self.assertRaises(TypeError, lambda: seq[bad])

    def test_getslice(self):
        items = list(range(5))
        seq = self.of(*items)
        places = (None, 0, 1, 3, 5, 9, -1, -3, -5, -9)
        for start in places:
            for stop in places:
                for step in (None, 1, 2, 3, -1, -2):
                    self.assertEqual(seq[start:stop:step], self.type2test(items[start:stop:step]))
        self.assertRaises(ValueError, lambda: seq[::0])
        self.assertRaises(TypeError, lambda: seq["a":])

    def test_contains(self):
        seq = self.of(0, 1, 2)
        for item in seq:
            self.assertIn(item, seq)
        for item in (-1, 3, "0", None):
            self.assertNotIn(item, seq)
        self.assertRaises(TypeError, seq.__contains__)

    def test_contains_fake(self):
        self.assertIn(1, self.of(support.ALWAYS_EQ))
        self.assertIn(support.ALWAYS_EQ, self.of(1))
        self.assertNotIn(support.ALWAYS_EQ, self.of(support.NEVER_EQ))

    def test_contains_order(self):
        class Stop(Exception):
            pass

        class Stops:
            def __eq__(self, other):
                raise Stop

        self.assertIn(1, self.of(1, Stops()))
        with self.assertRaises(Stop):
            1 in self.of(Stops(), 1)

    def test_len(self):
        for n in (0, 1, 2, 17):
            self.assertEqual(len(self.type2test(range(n))), n)

    def test_minmax(self):
        seq = self.of(3, 0, 2)
        self.assertEqual((min(seq), max(seq)), (0, 3))

    def test_addmul(self):
        one, two = self.of(0, 1), self.of(2)
        self.assertEqual(one + two, self.of(0, 1, 2))
        self.assertEqual(one + self.type2test(), one)
        for n in (-1, 0, 1, 2, 5):
            self.assertEqual(one * n, self.type2test([0, 1] * n))
            self.assertEqual(n * one, one * n)

        class Sub(self.type2test):
            pass

        self.assertEqual(Sub(one) * 1, one)
        self.assertIsNot(Sub(one) * 1, one)

    def test_iadd(self):
        seq = self.of(0, 1)
        seq += self.type2test()
        self.assertEqual(seq, self.of(0, 1))
        seq += self.of(2, 3)
        self.assertEqual(seq, self.of(0, 1, 2, 3))

    def test_imul(self):
        seq = self.of(0, 1)
        seq *= 3
        self.assertEqual(seq, self.of(0, 1, 0, 1, 0, 1))
        seq *= -1
        self.assertEqual(len(seq), 0)

    def test_getitemoverwriteiter(self):
        class Same(self.type2test):
            def __getitem__(self, key):
                return str(key) + "!"

        self.assertEqual(next(iter(Same((1, 2)))), 1)

    def test_repeat(self):
        for size in range(4):
            items = [i + 1 for i in range(size)]
            for n in range(-3, 5):
                self.assertEqual(self.type2test(items) * n, self.type2test(items * n))

    def test_bigrepeat(self):
        self.assertRaises((MemoryError, OverflowError), lambda: self.of(0, 1) * sys.maxsize)

    def test_subscript(self):
        seq = self.of(10, 11)
        self.assertEqual(seq.__getitem__(0), 10)
        self.assertEqual(seq.__getitem__(1), 11)
        self.assertRaises(IndexError, seq.__getitem__, -3)
        self.assertRaises(IndexError, seq.__getitem__, 3)
        self.assertEqual(seq.__getitem__(slice(0, 1)), self.of(10))
        self.assertEqual(seq.__getitem__(slice(0, 1000)), seq)
        self.assertRaises(ValueError, seq.__getitem__, slice(0, 10, 0))
        self.assertRaises(TypeError, seq.__getitem__, "x")

    def test_count(self):
        seq = self.of(0, 1, 2) * 3
        for item in (0, 1, 2):
            self.assertEqual(seq.count(item), 3)
        self.assertEqual(seq.count(3), 0)
        self.assertEqual(seq.count(support.ALWAYS_EQ), 9)
        self.assertEqual(self.of(support.ALWAYS_EQ, support.NEVER_EQ).count(1), 1)
        self.assertRaises(TypeError, seq.count)

        class Boom(Exception):
            pass

        class Bad:
            def __eq__(self, other):
                raise Boom

        self.assertRaises(Boom, seq.count, Bad())

    def test_index(self):
        seq = self.of(0, 1, 0, 2)
        for item, at in ((0, 0), (1, 1), (2, 3)):
            self.assertEqual(seq.index(item), at)
        self.assertEqual(seq.index(0, 1), 2)
        self.assertEqual(seq.index(0, -2), 2)
        self.assertEqual(seq.index(0, -100, 100), 0)
        for given in ((3,), (0, 3), (1, 2), (2, 0, 3), (2, 0, -1)):
            self.assertRaises(ValueError, seq.index, *given)
        self.assertRaises(TypeError, seq.index)

    def test_pickle(self):
        import pickle

        seq = self.of(0, 1, 2)
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            again = pickle.loads(pickle.dumps(seq, protocol))
            self.assertEqual(again, seq)
            self.assertIsNot(again, seq)

    def test_free_after_iterating(self):
        support.check_free_after_iterating(self, iter, self.type2test)
        support.check_free_after_iterating(self, reversed, self.type2test)

"""Checks that every list-like type passes; a test class names the type in `type2test`."""

import sys
from functools import cmp_to_key

from test import seq_tests, support


class CommonTest(seq_tests.CommonTest):
    def test_init(self):
        self.assertEqual(self.type2test(), self.type2test([]))
        seq = self.of(1, 2, 3)
        seq.__init__()
        self.assertEqual(seq, self.type2test())
        seq.__init__([4, 5])
        self.assertEqual(seq, self.of(4, 5))
        copy = self.type2test(seq)
        self.assertEqual(copy, seq)
        self.assertIsNot(copy, seq)

    def test_getitem_error(self):
        with self.assertRaisesRegex(TypeError, "list indices must be integers or slices"):
            self.of()["a"]

    def test_setitem_error(self):
        seq = self.of()
        with self.assertRaisesRegex(TypeError, "list indices must be integers or slices"):
            seq["a"] = 1

    def test_repr(self):
        for items in ([], [0, 1, 2], ["a", None]):
            seq = self.type2test(items)
            self.assertEqual(str(seq), str(items))
            self.assertEqual(repr(seq), repr(items))
        seq = self.of(1)
        seq.append(seq)
        seq.append(2)
        self.assertEqual(repr(seq), "[1, [...], 2]")

    def test_repr_deep(self):
        seq = self.of()
        for _ in range(sys.getrecursionlimit() + 100):
            seq = self.of(seq)
        self.assertRaises(RecursionError, repr, seq)

    def test_set_subscript(self):
        seq = self.type2test(range(20))
        self.assertRaises(ValueError, seq.__setitem__, slice(0, 10, 0), [1, 2, 3])
        self.assertRaises(TypeError, seq.__setitem__, slice(0, 10), 1)
        self.assertRaises(ValueError, seq.__setitem__, slice(0, 10, 2), [1, 2])
        self.assertRaises(TypeError, seq.__getitem__, "x", 1)
        seq[slice(2, 10, 3)] = [1, 2, 3]
        self.assertEqual(seq, self.type2test([0, 1, 1, 3, 4, 2, 6, 7, 3] + list(range(9, 20))))

    def test_reversed(self):
        seq = self.type2test(range(20))
        backwards = reversed(seq)
        self.assertEqual(list(backwards), list(range(19, -1, -1)))
        self.assertRaises(StopIteration, next, backwards)
        self.assertEqual(list(reversed(self.of())), [])

    def test_setitem(self):
        seq = self.of(0, 1)
        seq[0], seq[-1] = "a", "b"
        self.assertEqual(seq, self.of("a", "b"))
        for bad in (2, -3):
            self.assertRaises(IndexError, seq.__setitem__, bad, 0)
        self.assertRaises(TypeError, seq.__setitem__)

    def test_delitem(self):
        seq = self.of(0, 1, 2)
        del seq[1]
        self.assertEqual(seq, self.of(0, 2))
        del seq[-2]
        self.assertEqual(seq, self.of(2))
        for bad in (1, -2):
            self.assertRaises(IndexError, seq.__delitem__, bad)
        self.assertRaises(TypeError, seq.__delitem__)

    def test_setslice(self):
        places = (None, 0, 1, 3, 5, 9, -1, -4, -9)
        for start in places:
            for stop in places:
                for new in ([], ["a"], ["a", "b", "c"]):
                    plain, seq = list(range(5)), self.type2test(range(5))
                    plain[start:stop] = seq[start:stop] = new
                    self.assertEqual(seq, self.type2test(plain))
        seq = self.of(1, 2)
        seq[:] = seq
        seq[1:1] = iter("x")
        self.assertEqual(seq, self.of(1, "x", 2))

    def test_delslice(self):
        for start in (None, 0, 1, 4, 9, -2):
            for stop in (None, 0, 2, 9, -1):
                plain, seq = list(range(5)), self.type2test(range(5))
                del plain[start:stop], seq[start:stop]
                self.assertEqual(seq, self.type2test(plain))

    def test_append(self):
        seq = self.of()
        for item in range(10):
            self.assertIsNone(seq.append(item))
        self.assertEqual(seq, self.type2test(range(10)))
        self.assertRaises(TypeError, seq.append)

    def test_extend(self):
        seq = self.of(0)
        for more in ([1], (), self.of(2, 3), iter("ab"), (x for x in "c")):
            seq.extend(more)
        self.assertEqual(seq, self.of(0, 1, 2, 3, "a", "b", "c"))
        seq.extend(seq)
        self.assertEqual(len(seq), 14)
        self.assertRaises(TypeError, seq.extend, None)
        self.assertRaises(TypeError, seq.extend)

    def test_insert(self):
        seq = self.of(0, 1, 2)
        for at, item in ((0, -2), (1, -1), (2, 0), (100, "last"), (-100, "first"), (-1, "but one")):
            seq.insert(at, item)
        self.assertEqual(seq, self.of("first", -2, -1, 0, 0, 1, 2, "but one", "last"))
        self.assertRaises(TypeError, seq.insert)

    def test_pop(self):
        seq = self.of(-1, 0, 1)
        self.assertEqual(seq.pop(), 1)
        self.assertEqual(seq.pop(0), -1)
        self.assertRaises(IndexError, seq.pop, 5)
        self.assertEqual(seq.pop(-1), 0)
        self.assertRaises(IndexError, seq.pop)
        self.assertRaises(TypeError, seq.pop, 42, 42)

    def test_remove(self):
        seq = self.of(0, 1, 0, 2)
        seq.remove(0)
        self.assertEqual(seq, self.of(1, 0, 2))
        seq.remove(support.ALWAYS_EQ)
        self.assertEqual(seq, self.of(0, 2))
        self.assertRaises(ValueError, seq.remove, 7)
        self.assertRaises(ValueError, seq.remove, support.NEVER_EQ)
        self.assertRaises(TypeError, seq.remove)

    def test_index(self):
        super().test_index()
        seq = self.of(-2, -1, 0, 0, 1, 2)
        seq.remove(0)
        self.assertRaises(ValueError, seq.index, 2, 0, 4)

        class Empties:
            def __init__(self, victim):
                self.victim = victim

            def __eq__(self, other):
                del self.victim[:]
                return False

        shrinking = self.of()
        shrinking[:] = [Empties(shrinking) for _ in range(10)]
        self.assertRaises(ValueError, shrinking.index, None)

    def test_reverse(self):
        seq = self.of(1, 2, 3)
        self.assertIsNone(seq.reverse())
        self.assertEqual(seq, self.of(3, 2, 1))
        self.assertRaises(TypeError, seq.reverse, 42)

    def test_clear(self):
        seq = self.of(1, 2)
        seq.clear()
        self.assertEqual(seq, self.of())
        seq.append(3)
        self.assertEqual(seq, self.of(3))
        self.assertRaises(TypeError, seq.clear, None)

    def test_copy(self):
        seq = self.of(1, [2])
        copy = seq.copy()
        self.assertEqual(copy, seq)
        self.assertIs(copy[1], seq[1])
        copy.append(3)
        self.assertEqual(len(seq), 2)
        self.assertRaises(TypeError, seq.copy, None)

    def test_sort(self):
        seq = self.of(1, 0, 3, 2)
        self.assertIsNone(seq.sort())
        self.assertEqual(seq, self.of(0, 1, 2, 3))
        seq.sort(key=cmp_to_key(lambda a, b: b - a))
        self.assertEqual(seq, self.of(3, 2, 1, 0))
        seq.sort(key=lambda x: x % 2, reverse=True)
        self.assertEqual(seq, self.of(3, 1, 2, 0))
        self.assertRaises(TypeError, seq.sort, key=42)
        self.assertRaises(TypeError, seq.sort, 42)

        def modifies(a, b):
            seq.append(0)
            return -1

        self.assertRaises(ValueError, seq.sort, key=cmp_to_key(modifies))

    def test_slice(self):
        seq = self.type2test("spam")
        seq[:2] = "h"
        self.assertEqual(seq, self.type2test("ham"))

    def test_iadd(self):
        super().test_iadd()
        seq = same = self.of(0)
        seq += [1]
        seq += "ab"
        self.assertEqual(same, self.of(0, 1, "a", "b"))
        with self.assertRaises(TypeError):
            seq += 10

    def test_imul(self):
        super().test_imul()
        seq = same = self.of(0, 1)
        seq *= 2
        self.assertIs(seq, same)

    def test_extendedslicing(self):
        for start in (None, 0, 2, 9, -1, -9):
            for step in (2, 3, -1, -2, 100):
                plain, seq = list(range(9)), self.type2test(range(9))
                new = [str(n) for n in plain[start::step]]
                plain[start::step] = seq[start::step] = new
                self.assertEqual(seq, self.type2test(plain))
                del plain[start::step], seq[start::step]
                self.assertEqual(seq, self.type2test(plain))
        with self.assertRaises(ValueError):
            self.type2test(range(10))[::2] = [1]

    def test_constructor_exception_handling(self):
        class Fails:
            def __iter__(self):
                raise KeyError

        self.assertRaises(KeyError, list, Fails())

    def test_exhausted_iterator(self):
        seq = self.type2test([1, 2, 3])
        ended, open_ = iter(seq), iter(seq)
        for _ in ended:
            next(open_)
        seq.append(9)
        self.assertEqual(list(ended), [])
        self.assertEqual(list(open_), [9])
        self.assertEqual(seq, self.type2test([1, 2, 3, 9]))

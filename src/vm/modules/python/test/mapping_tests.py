"""Checks that mappings pass; a test class names the type in `type2test`."""

import collections
import sys
import unittest


class BasicTestMappingProtocol(unittest.TestCase):
    """What any mutable mapping does."""

    type2test = None

    def __init__(self, *args, **kw):
        unittest.TestCase.__init__(self, *args, **kw)
        self.reference = self._reference().copy()
        # A key that is in the reference, and an item that is not.
        self.inmapping = dict([next(iter(self.reference.items()))])
        self.other = {"key4": "not there"}

    def _reference(self):
        return {"1": "2", "key1": "value1", "key2": (1, 2, 3)}

    def _empty_mapping(self):
        return self.type2test()

    def _full_mapping(self, data):
        made = self._empty_mapping()
        for key, value in data.items():
            made[key] = value
        return made

    def test_read(self):
        reference, full = self.reference, self._full_mapping(self.reference)
        self.assertEqual(len(full), len(reference))
        self.assertCountEqual(list(full), list(reference))
        self.assertCountEqual(full.keys(), reference.keys())
        self.assertCountEqual(list(full.values()), list(reference.values()))
        self.assertCountEqual(list(full.items()), list(reference.items()))
        for key, value in reference.items():
            self.assertEqual(full[key], value)
            self.assertEqual(full.get(key), value)
            self.assertIn(key, full)
        (missing,) = self.other
        self.assertRaises(KeyError, lambda: full[missing])
        self.assertEqual(full.get(missing, 3), 3)
        self.assertNotIn(missing, full)
        self.assertEqual(full, full)
        self.assertFalse(self._empty_mapping())
        self.assertTrue(full)

    def test_write(self):
        made = self._empty_mapping()
        for key, value in self.reference.items():
            made[key] = value
            self.assertEqual(made[key], value)
        for key in self.reference:
            del made[key]
            self.assertRaises(KeyError, lambda: made[key])
        made.update(self.reference)
        self.assertEqual(dict(made), self.reference)
        made.clear()
        self.assertEqual(len(made), 0)
        (key, value), = self.other.items()
        self.assertEqual(made.setdefault(key, value), value)
        self.assertEqual(made.setdefault(key, None), value)
        self.assertEqual(made.popitem(), (key, value))
        self.assertRaises(KeyError, made.popitem)
        self.assertEqual(made.pop(key, 7), 7)
        self.assertRaises(KeyError, made.pop, key)

    def test_constructor(self):
        self.assertEqual(self._empty_mapping(), self._empty_mapping())

    def test_bool(self):
        self.assertFalse(self._empty_mapping())
        self.assertTrue(self.reference)
        self.assertIs(bool(self._empty_mapping()), False)
        self.assertIs(bool(self._full_mapping(self.reference)), True)

    def _check_view(self, name):
        self.assertEqual(list(getattr(self._empty_mapping(), name)()), [])
        full = self._full_mapping(self.inmapping)
        self.assertEqual(list(getattr(full, name)()), list(getattr(self.inmapping, name)()))
        self.assertRaises(TypeError, getattr(full, name), None)

    def test_keys(self):
        self._check_view("keys")

    def test_values(self):
        self._check_view("values")

    def test_items(self):
        self._check_view("items")

    def test_len(self):
        self.assertEqual(len(self._empty_mapping()), 0)
        self.assertEqual(len(self._full_mapping(self.reference)), len(self.reference))

    def test_getitem(self):
        full = self._full_mapping(self.reference)
        for key, value in self.reference.items():
            self.assertEqual(full[key], value)
        self.assertRaises(TypeError, full.__getitem__)

    def test_update(self):
        pairs = list(self.other.items())

        class WithKeys:
            def __init__(self, data):
                self.data = data

            def keys(self):
                return self.data.keys()

            def __getitem__(self, key):
                return self.data[key]

        for given in (self.other, pairs, iter(pairs), WithKeys(self.other), self._full_mapping(self.other)):
            made = self._empty_mapping()
            made.update(given)
            self.assertEqual(list(made.items()), pairs)
        made = self._full_mapping(self.reference)
        made.update()
        self.assertEqual(dict(made), self.reference)
        made.update(**self.other)
        self.assertEqual(dict(made), {**self.reference, **self.other})
        self.assertRaises((TypeError, AttributeError), made.update, None)
        self.assertRaises((TypeError, AttributeError), made.update, 42)
        self.assertRaises(ValueError, made.update, [(1, 2, 3)])

        class Boom(Exception):
            pass

        class Fails:
            def keys(self):
                raise Boom

        self.assertRaises(Boom, made.update, Fails())

        def fails_later():
            yield pairs[0]
            raise Boom

        self.assertRaises(Boom, made.update, fails_later())

    def test_get(self):
        made = self._full_mapping(self.reference)
        (missing,) = self.other
        self.assertIsNone(made.get(missing))
        self.assertEqual(made.get(missing, 3), 3)
        for key, value in self.reference.items():
            self.assertEqual(made.get(key, "no"), value)
        self.assertRaises(TypeError, made.get)
        self.assertRaises(TypeError, made.get, None, None, None)

    def test_setdefault(self):
        self.assertRaises(TypeError, self._empty_mapping().setdefault)

    def test_popitem(self):
        made = self._empty_mapping()
        self.assertRaises(KeyError, made.popitem)

    def test_pop(self):
        made = self._empty_mapping()
        (key,) = self.inmapping
        self.assertRaises(KeyError, made.pop, key)
        made = self._full_mapping(self.inmapping)
        self.assertEqual(made.pop(key), self.inmapping[key])
        self.assertRaises(KeyError, made.pop, key)


class TestMappingProtocol(BasicTestMappingProtocol):
    """What a dict-like type does besides."""

    def test_constructor(self):
        super().test_constructor()
        self.assertIsNot(self._empty_mapping(), self._empty_mapping())
        self.assertEqual(self.type2test(x=1, y=2), self._full_mapping({"x": 1, "y": 2}))

    def test_contains(self):
        made = self._full_mapping({"a": 1, "b": 2})
        self.assertIn("a", made)
        self.assertNotIn("c", made)
        self.assertRaises(TypeError, made.__contains__)

    def test_clear(self):
        made = self._full_mapping(self.reference)
        made.clear()
        self.assertEqual(dict(made), {})
        self.assertRaises(TypeError, made.clear, None)

    def test_fromkeys(self):
        self.assertEqual(dict(self.type2test.fromkeys("abc")), dict.fromkeys("abc"))
        self.assertEqual(dict(self.type2test.fromkeys((x for x in (4, 5)), 0)), {4: 0, 5: 0})
        made = self._empty_mapping()
        self.assertIsNot(made.fromkeys("a"), made)
        self.assertEqual(dict(made.fromkeys([])), {})
        self.assertRaises(TypeError, made.fromkeys, 3.14)

        class Like(self.type2test):
            pass

        self.assertIsInstance(Like.fromkeys("a"), Like)
        self.assertEqual(dict(Like.fromkeys("a")), {"a": None})

    def test_copy(self):
        made = self._full_mapping({1: 1, 2: [2]})
        copy = made.copy()
        self.assertEqual(copy, made)
        self.assertIs(copy[2], made[2])
        copy[3] = 3
        self.assertNotIn(3, made)
        self.assertEqual(self._empty_mapping().copy(), self._empty_mapping())
        self.assertRaises(TypeError, made.copy, None)

    def test_setdefault(self):
        super().test_setdefault()
        made = self._empty_mapping()
        self.assertIsNone(made.setdefault("key0"))
        self.assertIsNone(made.setdefault("key0", []))
        made.setdefault("key", []).append(3)
        self.assertEqual(made.setdefault("key", []), [3])

    def test_popitem(self):
        super().test_popitem()
        made = self._full_mapping({n: repr(n) for n in range(64)})
        for _ in range(64):
            key, value = made.popitem()
            self.assertEqual(value, repr(key))
        self.assertFalse(made)

    def test_pop(self):
        super().test_pop()
        made = self._empty_mapping()
        self.assertEqual(made.pop("abc", 1), 1)
        made["abc"] = 2
        self.assertEqual(made.pop("abc", 1), 2)


class TestHashMappingProtocol(TestMappingProtocol):
    """What a mapping that hashes its keys does besides."""

    def _failing_keys(self):
        class Boom(Exception):
            pass

        class BadEq:
            def __eq__(self, other):
                raise Boom

            def __hash__(self):
                return 24

        class BadHash:
            fail = False

            def __hash__(self):
                if self.fail:
                    raise Boom
                return 42

        return Boom, BadEq, BadHash

    def _check_failing(self, use):
        Boom, BadEq, BadHash = self._failing_keys()
        made = self._empty_mapping()
        made[BadEq()] = 42
        self.assertRaises(KeyError, made.__getitem__, 23)
        made = self._empty_mapping()
        key = BadHash()
        made[key] = 42
        key.fail = True
        self.assertRaises(Boom, use, made, key)

    def test_getitem(self):
        super().test_getitem()
        self._check_failing(lambda made, key: made[key])

    def test_fromkeys(self):
        super().test_fromkeys()

        class Stored(self.type2test):
            def __new__(cls):
                return collections.UserDict()

        self.assertIsInstance(Stored.fromkeys("ab"), collections.UserDict)

    def test_pop(self):
        super().test_pop()
        self._check_failing(lambda made, key: made.pop(key))

    def test_setdefault(self):
        super().test_setdefault()
        self._check_failing(lambda made, key: made.setdefault(key, []))

    def test_mutatingiteration(self):
        made = self._empty_mapping()
        made[1] = 1
        with self.assertRaises(RuntimeError):
            count = 0
            for key in made:
                made[key + 1] = 1
                count += 1
                self.assertLess(count, 100)

    def test_repr(self):
        self.assertEqual(repr(self._empty_mapping()), "{}")
        made = self._full_mapping({1: 2})
        self.assertEqual(repr(made), "{1: 2}")
        made[1] = made
        self.assertEqual(repr(made), "{1: {...}}")

    def test_repr_deep(self):
        made = self._empty_mapping()
        for _ in range(sys.getrecursionlimit() + 100):
            made, inner = self._empty_mapping(), made
            made[1] = inner
        self.assertRaises(RecursionError, repr, made)

    def test_eq(self):
        self.assertEqual(self._empty_mapping(), self._empty_mapping())
        self.assertEqual(self._full_mapping({1: 2}), self._full_mapping({1: 2}))
        self.assertNotEqual(self._full_mapping({1: 2}), self._full_mapping({1: 3}))
        Boom, BadEq, _ = self._failing_keys()
        one, two = self._full_mapping({BadEq(): 1}), self._full_mapping({1: 1})
        with self.assertRaises(Boom):
            self._full_mapping({1: BadEq()}) == self._full_mapping({1: 2})
        self.assertNotEqual(one, two)

"""A unittest case: fixtures, cleanups, and how long they live."""
import gc
import io
import sys
import unittest
import weakref


class Fixture:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("  free", self.name)


class Tests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = Fixture("shared")

    @classmethod
    def tearDownClass(cls):
        del cls.shared
        print("class torn down")

    def setUp(self):
        self.own = Fixture(self._testMethodName)
        self.addCleanup(print, "  cleanup", self._testMethodName)

    def tearDown(self):
        print("  tear down", sys.getrefcount(self.own) - 1)

    def test_a_pass(self):
        self.assertEqual(self.own.name, "test_a_pass")

    def test_b_fail(self):
        local = Fixture("local of b")
        self.assertEqual([1], [2])

    def test_c_error(self):
        raise KeyError("c")

    @unittest.skip("not today")
    def test_d_skip(self):
        pass

    def test_e_raises(self):
        with self.assertRaises(ValueError) as cm:
            inner = Fixture("inner")
            int("x")
        self.assertIn("invalid", str(cm.exception))

    @unittest.expectedFailure
    def test_f_expected(self):
        self.fail("as expected")

    def test_g_sub(self):
        for n in range(2):
            with self.subTest(n=n):
                self.assertNotEqual(n, 1)


suite = unittest.defaultTestLoader.loadTestsFromTestCase(Tests)
print(suite.countTestCases())
out = io.StringIO()
result = unittest.TextTestRunner(stream=out, verbosity=0).run(suite)
print(result)
print([t.id() if hasattr(t, "id") else t for t, _ in result.failures])
print([str(t).split()[0] for t, _ in result.errors], len(result.skipped))
del suite, result
print("end")

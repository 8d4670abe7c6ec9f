# Verifies unittest: results and messages of each assertion, subtests, skips, fixtures, loading; the runner's output.
import sys
import unittest
import warnings


class Asserts(unittest.TestCase):
    cases = [
        ("assertEqual", 1, 2), ("assertNotEqual", 1, 1), ("assertTrue", []), ("assertFalse", [1]), ("assertIs", 1, 2),
        ("assertIsNot", None, None), ("assertIsNone", 1), ("assertIsNotNone", None, "m"), ("assertIn", 1, [2], "m"),
        ("assertNotIn", 1, [1]), ("assertIsInstance", 1, str), ("assertNotIsInstance", 1, int), ("assertAlmostEqual", 1.0, 1.1),
        ("assertNotAlmostEqual", 1.0, 1.0), ("assertGreater", 1, 2), ("assertGreaterEqual", 1, 2), ("assertLess", 2, 1),
        ("assertLessEqual", 2, 1), ("assertCountEqual", [1, 2, 2], [1, 2, 3]), ("assertCountEqual", [[1]], [[1], [2]]),
        ("assertSetEqual", {1, 2}, {2, 3}), ("assertSetEqual", [1], {1}), ("assertRegex", "abc", "x"), ("assertNotRegex", "abc", "b"),
        ("assertRaises", ValueError, int, "3"), ("assertRaises", 3), ("assertRaisesRegex", ValueError, "zzz", int, "x"),
        ("assertWarns", UserWarning, int), ("fail", "why"), ("assertEqual", "x" * 100 + "a", "x" * 100 + "b" + "y" * 70000),
        ("assertEqual", 1.5, 2, "told"), ("assertSequenceEqual", 1, 2),
    ][:-1]

    def test_messages(self):
        for name, *args in self.cases:
            try:
                print(name, getattr(self, name)(*args))
            except (AssertionError, TypeError) as error:
                print(name, type(error).__name__, error)

    def test_contexts(self):
        with self.assertRaises(ValueError) as caught:
            int("x")
        print(caught.exception)
        with self.assertWarns(UserWarning) as caught:
            warnings.warn("w")
        print(caught.warning, caught.lineno)
        for run in (lambda: self.assertRaises(ValueError).__exit__(None, None, None), lambda: self.assertRaises(ValueError, foo=1)):
            try:
                run()
            except (AssertionError, TypeError) as error:
                print(error)


class Kinds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print("class set up")
        cls.addClassCleanup(print, "class clean-up")

    @classmethod
    def tearDownClass(cls):
        print("class torn down")

    def setUp(self):
        self.addCleanup(print, "clean-up", self.id())

    def test_a_pass(self):
        "First line.\n\nMore."

    def test_b_fail(self):
        self.assertEqual(1, 2)

    def test_c_error(self):
        {}["k"]

    @unittest.skip("not now")
    def test_d_skip(self):
        pass

    def test_e_skip(self):
        self.skipTest("inside")

    @unittest.expectedFailure
    def test_f_expected(self):
        self.fail()

    @unittest.expectedFailure
    def test_g_unexpected(self):
        pass

    def test_h_subtests(self):
        for i in range(3):
            with self.subTest("part", i=i):
                self.assertNotEqual(i, 1)


class Broken(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise OSError("no class")

    def test_never(self):
        print("never")


def run(case, verbosity):
    result = unittest.TextTestRunner(Out(), verbosity=verbosity).run(unittest.defaultTestLoader.loadTestsFromTestCase(case))
    print(result, len(result.skipped), len(result.expectedFailures), len(result.unexpectedSuccesses))


class Out:
    def write(self, text):
        if " in " in text and text.startswith("Ran "):
            text = text.partition(" in ")[0] + "\n"
        if "Traceback" in text:
            # Without the lines of source, which are not always there to be read.
            text = "\n".join([line for line in text.split("\n") if not line.startswith("    ")])
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


for case in (Asserts, Kinds, Broken):
    for verbosity in (1, 2):
        run(case, verbosity)
print(unittest.defaultTestLoader.getTestCaseNames(Kinds))
print(unittest.TestSuite([Kinds("test_a_pass")]), Kinds("test_a_pass"), unittest.FunctionTestCase(len))
for bad in (lambda: Kinds("nope"), lambda: unittest.TestSuite().addTest(3), lambda: unittest.TestSuite().addTests("x"), lambda: unittest.TestSuite().addTest(Kinds)):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(error)
print(unittest.TestResult().wasSuccessful(), unittest.defaultTestLoader.loadTestsFromName("Kinds.test_a_pass", sys.modules[__name__]).countTestCases())

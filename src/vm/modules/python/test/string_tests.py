"""Checks that every string-like type passes; a test class names the type in `type2test`.

The tables say (object, arguments, result); `fixtype` turns their texts into the type's own."""

from collections import UserList
import sys
import unittest


class Sequence:
    def __init__(self, seq="wxyz"):
        self.seq = seq

    def __len__(self):
        return len(self.seq)

    def __getitem__(self, i):
        return self.seq[i]


class BadSeq1(Sequence):
    """Items that are no strings."""

    def __init__(self):
        self.seq = [7, "hello", 123]

    def __str__(self):
        return "{0} {1} {2}".format(*self.seq)


class BadSeq2(Sequence):
    """Longer than it says."""

    def __init__(self):
        self.seq = ["a", "b", "c"]

    def __len__(self):
        return 8


WHITESPACE = " \t\n\r\f\v"


class BaseTest:
    type2test = None
    contains_bytes = False

    def fixtype(self, obj):
        """The object with every text in it made one of the type."""
        if isinstance(obj, str):
            return self.__class__.type2test(obj)
        if isinstance(obj, list):
            return [self.fixtype(x) for x in obj]
        if isinstance(obj, tuple):
            return tuple([self.fixtype(x) for x in obj])
        if isinstance(obj, dict):
            return {self.fixtype(key): self.fixtype(value) for key, value in obj.items()}
        return obj

    def test_fixtype(self):
        self.assertIs(type(self.fixtype("123")), self.type2test)

    def checkequal(self, result, obj, methodname, *args, **kwargs):
        """The method gives this; never the very object where a subclass has the method."""
        result, obj, args = self.fixtype(result), self.fixtype(obj), self.fixtype(args)
        kwargs = {name: self.fixtype(value) for name, value in kwargs.items()}
        got = getattr(obj, methodname)(*args, **kwargs)
        self.assertEqual(result, got)
        if obj is got:
            try:

                class subtype(self.__class__.type2test):
                    pass

            except TypeError:
                return
            obj = subtype(obj)
            got = getattr(obj, methodname)(*args)
            self.assertIsNot(obj, got)

    def checkraises(self, exc, obj, methodname, *args, expected_msg=None):
        obj, args = self.fixtype(obj), self.fixtype(args)
        with self.assertRaises(exc) as caught:
            getattr(obj, methodname)(*args)
        self.assertNotEqual(str(caught.exception), "")
        if expected_msg is not None:
            self.assertEqual(str(caught.exception), expected_msg)

    def checkcall(self, obj, methodname, *args):
        getattr(self.fixtype(obj), methodname)(*self.fixtype(args))

    def checktable(self, methodname, *rows):
        for obj, args, result in rows:
            self.checkequal(result, obj, methodname, *args)

    def _against(self, methodname, plain):
        """Looks for every short word in every short word, with all kinds of bounds, and compares with a plain way."""
        words = ["", "a", "b", "ab", "ba", "aab", "abab", "bbbb"]
        bounds = [(), (0,), (1,), (2, 3), (-2,), (-3, -1), (9,), (None, 2), (1, None), (3, 1)]
        for text in words:
            for sub in words:
                for bound in bounds:
                    expected = plain(text, sub, *slice(*(bound + (None, None))[:2]).indices(len(text))[:2])
                    if bound and bound[0] is not None and bound[0] > len(text) and not sub:
                        expected = 0 if methodname == "count" else -1
                    self.checkequal(expected, text, methodname, sub, *bound)

    def test_count(self):
        def plain(text, sub, start, stop):
            found = at = 0
            at = start
            while start <= stop and at + len(sub) <= stop:
                if text[at:at + len(sub)] == sub:
                    found, at = found + 1, at + max(len(sub), 1)
                else:
                    at += 1
            return found

        self._against("count", plain)
        self.checkraises(TypeError, "hello", "count")
        if not self.contains_bytes:
            self.checkraises(TypeError, "hello", "count", 42)

    def _first(self, backwards):
        def plain(text, sub, start, stop):
            places = [at for at in range(start, stop - len(sub) + 1) if text[at:at + len(sub)] == sub]
            if start > stop or not places:
                return -1
            return places[-1 if backwards else 0]

        return plain

    def test_find(self):
        self._against("find", self._first(False))
        self.checkraises(TypeError, "hello", "find")
        if not self.contains_bytes:
            self.checkraises(TypeError, "hello", "find", 42)

    def test_rfind(self):
        self._against("rfind", self._first(True))
        self.checkraises(TypeError, "hello", "rfind")
        if not self.contains_bytes:
            self.checkraises(TypeError, "hello", "rfind", 42)

    def _index(self, name, found):
        self.checktable(name, *[("abcdefghiabc", args, at) for args, at in found])
        for args in (("hib",), ("abc", 1, 8), ("ghi", 8), ("ghi", -1)):
            self.checkraises(ValueError, "abcdefghiab", name, *args)
        self.checkraises(TypeError, "hello", name)
        if not self.contains_bytes:
            self.checkraises(TypeError, "hello", name, 42)

    def test_index(self):
        self._index("index", [(("",), 0), (("def",), 3), (("abc",), 0), (("abc", 1), 9)])

    def test_rindex(self):
        self._index("rindex", [(("",), 12), (("def",), 3), (("abc",), 9), (("abc", 0, -1), 0)])

    def test_find_periodic_pattern(self):
        period, times = "ab", 20
        for extra in ("", "a", "c"):
            needle = period * times + extra
            text = period * (2 * times) + "c" + needle + "x"
            places = [at for at in range(len(text)) if text[at:at + len(needle)] == needle]
            self.checkequal(places[0], text, "find", needle)
            self.checkequal(places[-1], text, "rfind", needle)

    def test_find_shift_table_overflow(self):
        needle = "x" + "A" * 300 + "y"
        self.checkequal(400, "A" * 400 + needle + "B" * 10, "find", needle)

    def test_lower(self):
        self.checktable("lower", ("HeLLo", (), "hello"), ("hello", (), "hello"), ("", (), ""), ("A1_Z", (), "a1_z"))
        self.checkraises(TypeError, "hello", "lower", 42)

    def test_upper(self):
        self.checktable("upper", ("HeLLo", (), "HELLO"), ("HELLO", (), "HELLO"), ("", (), ""), ("a1_z", (), "A1_Z"))
        self.checkraises(TypeError, "hello", "upper", 42)

    def test_expandtabs(self):
        text = "abc\rab\tdef\ng\thi"
        self.checktable(
            "expandtabs",
            (text, (), "abc\rab      def\ng       hi"),
            (text, (8,), "abc\rab      def\ng       hi"),
            (text, (4,), "abc\rab  def\ng   hi"),
            ("abc\r\nab\tdef\ng\thi", (4,), "abc\r\nab  def\ng   hi"),
            (" \ta\n\tb", (1,), "  a\n b"),
            ("a\tb", (0,), "ab"),
        )
        self.checkequal("  a\n b", " \ta\n\tb", "expandtabs", tabsize=1)
        self.checkraises(TypeError, "hello", "expandtabs", 42, 42)

    def test_split(self):
        self.checktable(
            "split",
            ("a|b|c|d", ("|",), ["a", "b", "c", "d"]),
            ("a|b|c|d", ("|", 0), ["a|b|c|d"]),
            ("a|b|c|d", ("|", 2), ["a", "b", "c|d"]),
            ("a|b|c|d", ("|", sys.maxsize), ["a", "b", "c", "d"]),
            ("a||b||", ("|",), ["a", "", "b", "", ""]),
            ("a//b//c", ("//", 1), ["a", "b//c"]),
            ("abba" * 3, ("ba",), ["ab", "ab", "ab", ""]),
            ("aaaa", ("aa",), ["", "", ""]),
            ("", ("x",), [""]),
        )
        self.checkequal(["a", "b|c"], "a|b|c", "split", sep="|", maxsplit=1)
        self.checkraises(ValueError, "hello", "split", "")
        self.checkraises(ValueError, "hello", "split", "", 0)
        self.checkraises(TypeError, "hello", "split", 42, 42, 42)

    def test_rsplit(self):
        self.checktable(
            "rsplit",
            ("a|b|c|d", ("|",), ["a", "b", "c", "d"]),
            ("a|b|c|d", ("|", 0), ["a|b|c|d"]),
            ("a|b|c|d", ("|", 2), ["a|b", "c", "d"]),
            ("a||b||", ("|", 1), ["a||b|", ""]),
            ("a//b//c", ("//", 1), ["a//b", "c"]),
            ("aaa", ("aa",), ["a", ""]),
            ("", ("x",), [""]),
        )
        self.checkequal(["a|b", "c"], "a|b|c", "rsplit", sep="|", maxsplit=1)
        self.checkraises(ValueError, "hello", "rsplit", "")
        self.checkraises(TypeError, "hello", "rsplit", 42, 42, 42)

    def test_additional_split(self):
        self.checktable(
            "split",
            (" a  b\tc\n", (), ["a", "b", "c"]),
            (" a  b  c ", (None, 1), ["a", "b  c "]),
            (" a  b  c ", (None, 0), ["a  b  c "]),
            ("a" + WHITESPACE + "b", (), ["a", "b"]),
            (WHITESPACE, (), []),
            ("", (), []),
        )
        self.checkequal(["a", "b  "], " a b  ", "split", maxsplit=1)

    def test_additional_rsplit(self):
        self.checktable(
            "rsplit",
            (" a  b\tc\n", (), ["a", "b", "c"]),
            (" a  b  c ", (None, 1), [" a  b", "c"]),
            (" a  b  c ", (None, 0), [" a  b  c"]),
            (WHITESPACE, (), []),
        )
        self.checkequal([" a", "b"], " a b  ", "rsplit", maxsplit=1)

    def test_replace(self):
        for text in ("", "A", "abcabc", "aaaa", "one!two!three!"):
            for old in ("", "a", "aa", "bc", "!", "three!", "zzz"):
                for new in ("", "x", "aa", "<->"):
                    if old:
                        self.checkequal(new.join(text.split(old)), text, "replace", old, new)
                        self.checkequal(new.join(text.split(old, 1)), text, "replace", old, new, 1)
                    else:
                        spread = new + "".join(letter + new for letter in text)
                        self.checkequal(spread, text, "replace", old, new)
                    self.checkequal(text, text, "replace", old, new, 0)
                    self.checkequal(text, text, "replace", old, old)
        for args in ((), (42,), (42, "h"), ("h", 42)):
            self.checkraises(TypeError, "hello", "replace", *args)

    def test_replace_overflow(self):
        big = "A" * (2 ** 16)
        if sys.maxsize == 2 ** 31 - 1:
            self.checkraises(OverflowError, big, "replace", "A", big)

    def test_removeprefix(self):
        self.checktable(
            "removeprefix", ("spam", ("s",), "pam"), ("spam", ("spam",), ""), ("spam", ("",), "spam"),
            ("spam", ("spams",), "spam"), ("spam", ("am",), "spam"), ("spamspam", ("spam",), "spam"))
        for args in ((), (42,), (42, "h"), ("h", 42), (("he", "l"),)):
            self.checkraises(TypeError, "hello", "removeprefix", *args)

    def test_removesuffix(self):
        self.checktable(
            "removesuffix", ("spam", ("m",), "spa"), ("spam", ("spam",), ""), ("spam", ("",), "spam"),
            ("spam", ("xspam",), "spam"), ("spam", ("sp",), "spam"), ("spamspam", ("spam",), "spam"))
        for args in ((), (42,), (42, "h"), ("h", 42), (("lo", "l"),)):
            self.checkraises(TypeError, "hello", "removesuffix", *args)

    def test_capitalize(self):
        self.checktable("capitalize", (" hello ", (), " hello "), ("Hello ", (), "Hello "), ("hELLO", (), "Hello"), ("", (), ""))
        self.checkraises(TypeError, "hello", "capitalize", 42)

    def test_strip_whitespace(self):
        text = WHITESPACE + "a b" + WHITESPACE
        self.checkequal("a b", text, "strip")
        self.checkequal("a b" + WHITESPACE, text, "lstrip")
        self.checkequal(WHITESPACE + "a b", text, "rstrip")
        for name in ("strip", "lstrip", "rstrip"):
            self.checkequal("hello", "hello", name)
            self.checkequal("", WHITESPACE, name)

    def test_strip(self):
        text = "xyzzyhelloxyzzy"
        self.checktable("strip", (text, ("xyz",), "hello"), ("mississippi", ("mississippi",), ""), ("hello", ("",), "hello"))
        self.checktable("lstrip", (text, ("xyz",), "helloxyzzy"), ("hello", ("xyz",), "hello"), (" a ", (None,), "a "))
        self.checktable("rstrip", (text, ("xyz",), "xyzzyhello"), ("hello", ("xyz",), "hello"), (" a ", (None,), " a"))
        for name in ("strip", "lstrip", "rstrip"):
            self.checkraises(TypeError, "hello", name, 42, 42)

    def _pad(self, name, plain):
        for width in (-1, 0, 2, 3, 6, 7, 10):
            self.checkequal(plain("abc", width, " "), "abc", name, width)
            self.checkequal(plain("abc", width, "*"), "abc", name, width, "*")
        self.checkraises(TypeError, "abc", name)
        self.checkraises(TypeError, "abc", name, 42, "ab")

    def test_ljust(self):
        self._pad("ljust", lambda text, width, fill: text + fill * (width - len(text)))

    def test_rjust(self):
        self._pad("rjust", lambda text, width, fill: fill * (width - len(text)) + text)

    def test_center(self):
        def plain(text, width, fill):
            room = max(width - len(text), 0)
            left = room // 2 + (room & width & 1)
            return fill * left + text + fill * (room - left)

        self._pad("center", plain)

    def test_swapcase(self):
        self.checkequal("hEllO CoMPuTErS", "HeLLo cOmpUteRs", "swapcase")
        self.checkraises(TypeError, "hello", "swapcase", 42)

    def test_zfill(self):
        self.checktable(
            "zfill", ("123", (2,), "123"), ("123", (4,), "0123"), ("+123", (5,), "+0123"), ("-123", (5,), "-0123"),
            ("", (3,), "000"), ("34", (1,), "34"), ("-", (3,), "-00"))
        self.checkraises(TypeError, "123", "zfill")

    def _truths(self, name, true, false):
        for text in true:
            self.checkequal(True, text, name)
        for text in false:
            self.checkequal(False, text, name)
        self.checkraises(TypeError, "abc", name, 42)

    def test_islower(self):
        self._truths("islower", ["a", "abc", "abc\n", "a1"], ["", "A", "\n", "aBc", "1"])

    def test_isupper(self):
        self._truths("isupper", ["A", "ABC", "ABC\n", "A1"], ["", "a", "\n", "AbC", "1"])

    def test_istitle(self):
        true = ["A", "A Titlecased Line", "A\nTitlecased Line", "A Titlecased, Line", "1A B"]
        self._truths("istitle", true, ["", "a", "\n", "Not a capitalized String", "Not\ta Titlecase String", "NOT", "Not--a"])

    def test_isspace(self):
        self._truths("isspace", list(WHITESPACE) + [WHITESPACE], ["", "a", " \t\n\r\f\va"])

    def test_isalpha(self):
        self._truths("isalpha", ["a", "A", "abc", "aBc"], ["", "\n", "aBc123", "abc\n", " "])

    def test_isalnum(self):
        self._truths("isalnum", ["a", "A", "123abc456", "a1b3c", "0"], ["", "\n", "aBc000 ", "abc\n"])

    def test_isascii(self):
        self._truths("isascii", ["", "\x00", "\x7f", "\x00\x7f"], ["\x80", "\xe9", "a" * 20 + "\xe9"])

    def test_isdigit(self):
        self._truths("isdigit", ["0", "0123456789"], ["", "a", "abc", "0123456789a", "1.5", "-1"])

    def test_title(self):
        self.checktable(
            "title", (" hello ", (), " Hello "), ("hello ", (), "Hello "), ("fOrMaT thIs aS titLe String", (), "Format This As Title String"),
            ("fOrMaT,thIs-aS*titLe;String", (), "Format,This-As*Title;String"), ("getInt", (), "Getint"), ("it's", (), "It'S"))
        self.checkraises(TypeError, "hello", "title", 42)

    def test_splitlines(self):
        self.checktable(
            "splitlines",
            ("abc\ndef\n\rghi", (), ["abc", "def", "", "ghi"]),
            ("abc\ndef\r\nghi\n\r", (), ["abc", "def", "ghi", ""]),
            ("\nabc\ndef\r\nghi\n\r", (True,), ["\n", "abc\n", "def\r\n", "ghi\n", "\r"]),
            ("abc\n", (False,), ["abc"]),
            ("", (), []),
        )
        self.checkequal(["a\n", "b"], "a\nb", "splitlines", keepends=True)
        self.checkraises(TypeError, "abc", "splitlines", 42, 42)


class CommonTest(BaseTest):
    """What str and UserString do."""

    def test_hash(self):
        first = self.type2test("DNSSEC")
        second = self.type2test("")
        for letter in first:
            second += letter
            hash(second)
        self.assertEqual(hash(first), hash(second))

    def test_capitalize_nonascii(self):
        self.checktable("capitalize", ("\u1fb3\u1fe3", (), "\u1fbc\u1fe3"), ("\xe9t\xc9", (), "\xc9t\xe9"))


class MixinStrUnicodeUserStringTest:
    """Tests of str and of UserString."""

    def test_startswith(self):
        for text, args, result in (
            ("hello", ("he",), True), ("hello", ("",), True), ("hello", ("lo", 3), True), ("hello", ("lo", 3, 4), False),
            ("hello", ("hello world",), False), ("hello", (("he", "ha"),), True), ("hello", ((),), False),
            ("hello", (("x", "ello"), 1), True), ("", ("", 1), False), ("hello", ("lo", -2), True),
        ):
            self.checkequal(result, text, "startswith", *args)
        for args in ((), (42,), ((42,),)):
            self.checkraises(TypeError, "hello", "startswith", *args)

    def test_endswith(self):
        for text, args, result in (
            ("hello", ("lo",), True), ("hello", ("",), True), ("hello", ("he", 0, 2), True), ("hello", ("he", 0, 1), False),
            ("hello", ("hello world",), False), ("hello", (("lo", "x"),), True), ("hello", ((),), False),
            ("hello", ("ll", -3, -1), True),
        ):
            self.checkequal(result, text, "endswith", *args)
        for args in ((), (42,), ((42,),)):
            self.checkraises(TypeError, "hello", "endswith", *args)

    def test___contains__(self):
        for text, sub, result in (("", "", True), ("abc", "", True), ("abc", "\0", False), ("abc", "bc", True), ("a", "ab", False)):
            self.checkequal(result, text, "__contains__", sub)

    def test_subscript(self):
        for at in range(-3, 3):
            self.checkequal("abc"[at], "abc", "__getitem__", at)
        for bad in (-4, 3):
            self.checkraises(IndexError, "abc", "__getitem__", bad)
        self.checkequal("abc", "abc", "__getitem__", slice(0, 1000))
        self.checkraises(TypeError, "abc", "__getitem__", "def")

    def test_slice(self):
        self._slices((None,))

    def test_extended_getslice(self):
        self._slices((1, 2, 3, -1, -2, 100))

    def _slices(self, steps):
        text = "abcdefgh"
        places = (None, 0, 1, 3, 8, 100, -1, -3, -100)
        for start in places:
            for stop in places:
                for step in steps:
                    letters = [text[at] for at in range(*slice(start, stop, step).indices(len(text)))]
                    self.checkequal("".join(letters), text, "__getitem__", slice(start, stop, step))

    def test_mul(self):
        for n in (-1, 0, 1, 2, 10):
            self.checkequal("".join(["abc" for _ in range(n)]), "abc", "__mul__", n)
        self.checkraises(TypeError, "abc", "__mul__")
        self.checkraises(TypeError, "abc", "__mul__", "")

    def test_join(self):
        self.checktable(
            "join", (" ", (["a", "b", "c", "d"],), "a b c d"), ("", (("a", "b"),), "ab"), ("a", ("abc",), "aabac"),
            ("-", ([],), ""), ("-", (["one"],), "one"), (" ", (Sequence(),), "w x y z"), (" ", (("a" * 20, "b"),), "a" * 20 + " b"))
        for bad in (None, 100, BadSeq1(), [None], ["a", 1]):
            self.checkraises(TypeError, " ", "join", bad)

        def fails():
            yield 4 + ""

        self.checkraises(TypeError, " ", "join", fails())

    def test_formatting(self):
        self.checktable(
            "__mod__",
            ("+%s+", ("hello",), "+hello+"), ("+%d+", (10,), "+10+"), ("%c", (34,), '"'), ("%c", ("a",), "a"),
            ("$%c$", (36,), "$$$"), ("%5d|%-5d|%05d", ((1, 2, 3),), "    1|2    |00003"), ("%(a)s", ({"a": "x"},), "x"),
            ("%%", ((),), "%"), ("%x %X %o %#x", ((255, 255, 8, 255),), "ff FF 10 0xff"), ("%r", ("q",), "'q'"),
            ("%.2s", ("abc",), "ab"), ("%*d", ((4, 7),), "   7"))
        for bad, given in (("%s", (1, 2)), ("%d", "abc"), ("%s%s", ("a",)), ("%(a)s", ("b",)), ("%c", ("ab",))):
            self.checkraises(TypeError, bad, "__mod__", given)
        self.checkraises(OverflowError, "%c", "__mod__", (0x1234567,))

    def test_formatting_c_limits(self):
        self.checkraises((OverflowError, ValueError), "%" + str(2 ** 64) + "d", "__mod__", (42,))

    def test_floatformatting(self):
        for prec in range(60):
            self.checkcall("%." + str(prec) + "f", "__mod__", 1.2345)

    def test_inplace_rewrites(self):
        for name, text, result in (("lower", "A", "a"), ("upper", "a", "A"), ("title", "a", "A"), ("swapcase", "A", "a")):
            obj = self.fixtype(text)
            self.checkequal(result, obj, name)
            self.assertEqual(obj, self.fixtype(text))

    def _parts(self, name, *rows):
        self.checktable(name, *rows)
        self.checkraises(ValueError, "abc", name, "")
        self.checkraises(TypeError, "abc", name, None)

    def test_partition(self):
        text = "http://www.python.org"
        self._parts(
            "partition", (text, ("://",), ("http", "://", "www.python.org")), (text, ("?",), (text, "", "")),
            (text, ("org",), ("http://www.python.", "org", "")), ("a.b.c", (".",), ("a", ".", "b.c")))

    def test_rpartition(self):
        text = "http://www.python.org"
        self._parts(
            "rpartition", (text, ("://",), ("http", "://", "www.python.org")), (text, ("?",), ("", "", text)),
            (text, ("http",), ("", "http", "://www.python.org")), ("a.b.c", (".",), ("a.b", ".", "c")))

    def test_none_arguments(self):
        for name, found in (("find", 2), ("rfind", 3), ("index", 2), ("rindex", 3), ("count", 2)):
            self.checkequal(found, "hello", name, "l", None)
            self.checkequal(found, "hello", name, "l", None, None)
        for name, sub in (("startswith", "he"), ("endswith", "lo")):
            self.checkequal(True, "hello", name, sub, None, None)

    def test_find_etc_raise_correct_error_messages(self):
        for name in ("find", "rfind", "index", "rindex", "count", "startswith", "endswith"):
            with self.assertRaisesRegex(TypeError, r"^%s\(" % name):
                getattr(self.fixtype("hello"), name)("l", None, None, None)


class MixinStrUnicodeTest:
    """Tests of str alone."""

    def test_bug1001011(self):
        # Joining one item gives that very item, unless it is of a subclass.
        class subclass(self.type2test):
            pass

        made = subclass("abc")
        joined = self.type2test("").join([made])
        self.assertIsNot(made, joined)
        self.assertEqual(made, joined)
        plain = self.type2test("abcd")
        self.assertIs(plain, "".join([plain]))



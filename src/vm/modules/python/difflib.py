"""Differences between sequences: blocks that are the same, and deltas of lines in several formats."""

import re
from collections import namedtuple as _namedtuple
from heapq import nlargest as _nlargest
from types import GenericAlias

__all__ = [
    *"get_close_matches ndiff restore SequenceMatcher Differ IS_CHARACTER_JUNK IS_LINE_JUNK".split(),
    *"context_diff unified_diff diff_bytes HtmlDiff Match".split(),
]

Match = _namedtuple("Match", "a b size")


def _calculate_ratio(matches, length):
    return 2.0 * matches / length if length else 1.0


class SequenceMatcher:
    """Compares two sequences of hashable items: the longest block they share, then the same on both sides of it."""

    def __init__(self, isjunk=None, a="", b="", autojunk=True):
        self.isjunk, self.autojunk = isjunk, autojunk
        self.a = self.b = None
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        if a is not self.a:
            self.a = a
            self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        if b is not self.b:
            self.b = b
            self.matching_blocks = self.opcodes = None
            self.fullbcount = None
            self.__chain_b()

    def __chain_b(self):
        """Where each item of b stands, junk and items that are too popular left out."""
        places = self.b2j = {}
        for n, item in enumerate(self.b):
            places.setdefault(item, []).append(n)
        self.bjunk, self.bpopular = set(), set()
        if self.isjunk:
            self.bjunk.update(item for item in places.keys() if self.isjunk(item))
            for item in self.bjunk:
                del places[item]
        length = len(self.b)
        if self.autojunk and length >= 200:
            most = length // 100 + 1
            self.bpopular.update(item for item, where in places.items() if len(where) > most)
            for item in self.bpopular:
                del places[item]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        """The longest block shared by a[alo:ahi] and b[blo:bhi]; of several the first in a, then in b."""
        a, b, places, is_junk = self.a, self.b, self.b2j, self.bjunk.__contains__
        ahi = len(a) if ahi is None else ahi
        bhi = len(b) if bhi is None else bhi
        best_a, best_b, size = alo, blo, 0
        # The length of the block that ends at each place of b, for the item of a before this one.
        lengths, nowhere = {}, []
        for i in range(alo, ahi):
            longer = {}
            for j in places.get(a[i], nowhere):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                k = longer[j] = lengths.get(j - 1, 0) + 1
                if k > size:
                    best_a, best_b, size = i - k + 1, j - k + 1, k
            lengths = longer
        # What is not looked up is added at both ends: first popular items, then junk beside what matched.
        for junk in False, True:
            while (
                best_a > alo and best_b > blo and is_junk(b[best_b - 1]) is junk and a[best_a - 1] == b[best_b - 1]
            ):
                best_a, best_b, size = best_a - 1, best_b - 1, size + 1
            while (
                best_a + size < ahi
                and best_b + size < bhi
                and is_junk(b[best_b + size]) is junk
                and a[best_a + size] == b[best_b + size]
            ):
                size += 1
        return Match(best_a, best_b, size)

    def get_matching_blocks(self):
        """All blocks (a, b, size) in order; the last is empty, at both ends."""
        if self.matching_blocks is not None:
            return self.matching_blocks
        length_a, length_b = len(self.a), len(self.b)
        todo, found = [(0, length_a, 0, length_b)], []
        while todo:
            alo, ahi, blo, bhi = todo.pop()
            block = i, j, size = self.find_longest_match(alo, ahi, blo, bhi)
            if not size:
                continue
            found.append(block)
            if alo < i and blo < j:
                todo.append((alo, i, blo, j))
            if i + size < ahi and j + size < bhi:
                todo.append((i + size, ahi, j + size, bhi))
        found.sort()
        joined, (i, j, size) = [], (0, 0, 0)
        for next_i, next_j, next_size in found:
            if i + size == next_i and j + size == next_j:
                size += next_size
                continue
            if size:
                joined.append((i, j, size))
            i, j, size = next_i, next_j, next_size
        if size:
            joined.append((i, j, size))
        joined.append((length_a, length_b, 0))
        self.matching_blocks = list(map(Match._make, joined))
        return self.matching_blocks

    def get_opcodes(self):
        """How a becomes b: (tag, i1, i2, j1, j2), the tag being replace, delete, insert or equal."""
        if self.opcodes is not None:
            return self.opcodes
        self.opcodes = codes = []
        i = j = 0
        for at_a, at_b, size in self.get_matching_blocks():
            tag = {(True, True): "replace", (True, False): "delete", (False, True): "insert"}.get((i < at_a, j < at_b))
            if tag:
                codes.append((tag, i, at_a, j, at_b))
            i, j = at_a + size, at_b + size
            if size:
                codes.append(("equal", at_a, i, at_b, j))
        return codes

    def get_grouped_opcodes(self, n=3):
        """Opcodes in groups of changes with at most n equal items around each."""
        codes = self.get_opcodes() or [("equal", 0, 1, 0, 1)]
        tag, i1, i2, j1, j2 = codes[0]
        if tag == "equal":
            codes[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        tag, i1, i2, j1, j2 = codes[-1]
        if tag == "equal":
            codes[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for tag, i1, i2, j1, j2 in codes:
            if tag == "equal" and i2 - i1 > 2 * n:
                group.append((tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((tag, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == "equal"):
            yield group

    def ratio(self):
        """How alike they are, from 0 to 1."""
        matches = sum(block[-1] for block in self.get_matching_blocks())
        return _calculate_ratio(matches, len(self.a) + len(self.b))

    def quick_ratio(self):
        """No less than ratio(), sooner: items are counted whatever their order."""
        if self.fullbcount is None:
            self.fullbcount = counts = {}
            for item in self.b:
                counts[item] = counts.get(item, 0) + 1
        left, matches = {}, 0
        for item in self.a:
            available = left[item] if item in left else self.fullbcount.get(item, 0)
            left[item] = available - 1
            matches += available > 0
        return _calculate_ratio(matches, len(self.a) + len(self.b))

    def real_quick_ratio(self):
        """No less than ratio(), at once: by the lengths."""
        la, lb = len(self.a), len(self.b)
        return _calculate_ratio(min(la, lb), la + lb)

    __class_getitem__ = classmethod(GenericAlias)


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """Up to n of the possibilities that are most like the word, the best first."""
    if not n > 0:
        raise ValueError("n must be > 0: %r" % (n,))
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError("cutoff must be in [0.0, 1.0]: %r" % (cutoff,))
    found, matcher = [], SequenceMatcher()
    matcher.set_seq2(word)
    for one in possibilities:
        matcher.set_seq1(one)
        if matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff and matcher.ratio() >= cutoff:
            found.append((matcher.ratio(), one))
    return [one for _score, one in _nlargest(n, found)]


# ---- deltas of lines


def _keep_original_ws(s, tag_s):
    """The tags, with the text's own white space in place of blanks."""
    return "".join(c if tag == " " and c.isspace() else tag for c, tag in zip(s, tag_s))


class Differ:
    """Compares texts line by line, and similar lines character by character."""

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk, self.charjunk = linejunk, charjunk

    def compare(self, a, b):
        """Lines of both, marked: `- ` only in a, `+ ` only in b, `  ` in both, `? ` in neither."""
        matcher = SequenceMatcher(self.linejunk, a, b)
        for tag, alo, ahi, blo, bhi in matcher.get_opcodes():
            if tag == "replace":
                yield from self._fancy_replace(a, alo, ahi, b, blo, bhi)
            elif tag == "delete":
                yield from self._dump("-", a, alo, ahi)
            elif tag == "insert":
                yield from self._dump("+", b, blo, bhi)
            elif tag == "equal":
                yield from self._dump(" ", a, alo, ahi)
            else:
                raise ValueError("unknown tag %r" % (tag,))

    def _dump(self, tag, x, lo, hi):
        for n in range(lo, hi):
            yield f"{tag} {x[n]}"

    def _plain_replace(self, a, alo, ahi, b, blo, bhi):
        """The shorter block first."""
        assert alo < ahi and blo < bhi
        old, new = self._dump("-", a, alo, ahi), self._dump("+", b, blo, bhi)
        for block in (new, old) if bhi - blo < ahi - alo else (old, new):
            yield from block

    def _most_alike(self, a, alo, ahi, b, blo, bhi):
        """The best pair of lines that differ, with its ratio, and the first pair that is equal, or None."""
        best, cutoff = (0.74, None, None), 0.75
        equal = None
        matcher = SequenceMatcher(self.charjunk)
        for j in range(blo, bhi):
            line = b[j]
            matcher.set_seq2(line)
            for i in range(alo, ahi):
                if a[i] == line:
                    if equal is None:
                        equal = i, j
                    continue
                matcher.set_seq1(a[i])
                least = best[0]
                if matcher.real_quick_ratio() > least and matcher.quick_ratio() > least and matcher.ratio() > least:
                    best = matcher.ratio(), i, j
        return best if best[0] >= cutoff else None, equal

    def _fancy_replace(self, a, alo, ahi, b, blo, bhi):
        """Around the pair that is most alike."""
        best, equal = self._most_alike(a, alo, ahi, b, blo, bhi)
        if best is None and equal is None:
            yield from self._plain_replace(a, alo, ahi, b, blo, bhi)
            return
        i, j = best[1:] if best else equal
        yield from self._fancy_helper(a, alo, i, b, blo, j)
        if best is None:
            yield "  " + a[i]
        else:
            yield from self._alike(a[i], b[j])
        yield from self._fancy_helper(a, i + 1, ahi, b, j + 1, bhi)

    def _alike(self, old, new):
        old_tags = new_tags = ""
        matcher = SequenceMatcher(self.charjunk)
        matcher.set_seqs(old, new)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            mine, theirs = {"replace": "^^", "delete": "--", "insert": "++", "equal": "  "}[tag]
            old_tags += mine * (i2 - i1)
            new_tags += theirs * (j2 - j1)
        return self._qformat(old, new, old_tags, new_tags)

    def _fancy_helper(self, a, alo, ahi, b, blo, bhi):
        if alo < ahi and blo < bhi:
            yield from self._fancy_replace(a, alo, ahi, b, blo, bhi)
        elif alo < ahi:
            yield from self._dump("-", a, alo, ahi)
        elif blo < bhi:
            yield from self._dump("+", b, blo, bhi)

    def _qformat(self, aline, bline, atags, btags):
        """Both lines, each with a line of marks below it if it has any."""
        for sign, line, tags in ("- ", aline, atags), ("+ ", bline, btags):
            yield sign + line
            tags = _keep_original_ws(line, tags).rstrip()
            if tags:
                yield f"? {tags}\n"


def IS_LINE_JUNK(line, pat=re.compile(r"\s*(?:#\s*)?$").match):
    """A line that is blank or a lone `#`."""
    return pat(line) is not None


def IS_CHARACTER_JUNK(ch, ws=" \t"):
    """A blank or a tab."""
    return ch in ws


def _format_range_unified(start, stop):
    length = stop - start
    if length == 1:
        return f"{start + 1}"
    return f"{start + 1 if length else start},{length}"


def _format_range_context(start, stop):
    length = stop - start
    first = start + 1 if length else start
    return f"{first}" if length <= 1 else f"{first},{first + length - 1}"


def _dated(name, date):
    return f"{name}\t{date}" if date else f"{name}"


def unified_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    """A delta as `diff -u` writes it."""
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield f"--- {_dated(fromfile, fromfiledate)}{lineterm}"
            yield f"+++ {_dated(tofile, tofiledate)}{lineterm}"
        first, last = group[0], group[-1]
        old = _format_range_unified(first[1], last[2])
        new = _format_range_unified(first[3], last[4])
        yield f"@@ -{old} +{new} @@{lineterm}"
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from (" " + line for line in a[i1:i2])
                continue
            if tag in ("replace", "delete"):
                yield from ("-" + line for line in a[i1:i2])
            if tag in ("replace", "insert"):
                yield from ("+" + line for line in b[j1:j2])


def context_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    """A delta as `diff -c` writes it."""
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    prefix = dict(insert="+ ", delete="- ", replace="! ", equal="  ")
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield f"*** {_dated(fromfile, fromfiledate)}{lineterm}"
            yield f"--- {_dated(tofile, tofiledate)}{lineterm}"
        first, last = group[0], group[-1]
        yield "***************" + lineterm
        yield f"*** {_format_range_context(first[1], last[2])} ****{lineterm}"
        if any(code[0] in ("replace", "delete") for code in group):
            for tag, i1, i2, _j1, _j2 in group:
                if tag != "insert":
                    yield from (prefix[tag] + line for line in a[i1:i2])
        yield f"--- {_format_range_context(first[3], last[4])} ----{lineterm}"
        if any(code[0] in ("replace", "insert") for code in group):
            for tag, _i1, _i2, j1, j2 in group:
                if tag != "delete":
                    yield from (prefix[tag] + line for line in b[j1:j2])


def _check_types(a, b, *args):
    # The first line of each is looked at, the others are trusted.
    for lines in a, b:
        if lines and not isinstance(lines[0], str):
            raise TypeError("lines to compare must be str, not %s (%r)" % (type(lines[0]).__name__, lines[0]))
    for arg in args:
        if not isinstance(arg, str):
            raise TypeError("all arguments must be str, not: %r" % (arg,))


def diff_bytes(dfunc, a, b, fromfile=b"", tofile=b"", fromfiledate=b"", tofiledate=b"", n=3, lineterm=b"\n"):
    """A delta of bytes by a function for str."""

    def decode(s):
        try:
            return s.decode("ascii", "surrogateescape")
        except AttributeError as error:
            message = "all arguments must be bytes, not %s (%r)" % (type(s).__name__, s)
            raise TypeError(message) from error

    a, b = list(map(decode, a)), list(map(decode, b))
    names = [decode(s) for s in (fromfile, tofile, fromfiledate, tofiledate)]
    for line in dfunc(a, b, *names, n, decode(lineterm)):
        yield line.encode("ascii", "surrogateescape")


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """A delta as Differ makes it."""
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    """The lines of the first or the second text that a delta of ndiff was made of."""
    try:
        tag = {1: "- ", 2: "+ "}[int(which)]
    except KeyError:
        raise ValueError("unknown delta choice (must be 1 or 2): %r" % which) from None
    for line in delta:
        if line[:2] in ("  ", tag):
            yield line[2:]


# ---- side by side

# By the codes of the next lines of an ndiff: how the line on the left and the one on the right are shown ("?": with the changes that
# the line of hints after it marks; " ": unmarked), how many blank lines the other side then owes more, and whether it pays them now.
_PAIRINGS = (
    (("-?+?",), "?", "?", 0, False),
    (("--++",), "-", None, -1, False),
    (("--?+", "--+", "- "), "-", None, -1, True),
    (("-+?",), " ", "?", 0, False),
    (("-?+",), "?", " ", 0, False),
    (("-",), "-", None, -1, False),
    (("+--",), None, "+", 1, False),
    (("+ ", "+-"), None, "+", 1, True),
    (("+",), None, "+", 1, False),
)


def _with_marks(text, hints):
    """A line whose changed parts, as a line of hints shows them, stand between "\\0", the kind of change, and "\\1"."""
    for change in reversed(list(re.finditer(r"\++|-+|\^+", hints))):
        start, end = change.span()
        text = f"{text[:start]}\0{hints[start]}{text[start:end]}\1{text[end:]}"
    return text


class _SideBySide:
    """Pairs the lines of an ndiff; a side is (number, text), None if it has no line yet."""

    def __init__(self, lines):
        self.source, self.ahead = iter(lines), []
        self.numbers = {"left": 0, "right": 0}
        self.owed = 0  # blank lines: on the right if positive

    def _take(self, side, how):
        if how is None:
            return None
        self.numbers[side] += 1
        line = self.ahead.pop(0)
        if how == "?":
            text = _with_marks(line, self.ahead.pop(0))[2:]
        elif how == " ":
            text = line[2:]
        else:
            text = f"\0{how}{line[2:] or ' '}\1"
        return self.numbers[side], text

    def _blanks(self):
        blank = ("", "\n")
        for _ in range(abs(self.owed)):
            yield (None, blank, True) if self.owed < 0 else (blank, None, True)
        self.owed = 0

    def halves(self):
        """(left, right, whether they differ); one of them may be None, and comes later."""
        while True:
            while len(self.ahead) < 4:
                self.ahead.append(next(self.source, "X"))
            codes = "".join(line[0] for line in self.ahead)
            if codes[0] == "X":
                yield from self._blanks()
                return
            if codes[0] == " ":
                line = self.ahead[0]
                left = self._take("left", " ")
                self.ahead.insert(0, line)
                yield left, self._take("right", " "), False
                continue
            _, left, right, owes, pays = next(row for row in _PAIRINGS if codes.startswith(row[0]))
            pair = self._take("left", left), self._take("right", right), True
            if not pays:
                self.owed += owes
                yield pair
                continue
            self.owed += owes
            yield from self._blanks()
            yield pair

    def pairs(self):
        """The same with both sides."""
        left, right = [], []
        for one, other, differs in self.halves():
            if one is not None:
                left.append((one, differs))
            if other is not None:
                right.append((other, differs))
            while left and right:
                (one, first), (other, second) = left.pop(0), right.pop(0)
                yield one, other, first or second


def _near_changes(pairs, context):
    """Only the pairs that have a change among so many before or after; three times None where some are left out."""
    pairs, kept, skipped, after = iter(pairs), [], False, 0
    for pair in pairs:
        if pair[2]:
            if skipped:
                yield None, None, None
            yield from kept
            kept, skipped, after = [], False, context
            yield pair
        elif after:
            after -= 1
            yield pair
        else:
            kept.append(pair)
            if len(kept) > context:
                del kept[0]
                skipped = True


def _mdiff(fromlines, tolines, context=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """Both texts side by side, with marks where they differ; with a number as context, only what is near a change."""
    pairs = _SideBySide(ndiff(fromlines, tolines, linejunk, charjunk)).pairs()
    yield from pairs if context is None else _near_changes(pairs, context)


_file_template = """
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
          "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">

<html>

<head>
    <meta http-equiv="Content-Type"
          content="text/html; charset=%(charset)s" />
    <title></title>
    <style type="text/css">%(styles)s
    </style>
</head>

<body>
    %(table)s%(legend)s
</body>

</html>"""

_styles = """
        table.diff {font-family:Courier; border:medium;}
        .diff_header {background-color:#e0e0e0}
        td.diff_header {text-align:right}
        .diff_next {background-color:#c0c0c0}
        .diff_add {background-color:#aaffaa}
        .diff_chg {background-color:#ffff77}
        .diff_sub {background-color:#ffaaaa}"""

_table_template = """
    <table class="diff" id="difflib_chg_%(prefix)s_top"
           cellspacing="0" cellpadding="0" rules="groups" >
        <colgroup></colgroup> <colgroup></colgroup> <colgroup></colgroup>
        <colgroup></colgroup> <colgroup></colgroup> <colgroup></colgroup>
        %(header_row)s
        <tbody>
%(data_rows)s        </tbody>
    </table>"""

_legend = """
    <table class="diff" summary="Legends">
        <tr> <th colspan="2"> Legends </th> </tr>
        <tr> <td> <table border="" summary="Colors">
                      <tr><th> Colors </th> </tr>
                      <tr><td class="diff_add">&nbsp;Added&nbsp;</td></tr>
                      <tr><td class="diff_chg">Changed</td> </tr>
                      <tr><td class="diff_sub">Deleted</td> </tr>
                  </table></td>
             <td> <table border="" summary="Links">
                      <tr><th colspan="2"> Links </th> </tr>
                      <tr><td>(f)irst change</td> </tr>
                      <tr><td>(n)ext change</td> </tr>
                      <tr><td>(t)op</td> </tr>
                  </table></td> </tr>
    </table>"""

_ROW = '            <tr><td class="diff_next"%s>%s</td>%s<td class="diff_next">%s</td>%s</tr>\n'
_SPANS = {"+": "diff_add", "-": "diff_sub", "^": "diff_chg"}


class HtmlDiff:
    """Two texts side by side, as an HTML table or a whole file."""

    _file_template, _styles, _table_template, _legend = _file_template, _styles, _table_template, _legend
    _default_prefix = 0  # tables on one page have names of their own

    def __init__(self, tabsize=8, wrapcolumn=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
        self._tabsize, self._wrapcolumn = tabsize, wrapcolumn
        self._linejunk, self._charjunk = linejunk, charjunk

    def make_file(self, fromlines, tolines, fromdesc="", todesc="", context=False, numlines=5, *, charset="utf-8"):
        """The whole file."""
        table = self.make_table(fromlines, tolines, fromdesc, todesc, context=context, numlines=numlines)
        parts = {"styles": self._styles, "legend": self._legend, "table": table, "charset": charset}
        return (self._file_template % parts).encode(charset, "xmlcharrefreplace").decode(charset)

    def _expanded(self, line):
        # Tabs become tabs again, one for each place, so that they can be told from spaces in the end.
        line = line.replace(" ", "\0").expandtabs(self._tabsize)
        return line.replace(" ", "\t").replace("\0", " ").rstrip("\n")

    def _tab_newline_replace(self, fromlines, tolines):
        return [self._expanded(line) for line in fromlines], [self._expanded(line) for line in tolines]

    def _split_line(self, data_list, line_num, text):
        """Appends a line in pieces of the column's width; marks have none, and go on in the next piece."""
        width = self._wrapcolumn
        while line_num and len(text) - 3 * text.count("\0") > width and len(text) > width:
            place = shown = 0
            mark = ""
            while shown < width and place < len(text):
                if text[place] == "\0":
                    mark = text[place + 1]
                    place += 2
                    continue
                if text[place] == "\1":
                    mark = ""
                else:
                    shown += 1
                place += 1
            piece, text = text[:place], text[place:]
            if mark:
                piece, text = piece + "\1", "\0" + mark + text
            data_list.append((line_num, piece))
            line_num = ">"
        data_list.append((line_num, text))

    def _line_wrapper(self, diffs):
        for fromdata, todata, flag in diffs:
            if flag is None:
                yield fromdata, todata, flag
                continue
            left, right = [], []
            self._split_line(left, *fromdata)
            self._split_line(right, *todata)
            filler = ("", " ")
            for place in range(max(len(left), len(right))):
                yield left[place] if place < len(left) else filler, right[place] if place < len(right) else filler, flag

    def _collect_lines(self, diffs):
        rows = []
        for fromdata, todata, flag in diffs:
            if flag is None:
                rows.append((None, None, None))
            else:
                rows.append((self._format_line(0, flag, *fromdata), self._format_line(1, flag, *todata), flag))
        return [list(column) for column in zip(*rows)] or [[], [], []]

    def _format_line(self, side, flag, linenum, text):
        ident = ""
        if isinstance(linenum, int):
            ident = f' id="{self._prefix[side]}{linenum}"'
        text = text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;").replace(" ", "&nbsp;").rstrip()
        return f'<td class="diff_header"{ident}>{linenum}</td><td nowrap="nowrap">{text}</td>'

    def _make_prefix(self):
        number = HtmlDiff._default_prefix
        HtmlDiff._default_prefix = number + 1
        self._prefix = [f"from{number}_", f"to{number}_"]

    def _convert_flags(self, fromlist, tolist, flaglist, context, numlines):
        """The columns, and for each row its link to the next change and its name as such a link's target."""
        name = f"difflib_chg_{self._prefix[1]}"
        if not flaglist:
            message = "No Differences Found" if context else "Empty File"
            fromlist = tolist = [f"<td></td><td>&nbsp;{message}&nbsp;</td>"]
            flaglist = [False]
        targets, links = [""] * len(flaglist), [""] * len(flaglist)
        changes = last = 0
        before = False
        for row, flag in enumerate(flaglist):
            if flag and not before:
                targets[max(0, row - numlines)] = f' id="{name}_{changes}"'
                changes += 1
                links[row] = f'<a href="#{name}_{changes}">n</a>'
                last = row
            before = bool(flag)
        if not flaglist[0]:
            links[0] = f'<a href="#{name}_0">f</a>'
        links[last] = f'<a href="#{name}_top">t</a>'
        return fromlist, tolist, flaglist, links, targets

    def make_table(self, fromlines, tolines, fromdesc="", todesc="", context=False, numlines=5):
        """The table."""
        self._make_prefix()
        fromlines, tolines = self._tab_newline_replace(fromlines, tolines)
        diffs = _mdiff(fromlines, tolines, numlines if context else None, linejunk=self._linejunk, charjunk=self._charjunk)
        if self._wrapcolumn:
            diffs = self._line_wrapper(diffs)
        columns = self._convert_flags(*self._collect_lines(diffs), context, numlines)
        rows = []
        for left, right, flag, link, target in zip(*columns):
            if flag is not None:
                rows.append(_ROW % (target, link, left, link, right))
            elif rows:
                rows.append("        </tbody>        \n        <tbody>\n")
        header = ""
        if fromdesc or todesc:
            gap, title = '<th class="diff_next"><br /></th>', '<th colspan="2" class="diff_header">%s</th>'
            header = f"<thead><tr>{gap}{title % fromdesc}{gap}{title % todesc}</tr></thead>"
        parts = {"data_rows": "".join(rows), "header_row": header, "prefix": self._prefix[1]}
        table = self._table_template % parts
        for mark, kind in _SPANS.items():
            table = table.replace("\0" + mark, f'<span class="{kind}">')
        return table.replace("\1", "</span>").replace("\t", "&nbsp;")

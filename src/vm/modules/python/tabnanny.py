"""Finds lines whose indentation means something else with tabs of another width."""

import os
import sys
import tokenize

__version__ = "6"
__all__ = ["check", "NannyNag", "process_tokens"]

verbose = 0
filename_only = 0


def errprint(*args):
    sep = ""
    for arg in args:
        sys.stderr.write(sep + str(arg))
        sep = " "
    sys.stderr.write("\n")


def main():
    import getopt
    global verbose, filename_only
    try:
        opts, args = getopt.getopt(sys.argv[1:], "qv")
    except getopt.error as msg:
        errprint(msg)
        return
    for o, a in opts:
        if o == "-q":
            filename_only = filename_only + 1
        if o == "-v":
            verbose = verbose + 1
    if not args:
        errprint("Usage:", sys.argv[0], "[-v] file_or_directory ...")
        return
    for arg in args:
        check(arg)


class NannyNag(Exception):
    """A line that is ambiguous."""

    def __init__(self, lineno, msg, line):
        self.lineno, self.msg, self.line = lineno, msg, line

    def get_lineno(self):
        return self.lineno

    def get_msg(self):
        return self.msg

    def get_line(self):
        return self.line


def check(file):
    """Checks a file, or all `.py` files of a folder."""
    if os.path.isdir(file) and not os.path.islink(file):
        if verbose:
            print("%r: listing directory" % (file,))
        for name in os.listdir(file):
            fullname = os.path.join(file, name)
            if os.path.isdir(fullname) and not os.path.islink(fullname) or os.path.normcase(name[-3:]) == ".py":
                check(fullname)
        return
    try:
        f = tokenize.open(file)
    except OSError as msg:
        errprint("%r: I/O Error: %s" % (file, msg))
        return
    if verbose > 1:
        print("checking %r ..." % file)
    try:
        process_tokens(tokenize.generate_tokens(f.readline))
    except tokenize.TokenError as msg:
        errprint("%r: Token Error: %s" % (file, msg))
        return
    except IndentationError as msg:
        errprint("%r: Indentation Error: %s" % (file, msg))
        return
    except NannyNag as nag:
        badline = nag.get_lineno()
        line = nag.get_line()
        if verbose:
            print("%r: *** Line %d: trouble in tab city! ***" % (file, badline))
            print("offending line: %r" % (line,))
            print(nag.get_msg())
        else:
            if " " in file:
                file = '"' + file + '"'
            if filename_only:
                print(file)
            else:
                print(file, badline, repr(line))
        return
    finally:
        f.close()
    if verbose:
        print("%r: Clean bill of health." % (file,))


class Whitespace:
    """The indentation of a line: how many tabs come behind how many blanks."""

    S, T = " \t"

    def __init__(self, ws):
        self.raw = ws
        counts = []
        blanks = self.n = self.nt = 0
        for c in ws:
            if c == " ":
                self.n += 1
                blanks += 1
            elif c == "\t":
                self.n += 1
                self.nt += 1
                if blanks >= len(counts):
                    counts += [0] * (blanks - len(counts) + 1)
                counts[blanks] += 1
                blanks = 0
            else:
                break
        self.norm = tuple(counts), blanks
        self.is_simple = len(counts) <= 1

    def longest_run_of_spaces(self):
        counts, trailing = self.norm
        return max(len(counts) - 1, trailing)

    def indent_level(self, tabsize):
        counts, trailing = self.norm
        tabs = sum(i // tabsize * counts[i] for i in range(tabsize, len(counts)))
        return trailing + tabsize * (tabs + self.nt)

    def equal(self, other):
        return self.norm == other.norm

    def _widths(self, other):
        return range(1, max(self.longest_run_of_spaces(), other.longest_run_of_spaces()) + 2)

    def not_equal_witness(self, other):
        levels = [(ts, self.indent_level(ts), other.indent_level(ts)) for ts in self._widths(other)]
        return [each for each in levels if each[1] != each[2]]

    def less(self, other):
        if self.n >= other.n:
            return False
        if self.is_simple and other.is_simple:
            return self.nt <= other.nt
        return all(self.indent_level(ts) < other.indent_level(ts) for ts in self._widths(other))

    def not_less_witness(self, other):
        levels = [(ts, self.indent_level(ts), other.indent_level(ts)) for ts in self._widths(other)]
        return [each for each in levels if each[1] >= each[2]]


def format_witnesses(w):
    sizes = [str(each[0]) for each in w]
    return ("at tab sizes" if len(w) > 1 else "at tab size") + " " + ", ".join(sizes)


def process_tokens(tokens):
    """NannyNag, if a line is ambiguous."""
    indents = [Whitespace("")]
    fresh = 0
    for kind, text, start, end, line in tokens:
        if kind == tokenize.NEWLINE:
            fresh = 1
        elif kind == tokenize.INDENT:
            fresh = 0
            this = Whitespace(text)
            if not indents[-1].less(this):
                witness = indents[-1].not_less_witness(this)
                raise NannyNag(start[0], "indent not greater e.g. " + format_witnesses(witness), line)
            indents.append(this)
        elif kind == tokenize.DEDENT:
            fresh = 1
            del indents[-1]
        elif fresh and kind not in (tokenize.COMMENT, tokenize.NL):
            fresh = 0
            this = Whitespace(line)
            if not indents[-1].equal(this):
                witness = indents[-1].not_equal_witness(this)
                raise NannyNag(start[0], "indent not equal e.g. " + format_witnesses(witness), line)


if __name__ == "__main__":
    main()

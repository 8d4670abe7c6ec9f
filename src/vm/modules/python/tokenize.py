"""Python source as tokens, comments and line breaks included, and back again."""

import functools
import itertools as _itertools
import re
import sys
from builtins import open as _builtin_open
from codecs import BOM_UTF8, lookup
from collections import namedtuple
from io import TextIOWrapper

import token
from token import *
from token import EXACT_TOKEN_TYPES

__all__ = token.__all__ + ["tokenize", "generate_tokens", "detect_encoding", "untokenize", "TokenInfo"]
del token

cookie_re = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
blank_re = re.compile(br"^[ \t\f]*(?:[#\r\n]|$)", re.ASCII)


class TokenInfo(namedtuple("TokenInfo", "type string start end line")):

    def __repr__(self):
        kind = "%d (%s)" % (self.type, tok_name[self.type])
        return "TokenInfo(type=%s, string=%r, start=%r, end=%r, line=%r)" % ((kind,) + self[1:])

    @property
    def exact_type(self):
        if self.type == OP:
            return EXACT_TOKEN_TYPES.get(self.string, OP)
        return self.type


def group(*choices):
    return "(" + "|".join(choices) + ")"


def any(*choices):
    return group(*choices) + "*"


def maybe(*choices):
    return group(*choices) + "?"


Whitespace = r"[ \f\t]*"
Comment = r"#[^\r\n]*"
Ignore = Whitespace + any(r"\\\r?\n" + Whitespace) + maybe(Comment)
Name = r"\w+"

Hexnumber = r"0[xX](?:_?[0-9a-fA-F])+"
Binnumber = r"0[bB](?:_?[01])+"
Octnumber = r"0[oO](?:_?[0-7])+"
Decnumber = r"(?:0(?:_?0)*|[1-9](?:_?[0-9])*)"
Intnumber = group(Hexnumber, Binnumber, Octnumber, Decnumber)
Exponent = r"[eE][-+]?[0-9](?:_?[0-9])*"
Pointfloat = group(r"[0-9](?:_?[0-9])*\.(?:[0-9](?:_?[0-9])*)?", r"\.[0-9](?:_?[0-9])*") + maybe(Exponent)
Expfloat = r"[0-9](?:_?[0-9])*" + Exponent
Floatnumber = group(Pointfloat, Expfloat)
Imagnumber = group(r"[0-9](?:_?[0-9])*[jJ]", Floatnumber + r"[jJ]")
Number = group(Imagnumber, Floatnumber, Intnumber)


def _all_string_prefixes():
    """Every way to write a string's prefix, the empty one too."""
    prefixes = {""}
    for plain in ("b", "r", "u", "f", "br", "fr"):
        for order in _itertools.permutations(plain):
            for cased in _itertools.product(*[(c, c.upper()) for c in order]):
                prefixes.add("".join(cased))
    return prefixes


@functools.lru_cache
def _compile(expr):
    return re.compile(expr, re.UNICODE)


StringPrefix = group(*_all_string_prefixes())

# What ends a string that has begun.
Single = r"[^'\\]*(?:\\.[^'\\]*)*'"
Double = r'[^"\\]*(?:\\.[^"\\]*)*"'
Single3 = r"[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''"
Double3 = r'[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""'
Triple = group(StringPrefix + "'''", StringPrefix + '"""')
String = group(StringPrefix + r"'[^\n'\\]*(?:\\.[^\n'\\]*)*'", StringPrefix + r'"[^\n"\\]*(?:\\.[^\n"\\]*)*"')

# Longer operators come first.
Special = group(*map(re.escape, sorted(EXACT_TOKEN_TYPES, reverse=True)))
Funny = group(r"\r?\n", Special)

PlainToken = group(Number, Funny, String, Name)
Token = Ignore + PlainToken

# Whole strings, or the beginning of one that a backslash carries into the next line.
ContStr = group(
    StringPrefix + r"'[^\n'\\]*(?:\\.[^\n'\\]*)*" + group("'", r"\\\r?\n"),
    StringPrefix + r'"[^\n"\\]*(?:\\.[^\n"\\]*)*' + group('"', r"\\\r?\n"))
PseudoExtras = group(r"\\\r?\n|\Z", Comment, Triple)
PseudoToken = Whitespace + group(PseudoExtras, Number, Funny, ContStr, Name)

endpats = {}
for _prefix in _all_string_prefixes():
    endpats[_prefix + "'"] = Single
    endpats[_prefix + '"'] = Double
    endpats[_prefix + "'''"] = Single3
    endpats[_prefix + '"""'] = Double3
del _prefix

single_quoted = set()
triple_quoted = set()
for _prefix in _all_string_prefixes():
    single_quoted.update((_prefix + '"', _prefix + "'"))
    triple_quoted.update((_prefix + '"""', _prefix + "'''"))
del _prefix

tabsize = 8


class TokenError(Exception):
    pass


class StopTokenizing(Exception):
    pass


class Untokenizer:
    """Puts tokens together again: with positions exactly, with pairs so that it means the same."""

    def __init__(self):
        self.tokens = []
        self.prev_row = 1
        self.prev_col = 0
        self.encoding = None

    def add_whitespace(self, start):
        row, col = start
        if row < self.prev_row or row == self.prev_row and col < self.prev_col:
            raise ValueError("start ({},{}) precedes previous end ({},{})".format(row, col, self.prev_row, self.prev_col))
        lines = row - self.prev_row
        if lines:
            self.tokens.append("\\\n" * lines)
            self.prev_col = 0
        spaces = col - self.prev_col
        if spaces:
            self.tokens.append(" " * spaces)

    def untokenize(self, iterable):
        tokens = iter(iterable)
        indents = []
        fresh_line = False
        for each in tokens:
            if len(each) == 2:
                self.compat(each, tokens)
                break
            kind, text, start, end, line = each
            if kind == ENCODING:
                self.encoding = text
                continue
            if kind == ENDMARKER:
                break
            if kind == INDENT:
                indents.append(text)
                continue
            if kind == DEDENT:
                indents.pop()
                self.prev_row, self.prev_col = end
                continue
            if kind in (NEWLINE, NL):
                fresh_line = True
            elif fresh_line and indents:
                indent = indents[-1]
                if start[1] >= len(indent):
                    self.tokens.append(indent)
                    self.prev_col = len(indent)
                fresh_line = False
            self.add_whitespace(start)
            self.tokens.append(text)
            self.prev_row, self.prev_col = end
            if kind in (NEWLINE, NL):
                self.prev_row += 1
                self.prev_col = 0
        return "".join(self.tokens)

    def compat(self, token, iterable):
        indents = []
        out = self.tokens.append
        fresh_line = token[0] in (NEWLINE, NL)
        after_string = False
        for each in _itertools.chain([token], iterable):
            kind, text = each[:2]
            if kind == ENCODING:
                self.encoding = text
                continue
            if kind in (NAME, NUMBER):
                text += " "
            if kind == STRING:
                # Strings side by side must not become one.
                if after_string:
                    text = " " + text
                after_string = True
            else:
                after_string = False
            if kind == INDENT:
                indents.append(text)
                continue
            if kind == DEDENT:
                indents.pop()
                continue
            if kind in (NEWLINE, NL):
                fresh_line = True
            elif fresh_line and indents:
                out(indents[-1])
                fresh_line = False
            out(text)


def untokenize(iterable):
    """Source of tokens; bytes if the first one names an encoding."""
    untokenizer = Untokenizer()
    source = untokenizer.untokenize(iterable)
    if untokenizer.encoding is not None:
        source = source.encode(untokenizer.encoding)
    return source


def _get_normal_name(orig_enc):
    """The usual spelling of the encodings that are looked at closely."""
    name = orig_enc[:12].lower().replace("_", "-")
    if name == "utf-8" or name.startswith("utf-8-"):
        return "utf-8"
    latin = ("latin-1", "iso-8859-1", "iso-latin-1")
    if name in latin or name.startswith(tuple(each + "-" for each in latin)):
        return "iso-8859-1"
    return orig_enc


def detect_encoding(readline):
    """The encoding that source says it has, and the lines (at most two) read to find out."""
    try:
        filename = readline.__self__.name
    except AttributeError:
        filename = None
    marked = False

    def read():
        try:
            return readline()
        except StopIteration:
            return b""

    def complain(message):
        raise SyntaxError(message if filename is None else "{} for {!r}".format(message, filename))

    def cookie(line):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            complain("invalid or missing encoding declaration")
        found = cookie_re.match(text)
        if not found:
            return None
        encoding = _get_normal_name(found.group(1))
        try:
            lookup(encoding)
        except LookupError:
            if filename is None:
                raise SyntaxError("unknown encoding: " + encoding)
            raise SyntaxError("unknown encoding for {!r}: {}".format(filename, encoding))
        if marked:
            if encoding != "utf-8":
                if filename is None:
                    raise SyntaxError("encoding problem: utf-8")
                raise SyntaxError("encoding problem for {!r}: utf-8".format(filename))
            encoding += "-sig"
        return encoding

    first = read()
    default = "utf-8"
    if first.startswith(BOM_UTF8):
        marked = True
        first = first[3:]
        default = "utf-8-sig"
    if not first:
        return default, []
    encoding = cookie(first)
    if encoding:
        return encoding, [first]
    if not blank_re.match(first):
        return default, [first]
    second = read()
    if not second:
        return default, [first]
    encoding = cookie(second)
    return encoding or default, [first, second]


def open(filename):
    """A source file as text, in the encoding that it says it has."""
    buffer = _builtin_open(filename, "rb")
    try:
        encoding, _ = detect_encoding(buffer.readline)
        buffer.seek(0)
        text = TextIOWrapper(buffer, encoding, line_buffering=True)
        text.mode = "r"
        return text
    except:
        buffer.close()
        raise


def tokenize(readline):
    """Tokens of lines of bytes; the first is an ENCODING token."""
    encoding, lines = detect_encoding(readline)
    rest = _itertools.chain(lines, iter(readline, b""), _itertools.repeat(b""))
    return _tokenize(rest.__next__, encoding)


class _Lines:
    """The state of reading lines into tokens."""

    def __init__(self):
        self.number = 0
        self.depth = 0
        self.continued = False
        self.indents = [0]
        # A string that goes on: text so far, whole lines, where it began, what ends it, whether a backslash must carry it.
        self.string = None


def _column(line):
    """How far a line is indented, and where its text begins."""
    column = pos = 0
    while pos < len(line):
        if line[pos] == " ":
            column += 1
        elif line[pos] == "\t":
            column = (column // tabsize + 1) * tabsize
        elif line[pos] == "\f":
            column = 0
        else:
            break
        pos += 1
    return column, pos


def _indentation(state, line):
    """The tokens before a logical line's first; and where to go on, or None if there is nothing more on it."""
    column, pos = _column(line)
    if pos == len(line):
        return [], None
    lnum = state.number
    if line[pos] in "#\r\n":
        tokens = []
        if line[pos] == "#":
            comment = line[pos:].rstrip("\r\n")
            tokens.append(TokenInfo(COMMENT, comment, (lnum, pos), (lnum, pos + len(comment)), line))
            pos += len(comment)
        tokens.append(TokenInfo(NL, line[pos:], (lnum, pos), (lnum, len(line)), line))
        return tokens, None
    tokens = []
    if column > state.indents[-1]:
        state.indents.append(column)
        tokens.append(TokenInfo(INDENT, line[:pos], (lnum, 0), (lnum, pos), line))
    while column < state.indents[-1]:
        if column not in state.indents:
            raise IndentationError("unindent does not match any outer indentation level",
                                   ("<tokenize>", lnum, pos, line))
        state.indents.pop()
        tokens.append(TokenInfo(DEDENT, "", (lnum, pos), (lnum, pos), line))
    return tokens, pos


def _one(state, line, start, end):
    """The token of a stretch of a line that matched; None if a string begins that goes on."""
    lnum = state.number
    text, initial = line[start:end], line[start]
    spos, epos = (lnum, start), (lnum, end)
    if initial.isdigit() or initial == "." and text not in (".", "..."):
        return TokenInfo(NUMBER, text, spos, epos, line)
    if initial in "\r\n":
        return TokenInfo(NL if state.depth > 0 else NEWLINE, text, spos, epos, line)
    if initial == "#":
        return TokenInfo(COMMENT, text, spos, epos, line)
    if text in triple_quoted:
        ending = _compile("(?s:%s)" % endpats[text])
        found = ending.match(line, end)
        if found:
            end = found.end(0)
            return TokenInfo(STRING, line[start:end], spos, (lnum, end), line)
        state.string = [line[start:], line, (lnum, start), ending, False]
        return None
    if initial in single_quoted or text[:2] in single_quoted or text[:3] in single_quoted:
        if text[-1] != "\n":
            return TokenInfo(STRING, text, spos, epos, line)
        for opening in (initial, text[:2], text[:3]):
            if opening in endpats:
                break
        state.string = [line[start:], line, (lnum, start), _compile("(?s:%s)" % endpats[opening]), True]
        return None
    if initial.isidentifier():
        return TokenInfo(NAME, text, spos, epos, line)
    if initial == "\\":
        state.continued = True
        return None
    if initial in "([{":
        state.depth += 1
    elif initial in ")]}":
        state.depth -= 1
    return TokenInfo(OP, text, spos, epos, line)


def _string_goes_on(state, line):
    """The next line of a string: a token if it ends or is broken, and where to go on in the line (None: at the next)."""
    text, lines, start, ending, carried = state.string
    found = ending.match(line)
    if found:
        end = found.end(0)
        state.string = None
        return TokenInfo(STRING, text + line[:end], start, (state.number, end), lines + line), end
    if carried and line[-2:] != "\\\n" and line[-3:] != "\\\r\n":
        state.string = None
        return TokenInfo(ERRORTOKEN, text + line, start, (state.number, len(line)), lines), None
    state.string[0] = text + line
    state.string[1] = lines + line
    return None, None


def _tokenize(readline, encoding):
    if encoding is not None:
        if encoding == "utf-8-sig":
            encoding = "utf-8"
        yield TokenInfo(ENCODING, encoding, (0, 0), (0, 0), "")
    state = _Lines()
    last_line = line = b""
    pseudo = _compile(PseudoToken)
    while True:
        try:
            last_line = line
            line = readline()
        except StopIteration:
            line = b""
        if encoding is not None:
            line = line.decode(encoding)
        state.number += 1
        pos = 0
        if state.string:
            if not line:
                raise TokenError("EOF in multi-line string", state.string[2])
            token, pos = _string_goes_on(state, line)
            if token is not None:
                yield token
            if pos is None:
                continue
        elif state.depth == 0 and not state.continued:
            if not line:
                break
            tokens, pos = _indentation(state, line)
            yield from tokens
            if pos is None:
                if not tokens:
                    # Only blanks, and no line break: the end.
                    break
                continue
        else:
            if not line:
                raise TokenError("EOF in multi-line statement", (state.number, 0))
            state.continued = False
        while pos < len(line):
            found = pseudo.match(line, pos)
            if not found:
                at = (state.number, pos)
                yield TokenInfo(ERRORTOKEN, line[pos], at, (state.number, pos + 1), line)
                pos += 1
                continue
            start, end = found.span(1)
            pos = end
            if start == end:
                continue
            token = _one(state, line, start, end)
            if token is not None:
                pos = max(pos, token.end[1])
                yield token
            elif state.string:
                break
    # A last line without a break gets one that is empty.
    if last_line and last_line[-1] not in "\r\n" and not last_line.strip().startswith("#"):
        row = state.number - 1
        yield TokenInfo(NEWLINE, "", (row, len(last_line)), (row, len(last_line) + 1), "")
    for _ in state.indents[1:]:
        yield TokenInfo(DEDENT, "", (state.number, 0), (state.number, 0), "")
    yield TokenInfo(ENDMARKER, "", (state.number, 0), (state.number, 0), "")


def generate_tokens(readline):
    """Tokens of lines of text; there is no ENCODING token."""
    return _tokenize(readline, None)


def main():
    """What `python -m tokenize` does."""
    import argparse

    def complain(message, filename=None, location=None):
        place = ""
        if filename:
            place = filename + ":"
            if location:
                place += "%d:%d:" % location
            place += " "
        sys.stderr.write(place + "error: " + message + "\n")
        sys.exit(1)

    parser = argparse.ArgumentParser(prog="python -m tokenize")
    parser.add_argument(dest="filename", nargs="?", metavar="filename.py", help="the file to tokenize; defaults to stdin")
    parser.add_argument("-e", "--exact", dest="exact", action="store_true", help="display token names using the exact type")
    args = parser.parse_args()
    try:
        if args.filename:
            filename = args.filename
            with _builtin_open(filename, "rb") as f:
                tokens = list(tokenize(f.readline))
        else:
            filename = "<stdin>"
            tokens = _tokenize(sys.stdin.readline, None)
        for each in tokens:
            kind = each.exact_type if args.exact else each.type
            span = "%d,%d-%d,%d:" % (each.start + each.end)
            print("%-20s%-15s%-15r" % (span, tok_name[kind], each.string))
    except IndentationError as error:
        line, column = error.args[1][1:3]
        complain(error.args[0], filename, (line, column))
    except TokenError as error:
        complain(error.args[0], filename, error.args[1])
    except SyntaxError as error:
        complain(str(error), filename)
    except OSError as error:
        complain(str(error))
    except KeyboardInterrupt:
        print("interrupted\n")


if __name__ == "__main__":
    main()

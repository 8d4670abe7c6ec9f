"""Compiling code that is typed in: finding out whether it is whole."""

import __future__
import warnings

_features = [getattr(__future__, name) for name in __future__.all_feature_names]

__all__ = ["compile_command", "Compile", "CommandCompiler"]

# Flags of `compile` that CPython's module uses.
PyCF_DONT_IMPLY_DEDENT = 0x200
PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000


_COMPOUND = frozenset("if elif else while for try except finally with def class async @ match".split())


def _attempt(compiler, source, filename, symbol):
    """The code, or the SyntaxError."""
    try:
        return compiler(source, filename, symbol), None
    except SyntaxError as error:
        return None, error


def _is_open_block(source):
    """Whether the last statement is a block that more lines could go on: only an empty line ends it."""
    if source.endswith("\n"):
        return False
    import io
    import tokenize
    depth, fresh, word, block = 0, True, None, False
    try:
        for each in tokenize.generate_tokens(io.StringIO(source + "\n").readline):
            if each.type == tokenize.INDENT:
                depth += 1
            elif each.type == tokenize.DEDENT:
                depth -= 1
            elif each.type == tokenize.ENDMARKER:
                break
            elif each.type == tokenize.NEWLINE:
                fresh = True
            elif each.type not in (tokenize.NL, tokenize.COMMENT):
                if fresh and depth == 0:
                    word, block = each.string, False
                fresh = False
                block = block or each.string == ":"
    except (tokenize.TokenError, SyntaxError):
        return False
    return word == "@" or word in _COMPOUND and block


def _may_be_mended(first, second):
    """Whether an error moved when a line was added: then it stands at the end, and more lines may mend it."""
    texts = (str(first), str(second))
    if all("was never closed" in text for text in texts):
        return True
    return repr(first) != repr(second)


def _maybe_compile(compiler, source, filename, symbol):
    """The code of a whole statement, None if more is to come; a SyntaxError if it will never be one."""
    for line in source.split("\n"):
        line = line.strip()
        if line and line[0] != "#":
            break
    else:
        if symbol != "eval":
            # Nothing is a statement too.
            source = "pass"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", (SyntaxWarning, DeprecationWarning))
        code, error = _attempt(compiler, source, filename, symbol)
        if error is not None:
            once, first = _attempt(compiler, source + "\n", filename, symbol)
            if once is not None:
                return None
            twice, second = _attempt(compiler, source + "\n\n", filename, symbol)
            if twice is not None or _may_be_mended(first, second):
                return None
        elif symbol == "single" and _is_open_block(source):
            return None
    return compiler(source, filename, symbol)


def _compile(source, filename, symbol):
    return compile(source, filename, symbol, PyCF_DONT_IMPLY_DEDENT)


def compile_command(source, filename="<input>", symbol="single"):
    """The code of a command; None if it is not whole; SyntaxError if it never will be."""
    return _maybe_compile(_compile, source, filename, symbol)


class Compile:
    """`compile`, with the features of the `__future__` imports compiled so far."""

    def __init__(self):
        self.flags = PyCF_DONT_IMPLY_DEDENT

    def __call__(self, source, filename, symbol):
        code = compile(source, filename, symbol, self.flags, True)
        for feature in _features:
            if code.co_flags & feature.compiler_flag:
                self.flags |= feature.compiler_flag
        return code


class CommandCompiler:
    """`compile_command`, with the features of the `__future__` imports compiled so far."""

    def __init__(self):
        self.compiler = Compile()

    def __call__(self, source, filename="<input>", symbol="single"):
        return _maybe_compile(self.compiler, source, filename, symbol)

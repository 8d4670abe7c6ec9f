# Verifies where errors are placed in sources of one expression or one statement: no newline is added there, so the end has
# no column.
SOURCES = ["1 +", "", " ", "\n", "# c", "1\n2", "f(", "(1", "1 2", "lambda", "a.", "a[", "  1", "1 +\n", "x;", "if 1:", "if 1: x",
           "if 1:\n x", "if 1:\n x\n", "if 1:\n x\ny", "if 1:\n    a\n  b", "try: pass", "def f():\n x = 1\n global x",
           "x = 1\ny = $", "'''a\nb'''\ny", "x\\", "  \\ x", "def f()", "if 1:\n x\n# c", "x # c\ny",
           "match x:\n case [a, a]: pass", "f'{}'", "f'{x!z}'", "b'\u00e9'", "x\ny", "for x in y"]
for mode in ("eval", "single"):
    for source in SOURCES:
        try:
            compile(source, "<s>", mode)
            print(mode, repr(source), "compiles")
        except SyntaxError as e:
            print(mode, repr(source), type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, repr(e.text))

# A relative import asks __package__, then __spec__, then __name__ and __path__.
import warnings

with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    for names in ({}, {"__name__": "m"}, {"__name__": 3}, {"__name__": "p.m"}, {"__package__": 3}, {"__package__": "nope"},
                  {"__spec__": 3}, {"__name__": "m", "__path__": []}):
        try:
            exec("from . import x", names)
        except Exception as e:
            print(type(e).__name__, e, [str(w.message) for w in seen])
        seen.clear()

import operator


class Index(int):
    pass


print(operator.index(True), type(operator.index(Index(3))))

import enum

Color = enum.Enum("Color", "RED")
for make in (lambda: type("Z", (Color,), {}), lambda: enum.Enum("Z", "A", type=Color)):
    try:
        make()
    except TypeError as e:
        print(e)

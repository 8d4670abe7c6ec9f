# What is printed of an uncaught SyntaxError: its carets go as far as it says, those of its subclasses show one place.
import sys

sys.stderr = sys.stdout


class Own(SyntaxError):
    pass


for cls in SyntaxError, IndentationError, TabError, Own:
    for place in (1, 1, 1, 4), (1, 2, 1, 4), (1, 2, 2, 4), (1, 2, None, None), (1, 0, 1, 3), (1, 20, 1, 25), (1, 2, 1, -1):
        line, offset, end_line, end_offset = place
        print(cls.__name__, place)
        sys.__excepthook__(cls, cls("m", ("f", line, offset, "abcdef\n", end_line, end_offset)), None)
for source in "if x:\nabc.d\n", "x y", "def f():\n  a\n b\n", "for x in\n":
    try:
        compile(source, "f", "exec")
    except SyntaxError as e:
        sys.__excepthook__(type(e), e.with_traceback(None), None)

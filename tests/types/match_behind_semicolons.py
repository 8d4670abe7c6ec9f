# `match` as a name behind a semicolon, and what is no statement of its own there.
import re; match = re.match(r"(\d+)-(\d+)", "12-34"); print(match.groups())
match = [5, 6]; match[0:1] = [7]; match[0] += 1; print(match)
match = print; match(1, 2); x = 1; match(x) if x else 2; match (x)
match = 4; match: int = 5; match - 1; match -1; print(match)
if x: print("block"); match = 3; print(match)
for source in [
    "x = 1; match x:\n  case 1: pass\n", "x = 1; match (x):\n  case 1: pass\n", "x = 1; match = 3 4", "x; match y",
    "match x:\n  case _.a: pass", "match x:\n  case _.a.b: pass", "match x:\n  case _(): pass", "match x:\n  case _.a(1): pass",
    "match x:\n  case {_.a: 1}: pass", "match x:\n  case a._: pass",
]:
    try:
        compile(source, "<source>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as error:
        print(repr(source), error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset)

"""Verifies how long matches of a pattern can be, as sre_parse tells it."""
import re
import sre_parse

for pattern in ("", "a", "a|bcd", "a*", "a+b?", "(a){2,3}", r"(?P<n>xy)\1?", "[a-z]{0,9}$", "(?=abc)x", b"ab?", r"(a)?(?(1)bc|d)", "(?i:ab)+", r"a{2}{3}"):
    try:
        parsed = sre_parse.parse(pattern)
    except re.error as error:
        print(pattern, error)
        continue
    print(pattern, [int(n) for n in parsed.getwidth()], parsed.state.groups, parsed.state.flags)
try:
    sre_parse.parse("(a")
except re.error as error:
    print(error, error.pos)
import json

try:
    json.loads("{bad")
except json.JSONDecodeError as error:
    print(vars(error))

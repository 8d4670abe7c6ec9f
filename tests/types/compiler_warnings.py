# Verifies what the compiler warns of, and the SyntaxError that a filter makes of it.
x = 1
if x is 1: pass
if x is not 'a': pass
assert (x, 'msg')
try:
    [1](2)
except TypeError: pass
def f():
    return (1, 2)['a']
try: f()
except TypeError: pass
def g():
    return [1, 2][1, 2], "abc"['a'], {1}[0], None[1], (lambda: 1)[0], 5(3), "a"("b"), f"{x}"(1), [(1,2) (3,4)]
    return (i for i in x)[0], [i for i in x]["a"], x is (), x is (1,2), () is x, x == 1 is 2, ...[1], 1.5[0], True[0]
y = '\d' + b'\q'.decode() + f'\w{x}\{x}'
while x is 2: pass
z = x is None or x is True or x is ...
try: pass
finally:
    x is 5
1 if x is 3 else 2
[a for a in 'x' if a is 'y']
lambda: x is 0
if x is 1 is 2: pass
class C:
    x is 'c'
eval('x is 7')
import warnings
def w(src, action='error', mode='exec'):
    with warnings.catch_warnings(record=True) as rec:
        warnings.simplefilter(action)
        try: compile(src, 'fn', mode)
        except SyntaxError as e: print('SE', e.msg, e.filename, e.lineno, e.offset, e.end_lineno, e.end_offset, repr(e.text and e.text.splitlines()[0]))
        for r in rec: print(r.category.__name__, r.message, r.filename, r.lineno, r.line, r.source)
for s in ['x is 1', 'a = "\\d"', 'a = b"\\d\\e"', 'f"\\d{x}\\e"', 'a = """\n\n\\z"""', 'assert (1, 2)', 'a = 1if 2else 3', '0x1for x in y', '1or 2', '1in x', 'a = 1_000and 3', "'a' 'b'(1)", "a = '\\\n\\q'", '1.5is x', '0b1or 2', "b'\\u1234'", "rb'\\d'", "f'\\N{DIGIT ONE}\\q'", "f'{x:\\d}'", "assert (x for x in y)", "assert ()", "if 1:\n  x is 'é' + 'é'"]:
    w(s); w(s, 'always')

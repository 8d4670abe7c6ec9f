# Verifies ast.parse with the version of Python that a source is meant for.
import ast
for source in ('(x := 0)', 'def f(a, /): pass', 'lambda a, /: a', 'with (a as b, c): pass', 'with (a, b): pass', 'match x:\n case 1: pass', 'x = 1'):
    for minor in (6, 7, 8, 9, 10):
        try: ast.parse(source, feature_version=(3, minor)); print(repr(source), minor, 'ok')
        except SyntaxError as e: print(repr(source), minor, e.msg)

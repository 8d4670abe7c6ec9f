# What is warned of in sources that fail to compile.
import warnings

SOURCES = [
    "x is 5\nreturn", "x = '\\d'\nreturn 1", "assert (1, 2)\nbreak", "'\\d'\ndef f(a, a): pass", "x is 5\ndef f(a, a): pass",
    "x is 5\nNone = 1", "def f():\n x is 5\n nonlocal q", "1or 2\nyield", "x is 5\ndef f():\n  print(y)\n  global y",
    "[1][2,3]\ncontinue", "x is 5\nawait z", "x is 5\nf(**k, *a)", "x is 5\nclass A:\n  return", "x is 5\n__debug__ = 1",
    "x = [1, 2or ]", "x = 1if 2else", "x = 0xfor x", "(1is 1", "1in x y", "x y\n1or 2", "x is 5\nbreak\ny is 6",
]
for source in SOURCES:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            compile(source, "<source>", "exec")
            print(repr(source), "compiles")
        except SyntaxError as error:
            print(repr(source), error.msg)
    for warning in caught:
        print("   ", warning.category.__name__, warning.message, warning.lineno)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        compile("x is 5\nreturn", "<source>", "exec")
    except SyntaxError as error:
        print(error)

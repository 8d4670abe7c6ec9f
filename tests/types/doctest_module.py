# Verifies doctest: parsing, options, comparison, and the reports of the runner, quiet and verbose.
import doctest

TEXT = """
>>> 1 + 1
2
>>> 'a' * 2
'aaa'
>>> None * 2
Traceback (most recent call last):
    ...
TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'
>>> print("a\\n\\nb")
a
<BLANKLINE>
b
>>> list(range(20))  # doctest: +ELLIPSIS
[0, 1, ..., 19]
>>> [1,   2]  # doctest: +NORMALIZE_WHITESPACE
[1,
 2]
>>> for i in range(2):
...     print(i)
0
1
>>> raise ValueError("x")  # doctest: +IGNORE_EXCEPTION_DETAIL
Traceback (most recent call last):
ValueError: y
>>> undefined  # doctest: +SKIP
>>> True
1
>>> x = 3
>>> x
"""
for verbose in (False, True):
    runner = doctest.DocTestRunner(verbose=verbose)
    test = doctest.DocTestParser().get_doctest(TEXT, {}, "name", None, 0)
    print(test, len(test.examples))
    print(runner.run(test))
    print(runner.summarize())
for e in doctest.DocTestParser().get_examples(TEXT)[:5]:
    print(repr(e.source), repr(e.want), e.exc_msg, e.lineno, e.indent, e.options)
print(doctest.script_from_examples("text\n>>> a = 1\n>>> a\n1\n"))
c = doctest.OutputChecker()
print(c.check_output("1\n", "True\n", 0), c.check_output("1\n", "True\n", doctest.DONT_ACCEPT_TRUE_FOR_1))
for flag in (0, doctest.REPORT_UDIFF, doctest.REPORT_CDIFF, doctest.REPORT_NDIFF):
    print(c.output_difference(doctest.Example("x", "a\nb\nc\nd\n"), "a\nx\nc\nd\n", flag))
for bad in (lambda: doctest.DocTestParser().parse(">>>x"), lambda: doctest.DocTestParser().parse(">>> x # doctest: +NO"), lambda: doctest.testmod(3)):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
print(doctest.DebugRunner, doctest.OPTIONFLAGS_BY_NAME)
try:
    doctest.DebugRunner().run(doctest.DocTestParser().get_doctest(">>> 1\n2\n", {}, "n", None, 0))
except doctest.DocTestFailure as failure:
    print(failure, repr(failure.got))

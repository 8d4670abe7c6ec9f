# Verifies that each context of contextvars has a decimal context of its own, and formats with a locale that is handed in.
import contextvars
import decimal
import itertools
from decimal import Context, Decimal, getcontext, localcontext, setcontext

for f in (getcontext, setcontext, localcontext):
    print(f.__module__, f.__name__, f.__qualname__)
print([kind.__module__ for kind in (Decimal, Context, decimal.Rounded, decimal.DecimalTuple)])
getcontext().prec = 5
copied = contextvars.copy_context()


def changes():
    found = getcontext()
    print(found.prec)
    found.prec = 7
    return found


def replaces():
    setcontext(Context(prec=9))
    with localcontext() as inner:
        inner.prec = 3
        print(Decimal(1) / 7)
    return getcontext().prec


print(copied.run(changes) is getcontext(), getcontext().prec)
print(copied.run(replaces), getcontext().prec, copied.run(getcontext).prec)
print([variable.name for variable in contextvars.copy_context()])
empty = contextvars.Context()
print(empty.run(lambda: getcontext().prec), empty.run(lambda: getcontext() is getcontext()), len(empty), [type(v).__name__ for v in empty.values()])
setcontext(decimal.BasicContext)
print(getcontext() is decimal.BasicContext, getcontext().prec)

groupings = ["\3\2\x7f", "\1", "", "\3", "\2\3", "\3\x7f", "\x7f"]
specs = ["n", "012n", ".3n", "020.2f", ",f", "", "<15n", "%", "+.1e"]
for spec, grouping in itertools.product(specs, groupings):
    for point, separator in ((",", "."), ("é", ""), ("·", "ü"), ("::", "__")):
        given = {"decimal_point": point, "grouping": grouping, "thousands_sep": separator}
        for value in ("123456789.1234", "-1234567", "0.5", "NaN", "1e-10"):
            try:
                print(Decimal(value).__format__(spec, given), end=" ")
            except Exception as error:
                print(type(error).__name__, error, end=" ")
    print()
for given in ({}, 5, {"decimal_point": 3}, {"grouping": [3]}, {"decimal_point": ""}, {"decimal_point": "x" * 5}, {"thousands_sep": "x" * 5},
              {"decimal_point": "."}, {"thousands_sep": "'"}, {"grouping": "\2"}, None):
    for spec in ("n", ",", ""):
        try:
            print(given, Decimal("1234567.25").__format__(spec, given))
        except Exception as error:
            print(given, type(error).__name__, error)

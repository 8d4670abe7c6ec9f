# Deprecation warnings: subclasses of numbers from special methods, escapes before a brace, renamed functions.
import configparser
import importlib
import operator
import warnings


def t(source):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = eval(source)
        except Exception as e:
            result = (type(e).__name__, str(e))
        print(source, "=>", repr(result), [(w.category.__name__, str(w.message)) for w in caught])


class I(int):
    pass


class F(float):
    pass


class A:
    def __int__(self):
        return I(5)

    def __index__(self):
        return I(6)

    def __float__(self):
        return F(1.5)

    def __complex__(self):
        return type("C", (complex,), {})(1)


class B:
    def __index__(self):
        return True


class Double(float):
    def __float__(self):
        return 42.0


class Wrong(float):
    def __float__(self):
        return 42


for source in (
    r"f'\{6*7}'", r"f'\\{1}'", r"f'\d{1}\{2}'", r"rf'\{1}'", "int(A())", "[1,2,3,4,5,6,7][A()]", "range(A())", "bin(A())",
    "float(A())", "complex(A())", "int(B())", "operator.index(B())", "[1,2][B()]", "'%d' % A()", "chr(A())", "round(1.5, B())",
    "float(Double(1))", "float(F(2))", "float(Wrong(1))", "0 / -10**50", "0 / 10**50", "0 / -5",
    "configparser.ConfigParser().readfp([])", "importlib.find_loader('os') is not None",
):
    t(source)

try:
    exec((lambda a, b, *c: 1).__code__)
except TypeError as e:
    print(e)
exec((lambda *a, **k: print(a, k)).__code__)
try:
    exec((lambda *, k: 1).__code__)
except TypeError as e:
    print(e)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    t("[1][B()]")

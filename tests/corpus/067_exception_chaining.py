"""Chained exceptions: __cause__, __context__, tracebacks, and what lives as long as they do."""
import sys


class Witness:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


class Problem(Exception):
    def __del__(self):
        print("problem gone", [getattr(a, "name", a) for a in self.args])


def fail(depth):
    witness = Witness(f"depth {depth}")
    if depth:
        try:
            fail(depth - 1)
        except Problem as error:
            raise Problem(depth) from error
    raise Problem(depth)


try:
    fail(2)
except Problem as error:
    print(error.args, error.__cause__.args, error.__cause__.__cause__.args)
    print(sys.getrefcount(error), sys.getrefcount(error.__cause__))
    tb = error.__traceback__
    while tb:
        print(tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno, tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
print("handled")


def context():
    try:
        raise Problem("first")
    except Problem:
        try:
            raise Problem("second")
        finally:
            raise Problem("third")


try:
    context()
except Problem as error:
    chain = []
    while error:
        chain.append(error)
        error = error.__context__
    print([e.args[0] for e in chain], [sys.getrefcount(e) for e in chain])
try:
    error
except NameError:
    print("unbound")
del chain[0]
print("one less")
del chain


def suppress():
    try:
        raise Problem("hidden")
    except Problem:
        raise Problem("shown") from None


try:
    suppress()
except Problem as error:
    print(error.__suppress_context__, error.__context__.args)

saved = None
try:
    witness = Witness("local of module")
    raise Problem(witness)
except Problem as error:
    saved = error
    saved.note = saved
del witness
print(sys.getrefcount(saved), sys.exc_info()[0])
saved = saved.with_traceback(None)
del saved.note
del saved
print("loop of retries")
for attempt in range(3):
    try:
        if attempt < 2:
            raise Problem(attempt)
        print("worked")
    except Problem as error:
        last = error
    else:
        print("else", last.args)
    finally:
        print("finally", attempt)
del last
try:
    try:
        raise Problem("inner")
    except Problem as inner:
        inner.__traceback__ = None
        raise inner
except Problem as error:
    print(error.__context__)

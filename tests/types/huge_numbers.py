"""Verifies widths, precisions, repetitions and literals beyond what anybody needs."""
import collections


def show(what):
    try:
        result = what()
    except (ValueError, OverflowError, MemoryError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
    else:
        print(len(result), result[:6], result[-6:])


for number, text in ((1, "a"), (-255, "abcdefgh")):
    show(lambda: "%100000d" % number)
    show(lambda: "%-100000d|" % number)
    show(lambda: "%0100000x" % number)
    show(lambda: "%#.100000x" % number)
    show(lambda: "%.100000d" % number)
    show(lambda: "%.100000f" % number)
    show(lambda: "%+.100000e" % number)
    show(lambda: "%100000.5s" % text)
    show(lambda: b"%100000d" % number)
    show(lambda: f"{number:0100000}")
    show(lambda: f"{number:0100000,}")
    show(lambda: f"{number / 2:<100000.70000f}")
    show(lambda: f"{text:*^100000}")
    show(lambda: f"{complex(number):100000}")
show(lambda: "%99999999999999999999d" % 1)
show(lambda: "%.99999999999999999999f" % 1)
for unit in ("ab", b"ab", bytearray(b"ab"), (1, 2), [1, 2]):
    show(lambda: unit * (2**63 - 1))
    show(lambda: unit * 2**64)
    show(lambda: unit * 2**61)
show(lambda: collections.deque([1], 2**70))
show(lambda: collections.deque([1], -1))
for source in (
    "9" * 4300,
    "9" * 4301,
    "x = -" + "9" * 5000,
    "0x" + "f" * 5000,
    "1_0" * 2160,
    "9" * 5000 + "j",
    "9" * 5000 + ".0",
    "(\n" + "1" * 6000 + "\n+",
    "match x:\n case " + "1" * 5000 + ": pass",
    "\x01",
    "x \x7f y",
    "(\x1a)",
    "\u200b",
):
    try:
        compile(source, "<s>", "exec")
        print("ok")
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset, len(error.text))


class Endless:
    def __int__(self):
        return int(self)


for what in (lambda: "%d" % Endless(), lambda: int(Endless())):
    try:
        what()
    except RecursionError as error:
        print(error)
import datetime

for what in (lambda: datetime.date("2020"), lambda: datetime.datetime(2020, 1.5), lambda: datetime.date(2020), lambda: datetime.date("2020", 1)):
    try:
        what()
    except TypeError as error:
        print(error)
import dataclasses

try:
    dataclasses.dataclass("no class")
except AttributeError as error:
    print(error)
import gc

for what in (lambda: gc.set_threshold(2**70), lambda: gc.set_threshold(700, 2**40), lambda: gc.set_threshold(-(2**40)), lambda: gc.set_debug(2**40)):
    try:
        what()
    except OverflowError as error:
        print(error)

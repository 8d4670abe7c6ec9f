# Verifies which of several bases gives a class its layout, and which cannot go together, for built-in types of every kind.
from collections import deque, OrderedDict, defaultdict
import array, io, random, functools, itertools, datetime, decimal, types, threading, fractions
class M1:
    def hello(self): return 1
for T in (deque, array.array, io.StringIO, io.BytesIO, io.FileIO, functools.partial, datetime.date, datetime.datetime, datetime.timedelta, datetime.timezone, decimal.Decimal, types.SimpleNamespace, types.ModuleType, OrderedDict, defaultdict, property, classmethod, staticmethod, super, enumerate, reversed, zip, map, filter, itertools.count, itertools.chain, BaseException, OSError, StopIteration, memoryview, slice, range, bool, io.TextIOWrapper, io.BufferedReader, io.IOBase, io.RawIOBase, type, object, set, frozenset, bytearray, int, float, str, complex, itertools.cycle, threading.local, ImportError, UnicodeDecodeError, SyntaxError, datetime.tzinfo, datetime.time, decimal.Context):
    try:
        class A(M1, T): pass
        print(T.__name__, A.__base__.__name__)
    except TypeError as e: print(T, e)
    try:
        class A(T, M1): pass
        print(T.__name__, A.__base__.__name__)
    except TypeError as e: print(T, e)
    try:
        class A(T): pass
        class B(M1, A): pass
        print(T.__name__, B.__base__.__name__, B.__basicsize__, B.__dictoffset__, B.__weakrefoffset__)
    except TypeError as e: print(T, e)
    try:
        class A(T, deque): pass
        print(T.__name__, A.__base__.__name__)
    except TypeError as e: print(T, e)
    try:
        class A(T): pass
        class C(T): pass
        class B(C, A): pass
        print(B.__base__.__name__, B.__basicsize__)
        o = object.__new__(M1)
        o.__class__ = A
    except TypeError as e: print(T, e)


class Loud:
    def write(self, text):
        return super().write(text.upper())


class LoudText(Loud, io.StringIO):
    pass


class Counting(Loud, random.Random):
    def random(self):
        self.count = getattr(self, "count", 0) + 1
        return super().random()


text = LoudText("start ")
text.seek(0, 2)
text.write("end")
print(text.getvalue(), LoudText.__base__, type(text).__mro__[1:3])
dice = Counting(3)
print(dice.randint(1, 6), dice.count, Counting.__base__)


class Lines(Loud, deque):
    __slots__ = ()


print(Lines("abc", 2), hasattr(Lines(), "__dict__"))

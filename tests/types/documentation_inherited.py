# Documentation that a program's own classes take over from the library's, and that of methods of the machine's own classes.
import collections
import collections.abc
import contextvars
import decimal
import enum
import io
import time


class Color(enum.Enum):
    "Colors."
    RED = 1
    GREEN = 2


class Table(collections.abc.Mapping):
    def __getitem__(self, key):
        return key

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0


Point = collections.namedtuple("Point", "x y")
for thing in [Color, Table, Point, decimal.Decimal.quantize, io.StringIO.getvalue, contextvars.ContextVar.get, time.sleep]:
    help(thing)


class Meta(type):
    pass


class WithMeta(metaclass=Meta):
    "documented"
    x = 1


for owner, name in [(WithMeta, "__doc__"), (WithMeta, "x"), (Color, "__doc__"), (int, "real"), (WithMeta, "y")]:
    try:
        print(name, repr(object.__getattribute__(owner, name)))
    except AttributeError as error:
        print(error)
for owner in [decimal.Decimal, decimal.Context, io.StringIO, io.BytesIO, io.FileIO, contextvars.ContextVar, Point]:
    for name, thing in sorted(vars(owner).items()):
        if not name.startswith("_") and name != "copy":
            print(owner.__name__, name, repr(thing.__doc__)[:90])

"""What the end of a program leaves: built-in names restored, exit handlers in order, `exit` and `quit` themselves."""
import atexit
import builtins
import sys


class Noted:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __del__(self, say=sys.stdout.write):
        say(f"del {self.name}\n")


print(exit, quit, help, type(exit), exit.name, exit.eof)
for leave in (lambda: exit(3), lambda: quit(code="x"), exit):
    try:
        leave()
    except SystemExit as error:
        print(error.code)
try:
    type("Odd", (1,), {})
except TypeError as error:
    print(error)
try:
    sys.getsizeof(type("Sized", (), {"__sizeof__": lambda self: "z"})())
except TypeError as error:
    print(error)


def late(noted):
    print("late is registered")
    atexit.register(print, "never called")


def gone():
    print("gone is never called")


def remover(noted):
    atexit.unregister(gone)
    print("unregistered", atexit._ncallbacks())


atexit.register(print, "first", Noted("argument of the first"))
atexit.register(late, Noted("argument of late"))
atexit.register(gone)
atexit.register(remover, Noted("argument of remover"))
builtins.stash = Noted("built-in name")
builtins._stash = Noted("underscored built-in name")


class Last:
    def __del__(self, say=sys.stdout.write):
        try:
            open
        except NameError as error:
            say(f"{error} {len is not None}\n")


builtins.last = Last()
for leave in (lambda: exit(1, 2, 3), lambda: quit(codes=1)):
    try:
        leave()
    except TypeError as error:
        print(error)

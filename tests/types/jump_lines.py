# Assigning f_lineno in a trace function: forwards, backwards, out of blocks, into them, and from where it is not allowed.
import sys


def jump(function, at, to, event="line"):
    first = function.__code__.co_firstlineno
    done = []

    def trace(frame, what, arg):
        if frame.f_code is function.__code__ and what == event and not done and frame.f_lineno == first + at:
            done.append(1)
            try:
                frame.f_lineno = first + to if isinstance(to, int) else to
            except (ValueError, AttributeError) as e:
                print("refused:", type(e).__name__, e)
                sys.settrace(None)
                return None
        return trace

    out = []
    sys.settrace(trace)
    try:
        function(out)
    except BaseException as e:
        print("raised:", type(e).__name__, e)
    finally:
        sys.settrace(None)
    print(function.__name__, at, to, out)


def plain(out):
    out.append(1)
    out.append(2)
    out.append(3)
    out.append(4)


def loops(out):
    out.append(1)
    for i in 1, 2:
        out.append(i * 10)
        for j in 5, 6:
            out.append(j)
    out.append(6)
    while True:
        out.append(8)
        break
    x = [k for k in range(3)]
    out.append(x)


def blocks(out):
    try:
        out.append(2)
        with Manager(out) as m:
            out.append(4)
            for i in range(2):
                out.append(6)
        out.append(7)
        1 / 0
    except ZeroDivisionError:
        out.append(10)
        out.append(11)
    finally:
        out.append(13)
    out.append(14)


class Manager:
    def __init__(self, out):
        self.out = out

    def __enter__(self):
        self.out.append("enter")

    def __exit__(self, *args):
        self.out.append("exit")


def generator(out):
    def inner():
        out.append("a")
        yield 1
        out.append("b")
        yield 2
        out.append("c")

    for each in inner():
        out.append(each)


for at, to in (1, 3), (3, 1), (2, 4), (1, 0), (1, -1), (1, 9), (1, "x"), (1, 2.0), (1, True), (1, 2**40), (1, -(2**70)):
    jump(plain, at, to)
for at, to in (1, 6), (3, 6), (5, 6), (5, 3), (5, 2), (1, 3), (1, 5), (6, 2), (6, 8), (8, 1), (1, 11), (10, 11), (7, 11), (11, 2):
    jump(loops, at, to)
for at, to in (2, 7), (4, 7), (6, 7), (6, 14), (4, 14), (2, 4), (1, 2), (14, 2), (14, 4), (2, 10), (10, 11), (11, 14), (11, 2), (10, 13), (13, 14), (13, 2), (2, 13), (7, 14), (14, 13):
    jump(blocks, at, to)
for event in "call", "return", "exception":
    jump(plain, 0 if event == "call" else 4, 2, event)
    jump(blocks, 8, 14, event)


def suspended(frame, what, arg):
    if frame.f_code.co_name == "inner" and what == "return" and arg == 1:
        frame.f_lineno += 2
    return suspended


out = []
sys.settrace(suspended)
generator(out)
sys.settrace(None)
print(out)

frame = sys._getframe()
for value in 3, None, "x":
    try:
        frame.f_lineno = value
    except (ValueError, AttributeError) as e:
        print(e)
try:
    del frame.f_lineno
except AttributeError as e:
    print(e)


def over():
    return sys._getframe()


def unstarted():
    yield


for frame in over(), unstarted().gi_frame:
    try:
        frame.f_lineno = 1
    except ValueError as e:
        print(e)


class Caller:
    """A hook that, when it dies, wants to install another one."""

    def __init__(self, install, current):
        self.install, self.current = install, current

    def __call__(self, *args):
        pass

    def __del__(self):
        print("installed meanwhile:", self.current())
        try:
            self.install(print)
        except RuntimeError as e:
            print(e)


for install, current in (sys.settrace, sys.gettrace), (sys.setprofile, sys.getprofile):
    install(Caller(install, current))
    install(None)
    print(current())


# Frames below a delegate that `throw` works on
def names():
    frame, found = sys._getframe(1), []
    while frame.f_back:
        found.append(frame.f_code.co_name)
        frame = frame.f_back
    return found


def delegate():
    try:
        yield 1
    except KeyError:
        print(names(), sys.exc_info()[0].__name__)
        yield 2


def outer():
    try:
        1 / 0
    except ZeroDivisionError:
        print((yield from delegate()))


g = outer()
print(next(g), g.throw(KeyError), names())
try:
    g.throw(ValueError("through"))
except ValueError as e:
    print(repr(e), repr(e.__context__))

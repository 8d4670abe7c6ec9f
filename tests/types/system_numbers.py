import io
import os
import optparse
import types
import warnings

for call in [
    "os.WEXITSTATUS(status=256)", "os.WEXITSTATUS('a')", "os.WIFEXITED(0)", "os.WIFEXITED(9)", "os.WIFEXITED(2**40)",
    "os.WIFSIGNALED(9)", "os.WIFSIGNALED(0x7f)", "os.WTERMSIG(139)", "os.WCOREDUMP(139)", "os.WIFSTOPPED(0x137f)",
    "os.WSTOPSIG(0x137f)", "os.WIFCONTINUED(0xffff)", "os.major(2049)", "os.major(-1)", "os.major('a')", "os.major(2**64)",
    "os.makedev(8)", "os.makedev(4096, 70000)", "os.minor(70000)", "os.makedev(-1, -1)", "os.putenv('a=b', 'c')",
    "os.environ.__setitem__('a=b', 'c')", "optparse.OptionParser().add_option()", "types.TracebackType(None, None, 1, 1)",
    "warnings.warn_explicit('a', 5, 'f', 1)", "warnings.warn_explicit('a', int, 'f', 1)", "warnings.warn('a', int)",
]:
    try:
        print(call, eval(call))
    except Exception as error:
        print(call, type(error).__name__, error)

# A text stream takes any number for a place and hands it back; its encoding may change where nothing has been read ahead.
text = io.TextIOWrapper(io.BytesIO("h\xe9llo\r\nw\xf6rld\n".encode()), encoding="utf-8")
for work in [
    lambda: text.seek(1.5), lambda: text.seek(True), lambda: text.seek(0), lambda: text.readline(),
    lambda: text.reconfigure(encoding="latin-1"), lambda: text.seek(0), lambda: text.reconfigure(encoding="latin-1"),
    lambda: ascii(text.read()), lambda: text.seek("a"), lambda: text.seek(0.0, 2), lambda: text.seek(.5, 1), lambda: text.encoding,
]:
    try:
        print(work())
    except Exception as error:
        print(type(error).__name__, error)


class Raw(io.RawIOBase):
    def __init__(self, answer):
        self.answer = answer

    def writable(self):
        return True

    def write(self, data):
        return self.answer


for answer in ["x", -1, 99, None, 1.5]:
    buffered = io.BufferedWriter(Raw(answer), 3)
    try:
        print(buffered.write(b"abcdef"))
    except OSError as error:
        print(type(error).__name__, error, error.errno)
    buffered.raw.answer = 3

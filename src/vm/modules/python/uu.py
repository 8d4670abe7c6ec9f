"""uuencoding: bytes as printable characters, in lines with a length in front."""

import binascii
import os
import sys

__all__ = ["Error", "encode", "decode"]


class Error(Exception):
    pass


def encode(in_file, out_file, name=None, mode=None, *, backtick=False):
    """Encodes a file; files may be given by name, `-` being the standard streams."""
    opened = []
    try:
        if in_file == "-":
            in_file = sys.stdin.buffer
        elif isinstance(in_file, str):
            if name is None:
                name = os.path.basename(in_file)
            if mode is None:
                try:
                    mode = os.stat(in_file).st_mode
                except AttributeError:
                    pass
            in_file = open(in_file, "rb")
            opened.append(in_file)
        if out_file == "-":
            out_file = sys.stdout.buffer
        elif isinstance(out_file, str):
            out_file = open(out_file, "wb")
            opened.append(out_file)
        if name is None:
            name = "-"
        if mode is None:
            mode = 0o666
        # The name stands on one line.
        name = name.replace("\n", "\\n").replace("\r", "\\r")
        out_file.write(("begin %o %s\n" % ((mode & 0o777), name)).encode("ascii"))
        data = in_file.read(45)
        while len(data) > 0:
            out_file.write(binascii.b2a_uu(data, backtick=backtick))
            data = in_file.read(45)
        out_file.write(b"`\nend\n" if backtick else b" \nend\n")
    finally:
        for each in opened:
            each.close()


def decode(in_file, out_file=None, mode=None, quiet=False):
    """Decodes a file; without one to write to, into that which it names, if there is none yet."""
    opened = []
    if in_file == "-":
        in_file = sys.stdin.buffer
    elif isinstance(in_file, str):
        in_file = open(in_file, "rb")
        opened.append(in_file)
    try:
        while True:
            header = in_file.readline()
            if not header:
                raise Error("No valid begin line found in input file")
            if not header.startswith(b"begin"):
                continue
            fields = header.split(b" ", 2)
            if len(fields) == 3 and fields[0] == b"begin":
                try:
                    int(fields[1], 8)
                    break
                except ValueError:
                    pass
        if out_file is None:
            out_file = fields[2].rstrip(b" \t\r\n\f").decode("ascii")
            if os.path.exists(out_file):
                raise Error(f"Cannot overwrite existing file: {out_file}")
            if out_file.startswith(os.sep) or f"..{os.sep}" in out_file or os.altsep and (
                    out_file.startswith(os.altsep) or f"..{os.altsep}" in out_file):
                raise Error(f"Refusing to write to {out_file} due to directory traversal")
        if mode is None:
            mode = int(fields[1], 8)
        if out_file == "-":
            out_file = sys.stdout.buffer
        elif isinstance(out_file, str):
            fp = open(out_file, "wb")
            os.chmod(out_file, mode)
            out_file = fp
            opened.append(out_file)
        line = in_file.readline()
        while line and line.strip(b" \t\r\n\f") != b"end":
            try:
                data = binascii.a2b_uu(line)
            except binascii.Error as v:
                # Some encoders write more than they announce.
                nbytes = (((line[0] - 32) & 63) * 4 + 5) // 3
                data = binascii.a2b_uu(line[:nbytes])
                if not quiet:
                    sys.stderr.write("Warning: %s\n" % v)
            out_file.write(data)
            line = in_file.readline()
        if not line:
            raise Error("Truncated input file")
    finally:
        for each in opened:
            each.close()


def test():
    """What `python -m uu` does."""
    import optparse
    parser = optparse.OptionParser(usage="usage: %prog [-d] [-t] [input [output]]")
    parser.add_option("-d", "--decode", dest="decode", help="Decode (instead of encode)?", default=False,
                      action="store_true")
    parser.add_option("-t", "--text", dest="text", help="data is text, encoded format unix-compatible text?",
                      default=False, action="store_true")
    options, args = parser.parse_args()
    if len(args) > 2:
        parser.error("incorrect number of arguments")
        sys.exit(1)
    input, output = (args + [sys.stdin.buffer, sys.stdout.buffer][len(args):])[:2]
    if options.decode:
        if options.text:
            if not isinstance(output, str):
                print(sys.argv[0], ": cannot do -t to stdout")
                sys.exit(1)
            output = open(output, "wb")
        decode(input, output)
    else:
        if options.text:
            if not isinstance(input, str):
                print(sys.argv[0], ": cannot do -t from stdin")
                sys.exit(1)
            input = open(input, "rb")
        encode(input, output)


if __name__ == "__main__":
    test()

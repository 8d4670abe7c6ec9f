"""Quoted-printable (RFC 1521): bytes as text that mostly can be read."""

from io import BytesIO

try:
    from binascii import a2b_qp, b2a_qp
except ImportError:
    a2b_qp = b2a_qp = None

__all__ = ["encode", "decode", "encodestring", "decodestring"]

ESCAPE = b"="
MAXLINESIZE = 76
HEX = b"0123456789ABCDEF"
EMPTYSTRING = b""


def needsquoting(c, quotetabs, header):
    """Whether a byte must be quoted; a line's end never is."""
    assert isinstance(c, bytes)
    if c in b" \t":
        return quotetabs
    if c == b"_":
        return header
    return c == ESCAPE or not b" " <= c <= b"~"


def quote(c):
    assert isinstance(c, bytes) and len(c) == 1
    n = ord(c)
    return ESCAPE + bytes((HEX[n // 16], HEX[n % 16]))


def _written(line, end):
    """A line without what could get lost on the way: a blank at its end, a point alone."""
    if line[-1:] in (b" ", b"\t"):
        line = line[:-1] + quote(line[-1:])
    elif line == b".":
        line = quote(line)
    return line + end


def _quoted(line, quotetabs, header):
    parts = []
    for c in line:
        c = bytes((c,))
        if needsquoting(c, quotetabs, header):
            c = quote(c)
        parts.append(b"_" if header and c == b" " else c)
    return b"".join(parts)


def encode(input, output, quotetabs, header=False):
    """Encodes one file into another."""
    if b2a_qp is not None:
        output.write(b2a_qp(input.read(), quotetabs=quotetabs, header=header))
        return
    last = None
    end = b""
    while line := input.readline():
        end = b"\n" if line[-1:] == b"\n" else b""
        line = _quoted(line[:-1] if end else line, quotetabs, header)
        if last is not None:
            output.write(_written(last, b"\n"))
        while len(line) > MAXLINESIZE:
            # Room is left for the sign that the line goes on.
            output.write(_written(line[:MAXLINESIZE - 1], b"=\n"))
            line = line[MAXLINESIZE - 1:]
        last = line
    if last is not None:
        output.write(_written(last, end))


def encodestring(s, quotetabs=False, header=False):
    if b2a_qp is not None:
        return b2a_qp(s, quotetabs=quotetabs, header=header)
    output = BytesIO()
    encode(BytesIO(s), output, quotetabs, header)
    return output.getvalue()


def decode(input, output, header=False):
    """Decodes one file into another."""
    if a2b_qp is not None:
        output.write(a2b_qp(input.read(), header=header))
        return
    new = b""
    while line := input.readline():
        at, size = 0, len(line)
        partial = True
        if size > 0 and line[size - 1:size] == b"\n":
            partial = False
            size -= 1
            # Blanks at a line's end were not sent.
            while size > 0 and line[size - 1:size] in b" \t\r":
                size -= 1
        while at < size:
            c = line[at:at + 1]
            if c == b"_" and header:
                new += b" "
                at += 1
            elif c != ESCAPE:
                new += c
                at += 1
            elif at + 1 == size and not partial:
                # The line goes on.
                partial = True
                break
            elif at + 1 < size and line[at + 1:at + 2] == ESCAPE:
                new += ESCAPE
                at += 2
            elif at + 2 < size and ishex(line[at + 1:at + 2]) and ishex(line[at + 2:at + 3]):
                new += bytes((unhex(line[at + 1:at + 3]),))
                at += 3
            else:
                # No escape after all.
                new += c
                at += 1
        if not partial:
            output.write(new + b"\n")
            new = b""
    if new:
        output.write(new)


def decodestring(s, header=False):
    if a2b_qp is not None:
        return a2b_qp(s, header=header)
    output = BytesIO()
    decode(BytesIO(s), output, header=header)
    return output.getvalue()


def ishex(c):
    """Whether a byte is a hexadecimal digit."""
    assert isinstance(c, bytes)
    return b"0" <= c <= b"9" or b"a" <= c <= b"f" or b"A" <= c <= b"F"


def unhex(s):
    """The number of hexadecimal digits."""
    bits = 0
    for c in s:
        digit = bytes((c,))
        assert ishex(digit), "non-hex digit " + repr(digit)
        bits = bits * 16 + int(digit, 16)
    return bits


def main():
    import getopt
    import sys
    try:
        opts, args = getopt.getopt(sys.argv[1:], "td")
    except getopt.error as msg:
        sys.stdout = sys.stderr
        print(msg)
        print("usage: quopri [-t | -d] [file] ...")
        print("-t: quote tabs")
        print("-d: decode; default encode")
        sys.exit(2)
    deco = False
    tabs = False
    for o, a in opts:
        if o == "-t":
            tabs = True
        if o == "-d":
            deco = True
    if tabs and deco:
        sys.stdout = sys.stderr
        print("-t and -d are mutually exclusive")
        sys.exit(2)
    status = False
    for file in args or ["-"]:
        if file == "-":
            fp = sys.stdin.buffer
        else:
            try:
                fp = open(file, "rb")
            except OSError as msg:
                sys.stderr.write("%s: can't open (%s)\n" % (file, msg))
                status = True
                continue
        try:
            if deco:
                decode(fp, sys.stdout.buffer)
            else:
                encode(fp, sys.stdout.buffer, tabs)
        finally:
            if file != "-":
                fp.close()
    if status:
        sys.exit(status)


if __name__ == "__main__":
    main()

"""re: what patterns, matches, scanners and callbacks hold."""
import gc
import re
import sys

rc = sys.getrefcount


class Text(str):
    def __del__(self):
        print("  free text", str.__str__(self)[:5])


t = Text("alpha beta gamma")
p = re.compile(r"(\w)(\w+)")
m = p.match(t)
print(rc(t), rc(p), m.string is t, m.re is p, m.group(1, 2))
it = p.finditer(t)
n = next(it)
print(n.group(), rc(t), rc(n), rc(p))
del n
print(next(it).span())
del it
print(rc(t))
g = m.groups()
print(g, rc(g))
del t
print("match holds the text", m.string[:5])
del m


def repl(match):
    print("  repl", match.group(), rc(match), rc(match.string))
    return match.group().upper()


print(p.sub(repl, Text("ab cd")))
print(re.split(r"(-)", Text("x-y-z")))
print(p.findall(Text("one two")))
s = p.scanner(Text("scan me")) if hasattr(p, "scanner") else None
print(s.match().group(), rc(s.pattern) > 1)
del s
print(re.compile(r"(\w)(\w+)") is p)
print(re.fullmatch(r"\d+", Text("123")).end())
print(re.match("x", Text("no match")))
m = re.match(r"(?P<a>x)(?P<b>y)?", "xz")
d = m.groupdict()
print(d, rc(d), m.lastgroup, m["b"])
import copy
c = copy.copy(m)
print(c is m, copy.deepcopy(p) is p)
e = m.expand(r"\1-\g<a>")
print(e)
try:
    re.compile("(")
except re.error as err:
    saved = err
print(saved, saved.pos, rc(saved.pattern) > 0)
keep = [x for x in re.finditer("a.", Text("a1a2"))]
print([k.group() for k in keep], rc(keep[0].string))
keep.pop()
keep.pop()

class T(str): pass
class B(bytes): pass
t=T("ab cd"); b=B(b"ab cd"); ba=bytearray(b"ab cd")
f=lambda m:(print(rc(t),rc(b),rc(ba)),m.group())[1]
for x,p in ((t,"\w"),(b,b"\w"),(ba,b"\w")):
    re.sub(p,f,x,1)
    it=re.finditer(p,x); print('it',rc(x)); m=next(it); print(rc(x)); list(it); print(rc(x)); del it; print(rc(x)); del m; print(rc(x))
    s=re.compile(p).scanner(x); print(rc(x)); s.match(); print(rc(x)); del s; print(rc(x))
def g(m):
    try: ba.append(1)
    except BufferError as e: print(e)
    return b''
re.sub(b"a",g,ba)
it = re.finditer(b"a", ba)
try: ba.append(1)
except BufferError as e: print(e)
m=next(it)
list(it)
try: ba.append(1)
except BufferError as e: print(e)
del it
ba.append(1)
print(ba, m.group())
it = re.finditer(b"a", ba)
print([type(x).__name__ for x in gc.get_referrers(ba)])

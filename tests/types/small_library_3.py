# Small modules: netrc, xdrlib, urllib.robotparser, zipapp, and messages of the library that were not CPython's.
import enum, io, netrc, operator, os, tempfile, urllib.error, urllib.robotparser, xdrlib, zipapp, zipfile
from datetime import datetime, timezone, tzinfo


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


class Floating(tzinfo):
    def utcoffset(self, when):
        return None


attempt(datetime(2024, 1, 1, tzinfo=Floating()).timestamp)
attempt(datetime(2024, 1, 1, tzinfo=timezone.utc).timestamp)
attempt(datetime.strptime, "1 1", "%d %d")
attempt(lambda: "%i" % "a")
attempt(lambda: "%u" % None)
attempt(lambda: "%x" % 1.5)
attempt(operator.itemgetter)
attempt(operator.attrgetter)


class Color(enum.Enum):
    RED = 1


print(reversed(Color).__qualname__, type(Color).__len__.__qualname__)

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "logins")

    def read(text):
        with open(path, "w") as f:
            f.write(text)
        return netrc.netrc(path)

    found = read("machine a login me password #x account acc # c\nmacdef m\nline 1\n  line 2\n\ndefault login you password p\n")
    print(found.hosts, found.macros, found.authenticators("b"))
    print(found)
    for wrong in "what", "machine h login x", "machine h nope x", "machine h login x machine i":
        try:
            read(wrong)
        except netrc.NetrcParseError as e:
            print(e.msg, e.lineno)
    program = os.path.join(folder, "program")
    os.mkdir(program)
    attempt(zipapp.create_archive, program)
    with open(os.path.join(program, "mod.py"), "w") as f:
        f.write("def run(): pass\n")
    attempt(lambda: zipapp.create_archive(program, main="mod"))
    out = io.BytesIO()
    zipapp.create_archive(program, out, interpreter="python3", main="mod:run")
    print(out.getvalue()[:10], zipfile.ZipFile(out).namelist(), zipfile.ZipFile(out).read("__main__.py"))
    out.seek(0)
    print(zipapp.get_interpreter(out))

p = xdrlib.Packer()
p.pack_int(-5)
p.pack_string(b"hello")
p.pack_uhyper(2**40 + 1)
p.pack_double(1.5)
p.pack_list([1, 2], p.pack_uint)
p.pack_array([True, False], p.pack_bool)
print(p.get_buffer())
attempt(p.pack_int, "x")
attempt(p.pack_farray, 3, [1], p.pack_int)
u = xdrlib.Unpacker(p.get_buffer())
print(u.unpack_int(), u.unpack_string(), u.unpack_uhyper(), u.unpack_double(), u.unpack_list(u.unpack_uint))
attempt(u.done)
print(u.unpack_array(u.unpack_bool), u.done(), u.get_position())
attempt(u.unpack_int)

robots = urllib.robotparser.RobotFileParser("http://h/robots.txt")
print(robots.can_fetch("a", "/"), robots.path)
robots.parse(
    """
User-agent: figtree
User-agent: Google # both
Disallow: /tmp
Allow: /tmp/ok
Crawl-delay: 3
Request-rate: 9/30

Sitemap: http://h/map.xml
User-agent: *
Disallow: /a b
""".splitlines()
)
print(robots)
for agent, url in ("figtree/1.0", "http://h/tmp/x"), ("other", "/a%20b/c"), ("other", "/"), ("google", "/z"):
    print(agent, url, robots.can_fetch(agent, url))
print(robots.crawl_delay("google"), robots.request_rate("figtree"), robots.crawl_delay("x"), robots.site_maps())
e = urllib.error.HTTPError("http://h", 404, "Not Found", {"a": "b"}, None)
print(e, repr(e), e.reason, e.code, e.headers, e.status, e.read(), repr(urllib.error.URLError("why")), isinstance(e, OSError))

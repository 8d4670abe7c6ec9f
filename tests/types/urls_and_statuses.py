# URLs taken apart, joined, quoted; the codes of HTTP; modules that do not exist inside those that do.
import sys
from http import HTTPStatus
from urllib.parse import (
    parse_qs, parse_qsl, quote, quote_plus, unquote, unquote_plus, unquote_to_bytes, urldefrag, urlencode, urljoin,
    urlparse, urlsplit, urlunsplit,
)
import urllib.parse

BASE = "http://a/b/c/d;p?q"
for url in ("g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "g#s", ";x", "g;x", "", ".", "./", "..", "../", "../g", "../..",
            "../../../g", "/./g", "/../g", "g.", ".g", "..g", "./../g", "./g/.", "g/./h", "g/../h", "http:g", "mailto:x@y"):
    print(repr(url), urljoin(BASE, url))
for url in ("https://user:pw@Host.Example:8042/over/there;v=1?name=ferret&x=#nose", "file:///tmp/x", "//[::1]:80/p", b"http://h/p?q",
            "mailto:me@x", "x:8080", "path;par", "http://h:99999/", "http://h:abc/", "http://[::1/", "ht tp://x", "\thttp://a/\nb "):
    try:
        parts = urlparse(url)
        print(parts, parts.hostname, parts.username, parts.password)
        print(parts.geturl(), urlsplit(url), urldefrag(url), parts.port)
    except ValueError as error:
        print("ValueError", error)
print(urlunsplit(("http", "h", "p q", "a=1", "f")), urlsplit("http://h/p")._replace(path="/z").geturl())
print(quote("a b/ü?&=+~"), quote("a/b", safe=""), quote_plus("a b+c"), quote(b"\xff x"), quote("é", encoding="latin-1"))
print(unquote("a%20b%C3%BC%zz%"), unquote_plus("a+b%2B"), unquote_to_bytes("%ff%41"), unquote("%ff"), unquote(b"%41"))
print(urlencode({"a": 1, "b": "x y"}), urlencode([("k", [1, 2]), ("s", "ab")], doseq=True), urlencode({"k": b"\xfe"}))
print(parse_qs("a=1&a=2&b=&c"), parse_qs("a=1&b=", keep_blank_values=True), parse_qsl("x=%20+y&z=1;w=2"), parse_qsl(b"a=1"))
for bad in (lambda: parse_qs("a&b=1", strict_parsing=True), lambda: parse_qsl("a=1", separator=""), lambda: urlencode(5),
            lambda: urlencode("ab"), lambda: quote(3), lambda: urljoin("http://a", b"b"), lambda: quote(b"x", encoding="utf-8"),
            lambda: parse_qsl("a&b", max_num_fields=1)):
    try:
        print(bad())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(urllib.parse.unwrap("<URL:scheme://h/p>"), urllib.parse._splitport("h:80"), urllib.parse._splithost("//h/p"))
print(HTTPStatus.NOT_FOUND, repr(HTTPStatus(418)), HTTPStatus.OK.phrase, HTTPStatus.TOO_MANY_REQUESTS.description)
print(len(HTTPStatus), sum(HTTPStatus), [s.name for s in HTTPStatus][-3:])
try:
    import urllib.nothing
except ModuleNotFoundError as error:
    print(error)
print([frame.f_lineno for frame in sys._current_frames().values()])

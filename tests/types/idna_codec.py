import codecs
from encodings import idna

for name in ["bücher.example", "www.python.org", "straße.de", "例え.テスト", "a..b", ".", "a.", "ÜNI.ﬁn。x", "Pröbst", "a\u200db", "\u0627b", "\u0627\u0661", "x\u00a0y", "xn--é.x", "é" * 60, "a" * 64, "a" * 64 + ".b"]:
    try:
        encoded = name.encode("idna")
        print(ascii(name), encoded, ascii(encoded.decode("idna")))
    except UnicodeError as error:
        print(ascii(name[:12]), type(error).__name__, error, repr(error.__cause__))
for name in [b"xn--bcher-kva.example", b"xn--999999999", b"xn--a", b"caf\xe9", b"plain.", b"XN--bcher-kva", b"xn--BCHER-kva", b"a" * 1025 + b"xn--"]:
    try:
        print(name[:24], name.decode("idna"))
    except UnicodeError as error:
        print(name[:24], type(error).__name__, str(error)[:80])
for errors in ["ignore", "strict"]:
    for work in [lambda: "é".encode("idna", errors), lambda: b"xn--9ca".decode("idna", errors)]:
        try:
            print(work())
        except UnicodeError as error:
            print(error)
encoder, decoder = codecs.getincrementalencoder("idna")(), codecs.getincrementaldecoder("idna")()
print([encoder.encode(piece) for piece in ["bü", "cher.ex", "ample."]], encoder.encode("ö", True))
print([decoder.decode(piece) for piece in [b"xn--bch", b"er-kva.ex", b"ample."]], decoder.decode(b"xn--nda", True))
print(idna.nameprep("Ⅷ Straße"), idna.ToASCII("ü"), idna.ToUnicode("xn--tda"), codecs.lookup("idna").name)

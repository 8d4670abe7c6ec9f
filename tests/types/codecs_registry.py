# codecs by name, registered ones too; error handlers; readers, writers; places and reasons of errors
import warnings; warnings.simplefilter('ignore')
import codecs
for n in ["utf-8","latin1","ascii","cp1252","utf-16","utf-32-be","utf-7","unicode_escape","raw-unicode-escape","iso8859-15","koi8_r","mac_roman","hex","rot13","base64","punycode","utf_8_sig","cp037","undefined","charmap","us-ascii","windows-1252","L1"]:
    ci=codecs.lookup(n)
    print(n, ci.name, ci._is_text_encoding)
    try:
        e=codecs.encode("abc\xe9" if ci._is_text_encoding else (b"abc" if n!='rot13' else 'abc'), n, "replace" if ci._is_text_encoding and n!='punycode' else "strict")
        print(e, repr(codecs.decode(e,n)))
        print(codecs.getincrementaldecoder(n)().decode(e,True), codecs.getincrementalencoder(n)().encode("abc" if ci._is_text_encoding or n=='rot13' else b"abc"))
    except Exception as e: print(type(e),e)
print("+AOk-".encode("utf-7"), b"+AOk-".decode("utf7"), "\U0001f600é+".encode("utf-7"))
for x in [b"+", b"+AA", b"a\xffb", b"+AOk", b"+\xe9"]:
    try: print(x.decode("utf-7"))
    except Exception as e: print(e)
    print(ascii(x.decode("utf-7","replace")))
for x in [b"\\x4", b"\\u12", b"\\N{FOO}", b"\\N{EURO SIGN}", b"\\", b"\\q", b"\\777", b"\\U99999999"]:
    for c in("unicode_escape","raw_unicode_escape"):
        try: print(c, x, ascii(x.decode(c)))
        except Exception as e: print(c, x, e)
def h(e):
    print(type(e).__name__, e.start, e.end, e.reason, e.object); return ("?!", e.end)
codecs.register_error("mine", h)
print("a\u1234b".encode("ascii","mine"), b"a\xffb".decode("utf-8","mine"), "a\u1234b".encode("cp437","mine"), b"\x81a".decode("cp1252","mine"))
try: "x".encode("hex")
except Exception as e: print(e)
try: b"x".decode("hex")
except Exception as e: print(e)
try: "x".encode("nope")
except Exception as e: print(e)
try: "x\u1234".encode("ascii","nope")
except Exception as e: print(e)
try: codecs.decode(b"xx","hex")
except Exception as e: print(type(e), e, repr(e.__cause__))
def sf(name):
    print("search", name)
    if name=="my_codec": return codecs.CodecInfo(lambda s,e="strict":(b"E"+bytes(s,"ascii"),len(s)), lambda b,e="strict":("D"+str(b,"ascii"),len(b)),name="my")
codecs.register(sf)
print("abc".encode("My Codec"), b"abc".decode("my-codec"), str(b"x","my_codec"))
codecs.unregister(sf)
try: "abc".encode("my_codec")
except Exception as e: print(e)
import io
r=codecs.getreader("utf-8")(io.BytesIO("aé\nb\r\nc".encode()))
print(r.readline(), r.read(1), r.readlines())
print(list(codecs.iterdecode([b"\xc3",b"\xa9x"],"utf-8")), list(codecs.iterencode(["a","é"],"utf-16")))
w=io.BytesIO(); t=io.TextIOWrapper(w,encoding="utf-7"); t.write("é"); t.flush(); print(w.getvalue()); 
t=io.TextIOWrapper(io.BytesIO(b"+AOk-a\nb"),encoding="utf-7"); print(t.readline(), t.read())
t=io.TextIOWrapper(io.BytesIO(b"\x80a\nb"),encoding="cp1252"); print(t.readline(), t.read())
for name in ["cp037","cp437","cp1251","cp1256","iso8859-2","iso8859-15","koi8-u","mac-roman","mac-cyrillic","tis-620","cp875","hp-roman8"]:
    print(name, ascii(bytes(range(256)).decode(name,"replace"))[:700])
try: io.TextIOWrapper(w,encoding="hex")
except Exception as e: print(e)
print(codecs.charmap_build("".join(map(chr,range(256)))).size() > 0)
print(codecs.escape_decode(b"a\\x41\\n"), codecs.escape_encode(b"a'\n\xff"))
print([codecs.lookup_error(n)(UnicodeEncodeError("ascii","a\u20acb",1,2,"why")) for n in ("ignore","replace","xmlcharrefreplace","backslashreplace","namereplace")])

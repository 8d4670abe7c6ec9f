# What a coding comment declares, where a program compiles bytes.
for name, byte in [("cp1252", 0x80), ("windows-1252", 0x80), ("cp1250", 0x9a), ("iso-8859-2", 0xb1), ("latin2", 0xb1), ("ISO_8859-7", 0xe1), ("cp437", 0xe1), ("mac-roman", 0xe1), ("koi8_u", 0xa4), ("cp866", 0xe1), ("latin-1", 0xe1), ("iso-8859-15", 0xa4), ("cp1252", 0x81), ("iso8859_7", 0xff), ("cp037", 0x41)]:
    source = b"# coding: %s\nfound = '%c'\n" % (name.encode(), byte)
    names = {}
    try:
        exec(compile(source, "<bytes>", "exec"), names)
        print(name, ascii(names["found"]))
    except SyntaxError as error:
        print(name, error.msg.replace("position %d" % source.find(b"'"), "place"), error.lineno)
print(ascii(eval(b"# coding: cp1251\n'\xe1\xe2'")))
for source in [b"\xef\xbb\xbf# coding: latin-1\n1", b"\xef\xbb\xbf# coding: utf8\n1", b"\xef\xbb\xbf# coding: cp1252\n1"]:
    try:
        print(eval(source))
    except SyntaxError as error:
        print(error.msg)

# Verifies mimetypes without the system's tables: kinds of names and URLs, packed ones, suffixes of kinds, tables of one's own.
import io
import mimetypes
from pathlib import PurePath

# The system may have tables of its own.
mimetypes.knownfiles.clear()

for name in ("a.txt", "b.TXT", "c.tar.gz", "d.tgz", "e.svgz", "f.html", "g", "h.unknown", "http://x.org/i.png?q=1", "data:text/html,<p>",
             "data:,x", "data:image/png;base64,QQ==", "data:a=b,c", "data:broken", "j.jpg", "k.midi", "l.Z", "m.js.br", ".bashrc", "n.PNG"):
    print(name, mimetypes.guess_type(name), mimetypes.guess_type(name, strict=False))
print(mimetypes.guess_type(PurePath("a/b.pdf")))
for kind in ("text/plain", "image/jpeg", "TEXT/HTML", "audio/midi", "application/octet-stream", "x/y"):
    print(kind, mimetypes.guess_extension(kind), mimetypes.guess_all_extensions(kind), mimetypes.guess_all_extensions(kind, strict=False))
mimetypes.add_type("x/y", ".why")
mimetypes.add_type("x/y", ".wye")
print(mimetypes.guess_type("q.why"), mimetypes.guess_extension("x/y"), mimetypes.types_map[".why"])
own = mimetypes.MimeTypes()
own.readfp(io.StringIO("# comment\nmy/kind one two # three\n\nbare/kind\nother/kind\tone\n"))
print(own.guess_type("a.one"), own.guess_all_extensions("my/kind"), own.guess_type("q.why"), len(own.types_map), mimetypes.inited)
print(mimetypes.read_mime_types("/tmp/no/such/file"), len(mimetypes.common_types), sorted(mimetypes.encodings_map), sorted(mimetypes.suffix_map))

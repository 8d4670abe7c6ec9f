"""Imports that fail where a script expects it, users' records, files of packages, metadata of distributions."""
import os

for name in ("msvcrt", "winreg", "_winapi"):
    try:
        __import__(name)
    except ModuleNotFoundError as error:
        print(error, error.name)

import grp
import importlib.metadata
import importlib.resources
import pwd

user = pwd.getpwall()[0]
print(type(user), len(user), user.pw_name == user[0], pwd.getpwuid(user.pw_uid) == user, pwd.getpwnam(user.pw_name) == user)
for call in (lambda: pwd.getpwnam("nobody there"), lambda: pwd.getpwuid(987654), lambda: grp.getgrnam("none such"), lambda: grp.getgrgid(987654)):
    try:
        call()
    except KeyError as error:
        print(error)
print(os.path.expanduser("~nobody there/x"), os.path.expanduser("~") != "~", os.path.expanduser("a~"))

try:
    importlib.metadata.version("no-such-distribution")
except importlib.metadata.PackageNotFoundError as error:
    print(error, repr(error), error.name, error.__class__.__mro__[1])

import tempfile

with tempfile.TemporaryDirectory() as folder:
    info = os.path.join(folder, "Some_Thing-1.5.dist-info")
    os.mkdir(info)
    with open(os.path.join(info, "METADATA"), "w") as file:
        file.write("Metadata-Version: 2.1\nName: Some.Thing\nVersion: 1.5\nRequires-Dist: a>1\nRequires-Dist: b ; extra == 'c'\n\nText.\n")
    with open(os.path.join(info, "entry_points.txt"), "w") as file:
        file.write("[console_scripts]\nsome = os.path:join\nother = os\n\n[plugins]\np = json.decoder:JSONDecoder.decode [x,y]\n")
    with open(os.path.join(info, "RECORD"), "w") as file:
        file.write("some/__init__.py,sha256=abc,12\nsome/data.txt,,\n")
    [dist] = importlib.metadata.distributions(path=[folder])
    print(dist.metadata["name"], dist.metadata["Version"], dist.version, dist.requires, dist.metadata["None"], "version" in dist.metadata)
    for point in dist.entry_points:
        print(point, point.module, point.attr, len(point.extras), point.load().__name__)
    print([(str(path), path.size, path.hash) for path in dist.files])
    print(dist.read_text("nothing"), dist.locate_file("x") == dist._path.parent / "x")

for call in (lambda: importlib.resources.read_text("json.decoder", "x"), lambda: importlib.resources.read_text("json", "a/b")):
    try:
        call()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)

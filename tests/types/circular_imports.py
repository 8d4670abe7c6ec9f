"""Modules that import each other in a circle, and what an ImportError knows."""
import os
import sys
import tempfile

SOURCES = {
    "first_of_circle": "import second_of_circle\nx = 1\n",
    "second_of_circle": """
import first_of_circle
try:
    first_of_circle.x
except AttributeError as error:
    print(error)
try:
    from first_of_circle import x
except ImportError as error:
    print(str(error).split(" (/")[0], error.name, os.path.basename(error.path))
print(first_of_circle.__spec__._initializing)
""".replace("import first", "import os, first", 1),
    "no_circle": "y = 1\n",
    "broken_one": "z = 1\n1 / 0\n",
}

with tempfile.TemporaryDirectory() as folder:
    for name, source in SOURCES.items():
        with open(os.path.join(folder, name + ".py"), "w") as file:
            file.write(source)
    sys.path.insert(0, folder)
    import first_of_circle

    print(first_of_circle.__spec__._initializing, sorted(first_of_circle.__spec__.__dict__))
    try:
        from no_circle import y, z
    except ImportError as error:
        print(str(error).split(" (/")[0], error.name, os.path.basename(error.path))
    try:
        import broken_one
    except ZeroDivisionError:
        print("broken_one" in sys.modules)
    del sys.path[0]
try:
    from sys import no_such_thing
except ImportError as error:
    print(error, error.name, error.path)
try:
    import sys.no_such_module
except ImportError as error:
    print(error, error.name, error.path)

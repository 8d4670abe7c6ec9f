"""Documentation of objects as plain text: what `help(object)` shows.

Pages of HTML, their server, and the interactive help are not part of this.
"""

import builtins
import importlib
import inspect
import os
import pkgutil
import re
import sys
import types
from reprlib import Repr

from _imports import unsupported as _unsupported

__all__ = ["help"]

_RULE = "-" * 70

_HIDDEN = frozenset("""
    __author__ __builtins__ __cached__ __credits__ __date__ __doc__ __file__ __spec__ __loader__ __module__ __name__
    __package__ __path__ __qualname__ __slots__ __version__
""".split())


class ErrorDuringImport(Exception):
    """Importing a module for its documentation raised something."""

    def __init__(self, filename, exc_info):
        self.filename = filename
        self.exc, self.value, self.tb = exc_info

    def __str__(self):
        return "problem in %s - %s: %s" % (self.filename, self.exc.__name__, self.value)


def _isclass(object):
    return inspect.isclass(object) and not isinstance(object, types.GenericAlias)


def _class_of_function(func):
    """The class that a function was defined in, by its qualified name."""
    found = sys.modules.get(func.__module__)
    if found is None:
        return None
    for name in func.__qualname__.split(".")[:-1]:
        found = getattr(found, name)
    return found if _isclass(found) else None


def _place(obj):
    """The class and the name under which an attribute is found; None if it is none, or not that one any more."""
    if inspect.ismethod(obj):
        name, owner = obj.__func__.__name__, obj.__self__
        if _isclass(owner) and getattr(getattr(owner, name, None), "__func__") is obj.__func__:
            return owner, name
        return owner.__class__, name
    if inspect.isfunction(obj):
        name, cls = obj.__name__, _class_of_function(obj)
        return (cls, name) if cls is not None and getattr(cls, name) is obj else None
    if inspect.isbuiltin(obj):
        name, owner = obj.__name__, obj.__self__
        if _isclass(owner) and owner.__qualname__ + "." + name == obj.__qualname__:
            return owner, name
        return owner.__class__, name
    if isinstance(obj, property):
        name, cls = obj.fget.__name__, _class_of_function(obj.fget)
        return (cls, name) if cls is not None and getattr(cls, name) is obj else None
    if inspect.ismethoddescriptor(obj) or inspect.isdatadescriptor(obj):
        name, cls = obj.__name__, obj.__objclass__
        return (cls, name) if getattr(cls, name) is obj else None
    return None


def _finddoc(obj):
    """The documentation that an attribute inherits."""
    place = _place(obj)
    if place is None:
        return None
    cls, name = place
    if inspect.ismemberdescriptor(obj):
        slots = getattr(cls, "__slots__", None)
        if isinstance(slots, dict) and name in slots:
            return slots[name]
    for base in cls.__mro__:
        try:
            doc = _getowndoc(getattr(base, name))
        except AttributeError:
            continue
        if doc is not None:
            return doc
    return None


def _getowndoc(obj):
    """An object's documentation, unless it is only that of its class."""
    try:
        doc = object.__getattribute__(obj, "__doc__")
        if doc is None:
            return None
        if obj is not type:
            of_type = type(obj).__doc__
            if isinstance(of_type, str) and of_type == doc:
                return None
        return doc
    except AttributeError:
        return None


def _getdoc(object):
    doc = _getowndoc(object)
    if doc is None:
        try:
            doc = _finddoc(object)
        except (AttributeError, TypeError):
            return None
    return inspect.cleandoc(doc) if isinstance(doc, str) else None


def getdoc(object):
    """Documentation, or else the comments before the definition."""
    text = _getdoc(object) or inspect.getcomments(object)
    return text and re.sub("^ *\n", "", text.rstrip()) or ""


def splitdoc(doc):
    """The first line, if it stands alone, and the rest."""
    lines = doc.strip().split("\n")
    if len(lines) == 1:
        return lines[0], ""
    if not lines[1].rstrip():
        return lines[0], "\n".join(lines[2:])
    return "", "\n".join(lines)


def classname(object, modname):
    """A class's name, with its module if that is another."""
    name = object.__name__
    return name if object.__module__ == modname else object.__module__ + "." + name


def isdata(object):
    return not (inspect.ismodule(object) or _isclass(object) or inspect.isroutine(object) or inspect.isframe(object)
                or inspect.istraceback(object) or inspect.iscode(object))


def replace(text, *pairs):
    """Replaces pair by pair."""
    for old, new in zip(pairs[::2], pairs[1::2]):
        text = text.replace(old, new)
    return text


def cram(text, maxlen):
    """A text with its middle left out if it is too long."""
    if len(text) <= maxlen:
        return text
    before = max(0, (maxlen - 3) // 2)
    after = max(0, maxlen - 3 - before)
    return text[:before] + "..." + text[len(text) - after:]


_re_stripid = re.compile(r" at 0x[0-9a-f]{6,16}(>+)$", re.IGNORECASE)


def stripid(text):
    """A repr without the address."""
    return _re_stripid.sub(r"\1", text)


def _is_bound_method(fn):
    if inspect.ismethod(fn):
        return True
    if inspect.isbuiltin(fn):
        owner = getattr(fn, "__self__", None)
        return not (inspect.ismodule(owner) or owner is None)
    return False


def allmethods(cl):
    """All methods of a class by name."""
    names = {name for name, _ in inspect.getmembers(cl, inspect.isroutine)}
    for base in cl.__bases__:
        names.update(allmethods(base))
    return {name: getattr(cl, name) for name in names}


def visiblename(name, all=None, obj=None):
    """Whether a name is worth showing."""
    if name in _HIDDEN:
        return False
    if name.startswith("__") and name.endswith("__"):
        return True
    # What named tuples offer begins with an underscore.
    if name.startswith("_") and hasattr(obj, "_fields"):
        return True
    return name in all if all is not None else not name.startswith("_")


def classify_class_attrs(object):
    """Attributes with their kinds; properties and descriptors told apart."""
    found = []
    for name, kind, cls, value in inspect.classify_class_attrs(object):
        if inspect.isdatadescriptor(value):
            read_only = isinstance(value, property) and value.fset is None
            kind = "readonly property" if read_only else "data descriptor"
        found.append((name, kind, cls, value))
    return found


def sort_attributes(attrs, object):
    """By name; the fields of a named tuple come first, in their order."""
    fields = getattr(object, "_fields", [])
    try:
        order = {name: i - len(fields) for i, name in enumerate(fields)}
    except TypeError:
        order = {}
    attrs.sort(key=lambda attr: (order.get(attr[0], 0), attr[0]))


class Doc:
    """Chooses what is to be said of an object."""

    PYTHONDOCS = os.environ.get("PYTHONDOCS", "https://docs.python.org/%d.%d/library" % sys.version_info[:2])

    def document(self, object, name=None, *args):
        args = (object, name) + args
        try:
            if inspect.ismodule(object):
                return self.docmodule(*args)
            if _isclass(object):
                return self.docclass(*args)
            if inspect.isroutine(object):
                return self.docroutine(*args)
        except AttributeError:
            pass
        if inspect.isdatadescriptor(object):
            return self.docdata(*args)
        return self.docother(*args)

    def getdocloc(self, object, basedir=None):
        """Where the manual of a module of the library is."""
        try:
            file = inspect.getabsfile(object)
        except TypeError:
            file = "(built-in)"
        own = object.__name__ in (
            "errno", "exceptions", "gc", "imp", "marshal", "posix", "signal", "sys", "_thread", "zipimport")
        folder = os.path.normcase(os.path.dirname(os.__file__) if hasattr(os, "__file__") else sys.prefix)
        carried = "<frozen" in file
        if not (own or carried or file.startswith(folder) and "site-packages" not in file):
            return None
        if object.__name__ in ("xml.etree", "test.pydoc_mod"):
            return None
        return "%s/%s.html" % (self.PYTHONDOCS.rstrip("/"), object.__name__.lower())


class TextRepr(Repr):
    """Representations that are not too long."""

    def __init__(self):
        Repr.__init__(self)
        self.maxlist = self.maxtuple = 20
        self.maxdict = 10
        self.maxstring = self.maxother = 100

    def repr1(self, x, level):
        if hasattr(type(x), "__name__"):
            method = getattr(self, "repr_" + "_".join(type(x).__name__.split()), None)
            if method is not None:
                return method(x, level)
        return cram(stripid(repr(x)), self.maxother)

    def repr_string(self, x, level):
        test = cram(x, self.maxstring)
        shown = repr(test)
        if "\\" in test and "\\" not in replace(shown, r"\\", ""):
            # Raw it can be read.
            return "r" + shown[0] + test + shown[0]
        return shown

    repr_str = repr_string

    def repr_instance(self, x, level):
        try:
            return cram(stripid(repr(x)), self.maxstring)
        except:
            return "<%s instance>" % x.__class__.__name__


class _Attributes:
    """The sections of a class's documentation, a rule between them."""

    def __init__(self, of, object, mod, lines):
        self.of, self.object, self.mod, self.lines = of, object, mod, lines
        self.begun = False

    def section(self, title, attrs, kind, write):
        """Writes the attributes of a kind; the others come back."""
        chosen = [attr for attr in attrs if attr[1] == kind]
        if chosen:
            if self.begun:
                self.lines.append(_RULE)
            self.begun = True
            self.lines.append(title)
            for attr in chosen:
                self.lines.append(write(*attr))
        return [attr for attr in attrs if attr[1] != kind]

    def method(self, name, kind, homecls, value):
        try:
            found = getattr(self.object, name)
        except Exception:
            # A descriptor that does not want to be looked at like this.
            return self.of.docdata(value, name, self.mod)
        return self.of.document(found, name, self.mod, self.object)

    def descriptor(self, name, kind, homecls, value):
        return self.of.docdata(value, name, self.mod)

    def data(self, name, kind, homecls, value):
        doc = getdoc(value)
        try:
            found = getattr(self.object, name)
        except AttributeError:
            found = homecls.__dict__[name]
        return self.of.docother(found, name, self.mod, maxlen=70, doc=doc) + "\n"


class TextDoc(Doc):
    """Documentation as text; what is bold is struck twice."""

    _repr_instance = TextRepr()
    repr = _repr_instance.repr

    def bold(self, text):
        return "".join(c + "\b" + c for c in text)

    def indent(self, text, prefix="    "):
        if not text:
            return ""
        lines = [prefix + line for line in text.split("\n")]
        lines[-1] = lines[-1].rstrip()
        return "\n".join(lines)

    def section(self, title, contents):
        return self.bold(title) + "\n" + self.indent(contents).rstrip() + "\n\n"

    def formattree(self, tree, modname, parent=None, prefix=""):
        """A tree of classes, as inspect.getclasstree gives it."""
        parts = []
        for entry in tree:
            if isinstance(entry, tuple):
                cls, bases = entry
                line = prefix + classname(cls, modname)
                if bases and bases != (parent,):
                    line += "(%s)" % ", ".join(classname(base, modname) for base in bases)
                parts.append(line + "\n")
            elif isinstance(entry, list):
                parts.append(self.formattree(entry, modname, cls, prefix + "    "))
        return "".join(parts)

    def docmodule(self, object, name=None, mod=None):
        name = object.__name__
        synopsis, desc = splitdoc(getdoc(object))
        result = self.section("NAME", name + (synopsis and " - " + synopsis))
        all = getattr(object, "__all__", None)
        location = self.getdocloc(object)
        if location is not None:
            result += self.section("MODULE REFERENCE", location + "\n\n"
                "The following documentation is automatically generated from the Python\n"
                "source files.  It may be incomplete, incorrect or include features that\n"
                "are considered implementation detail and may vary between Python\n"
                "implementations.  When in doubt, consult the module reference at the\n"
                "location listed above.\n")
        if desc:
            result += self.section("DESCRIPTION", desc)
        classes = [(key, value) for key, value in inspect.getmembers(object, _isclass)
                   if (all is not None or (inspect.getmodule(value) or object) is object)
                   and visiblename(key, all, object)]
        funcs = [(key, value) for key, value in inspect.getmembers(object, inspect.isroutine)
                 if (all is not None or inspect.isbuiltin(value) or inspect.getmodule(value) is object)
                 and visiblename(key, all, object)]
        data = [(key, value) for key, value in inspect.getmembers(object, isdata) if visiblename(key, all, object)]
        packaged = set()
        if hasattr(object, "__path__"):
            listed = []
            for _, modname, ispkg in pkgutil.iter_modules(object.__path__):
                packaged.add(modname)
                listed.append(modname + " (package)" if ispkg else modname)
            result += self.section("PACKAGE CONTENTS", "\n".join(sorted(listed)))
        submodules = sorted(key for key, value in inspect.getmembers(object, inspect.ismodule)
                            if value.__name__.startswith(name + ".") and key not in packaged)
        if submodules:
            result += self.section("SUBMODULES", "\n".join(submodules))
        if classes:
            contents = [self.formattree(inspect.getclasstree([value for _, value in classes], 1), name)]
            contents += [self.document(value, key, name) for key, value in classes]
            result += self.section("CLASSES", "\n".join(contents))
        if funcs:
            result += self.section("FUNCTIONS", "\n".join(self.document(value, key, name) for key, value in funcs))
        if data:
            result += self.section("DATA", "\n".join(self.docother(value, key, name, maxlen=70) for key, value in data))
        if hasattr(object, "__version__"):
            version = str(object.__version__)
            if version[:11] == "$" + "Revision: " and version[-1:] == "$":
                version = version[11:-1].strip()
            result += self.section("VERSION", version)
        for title in ("date", "author", "credits"):
            if hasattr(object, "__%s__" % title):
                result += self.section(title.upper(), str(getattr(object, "__%s__" % title)))
        try:
            file = inspect.getabsfile(object)
        except TypeError:
            file = "(built-in)"
        return result + self.section("FILE", file)

    def _class_head(self, object, name, makename):
        """What stands before the attributes: signature, documentation, bases, built-in subclasses."""
        lines = []
        try:
            signature = str(inspect.signature(object))
        except (ValueError, TypeError):
            signature = None
        if signature and signature != "()":
            lines.append(name + signature + "\n")
        doc = getdoc(object)
        if doc:
            lines.append(doc + "\n")
        mro = inspect.getmro(object)
        if len(mro) > 2:
            lines += ["Method resolution order:", *("    " + makename(base) for base in mro), ""]
        subclasses = sorted((cls.__name__ for cls in type.__subclasses__(object)
                             if not cls.__name__.startswith("_") and cls.__module__ == "builtins"), key=str.lower)
        if subclasses:
            lines += ["Built-in subclasses:", *("    " + each for each in subclasses[:4])]
            if len(subclasses) > 4:
                lines.append("    ... and %d other subclasses" % (len(subclasses) - 4))
            lines.append("")
        return lines

    def docclass(self, object, name=None, mod=None, *ignored):
        realname = object.__name__
        name = name or realname
        module = object.__module__

        def makename(cls):
            return classname(cls, module)

        title = "class " + self.bold(realname) if name == realname else self.bold(name) + " = class " + realname
        if object.__bases__:
            title += "(%s)" % ", ".join(map(makename, object.__bases__))
        lines = self._class_head(object, name, makename)
        pages = _Attributes(self, object, mod, lines)
        attrs = [attr for attr in classify_class_attrs(object) if visiblename(attr[0], obj=object)]
        mro = list(inspect.getmro(object))
        while attrs:
            thisclass = mro.pop(0) if mro else attrs[0][2]
            inherited = [attr for attr in attrs if attr[2] is not thisclass]
            own = [attr for attr in attrs if attr[2] is thisclass]
            attrs = inherited
            if object is not builtins.object and thisclass is builtins.object:
                continue
            tag = "defined here" if thisclass is object else "inherited from %s" % makename(thisclass)
            sort_attributes(own, object)
            for kind, title_of_kind, write in (
                    ("method", "Methods", pages.method), ("class method", "Class methods", pages.method),
                    ("static method", "Static methods", pages.method),
                    ("readonly property", "Readonly properties", pages.descriptor),
                    ("data descriptor", "Data descriptors", pages.descriptor),
                    ("data", "Data and other attributes", pages.data)):
                own = pages.section("%s %s:\n" % (title_of_kind, tag), own, kind, write)
            assert own == []
        contents = "\n".join(lines)
        if not contents:
            return title + "\n"
        return title + "\n" + self.indent(contents.rstrip(), " |  ") + "\n"

    def formatvalue(self, object):
        return "=" + self.repr(object)

    def docroutine(self, object, name=None, mod=None, cl=None):
        realname = object.__name__
        name = name or realname
        note = ""
        if _is_bound_method(object):
            cls = object.__self__.__class__
            if cl:
                if cls is not cl:
                    note = " from " + classname(cls, mod)
            elif object.__self__ is not None:
                note = " method of %s instance" % classname(cls, mod)
            else:
                note = " unbound %s method" % classname(cls, mod)
        qualifier = "async " if inspect.iscoroutinefunction(object) or inspect.isasyncgenfunction(object) else ""
        alias = name != realname
        # The other name has the documentation.
        skipdocs = alias and cl and inspect.getattr_static(cl, realname, []) is object
        title = self.bold(name) + " = " + realname if alias else self.bold(realname)
        argspec = None
        if inspect.isroutine(object):
            try:
                argspec = str(inspect.signature(object))
            except (ValueError, TypeError):
                argspec = None
            if argspec and realname == "<lambda>":
                title = self.bold(name) + " lambda "
                argspec = argspec[1:-1]
        decl = qualifier + title + (argspec or "(...)") + note
        if skipdocs:
            return decl + "\n"
        doc = getdoc(object) or ""
        return decl + "\n" + (doc and self.indent(doc).rstrip() + "\n")

    def docdata(self, object, name=None, mod=None, cl=None):
        text = self.bold(name) + "\n" if name else ""
        doc = getdoc(object) or ""
        return text + self.indent(doc) + "\n" if doc else text

    docproperty = docdata

    def docother(self, object, name=None, mod=None, parent=None, maxlen=None, doc=None):
        shown = self.repr(object)
        if maxlen:
            chop = maxlen - len((name and name + " = " or "") + shown)
            if chop < 0:
                shown = shown[:chop] + "..."
        line = (name and self.bold(name) + " = " or "") + shown
        if not doc:
            doc = getdoc(object)
        if doc:
            line += "\n" + self.indent(str(doc)) + "\n"
        return line


class _PlainTextDoc(TextDoc):

    def bold(self, text):
        return text


def plain(text):
    """A text without what was struck twice."""
    return re.sub(".\b", "", text)


def _escape_stdout(text):
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def pager(text):
    sys.stdout.write(plain(_escape_stdout(text)))


plainpager = pager


def describe(thing):
    """What kind of thing it is, and its name."""
    if inspect.ismodule(thing):
        if thing.__name__ in sys.builtin_module_names:
            return "built-in module " + thing.__name__
        return ("package " if hasattr(thing, "__path__") else "module ") + thing.__name__
    if inspect.isbuiltin(thing):
        return "built-in function " + thing.__name__
    for test, kind in ((inspect.isgetsetdescriptor, "getset"), (inspect.ismemberdescriptor, "member")):
        if test(thing):
            cls = thing.__objclass__
            return "%s descriptor %s.%s.%s" % (kind, cls.__module__, cls.__name__, thing.__name__)
    for test, kind in ((_isclass, "class "), (inspect.isfunction, "function "), (inspect.ismethod, "method ")):
        if test(thing):
            return kind + thing.__name__
    return type(thing).__name__


def safeimport(path, forceload=0, cache={}):
    """A module by its name; None if there is none."""
    try:
        module = __import__(path)
    except ImportError as error:
        if getattr(error, "name", None) == path:
            return None
        raise ErrorDuringImport(path, sys.exc_info())
    except Exception:
        raise ErrorDuringImport(path, sys.exc_info())
    for part in path.split(".")[1:]:
        module = getattr(module, part, None)
        if module is None:
            return None
    return module


def locate(path, forceload=0):
    """An object by a dotted name: modules are imported as far as there are any."""
    parts = [part for part in path.split(".") if part]
    module, n = None, 0
    while n < len(parts):
        found = safeimport(".".join(parts[:n + 1]), forceload)
        if not found:
            break
        module, n = found, n + 1
    found = module if module else builtins
    for part in parts[n:]:
        try:
            found = getattr(found, part)
        except AttributeError:
            return None
    return found


text = TextDoc()
plaintext = _PlainTextDoc()


def resolve(thing, forceload=0):
    """An object and its name, of either."""
    if isinstance(thing, str):
        object = locate(thing, forceload)
        if object is None:
            raise ImportError("No Python documentation found for %r.\n"
                              "Use help() to get the interactive help utility.\n"
                              "Use help(str) for help on the str class." % thing)
        return object, thing
    name = getattr(thing, "__name__", None)
    return thing, name if isinstance(name, str) else None


def render_doc(thing, title="Python Library Documentation: %s", forceload=0, renderer=None):
    """The documentation of an object, or of what a name means."""
    if renderer is None:
        renderer = text
    object, name = resolve(thing, forceload)
    desc = describe(object)
    module = inspect.getmodule(object)
    if name and "." in name:
        desc += " in " + name[:name.rfind(".")]
    elif module and module is not object:
        desc += " in module " + module.__name__
    described = (inspect.ismodule(object) or _isclass(object) or inspect.isroutine(object)
                 or inspect.isdatadescriptor(object) or _getdoc(object))
    if not described:
        # Of a value its class is of interest.
        if hasattr(object, "__origin__"):
            object = object.__origin__
        else:
            object = type(object)
            desc += " object"
    return title % desc + "\n\n" + renderer.document(object, name)


def doc(thing, title="Python Library Documentation: %s", forceload=0, output=None):
    """Shows the documentation of an object."""
    try:
        if output is None:
            pager(render_doc(thing, title, forceload))
        else:
            output.write(render_doc(thing, title, forceload, plaintext))
    except (ImportError, ErrorDuringImport) as value:
        print(value)


class Helper:
    """What `help` calls."""

    def __init__(self, input=None, output=None):
        self._input = input
        self._output = output

    def __repr__(self):
        return "<%s.%s instance>" % (self.__class__.__module__, self.__class__.__qualname__)

    _GoInteractive = object()

    def __call__(self, request=_GoInteractive):
        if request is self._GoInteractive:
            _unsupported("help() without an object")
        self.help(request)

    _TOPICS = frozenset("keywords symbols topics modules help quit".split())

    def help(self, request):
        if isinstance(request, str):
            request = request.strip()
            if request in self._TOPICS or request.isupper() or not request.replace(".", "").isidentifier():
                _unsupported("help(%r): pages about topics" % request)
            import keyword
            if keyword.iskeyword(request) and request not in ("True", "False", "None"):
                _unsupported("help(%r): pages about keywords" % request)
            if request in ("True", "False", "None"):
                request = eval(request)
            doc(request, "Help on %s:", output=self._output)
        else:
            doc(request, "Help on %s:", output=self._output)
        if self._output is None:
            sys.stdout.write("\n")
        else:
            self._output.write("\n")


help = Helper()

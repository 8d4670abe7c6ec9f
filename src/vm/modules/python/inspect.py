"""Looking at live objects: what they are, their members, signatures, sources and frames."""

import builtins
import collections.abc
import functools
import itertools
import linecache
import sys
import types
from collections import OrderedDict, namedtuple
from operator import attrgetter

from _inspect_signature import (
    _PARAM_NAME_MAPPING, _ClassMethodWrapper, _empty, _KEYWORD_ONLY, _MethodWrapper, _NonUserDefinedCallables,
    _ParameterKind, _POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _signature_bound_method, _signature_from_builtin,
    _signature_from_callable, _signature_from_function, _signature_fromstr, _signature_get_bound_param, _signature_get_partial,
    _signature_get_user_defined_method, _signature_is_builtin, _signature_is_functionlike,
    _signature_strip_non_python_syntax, _VAR_KEYWORD, _VAR_POSITIONAL, _void, _WrapperDescriptor, BoundArguments,
    formatannotation, Parameter, Signature, signature)

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED = 1, 2, 4, 8, 16
CO_GENERATOR, CO_NOFREE, CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 32, 64, 128, 256, 512
TPFLAGS_IS_ABSTRACT = 1 << 20


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """A dict of the annotations of a class, module or callable; `eval_str` evaluates those that are texts."""
    inner = None
    if isinstance(obj, type):
        found = getattr(obj, "__dict__", None)
        hints = found.get("__annotations__", None) if found and hasattr(found, "get") else None
        if isinstance(hints, types.GetSetDescriptorType):
            hints = None
        module = sys.modules.get(getattr(obj, "__module__", None) or "", None)
        own_globals, own_locals, inner = getattr(module, "__dict__", None), dict(vars(obj)), obj
    elif isinstance(obj, types.ModuleType):
        hints, own_globals, own_locals = getattr(obj, "__annotations__", None), obj.__dict__, None
    elif callable(obj):
        hints, own_globals = getattr(obj, "__annotations__", None), getattr(obj, "__globals__", None)
        own_locals, inner = None, obj
    else:
        raise TypeError(f"{obj!r} is not a module, class, or callable.")
    if hints is None:
        return {}
    if not isinstance(hints, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    if not hints or not eval_str:
        return dict(hints)
    if inner is not None:
        own_globals = getattr(_innermost(inner), "__globals__", own_globals) or own_globals
    if globals is None:
        globals = own_globals
    if locals is None:
        locals = own_locals
    return {key: eval(value, globals, locals) if isinstance(value, str) else value for key, value in hints.items()}


def _innermost(obj):
    """The function inside wrappers and partials."""
    while True:
        if hasattr(obj, "__wrapped__"):
            obj = obj.__wrapped__
        elif isinstance(obj, functools.partial):
            obj = obj.func
        else:
            return obj


# What an object is


def ismodule(object):
    """Whether it is a module."""
    return isinstance(object, types.ModuleType)


def isclass(object):
    """Whether it is a class."""
    return isinstance(object, type)


def ismethod(object):
    """Whether it is a method bound to an object."""
    return isinstance(object, types.MethodType)


def ismethoddescriptor(object):
    """Whether it has __get__ but not __set__, and is neither a method nor a function nor a class."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    kind = type(object)
    return hasattr(kind, "__get__") and not hasattr(kind, "__set__")


def isdatadescriptor(object):
    """Whether it has __set__ or __delete__."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    kind = type(object)
    return hasattr(kind, "__set__") or hasattr(kind, "__delete__")


def ismemberdescriptor(object):
    """Whether it is an attribute that a class keeps in a slot."""
    return isinstance(object, types.MemberDescriptorType)


def isgetsetdescriptor(object):
    """Whether it is a computed attribute of a built-in type."""
    return isinstance(object, types.GetSetDescriptorType)


def isfunction(object):
    """Whether it is a function written in Python."""
    return isinstance(object, types.FunctionType)


def _has_code_flag(f, flag):
    while ismethod(f):
        f = f.__func__
    f = functools._unwrap_partial(f)
    if not (isfunction(f) or _signature_is_functionlike(f)):
        return False
    return bool(f.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    """Whether calling it gives a generator."""
    return _has_code_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    """Whether it is a function defined by `async def`."""
    return _has_code_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    """Whether calling it gives an asynchronous generator."""
    return _has_code_flag(obj, CO_ASYNC_GENERATOR)


def isasyncgen(object):
    """Whether it is an asynchronous generator."""
    return isinstance(object, types.AsyncGeneratorType)


def isgenerator(object):
    """Whether it is a generator."""
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    """Whether it is a coroutine."""
    return isinstance(object, types.CoroutineType)


def isawaitable(object):
    """Whether `await` takes it."""
    if isinstance(object, (types.CoroutineType, collections.abc.Awaitable)):
        return True
    return isinstance(object, types.GeneratorType) and bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)


def istraceback(object):
    """Whether it is a traceback."""
    return isinstance(object, types.TracebackType)


def isframe(object):
    """Whether it is a frame."""
    return isinstance(object, types.FrameType)


def iscode(object):
    """Whether it is code."""
    return isinstance(object, types.CodeType)


def isbuiltin(object):
    """Whether it is a function or bound method that is built in."""
    return isinstance(object, types.BuiltinFunctionType)


def isroutine(object):
    """Whether it is a function or method of any kind."""
    return isbuiltin(object) or isfunction(object) or ismethod(object) or ismethoddescriptor(object)


def isabstract(object):
    """Whether it is a class that cannot be instantiated because it has abstract methods."""
    if not isinstance(object, type):
        return False
    if object.__flags__ & TPFLAGS_IS_ABSTRACT:
        return True
    from abc import ABCMeta

    if not issubclass(type(object), ABCMeta) or hasattr(object, "__abstractmethods__"):
        return False
    # Its metaclass is still at work on it.
    for value in object.__dict__.values():
        if getattr(value, "__isabstractmethod__", False):
            return True
    for base in object.__bases__:
        for name in getattr(base, "__abstractmethods__", ()):
            if getattr(getattr(object, name, None), "__isabstractmethod__", False):
                return True
    return False


def getmembers(object, predicate=None):
    """(name, value) of all members, sorted by name; only those of which the predicate is true."""
    mro = ()
    if isclass(object):
        mro = (object,) + getmro(object)
    names = dir(object)
    try:
        for base in object.__bases__:
            names += [k for k, v in base.__dict__.items() if isinstance(v, types.DynamicClassAttribute)]
    except AttributeError:
        pass
    found, met = [], set()
    for name in names:
        try:
            value = getattr(object, name)
            if name in met:
                raise AttributeError
        except AttributeError:
            for base in mro:
                if name in base.__dict__:
                    value = base.__dict__[name]
                    break
            else:
                # A slot without a value, or a name that dir() made up.
                continue
        if not predicate or predicate(value):
            found.append((name, value))
        met.add(name)
    found.sort(key=lambda pair: pair[0])
    return found


Attribute = namedtuple("Attribute", "name kind defining_class object")


def classify_class_attrs(cls):
    """An Attribute for each name of the class: what kind it is of, and which class defines it."""
    mro = getmro(cls)
    metamro = tuple([c for c in getmro(type(cls)) if c not in (type, object)])
    class_bases, all_bases = (cls,) + mro, (cls,) + mro + metamro
    names = dir(cls)
    for base in mro:
        for name, value in base.__dict__.items():
            if isinstance(value, types.DynamicClassAttribute) and value.fget is not None:
                names.append(name)
    result, done = [], set()
    for name in names:
        made = _classify(cls, name, name in done, class_bases, all_bases, metamro)
        if made is not None:
            result.append(made)
        done.add(name)
    return result


def _classify(cls, name, again, class_bases, all_bases, metamro):
    home, by_get, by_dict = None, None, None
    if not again:
        try:
            if name == "__dict__":
                raise Exception("__dict__ is special, don't want the proxy")
            by_get = getattr(cls, name)
        except Exception:
            pass
        else:
            home = getattr(by_get, "__objclass__", home)
            if home not in class_bases:
                # It came from the metaclass, or from nowhere that can be told.
                home, last = None, None
                for base in class_bases:
                    if getattr(base, name, None) is by_get:
                        last = base
                for base in metamro:
                    try:
                        seen = base.__getattr__(cls, name)
                    except AttributeError:
                        continue
                    if seen is by_get:
                        last = base
                if last is not None:
                    home = last
    for base in all_bases:
        if name in base.__dict__:
            by_dict = base.__dict__[name]
            if home not in metamro:
                home = base
            break
    if home is None:
        return None
    obj = by_get if by_get is not None else by_dict
    if isinstance(by_dict, (staticmethod, types.BuiltinMethodType)):
        kind, obj = "static method", by_dict
    elif isinstance(by_dict, (classmethod, types.ClassMethodDescriptorType)):
        kind, obj = "class method", by_dict
    elif isinstance(by_dict, property):
        kind, obj = "property", by_dict
    else:
        kind = "method" if isroutine(obj) else "data"
    return Attribute(name, kind, home, obj)


def getmro(cls):
    "The class and its bases, in the order in which they are searched."
    return cls.__mro__


def unwrap(func, *, stop=None):
    """What is inside all the wrappers; `stop` says where to stop."""
    inside = func
    met = {id(inside): inside}
    limit = sys.getrecursionlimit()
    while hasattr(inside, "__wrapped__") and not (stop is not None and stop(inside)):
        inside = inside.__wrapped__
        if id(inside) in met or len(met) >= limit:
            raise ValueError("wrapper loop when unwrapping {!r}".format(func))
        met[id(inside)] = inside
    return inside


# Documentation


def indentsize(line):
    """The width of the space in front."""
    expanded = line.expandtabs()
    return len(expanded) - len(expanded.lstrip())


def _findclass(func):
    found = sys.modules.get(func.__module__)
    if found is None:
        return None
    for name in func.__qualname__.split(".")[:-1]:
        found = getattr(found, name)
    return found if isclass(found) else None


def _finddoc(obj):
    """The documentation that the attribute inherits."""
    if isclass(obj):
        for base in obj.__mro__:
            doc = base.__doc__ if base is not object else None
            if doc is not None:
                return doc
        return None
    found = _home_of(obj)
    if found is None:
        return None
    cls, name = found
    if ismemberdescriptor(obj):
        slots = getattr(cls, "__slots__", None)
        if isinstance(slots, dict) and name in slots:
            return slots[name]
    for base in cls.__mro__:
        try:
            value = getattr(base, name)
        except AttributeError:
            continue
        doc = value.__doc__
        if doc is not None:
            return doc
    return None


def _home_of(obj):
    """The class to which a method or a property belongs, and its name there."""
    if ismethod(obj):
        name, owner = obj.__func__.__name__, obj.__self__
        if isclass(owner) and getattr(getattr(owner, name, None), "__func__") is obj.__func__:
            return owner, name
        return owner.__class__, name
    if isfunction(obj):
        name, cls = obj.__name__, _findclass(obj)
        return None if cls is None or getattr(cls, name) is not obj else (cls, name)
    if isbuiltin(obj):
        name, owner = obj.__name__, obj.__self__
        if isclass(owner) and owner.__qualname__ + "." + name == obj.__qualname__:
            return owner, name
        return owner.__class__, name
    if isinstance(obj, property):
        name, cls = obj.fget.__name__, _findclass(obj.fget)
        return None if cls is None or getattr(cls, name) is not obj else (cls, name)
    if ismethoddescriptor(obj) or isdatadescriptor(obj):
        name, cls = obj.__name__, obj.__objclass__
        return None if getattr(cls, name) is not obj else (cls, name)
    return None


def getdoc(object):
    """The documentation, its own or inherited, with the indentation cleaned up; None for none."""
    try:
        doc = object.__doc__
    except AttributeError:
        return None
    if doc is None:
        try:
            doc = _finddoc(object)
        except (AttributeError, TypeError):
            return None
    return cleandoc(doc) if isinstance(doc, str) else None


def cleandoc(doc):
    """The text without the indentation that its lines after the first have in common, and without blank lines around it."""
    try:
        lines = doc.expandtabs().split("\n")
    except UnicodeError:
        return None
    margins = [len(line) - len(line.lstrip()) for line in lines[1:] if line.lstrip()]
    margin = min(margins, default=0)
    lines = [lines[0].lstrip(), *[line[margin:] for line in lines[1:]]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


# Sources


def getfile(object):
    """The file in which it is defined."""
    if ismodule(object):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError("{!r} is a built-in module".format(object))
    if isclass(object):
        if hasattr(object, "__module__"):
            module = sys.modules.get(object.__module__)
            if getattr(module, "__file__", None):
                return module.__file__
            if object.__module__ == "__main__":
                raise OSError("source code not available")
        raise TypeError("{!r} is a built-in class".format(object))
    code = _code_of(object)
    if code is not None:
        return code.co_filename
    raise TypeError(
        "module, class, method, function, traceback, frame, or code object was expected, got {}".format(
            type(object).__name__))


def _code_of(object):
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    return object if iscode(object) else None


def getmodulename(path):
    """The name of the module in this file, or None."""
    name = path.rpartition("/")[2]
    for suffix in (".cpython-310-x86_64-linux-gnu.so", ".abi3.so", ".pyc", ".py", ".so"):
        if name.endswith(suffix):
            return name[:-len(suffix)]
    return None


def getsourcefile(object):
    """The file of its source, or None."""
    filename = getfile(object)
    if filename.endswith(".pyc"):
        filename = filename[:-1]
    if linecache.getlines(filename) or filename in linecache.cache:
        return filename
    module = getmodule(object, filename)
    if getattr(module, "__loader__", None) is not None or getattr(getattr(module, "__spec__", None), "loader", None):
        return filename
    return None


def getabsfile(object, _filename=None):
    """The same as an absolute path."""
    if _filename is None:
        _filename = getsourcefile(object) or getfile(object)
    import os

    return os.path.normcase(os.path.abspath(_filename))


modulesbyfile = {}
_filesbymodname = {}


def getmodule(object, _filename=None):
    """The module in which it is defined, or None."""
    if ismodule(object):
        return object
    if hasattr(object, "__module__"):
        return sys.modules.get(object.__module__)
    if _filename is None:
        try:
            _filename = getfile(object)
        except (TypeError, FileNotFoundError):
            return None
    for name, module in sys.modules.copy().items():
        file = getattr(module, "__file__", None) if ismodule(module) else None
        if file and _filesbymodname.get(name) != file:
            _filesbymodname[name] = file
            modulesbyfile[file] = module.__name__
    if _filename in modulesbyfile:
        return sys.modules.get(modulesbyfile[_filename])
    if not hasattr(object, "__name__"):
        return None
    for module in (sys.modules["__main__"], sys.modules["builtins"]):
        if getattr(module, object.__name__, None) is object:
            return module
    return None


class ClassFoundException(Exception):
    pass


class EndOfBlock(Exception):
    pass


def _class_line(source, qualname, filename):
    """The line (from 0) on which the class is defined: found among the code objects of the compiled source."""
    waiting = [(compile(source, filename, "exec", dont_inherit=True), "")]
    while waiting:
        code, prefix = waiting.pop(0)
        inner = []
        for const in code.co_consts:
            if not iscode(const):
                continue
            name = prefix + const.co_name
            if const.co_flags & CO_NEWLOCALS:
                inner.append((const, name + ".<locals>."))
            elif name == qualname:
                return const.co_firstlineno - 1
            else:
                inner.append((const, name + "."))
        waiting[:0] = inner
    raise OSError("could not find class definition")


def findsource(object):
    """All lines of its file, and the line (from 0) on which it begins; OSError if there is no source."""
    file = getsourcefile(object)
    if file:
        linecache.checkcache(file)
    else:
        file = getfile(object)
        if not (file.startswith("<") and file.endswith(">")):
            raise OSError("source code not available")
    module = getmodule(object, file)
    lines = linecache.getlines(file, module.__dict__) if module else linecache.getlines(file)
    if not lines:
        raise OSError("could not get source code")
    if ismodule(object):
        return lines, 0
    if isclass(object):
        return lines, _class_line("".join(lines), object.__qualname__, file)
    code = _code_of(object)
    if code is None:
        raise OSError("could not find code object")
    if not hasattr(code, "co_firstlineno"):
        raise OSError("could not find function definition")
    at = code.co_firstlineno - 1
    if at >= len(lines):
        raise OSError("lineno is out of bounds")
    return lines, at


def getcomments(object):
    """The comment right before it, or at the beginning of a module; None for none."""
    try:
        lines, at = findsource(object)
    except (OSError, TypeError):
        return None
    if ismodule(object):
        start = 1 if lines and lines[0][:2] == "#!" else 0
        while start < len(lines) and lines[start].strip() in ("", "#"):
            start += 1
        if start >= len(lines) or lines[start][:1] != "#":
            return None
        end = start
        while end < len(lines) and lines[end][:1] == "#":
            end += 1
        return "".join([line.expandtabs() for line in lines[start:end]])
    indent = indentsize(lines[at])
    start = at
    while start > 0 and lines[start - 1].lstrip()[:1] == "#" and indentsize(lines[start - 1]) == indent:
        start -= 1
    comments = [line.expandtabs().lstrip() for line in lines[start:at]]
    while comments and comments[0].strip() == "#":
        comments.pop(0)
    while comments and comments[-1].strip() == "#":
        comments.pop()
    return "".join(comments) if comments else None


class _LineReader:
    """Goes through lines of source and knows, after each, whether it is inside brackets or a long string."""

    def __init__(self):
        self.depth, self.quote = 0, None

    def inside(self):
        return self.depth > 0 or self.quote is not None or self.continued

    def read(self, line):
        """Goes over a line; its words outside of strings and comments."""
        at, code = 0, []
        self.continued = False
        while at < len(line):
            if self.quote:
                if line[at] == "\\":
                    at += 2
                elif line.startswith(self.quote, at):
                    at += len(self.quote)
                    self.quote = None
                else:
                    at += 1
                continue
            letter = line[at]
            if letter == "#":
                break
            if letter in "\"'":
                self.quote = letter * 3 if line.startswith(letter * 3, at) else letter
                at += len(self.quote)
                continue
            if letter in "([{":
                self.depth += 1
            elif letter in ")]}":
                self.depth = max(self.depth - 1, 0)
            code.append(letter)
            at += 1
        if self.quote and len(self.quote) == 1:
            # A string in one line goes on only after a backslash.
            self.continued = line.rstrip("\r\n").endswith("\\")
            if not self.continued:
                self.quote = None
        elif line.rstrip("\r\n").endswith("\\"):
            self.continued = True
        return "".join(code)


def getblock(lines):
    """The lines of the block at the beginning: a definition with its body, or one statement."""
    reader = _LineReader()
    at, header, is_block = 0, "", False
    # The decorators, and the logical line that begins the block.
    while at < len(lines):
        begins = lines[at].strip()
        header = reader.read(lines[at])
        at += 1
        while reader.inside() and at < len(lines):
            header += reader.read(lines[at])
            at += 1
        if begins.startswith("@") or not begins or begins.startswith("#"):
            continue
        is_block = begins.startswith(("def ", "class ", "async "))
        break
    if not is_block or not header.rstrip().endswith(":"):
        return lines[:at]
    margin = indentsize(lines[0])
    end, body = at, None
    while at < len(lines):
        line = lines[at]
        words = line.strip()
        indent = indentsize(line)
        if not words:
            at += 1
            continue
        if words.startswith("#"):
            if body is not None and indent >= body:
                end = at + 1
            at += 1
            continue
        if indent <= margin:
            break
        if body is None:
            body = indent
        reader.read(line)
        at += 1
        while reader.inside() and at < len(lines):
            reader.read(lines[at])
            at += 1
        end = at
    return lines[:end]


def getsourcelines(object):
    """The lines of its source, and the number of the first one (0 for a module)."""
    object = unwrap(object)
    lines, at = findsource(object)
    if istraceback(object):
        object = object.tb_frame
    if ismodule(object) or isframe(object) and object.f_code.co_name == "<module>":
        return lines, 0
    return getblock(lines[at:]), at + 1


def getsource(object):
    """Its source as one text."""
    lines, _ = getsourcelines(object)
    return "".join(lines)


# Class trees


def walktree(classes, children, parent):
    """One level of a class tree, as getclasstree gives it."""
    result = []
    classes.sort(key=attrgetter("__module__", "__name__"))
    for each in classes:
        result.append((each, each.__bases__))
        if each in children:
            result.append(walktree(children[each], children, each))
    return result


def getclasstree(classes, unique=False):
    """The classes as nested lists: after each (class, bases) the list of the classes derived from it."""
    children, roots = {}, []
    for each in classes:
        for parent in each.__bases__ or ():
            derived = children.setdefault(parent, [])
            if each not in derived:
                derived.append(each)
            if unique and parent in classes:
                break
        if not each.__bases__ and each not in roots:
            roots.append(each)
    for parent in children:
        if parent not in classes:
            roots.append(parent)
    return walktree(roots, children, None)


# Arguments

Arguments = namedtuple("Arguments", "args, varargs, varkw")
ArgSpec = namedtuple("ArgSpec", "args varargs keywords defaults")
FullArgSpec = namedtuple("FullArgSpec", "args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations")
ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals")
ClosureVars = namedtuple("ClosureVars", "nonlocals globals builtins unbound")


def getargs(co):
    """The names of the arguments that code takes."""
    if not iscode(co):
        raise TypeError("{!r} is not a code object".format(co))
    names, at = co.co_varnames, co.co_argcount + co.co_kwonlyargcount
    varargs = varkw = None
    if co.co_flags & CO_VARARGS:
        varargs = names[at]
        at += 1
    if co.co_flags & CO_VARKEYWORDS:
        varkw = names[at]
    return Arguments(list(names[:co.co_argcount + co.co_kwonlyargcount]), varargs, varkw)


def getargspec(func):
    """Deprecated: names and defaults of the parameters; getfullargspec knows of all kinds."""
    import warnings

    warnings.warn("inspect.getargspec() is deprecated since Python 3.0, use inspect.signature() or inspect.getfullargspec()",
                  DeprecationWarning, stacklevel=2)
    args, varargs, varkw, defaults, kwonlyargs, _, annotations = getfullargspec(func)
    if kwonlyargs or annotations:
        raise ValueError(
            "Function has keyword-only parameters or annotations, use inspect.signature() API which can support them")
    return ArgSpec(args, varargs, varkw, defaults)


def getfullargspec(func):
    """Names, defaults and annotations of the parameters."""
    try:
        sig = _signature_from_callable(
            func, follow_wrapper_chains=False, skip_bound_arg=False, sigcls=Signature, eval_str=False)
    except Exception as ex:
        raise TypeError("unsupported callable") from ex
    names = {kind: [] for kind in _ParameterKind}
    defaults, annotations, kwdefaults = (), {}, {}
    if sig.return_annotation is not _empty:
        annotations["return"] = sig.return_annotation
    for param in sig.parameters.values():
        names[param.kind].append(param.name)
        if param.default is not _empty:
            if param.kind is _KEYWORD_ONLY:
                kwdefaults[param.name] = param.default
            else:
                defaults += (param.default,)
        if param.annotation is not _empty:
            annotations[param.name] = param.annotation
    (varargs,), (varkw,) = (names[kind] or [None] for kind in (_VAR_POSITIONAL, _VAR_KEYWORD))
    return FullArgSpec(
        names[_POSITIONAL_ONLY] + names[_POSITIONAL_OR_KEYWORD], varargs, varkw, defaults or None, names[_KEYWORD_ONLY],
        kwdefaults or None, annotations)


def getargvalues(frame):
    """The arguments of a frame, with its local variables."""
    return ArgInfo(*getargs(frame.f_code), frame.f_locals)


def formatannotationrelativeto(object):
    module = getattr(object, "__module__", None)

    def _formatannotation(annotation):
        return formatannotation(annotation, module)

    return _formatannotation


def _star(name):
    return "*" + name


def _stars(name):
    return "**" + name


def _equals(value):
    return "=" + repr(value)


def _arrow(text):
    return " -> " + text


def formatargspec(args, varargs=None, varkw=None, defaults=None, kwonlyargs=(), kwonlydefaults={}, annotations={},
                  formatarg=str, formatvarargs=_star, formatvarkw=_stars, formatvalue=_equals, formatreturns=_arrow,
                  formatannotation=formatannotation):
    """Deprecated: what getfullargspec gives as a text."""
    from warnings import warn

    warn("`formatargspec` is deprecated since Python 3.5. Use `signature` and the `Signature` object directly",
         DeprecationWarning, stacklevel=2)

    def shown(name):
        text = formatarg(name)
        if name in annotations:
            text += ": " + formatannotation(annotations[name])
        return text

    specs = []
    first_default = len(args) - len(defaults) if defaults else None
    for at, name in enumerate(args):
        spec = shown(name)
        if defaults and at >= first_default:
            spec += formatvalue(defaults[at - first_default])
        specs.append(spec)
    if varargs is not None:
        specs.append(formatvarargs(shown(varargs)))
    elif kwonlyargs:
        specs.append("*")
    for name in kwonlyargs or ():
        spec = shown(name)
        if kwonlydefaults and name in kwonlydefaults:
            spec += formatvalue(kwonlydefaults[name])
        specs.append(spec)
    if varkw is not None:
        specs.append(formatvarkw(shown(varkw)))
    result = "(" + ", ".join(specs) + ")"
    if "return" in annotations:
        result += formatreturns(formatannotation(annotations["return"]))
    return result


def formatargvalues(args, varargs, varkw, locals, formatarg=str, formatvarargs=_star, formatvarkw=_stars,
                    formatvalue=_equals):
    """What getargvalues gives as a text."""
    specs = [formatarg(name) + formatvalue(locals[name]) for name in args]
    if varargs:
        specs.append(formatvarargs(varargs) + formatvalue(locals[varargs]))
    if varkw:
        specs.append(formatvarkw(varkw) + formatvalue(locals[varkw]))
    return "(" + ", ".join(specs) + ")"


def _missing_arguments(f_name, argnames, pos, values):
    names = [repr(name) for name in argnames if name not in values]
    if len(names) == 1:
        shown = names[0]
    elif len(names) == 2:
        shown = "{} and {}".format(*names)
    else:
        shown = ", ".join(names[:-2] + ["{} and {}".format(*names[-2:])])
    raise TypeError("%s() missing %i required %s argument%s: %s" % (
        f_name, len(names), "positional" if pos else "keyword-only", "" if len(names) == 1 else "s", shown))


def _too_many(f_name, args, kwonly, varargs, defcount, given, values):
    least = len(args) - defcount
    by_name = len([name for name in kwonly if name in values])
    if varargs:
        plural, takes = least != 1, "at least %d" % (least,)
    elif defcount:
        plural, takes = True, "from %d to %d" % (least, len(args))
    else:
        plural, takes = len(args) != 1, str(len(args))
    also = ""
    if by_name:
        also = " positional argument%s (and %d keyword-only argument%s)" % (
            "s" if given != 1 else "", by_name, "s" if by_name != 1 else "")
    raise TypeError("%s() takes %s positional argument%s but %d%s %s given" % (
        f_name, takes, "s" if plural else "", given, also, "was" if given == 1 and not by_name else "were"))


def getcallargs(func, /, *positional, **named):
    """The values that the parameters would have in a call."""
    args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, _ = getfullargspec(func)
    f_name, values = func.__name__, {}
    if ismethod(func) and func.__self__ is not None:
        positional = (func.__self__,) + positional
    given, least = len(positional), len(args) - (len(defaults) if defaults else 0)
    values.update(zip(args, positional))
    if varargs:
        values[varargs] = tuple(positional[len(args):])
    known = set(args + kwonlyargs)
    if varkw:
        values[varkw] = {}
    for name, value in named.items():
        if name not in known:
            if not varkw:
                raise TypeError("%s() got an unexpected keyword argument %r" % (f_name, name))
            values[varkw][name] = value
        elif name in values:
            raise TypeError("%s() got multiple values for argument %r" % (f_name, name))
        else:
            values[name] = value
    if given > len(args) and not varargs:
        _too_many(f_name, args, kwonlyargs, varargs, len(defaults or ()), given, values)
    if given < len(args):
        if any(name not in values for name in args[:least]):
            _missing_arguments(f_name, args[:least], True, values)
        for at, name in enumerate(args[least:]):
            values.setdefault(name, defaults[at])
    missing = False
    for name in kwonlyargs:
        if name in values:
            continue
        if kwonlydefaults and name in kwonlydefaults:
            values[name] = kwonlydefaults[name]
        else:
            missing = True
    if missing:
        _missing_arguments(f_name, kwonlyargs, False, values)
    return values


def getclosurevars(func):
    """The names that a function finds outside of itself, with their values, by where it finds them."""
    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError("{!r} is not a Python function".format(func))
    code = func.__code__
    outer = {}
    if func.__closure__ is not None:
        outer = {name: cell.cell_contents for name, cell in zip(code.co_freevars, func.__closure__)}
    namespace = func.__globals__
    base = namespace.get("__builtins__", builtins.__dict__)
    if ismodule(base):
        base = base.__dict__
    in_globals, in_builtins, unbound = {}, {}, set()
    for name in code.co_names:
        if name in ("None", "True", "False"):
            continue
        if name in namespace:
            in_globals[name] = namespace[name]
        elif name in base:
            in_builtins[name] = base[name]
        else:
            unbound.add(name)
    return ClosureVars(outer, in_globals, in_builtins, unbound)


# Frames

Traceback = namedtuple("Traceback", "filename lineno function code_context index")
FrameInfo = namedtuple("FrameInfo", ("frame",) + Traceback._fields)


def getframeinfo(frame, context=1):
    """Where a frame (or a traceback) is, with so many lines around that place."""
    lineno = frame.f_lineno if isframe(frame) else None
    if istraceback(frame):
        lineno, frame = frame.tb_lineno, frame.tb_frame
    if not isframe(frame):
        raise TypeError("{!r} is not a frame or traceback object".format(frame))
    filename = getsourcefile(frame) or getfile(frame)
    lines = index = None
    if context > 0:
        start = lineno - 1 - context // 2
        try:
            lines, _ = findsource(frame)
        except OSError:
            lines = index = None
        else:
            start = max(0, min(start, len(lines) - context))
            lines = lines[start:start + context]
            index = lineno - 1 - start
    return Traceback(filename, lineno, frame.f_code.co_name, lines, index)


def getlineno(frame):
    """The line on which a frame is."""
    return frame.f_lineno


def getouterframes(frame, context=1):
    """A FrameInfo for the frame and for each of its callers."""
    found = []
    while frame:
        found.append(FrameInfo(*((frame,) + getframeinfo(frame, context))))
        frame = frame.f_back
    return found


def getinnerframes(tb, context=1):
    """A FrameInfo for each entry of a traceback."""
    found = []
    while tb:
        found.append(FrameInfo(*((tb.tb_frame,) + getframeinfo(tb, context))))
        tb = tb.tb_next
    return found


def currentframe():
    """The caller's frame."""
    return sys._getframe(1)


def stack(context=1):
    """A FrameInfo for the caller and for each of its callers."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """A FrameInfo for each frame between here and where the exception was raised that is handled."""
    return getinnerframes(sys.exc_info()[2], context)


# Attributes without running code

_sentinel = object()


def _static_getmro(klass):
    return type.__dict__["__mro__"].__get__(klass)


def _dict_of(obj):
    try:
        return object.__getattribute__(obj, "__dict__")
    except AttributeError:
        return {}


def _check_instance(obj, attr):
    return dict.get(_dict_of(obj), attr, _sentinel)


def _check_class(klass, attr):
    for entry in _static_getmro(klass):
        if _shadowed_dict(type(entry)) is _sentinel:
            try:
                return entry.__dict__[attr]
            except KeyError:
                pass
    return _sentinel


def _is_type(obj):
    try:
        _static_getmro(obj)
    except TypeError:
        return False
    return True


def _shadowed_dict(klass):
    """What stands in the place of the usual `__dict__` of instances, if anything does."""
    attribute = type.__dict__["__dict__"]
    for entry in _static_getmro(klass):
        try:
            own = attribute.__get__(entry)["__dict__"]
        except KeyError:
            continue
        usual = type(own) is types.GetSetDescriptorType and own.__name__ == "__dict__" and own.__objclass__ is entry
        if not usual:
            return own
    return _sentinel


def getattr_static(obj, attr, default=_sentinel):
    """The attribute as it lies there: no descriptor, __getattr__ or __getattribute__ is called."""
    on_instance = _sentinel
    if _is_type(obj):
        klass = obj
    else:
        klass = type(obj)
        shadow = _shadowed_dict(klass)
        if shadow is _sentinel or type(shadow) is types.MemberDescriptorType:
            on_instance = _check_instance(obj, attr)
    on_class = _check_class(klass, attr)
    if on_instance is not _sentinel and on_class is not _sentinel:
        kind = type(on_class)
        if _check_class(kind, "__get__") is not _sentinel and _check_class(kind, "__set__") is not _sentinel:
            return on_class
    for found in (on_instance, on_class):
        if found is not _sentinel:
            return found
    if obj is klass:
        for entry in _static_getmro(type(klass)):
            if _shadowed_dict(type(entry)) is _sentinel:
                try:
                    return entry.__dict__[attr]
                except KeyError:
                    pass
    if default is not _sentinel:
        return default
    raise AttributeError(attr)


# Generators and coroutines

GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED", "CORO_CLOSED"


def _state(running, frame):
    if running:
        return "RUNNING"
    if frame is None:
        return "CLOSED"
    return "CREATED" if frame.f_lasti == -1 else "SUSPENDED"


def getgeneratorstate(generator):
    """GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED or GEN_CLOSED."""
    return "GEN_" + _state(generator.gi_running, generator.gi_frame)


def getgeneratorlocals(generator):
    """The local variables of a generator."""
    if not isgenerator(generator):
        raise TypeError("{!r} is not a Python generator".format(generator))
    frame = getattr(generator, "gi_frame", None)
    return {} if frame is None else generator.gi_frame.f_locals


def getcoroutinestate(coroutine):
    """CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED or CORO_CLOSED."""
    return "CORO_" + _state(coroutine.cr_running, coroutine.cr_frame)


def getcoroutinelocals(coroutine):
    """The local variables of a coroutine."""
    frame = getattr(coroutine, "cr_frame", None)
    return {} if frame is None else frame.f_locals

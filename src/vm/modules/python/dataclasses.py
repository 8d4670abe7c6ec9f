"""Classes that are mostly fields: methods written from the annotations of a class.

Each method is compiled from text inside a small enclosing function, so that its frame and its cells hold what they
hold in CPython.
"""

import abc
import copy
import keyword
import sys
from _thread import get_ident
from types import FunctionType, GenericAlias, MappingProxyType, MemberDescriptorType, new_class

import _stdlib_enums

__all__ = (
    "dataclass field Field FrozenInstanceError InitVar KW_ONLY MISSING fields asdict astuple make_dataclass replace "
    "is_dataclass"
).split()


def _marker_type(name, **methods):
    return type(name, (), {"__module__": __name__, **methods})


FrozenInstanceError = type("FrozenInstanceError", (AttributeError,), {"__module__": __name__})
_MISSING_TYPE = _marker_type("_MISSING_TYPE")
_KW_ONLY_TYPE = _marker_type("_KW_ONLY_TYPE")
MISSING, KW_ONLY = _MISSING_TYPE(), _KW_ONLY_TYPE()
_BY_FACTORY = _marker_type("_HAS_DEFAULT_FACTORY_CLASS", __repr__=lambda self: "<factory>")()
_NO_METADATA = MappingProxyType({})


class _FIELD_BASE:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


# What a field is: stored by every instance, owned by the class, or only an argument of __init__.
_STORED, _OF_CLASS, _ARGUMENT = map(_FIELD_BASE, ("_FIELD", "_FIELD_CLASSVAR", "_FIELD_INITVAR"))


def _plain_class(thing):
    return isinstance(thing, type) and not isinstance(thing, GenericAlias)


class InitVar:
    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, item):
        return cls(item)

    def __repr__(self):
        inner = self.type
        return "dataclasses.InitVar[%s]" % (inner.__name__ if _plain_class(inner) else repr(inner),)


def _listed(thing, title, names):
    return title + "(" + ",".join([f"{n}={getattr(thing, n)!r}" for n in names]) + ")"


class Field:
    __slots__ = tuple("name type default default_factory init repr hash compare metadata kw_only _field_type".split())

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        shown = _NO_METADATA if metadata is None else MappingProxyType(metadata)
        values = (None, None, default, default_factory, init, repr, hash, compare, shown, kw_only, None)
        for slot, value in zip(self.__slots__, values):
            setattr(self, slot, value)

    def __repr__(self):
        return _shown_field(self)

    def __set_name__(self, owner, name):
        # The default sits where a plain class attribute would have been told its name.
        tell = getattr(type(self.default), "__set_name__", None)
        if tell:
            tell(self.default, owner, name)

    __class_getitem__ = classmethod(GenericAlias)


class _DataclassParams:
    __slots__ = ("init", "repr", "eq", "order", "unsafe_hash", "frozen")

    def __init__(self, *values):
        for slot, value in zip(self.__slots__, values):
            setattr(self, slot, value)

    def __repr__(self):
        return _listed(self, "_DataclassParams", self.__slots__)


def field(
    *, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
    kw_only=MISSING
):
    if MISSING is not default and MISSING is not default_factory:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


# Annotations ------------------------------------------------------------------------------------------------------


def _word(text):
    """The word a text begins with, and what follows it."""
    text = text.lstrip()
    end = 0
    while end < len(text) and (text[end] == "_" or text[end].isalnum()):
        end += 1
    return text[:end], text[end:].lstrip()


def _meant(cls, annotation, home):
    """What an annotation given as text stands for, if it names something of the module `home` or of the class's own."""
    if not isinstance(annotation, str) or home is None:
        return annotation
    scope = vars(sys.modules[cls.__module__]) if cls.__module__ in sys.modules else {}
    word, rest = _word(annotation)
    if rest[:1] == ".":
        if scope.get(word) is not home:
            return None
        scope = vars(home)
        word = _word(rest[1:])[0]
    return scope.get(word)


def _kind_of(cls, annotation):
    typing = sys.modules.get("typing")
    if typing is not None:
        meant = _meant(cls, annotation, typing)
        if meant is typing.ClassVar or getattr(meant, "__origin__", None) is typing.ClassVar:
            return _OF_CLASS
    meant = _meant(cls, annotation, sys.modules[__name__])
    return _ARGUMENT if meant is InitVar or type(meant) is InitVar else _STORED


def _own_field(cls, name, annotation, kw_only):
    value = getattr(cls, name, MISSING)
    if not isinstance(value, Field):
        # A slot's descriptor is no default.
        value = field(default=MISSING if isinstance(value, MemberDescriptorType) else value)
    kind = _kind_of(cls, annotation)
    value.name, value.type, value._field_type = name, annotation, kind
    if kind is not _STORED and value.default_factory is not MISSING:
        raise TypeError(f"field {name} cannot have a default factory")
    if value.kw_only is MISSING:
        if kind is not _OF_CLASS:
            value.kw_only = kw_only
    elif kind is _OF_CLASS:
        raise TypeError(f"field {name} is a ClassVar but specifies kw_only")
    if kind is _STORED and isinstance(value.default, (list, dict, set)):
        raise ValueError(f"mutable default {type(value.default)} for field {name} is not allowed: use default_factory")
    return value


def _own_fields(cls, kw_only):
    marked = False
    found = []
    home = sys.modules[__name__]
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if _meant(cls, annotation, home) is not KW_ONLY:
            found.append(_own_field(cls, name, annotation, kw_only))
        elif marked:
            raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
        else:
            marked = kw_only = True
    return found


# Text of methods --------------------------------------------------------------------------------------------------


def _compiled(name, params, lines, scope, outer=None, returns=MISSING):
    """A function made of text; the names in `outer` are in the scope around it."""
    outer = outer or {}
    returns = "" if returns is MISSING else returns
    text = [f"def __create_fn__({', '.join(outer)}):", f" def {name}({','.join(params)}){returns}:"]
    text += ["  " + line for line in lines]
    text.append(" return " + name)
    made = {}
    exec("\n".join(text), scope, made)
    return made["__create_fn__"](**outer)


def _tuple_of(owner, chosen):
    return "(" + "".join([f"{owner}.{f.name}," for f in chosen]) + ")"


def _has_default(f):
    return f.default is not MISSING or f.default_factory is not MISSING


def _guarded(inner):
    """A __repr__ that answers with dots when it meets itself."""
    active = set()

    def wrapper(self):
        mark = id(self), get_ident()
        if mark in active:
            return "..."
        active.add(mark)
        try:
            return inner(self)
        finally:
            active.discard(mark)

    for attribute in ("__module__", "__name__", "__qualname__", "__doc__"):
        setattr(wrapper, attribute, getattr(inner, attribute))
    wrapper.__wrapped__ = inner
    return wrapper


@_guarded
def _shown_field(self):
    return _listed(self, "Field", Field.__slots__)


class _Writer:
    """Writes the methods of one class."""

    def __init__(self, cls, every, frozen, slots):
        self.cls = cls
        self.scope = vars(sys.modules[cls.__module__]) if cls.__module__ in sys.modules else {}
        self.frozen = frozen
        self.slots = slots
        self.every = every
        self.stored = [f for f in every.values() if f._field_type is _STORED]
        self.compared = [f for f in self.stored if f.compare]
        self.arguments = [f for f in every.values() if f._field_type is not _OF_CLASS]
        self.positional = [f for f in self.arguments if f.init and not f.kw_only]
        self.by_keyword = [f for f in self.arguments if f.init and f.kw_only]

    def title(self, function):
        function.__qualname__ = self.cls.__qualname__ + "." + function.__name__
        return function

    def put(self, name, value):
        """Sets an attribute the class does not have itself; says whether it could."""
        if name in self.cls.__dict__:
            return False
        setattr(self.cls, name, self.title(value) if isinstance(value, FunctionType) else value)
        return True

    def must_put(self, function, hint=""):
        name = function.__name__
        if not self.put(name, function):
            raise TypeError(f"Cannot overwrite attribute {name} in class {self.cls.__name__}{hint}")

    # -- __init__

    def initial(self, f, outer):
        """The expression a field starts from; None where __init__ leaves it alone. Defaults become names of `outer`."""
        known = "_dflt_" + f.name
        if f.default_factory is not MISSING:
            outer[known] = f.default_factory
            return f"{known}() if {f.name} is _HAS_DEFAULT_FACTORY else {f.name}" if f.init else known + "()"
        if f.default is not MISSING and (f.init or self.slots):
            outer[known] = f.default
            return f.name if f.init else known
        return f.name if f.init else None

    def parameter(self, f):
        text = f"{f.name}:_type_{f.name}"
        if f.default is not MISSING:
            return f"{text}=_dflt_{f.name}"
        return text if f.default_factory is MISSING else text + "=_HAS_DEFAULT_FACTORY"

    def init(self):
        optional = False
        for f in self.positional:
            if optional and not _has_default(f):
                raise TypeError(f"non-default argument {f.name!r} follows default argument")
            optional = optional or _has_default(f)
        me = "__dataclass_self__" if "self" in self.every else "self"
        outer = {"_HAS_DEFAULT_FACTORY": _BY_FACTORY, "__dataclass_builtins_object__": object, "_return_type": None}
        store = "__dataclass_builtins_object__.__setattr__({0},{1!r},{2})" if self.frozen else "{0}.{1}={2}"
        lines = []
        for f in self.arguments:
            outer["_type_" + f.name] = f.type
            start = self.initial(f, outer)
            if start is not None and f._field_type is _STORED:
                lines.append(store.format(me, f.name, start))
        if hasattr(self.cls, "__post_init__"):
            passed = [f.name for f in self.arguments if f._field_type is _ARGUMENT]
            lines.append(f"{me}.__post_init__({','.join(passed)})")
        params = [me, *map(self.parameter, self.positional)]
        if self.by_keyword:
            params += ["*", *map(self.parameter, self.by_keyword)]
        return _compiled("__init__", params, lines or ["pass"], self.scope, outer, "->_return_type")

    # -- the others

    def repr(self):
        shown = ", ".join(["%s={self.%s!r}" % (f.name, f.name) for f in self.stored if f.repr])
        line = f'return self.__class__.__qualname__ + f"({shown})"'
        return _guarded(_compiled("__repr__", ["self"], [line], self.scope))

    def comparison(self, name, sign):
        left, right = _tuple_of("self", self.compared), _tuple_of("other", self.compared)
        lines = ["if other.__class__ is self.__class__:", f" return {left}{sign}{right}", "return NotImplemented"]
        return _compiled(name, ["self", "other"], lines, self.scope)

    def refusal(self, verb, name, params):
        """__setattr__ or __delattr__ of a frozen class."""
        names = "".join([repr(f.name) + "," for f in self.stored])
        lines = [
            f"if type(self) is cls or name in ({names}):",
            f' raise FrozenInstanceError(f"cannot {verb} field {{name!r}}")',
            f"super(cls, self).{name}({','.join(params)})",
        ]
        outer = {"cls": self.cls, "FrozenInstanceError": FrozenInstanceError}
        return _compiled(name, ["self", *params], lines, self.scope, outer)

    def hash(self):
        hashed = [f for f in self.stored if (f.compare if f.hash is None else f.hash)]
        return self.title(
            _compiled("__hash__", ["self"], [f"return hash({_tuple_of('self', hashed)})"], self.scope)
        )

    def doc(self, has_init):
        """The class's name and the signature of its __init__."""
        params = []
        if has_init:
            # To ask for them is to make them a dict, once and for all.
            self.cls.__init__.__annotations__
            params += map(_shown_parameter, self.positional)
            if self.by_keyword:
                params += ["*", *map(_shown_parameter, self.by_keyword)]
        return f"{self.cls.__name__}({', '.join(params)})"


def _shown_parameter(f):
    tp = f.type
    if getattr(tp, "__module__", None) == "typing":
        kind = repr(tp).replace("typing.", "")
    elif not _plain_class(tp):
        kind = repr(tp)
    elif tp.__module__ == "builtins":
        kind = tp.__qualname__
    else:
        kind = tp.__module__ + "." + tp.__qualname__
    default = _BY_FACTORY if f.default is MISSING else f.default
    return f"{f.name}: {kind}" + (f" = {default!r}" if _has_default(f) else "")


# Putting a class together -----------------------------------------------------------------------------------------


def _inherited(cls):
    """The fields of the bases, the farthest base first, and for each base that has any whether it is frozen."""
    every = {}
    states = []
    for base in reversed(cls.__mro__[1:]):
        theirs = getattr(base, "__dataclass_fields__", None)
        if theirs is not None:
            every.update({f.name: f for f in theirs.values()})
            states.append(bool(base.__dataclass_params__.frozen))
    return every, states


def _settle(cls, own):
    """Leaves in the class the defaults alone, where Field objects were."""
    for f in own:
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is not MISSING:
                setattr(cls, f.name, f.default)
            else:
                delattr(cls, f.name)
    annotated = cls.__dict__.get("__annotations__", {})
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotated:
            raise TypeError(f"{name!r} is a field but has no type annotation")


def _build(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots):
    # What has no module is no class: that is found out first.
    cls.__module__
    cls.__dataclass_params__ = _DataclassParams(init, repr, eq, order, unsafe_hash, frozen)
    every, states = _inherited(cls)
    own = _own_fields(cls, kw_only)
    every.update([(f.name, f) for f in own])
    _settle(cls, own)
    if states and any(states) != bool(frozen):
        mine, theirs = ("frozen", "non-frozen") if frozen else ("non-frozen", "frozen")
        raise TypeError(f"cannot inherit {mine} dataclass from a {theirs} one")
    cls.__dataclass_fields__ = every
    space = cls.__dict__
    # A class with __eq__ got its None for __hash__ from the interpreter.
    hash_written = "__hash__" in space and not (space["__hash__"] is None and "__eq__" in space)
    if order and not eq:
        raise ValueError("eq must be true if order is true")

    write = _Writer(cls, every, frozen, slots)
    if init:
        write.put("__init__", write.init())
    if repr:
        write.put("__repr__", write.repr())
    if eq:
        write.put("__eq__", write.comparison("__eq__", "=="))
    if order:
        for name, sign in {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}.items():
            write.must_put(write.comparison(name, sign), ". Consider using functools.total_ordering")
    if frozen:
        write.must_put(write.refusal("assign to", "__setattr__", ["name", "value"]))
        write.must_put(write.refusal("delete", "__delattr__", ["name"]))
    if unsafe_hash and hash_written:
        raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
    if unsafe_hash or eq and not hash_written:
        cls.__hash__ = write.hash() if unsafe_hash or frozen else None
    if not cls.__doc__:
        cls.__doc__ = write.doc(init)
    if match_args:
        write.put("__match_args__", tuple(f.name for f in write.positional))
    if slots:
        cls = _slotted(cls, frozen)
    abc.update_abstractmethods(cls)
    return cls


def _frozen_state(self):
    return [getattr(self, f.name) for f in fields(self)]


def _set_frozen_state(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def _slotted(cls, frozen):
    """The class a second time: slots can only be asked for when a class is made."""
    if "__slots__" in vars(cls):
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    names = tuple([f.name for f in fields(cls)])
    space = {k: v for k, v in vars(cls).items() if k != "__dict__" and k not in names}
    space["__slots__"] = names
    made = type(cls)(cls.__name__, cls.__bases__, space)
    made.__qualname__ = cls.__qualname__
    if frozen:
        made.__getstate__, made.__setstate__ = _frozen_state, _set_frozen_state
    return made


def dataclass(
    cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True,
    kw_only=False, slots=False
):
    def wrap(cls):
        return _build(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots)

    return wrap if cls is None else wrap(cls)


# Looking at instances ---------------------------------------------------------------------------------------------


def fields(class_or_instance):
    try:
        every = class_or_instance.__dataclass_fields__
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple(f for f in every.values() if f._field_type is _STORED)


def is_dataclass(obj):
    return hasattr(obj if _plain_class(obj) else type(obj), "__dataclass_fields__")


def _is_instance(obj):
    return hasattr(type(obj), "__dataclass_fields__")


def asdict(obj, *, dict_factory=dict):
    if not _is_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _dict_from(obj, dict_factory)


def _dict_from(obj, make):
    """A copy of what an object holds, with every dataclass instance made into make(pairs)."""
    if _is_instance(obj):
        pairs = []
        for f in fields(obj):
            part = _dict_from(getattr(obj, f.name), make)
            pairs.append((f.name, part))
        return make(pairs)
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_dict_from(part, make) for part in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(_dict_from(part, make) for part in obj)
    if isinstance(obj, dict):
        return type(obj)((_dict_from(key, make), _dict_from(part, make)) for key, part in obj.items())
    return copy.deepcopy(obj)


def astuple(obj, *, tuple_factory=tuple):
    if not _is_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _tuple_from(obj, tuple_factory)


def _tuple_from(obj, make):
    """The same with make(values)."""
    if _is_instance(obj):
        parts = []
        for f in fields(obj):
            part = _tuple_from(getattr(obj, f.name), make)
            parts.append(part)
        return make(parts)
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_tuple_from(part, make) for part in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(_tuple_from(part, make) for part in obj)
    if isinstance(obj, dict):
        return type(obj)((_tuple_from(key, make), _tuple_from(part, make)) for key, part in obj.items())
    return copy.deepcopy(obj)


def replace(obj, /, **changes):
    if not _is_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for name, f in obj.__dataclass_fields__.items():
        if f._field_type is _OF_CLASS:
            continue
        if name in changes:
            if not f.init:
                raise ValueError(f"field {name} is declared with init=False, it cannot be specified with replace()")
        elif f.init:
            if f._field_type is _ARGUMENT and f.default is MISSING:
                raise ValueError(f"InitVar {name!r} must be specified with replace()")
            changes[name] = getattr(obj, name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    unknown = [name for name in options if name not in dataclass.__kwdefaults__]
    if unknown:
        raise TypeError(f"make_dataclass() got an unexpected keyword argument {unknown[0]!r}")
    annotations, defaults = {}, {}
    for item in fields:
        row = (item, "typing.Any") if isinstance(item, str) else item
        if len(row) not in (2, 3):
            raise TypeError(f"Invalid field: {item!r}")
        row = tuple(row)
        name = row[0]
        if not (isinstance(name, str) and name.isidentifier()):
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if keyword.iskeyword(name):
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = row[1]
        defaults.update({name: value for value in row[2:]})

    def fill(space):
        for part in (namespace or {}, defaults, {"__annotations__": annotations}):
            space.update(part)

    return dataclass(new_class(cls_name, bases, {}, fill), **options)

"""Enumerations: classes whose attributes are their only instances."""

import sys
from types import DynamicClassAttribute, MappingProxyType

__all__ = "EnumMeta Enum IntEnum Flag IntFlag auto unique".split()

# The metaclass asks for it while the class itself is being made.
Enum = None

_UNSET = object()
_SETTINGS = frozenset("_order_ _create_pseudo_member_ _generate_next_value_ _missing_ _ignore_".split())


def _framed(name, mark):
    """Whether a name stands between two marks and not between longer ones."""
    size = len(mark)
    inner = name[size:-size]
    return name == mark + inner + mark and inner != "" and inner[0] != "_" and inner[-1] != "_"


def _is_dunder(name):
    return _framed(name, "__")


def _is_sunder(name):
    return _framed(name, "_")


def _is_private(cls_name, name):
    """Whether a name in a class's body has been made private to the class."""
    prefix = f"_{cls_name}__"
    return len(name) > len(prefix) and name.startswith(prefix) and not name.endswith("__")


def _words(text):
    return text.replace(",", " ").split() if isinstance(text, str) else text


def _has_descriptor_method(thing):
    return any([hasattr(thing, method) for method in ("__get__", "__set__", "__delete__")])


class auto:
    """
    Instances are replaced with an appropriate value in Enum class suites.
    """
    value = _UNSET


class _EnumDict(dict):
    """The namespace of an enumeration's body: remembers which names are members."""

    def __init__(self):
        super().__init__()
        self._member_names = []
        self._last_values = []
        self._ignore = ()
        self._counted = False

    def _set_option(self, key, value):
        if key not in _SETTINGS:
            raise ValueError("_names_ are reserved for future Enum use")
        if key == "_generate_next_value_":
            if self._counted:
                raise TypeError("_generate_next_value_ must be defined before members")
            self._next_value = value
        elif key == "_ignore_":
            value = self._ignore = list(_words(value))
            already = set(value).intersection(self._member_names)
            if already:
                raise ValueError("_ignore_ cannot specify already set names: %r" % (already,))
        return value

    def _member_value(self, key, value):
        if key in self:
            raise TypeError("%r already defined as: %r" % (key, self[key]))
        if isinstance(value, auto):
            if value.value is _UNSET:
                value.value = self._next_value(key, 1, len(self._member_names), list(self._last_values))
                self._counted = True
            value = value.value
        self._member_names.append(key)
        self._last_values.append(value)
        return value

    def __setitem__(self, key, value):
        if _is_private(self._cls_name, key):
            import warnings

            problem = "private variables, such as %r, will be normal attributes in 3.11" % (key,)
            warnings.warn(problem, DeprecationWarning, stacklevel=2)
        if _is_sunder(key):  # An option of the enumeration.
            value = self._set_option(key, value)
        elif _is_dunder(key):
            key = "_order_" if key == "__order__" else key
        elif key in self._member_names:
            raise TypeError("Attempted to reuse key: %r" % key)
        elif key not in self._ignore and not _has_descriptor_method(value):
            value = self._member_value(key, value)
        super().__setitem__(key, value)


def _data_type(class_name, bases):
    """The type of the values, where the bases ask for one."""
    found = set()
    for base in bases:
        lowest = None
        for cls in base.__mro__[:-1]:
            if issubclass(cls, Enum):
                if cls._member_type_ is not object:
                    found.add(cls._member_type_)
                    break
            else:
                lowest = lowest or cls
                if "__new__" in vars(cls):
                    found.add(lowest)
                    break
    if len(found) > 1:
        raise TypeError("%r: too many data types: %r" % (class_name, found))
    return found.pop() if found else object


def _parents(class_name, bases):
    """The type of the values and the enumeration that a new class builds on."""
    if Enum is None or not bases:
        return object, Enum
    if not issubclass(bases[-1], Enum):
        raise TypeError(
            "new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`"
        )
    kind = _data_type(class_name, bases)
    if bases[-1]._member_names_:  # reached by type() alone: a class statement is refused before its body
        raise TypeError("Cannot extend enumerations")
    return kind, bases[-1]


def _refuse_to_extend(class_name, bases):
    if Enum is None:
        return
    for base in bases:
        for cls in base.__mro__:
            if issubclass(cls, Enum) and cls._member_names_:
                raise TypeError("%s: cannot extend enumeration %r" % (class_name, cls.__name__))


def _maker(written, member_type, parent):
    """The __new__ that makes the members."""
    if written is not None:
        return written
    useless = [None, None.__new__, object.__new__] + ([Enum.__new__] if Enum is not None else [])
    for name in ("__new_member__", "__new__"):
        for source in (member_type, parent):
            candidate = getattr(source, name, None)
            if not any([candidate is u or candidate == u for u in useless]):
                return candidate
    return object.__new__


_PICKLING = {"__getnewargs_ex__", "__getnewargs__", "__reduce_ex__", "__reduce__"}


def _cannot_be_pickled(kind, bases, classdict):
    """Whether the values' type has a __new__ of its own and nothing that tells pickle what to call it with."""
    if "__reduce_ex__" in classdict or kind is object or _PICKLING & vars(kind).keys():
        return False
    if "__new__" in classdict:
        return True
    for cls in [cls for base in bases for cls in base.__mro__ if cls is not object]:
        if _PICKLING & vars(cls).keys():
            return False
        if "__new__" in vars(cls):
            return True
    return False


def _make_class_unpicklable(cls):
    def refuse(self, proto):
        raise TypeError("%r cannot be pickled" % self)

    cls.__reduce_ex__ = refuse
    cls.__module__ = "<unknown>"


def _reduce_ex_by_name(self, proto):
    return self.name


def _not_contained(thing, holder):
    return TypeError(
        "unsupported operand type(s) for 'in': '%s' and '%s'"
        % (type(thing).__qualname__, holder.__class__.__qualname__)
    )


class EnumMeta(type):
    """
    Metaclass for Enum
    """
    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        _refuse_to_extend(cls, bases)
        space = _EnumDict()
        space._cls_name = cls
        parent = _parents(cls, bases)[1]
        if parent is not None:
            space["_generate_next_value_"] = getattr(parent, "_generate_next_value_", None)
        return space

    def __new__(metacls, cls, bases, classdict, **kwds):
        for unwanted in [*classdict.get("_ignore_", ()), "_ignore_"]:
            classdict.pop(unwanted, None)
        kind, parent = _parents(cls, bases)
        written = classdict.get("__new__")
        make = _maker(written, kind, parent)
        values = {name: classdict.pop(name) for name in classdict._member_names}
        order = classdict.pop("_order_", None)
        wrong = {"mro", ""}.intersection(classdict._member_names)
        if wrong:
            raise ValueError("Invalid enum member name: " + ",".join(wrong))
        if "__doc__" not in classdict:
            classdict["__doc__"] = "An enumeration."
        made = super().__new__(metacls, cls, bases, classdict, **kwds)
        made._member_names_ = []
        made._member_map_ = {}
        made._member_type_ = kind
        made._value2member_map_ = {}
        if _cannot_be_pickled(kind, bases, classdict):
            _make_class_unpicklable(made)
        shadowed = set()
        for base in made.__mro__:
            shadowed.update([k for k, v in vars(base).items() if isinstance(v, DynamicClassAttribute)])
        # Here and not in a function of its own: each frame would hold the value once more.
        for name in classdict._member_names:
            value = values[name]
            if isinstance(value, tuple):
                args = value
            else:
                args = (value,)
            if kind is tuple:
                args = (args,)
            plain = make is object.__new__
            member = make(made) if plain else make(made, *args)
            if not hasattr(member, "_value_"):
                member._value_ = value if plain or kind is object else kind(*args)
            value = member._value_
            member._name_ = name
            member.__objclass__ = made
            member.__init__(*args)
            for twin in made._member_map_.values():
                if twin._value_ == member._value_:
                    member = twin
                    break
            else:
                made._member_names_.append(name)
            if name not in shadowed:
                setattr(made, name, member)
            made._member_map_[name] = member
            try:
                made._value2member_map_[value] = member
            except TypeError:  # Values that have no hash are searched for one by one.
                pass
        # What the value's type would answer, the enumeration answers.
        for method in {"__repr__", "__str__", "__format__", "__reduce_ex__"}.difference(classdict):
            theirs = getattr(kind, method, None)
            if theirs is not None and theirs is getattr(made, method):
                setattr(made, method, getattr(parent, method, None))
        if Enum is not None:
            if written is not None:
                made.__new_member__ = make
            made.__new__ = Enum.__new__
        if order is not None and list(_words(order)) != made._member_names_:
            raise TypeError("member order does not match _order_")
        return made

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1):
        """
        Either returns an existing member, or creates a new enum class.

        This method is used both when an enum class is given a value to match
        to an enumeration member (i.e. Color(3)) and for the functional API
        (i.e. Color = Enum('Color', names='RED GREEN BLUE')).

        When used for the functional API:

        `value` will be the name of the new class.

        `names` should be either a string of white-space/comma delimited names
        (values will start at `start`), or an iterator/mapping of name, value pairs.

        `module` should be set to the module this class is being created in;
        if it is not set, an attempt to find that module will be made, but if
        it fails the class will not be picklable.

        `qualname` should be set to the actual location this class can be found
        at in its module; by default it is set to the global scope.  If this is
        not correct, unpickling will fail in some circumstances.

        `type`, if set, will be mixed in as the first base class.
        """
        if names is not None:
            return cls._create_(value, names, module=module, qualname=qualname, type=type, start=start)
        return cls.__new__(cls, value)

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1):
        meta = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        space = meta.__prepare__(class_name, bases)
        names = _words(names)
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            values = []
            for name in names:
                values.append(cls._generate_next_value_(name, start, len(values), values[:]))
            names = list(zip(names, values))
        for item in names:
            name, value = (item, names[item]) if isinstance(item, str) else item
            space[name] = value
        made = meta.__new__(meta, class_name, bases, space)
        if module is None:
            module = sys._getframe(2).f_globals.get("__name__")
        for attribute, text in (("__module__", module), ("__qualname__", qualname)):
            if text is not None:
                setattr(made, attribute, text)
        return made

    def __bool__(self):
        """
        classes/types should always be True.
        """
        return True

    def __contains__(cls, member):
        if isinstance(member, Enum):
            return isinstance(member, cls) and member._name_ in cls._member_map_
        import warnings

        warnings.warn(
            "in 3.12 __contains__ will no longer raise TypeError, but will return True if\n"
            "obj is a member or a member's value", DeprecationWarning, 2
        )
        raise _not_contained(member, cls)

    def __setattr__(cls, name, value):
        """
        Block attempts to reassign Enum members.

        A simple assignment to the class namespace only changes one of the
        several possible ways to get an Enum member from the Enum class,
        resulting in an inconsistent Enumeration.
        """
        if name in vars(cls).get("_member_map_", ()):
            raise AttributeError("Cannot reassign members.")
        super().__setattr__(name, value)

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError(cls.__name__ + ": cannot delete Enum member.")
        super().__delattr__(attr)

    def __getattr__(cls, name):
        """
        Return the enum member matching `name`

        We use __getattr__ instead of descriptors or inserting into the enum
        class' __dict__ in order to support `name` and `value` being both
        properties for enum members (which live in the class' __dict__) and
        enum members themselves.
        """
        try:
            if not _is_dunder(name):
                return cls._member_map_[name]
        except KeyError:
            raise AttributeError(name) from None
        raise AttributeError(name)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __len__(cls):
        return len(cls._member_names_)

    def __iter__(cls):
        """
        Returns members in definition order.
        """
        return (cls._member_map_[n] for n in cls._member_names_)

    def __reversed__(cls):
        """
        Returns members in reverse definition order.
        """
        return (cls._member_map_[n] for n in reversed(cls._member_names_))

    def __repr__(cls):
        return f"<enum {cls.__name__!r}>"

    def __dir__(cls):
        return ["__class__", "__doc__", "__members__", "__module__", *cls._member_names_]

    __members__ = property(lambda cls: MappingProxyType(cls._member_map_), doc="""
        Returns a mapping of member name->value.

        This mapping lists all enum members, including aliases. Note that this
        is a read-only view of the internal mapping.
        """)


def _invalid(cls, value):
    return ValueError("%r is not a valid %s" % (value, cls.__qualname__))


def _refusal(cls, value, answer, failure):
    """What to raise for a value that _missing_ found no member for."""
    invalid = _invalid(cls, value)
    if failure is None:
        if answer is None:
            return invalid
        failure = TypeError(
            "error in %s._missing_: returned %r instead of None or a valid member" % (cls.__name__, answer)
        )
    if not isinstance(failure, ValueError):
        failure.__context__ = invalid
    return failure


class Enum(metaclass=EnumMeta):
    """
    Generic enumeration.

    Derive from this class to define new enumerations.
    """
    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            if value in cls._value2member_map_:
                return cls._value2member_map_[value]
        except TypeError:
            for known in cls._member_map_.values():
                if known._value_ == value:
                    return known
        failure = answer = None
        try:
            answer = cls._missing_(value)
        except Exception as problem:
            failure = problem
        try:
            if isinstance(answer, cls):
                return answer
            raise _refusal(cls, value, answer, failure)
        finally:
            # The exception has this frame in its traceback.
            failure = None

    def _generate_next_value_(name, start, count, last_values):
        for last in last_values[::-1]:
            try:
                return last + 1
            except TypeError:
                continue
        return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __format__(self, format_spec):
        """
        Returns format using actual value type unless __str__ has been overridden.
        """
        own_text = self.__class__.__str__ not in (Enum.__str__, Flag.__str__)
        if own_text or self._member_type_ is object:
            return str.__format__(str(self), format_spec)
        return self._member_type_.__format__(self._value_, format_spec)

    def __dir__(self):
        """
        Returns all members and all public methods
        """
        spaces = [vars(base) for base in self.__class__.__mro__] + [{n: 0 for n in vars(self)}]
        shown = ["__class__", "__doc__", "__module__"]
        for space in spaces:
            shown += [n for n in space if n[:1] != "_" and n not in self._member_map_]
        return shown

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    name = DynamicClassAttribute(lambda self: self._name_, doc="The name of the Enum member.")
    value = DynamicClassAttribute(lambda self: self._value_, doc="The value of the Enum member.")


class IntEnum(int, Enum):
    """Enum where members are also (and must be) ints"""
    pass


def _top_bit(number):
    """The greatest power of two in a number."""
    return 1 << (number.bit_length() - 1)


def _parts(flag, value):
    """The members that make up a value, the greatest first, and what is left."""
    parts = [member for member in flag if member.value and member.value & value == member.value]
    left = value
    for member in parts:
        left &= ~member.value
    known = flag._value2member_map_
    bits = left if value >= 0 else 0
    while bits:
        bit = _top_bit(bits)
        bits ^= bit
        if bit in known:
            parts.append(known[bit])
            left ^= bit
    if not parts and value in known:
        parts = [known[value]]
    parts.sort(key=lambda member: member._value_, reverse=True)
    return (parts[1:] if len(parts) > 1 and parts[0].value == value else parts), left


def _unnamed(cls, new, value):
    """An instance for a combination of members; all who ask for it get the same."""
    made = new(cls) if new is object.__new__ else new(cls, value)
    made._name_, made._value_ = None, value
    return cls._value2member_map_.setdefault(value, made)


def _bitwise(name, accepts_ints=False):
    compute = getattr(int, name)

    def method(self, other):
        cls = self.__class__
        if isinstance(other, cls):
            return cls(compute(self._value_, other._value_))
        if accepts_ints and isinstance(other, int):
            return cls(compute(self._value_, cls(other)._value_))
        return NotImplemented

    method.__name__ = name
    method.__qualname__ = ("IntFlag." if accepts_ints else "Flag.") + name
    return method


class Flag(Enum):
    """
    Support for flags
    """
    def _generate_next_value_(name, start, count, last_values):
        if not count:
            return 1 if start is None else start
        last = last_values[-1]
        try:
            return _top_bit(last) * 2
        except Exception:
            raise TypeError("Invalid Flag value: %r" % last) from None

    @classmethod
    def _missing_(cls, value):
        if value < 0:
            return ~cls._create_pseudo_member_(~value)
        return cls._create_pseudo_member_(value)

    @classmethod
    def _create_pseudo_member_(cls, value):
        known = cls._value2member_map_.get(value)
        if known is not None:
            return known
        if _parts(cls, value)[1]:
            raise _invalid(cls, value)
        return _unnamed(cls, object.__new__, value)

    def __contains__(self, other):
        """
        Returns True if self has at least the same flags set as other.
        """
        if isinstance(other, self.__class__):
            return not other._value_ & ~self._value_
        raise _not_contained(other, self)

    def _joined(self):
        if self._name_ is not None:
            return self._name_
        return "|".join([str(part._name_ or part._value_) for part in _parts(self.__class__, self._value_)[0]])

    def __repr__(self):
        return f"<{self.__class__.__name__}.{self._joined()}: {self._value_!r}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._joined()}"

    def __bool__(self):
        return self._value_ != 0

    def __invert__(self):
        cls = self.__class__
        mine = _parts(cls, self._value_)[0]
        rest = cls(0)
        for member in cls:
            if member not in mine and not member._value_ & self._value_:
                rest |= member
        return cls(rest)

    __or__, __and__, __xor__ = map(_bitwise, ("__or__", "__and__", "__xor__"))


class IntFlag(int, Flag):
    """
    Support for integer-based Flags
    """
    @classmethod
    def _missing_(cls, value):
        if isinstance(value, int):
            return cls._create_pseudo_member_(value)
        raise _invalid(cls, value)

    @classmethod
    def _create_pseudo_member_(cls, value):
        known = cls._value2member_map_
        if value in known:
            return known[value]
        wanted = [value]
        extra = _parts(cls, value)[1]
        while extra:
            bit = _top_bit(extra)
            if bit not in known and bit not in wanted:
                wanted.append(bit)
            extra = 0 if extra == -bit else extra ^ bit
        while wanted:
            made = _unnamed(cls, int.__new__, wanted.pop())
        return made

    __or__ = __ror__ = _bitwise("__or__", True)
    __and__ = __rand__ = _bitwise("__and__", True)
    __xor__ = __rxor__ = _bitwise("__xor__", True)

    def __invert__(self):
        return self.__class__(~self._value_)


def unique(enumeration):
    """
    Class decorator for enumerations ensuring unique member values.
    """
    aliases = [f"{alias} -> {m.name}" for alias, m in enumeration.__members__.items() if m.name != alias]
    if not aliases:
        return enumeration
    raise ValueError("duplicate values found in %r: %s" % (enumeration, ", ".join(aliases)))

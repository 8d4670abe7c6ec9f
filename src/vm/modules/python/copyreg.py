"""How objects are taken apart and rebuilt: registered reducers, the builders that reductions name, extension codes."""

__all__ = "pickle constructor add_extension remove_extension clear_extension_cache".split()

dispatch_table = {}

# Extension codes: by (module, name), the other way round, and objects already found for a code.
_extension_registry, _inverted_registry, _extension_cache = {}, {}, {}

_HIGHEST_CODE = (1 << 31) - 1
_HEAP_CLASS = 1 << 9
_Builtin = type(len)


def _must_call(what, plural):
    if not callable(what):
        raise TypeError(plural + " must be callable")


def constructor(object):
    _must_call(object, "constructors")


def pickle(ob_type, pickle_function, constructor_ob=None):
    _must_call(pickle_function, "reduction functions")
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)


def pickle_complex(c):
    parts = c.real, c.imag
    return complex, parts


def pickle_union(obj):
    from functools import reduce
    from operator import or_

    return reduce, (or_, obj.__args__)


pickle(complex, pickle_complex, complex)
pickle(type(int | str), pickle_union)


# ---- builders


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    """Used by pickle protocol 4, instead of __newobj__ to allow classes with
    keyword-only arguments to be pickled correctly.
    """
    return cls.__new__(cls, *args, **kwargs)


def _reconstructor(cls, base, state):
    """An instance of a class over a builtin one whose value is known."""
    if base is object:
        return object.__new__(cls)
    made = base.__new__(cls, state)
    if base.__init__ != object.__init__:
        base.__init__(made, state)
    return made


# ---- reduction for protocols 0 and 1


def _is_native(kind):
    """Neither made by a class statement nor without a native __new__ of its own."""
    if not getattr(kind, "__flags__", _HEAP_CLASS) & _HEAP_CLASS:
        return True
    maker = kind.__new__
    return isinstance(maker, _Builtin) and maker.__self__ is kind


def _reduce_ex(self, proto):
    assert proto < 2
    kind = self.__class__
    refusal = f"cannot pickle {kind.__name__!r} object"
    native = next(filter(_is_native, kind.__mro__), object)
    if native is kind is not object:
        raise TypeError(refusal)
    parts = (kind, native, None if native is object else native(self))
    try:
        ask = self.__getstate__
    except AttributeError:
        if getattr(self, "__slots__", None):
            raise TypeError(
                f"{refusal}: a class that defines __slots__ without defining __getstate__ "
                f"cannot be pickled with protocol {proto}"
            ) from None
        extra = getattr(self, "__dict__", None)
    else:
        extra = ask()
    return (_reconstructor, parts, extra) if extra else (_reconstructor, parts)


# ---- slots


def _stored_name(owner, slot):
    """The attribute behind a slot: private names carry their class's."""
    prefix = owner.__name__.lstrip("_")
    private = slot.startswith("__") and not slot.endswith("__")
    return f"_{prefix}{slot}" if private and prefix else slot


def _slotnames(cls):
    """All slots of a class and its bases; kept in the class where it allows that."""
    known = cls.__dict__.get("__slotnames__")
    if known is not None:
        return known
    known = []
    for owner in cls.__mro__ if hasattr(cls, "__slots__") else ():
        declared = owner.__dict__.get("__slots__", ())
        if isinstance(declared, str):
            declared = [declared]
        known += [_stored_name(owner, slot) for slot in declared if slot not in ("__dict__", "__weakref__")]
    try:
        cls.__slotnames__ = known
    except Exception:
        # A class that cannot be changed.
        pass
    return known


# ---- extension codes


def _linked(key, code):
    return _extension_registry.get(key) == code and _inverted_registry.get(code) == key


def add_extension(module, name, code):
    """Register an extension code."""
    key, code = (module, name), int(code)
    if code not in range(1, _HIGHEST_CODE + 1):
        raise ValueError("code out of range")
    if _linked(key, code):
        return
    if key in _extension_registry:
        raise ValueError(f"key {key} is already registered with code {_extension_registry[key]}")
    if code in _inverted_registry:
        raise ValueError(f"code {code} is already in use for key {_inverted_registry[code]}")
    _extension_registry[key], _inverted_registry[code] = code, key


def remove_extension(module, name, code):
    """Unregister an extension code.  For testing only."""
    key = module, name
    if not _linked(key, code):
        raise ValueError(f"key {key} is not registered with code {code}")
    for table, entry in ((_extension_registry, key), (_inverted_registry, code), (_extension_cache, code)):
        table.pop(entry, None)


def clear_extension_cache():
    _extension_cache.clear()

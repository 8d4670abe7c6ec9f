"""Names for types that have none among the builtins, and helpers to make classes."""


class _Sample:
    def method(self):
        return lambda: self


def _name_types():
    import sys

    def generator():
        yield

    async def coroutine():
        pass

    async def async_generator():
        yield

    s = _Sample()
    awaited = coroutine()
    awaited.close()
    try:
        raise ValueError
    except ValueError as problem:
        trace = problem.__traceback__
    function = s.method.__func__
    table = {
        "Function": function, "Lambda": s.method(), "Code": function.__code__, "Cell": s.method().__closure__[0],
        "Generator": generator(), "Coroutine": awaited, "AsyncGenerator": async_generator(), "Method": s.method,
        "MappingProxy": type.__dict__, "BuiltinFunction": abs, "BuiltinMethod": abs, "WrapperDescriptor": object.__init__,
        "MethodWrapper": s.__str__, "MethodDescriptor": str.join,
        "ClassMethodDescriptor": dict.__dict__["fromkeys"], "Module": sys, "Traceback": trace, "Frame": trace.tb_frame,
        "GetSetDescriptor": type(function).__code__, "MemberDescriptor": type(function).__globals__,
        "Union": int | str, "Ellipsis": ..., "None": None, "NotImplemented": NotImplemented,
    }
    named = {name + "Type": type(sample) for name, sample in table.items()}
    named["SimpleNamespace"] = type(sys.implementation)
    named["GenericAlias"] = type(list[int])
    del table, trace  # The traceback holds this frame.
    return named


globals().update(_name_types())
del _Sample, _name_types


def resolve_bases(bases):
    found = []
    replaced = False
    for base in bases:
        if hasattr(base, "__mro_entries__") and (not isinstance(base, type) or isinstance(base, GenericAlias)):
            replaced = True
            instead = base.__mro_entries__(bases)
            if not isinstance(instead, tuple):
                raise TypeError("__mro_entries__ must return a tuple")
            found += instead
        else:
            found += (base,)
    return tuple(found) if replaced else bases


def _most_derived(meta, bases):
    for base in bases:
        theirs = type(base)
        if issubclass(theirs, meta):
            meta = theirs
        elif not issubclass(meta, theirs):
            raise TypeError(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
                "metaclasses of all its bases"
            )
    return meta


def prepare_class(name, bases=(), kwds=None):
    options = dict(kwds or ())
    meta = options.pop("metaclass", None) or (type(bases[0]) if bases else type)
    if isinstance(meta, type):
        meta = _most_derived(meta, bases)
    prepare = getattr(meta, "__prepare__", None)
    return meta, ({} if prepare is None else prepare(name, bases, **options)), options


def new_class(name, bases=(), kwds=None, exec_body=None):
    actual = resolve_bases(bases)
    meta, space, options = prepare_class(name, actual, kwds)
    if exec_body:
        exec_body(space)
    if actual is not bases:
        space["__orig_bases__"] = bases
    return meta(name, actual, space, **options)


class DynamicClassAttribute:
    """A property that is looked up on the class's metaclass when it is asked of the class."""

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.overwrite_doc = doc is None
        self.__doc__ = doc or getattr(fget, "__doc__", None)
        self.__isabstractmethod__ = bool(getattr(fget, "__isabstractmethod__", False))
        self.fget, self.fset, self.fdel = fget, fset, fdel

    def __get__(self, instance, ownerclass=None):
        if instance is not None:
            return self._accessor("fget", "unreadable attribute")(instance)
        if not self.__isabstractmethod__:
            raise AttributeError()
        return self

    def __set__(self, instance, value):
        self._accessor("fset", "can't set attribute")(instance, value)

    def __delete__(self, instance):
        self._accessor("fdel", "can't delete attribute")(instance)

    def _accessor(self, which, complaint):
        function = getattr(self, which)
        if function is None:
            raise AttributeError(complaint)
        return function

    def _with(self, which, function):
        parts = {"fget": self.fget, "fset": self.fset, "fdel": self.fdel}
        parts[which] = function
        text = function.__doc__ if which == "fget" and self.overwrite_doc else None
        made = type(self)(*parts.values(), text or self.__doc__)
        made.overwrite_doc = self.overwrite_doc
        return made

    def getter(self, fget):
        return self._with("fget", fget)

    def setter(self, fset):
        return self._with("fset", fset)

    def deleter(self, fdel):
        return self._with("fdel", fdel)


class _GeneratorWrapper:
    """Makes something that behaves as a generator awaitable."""

    def __init__(self, gen):
        self.__wrapped__ = gen
        self.__is_real = gen.__class__ is GeneratorType
        self.__name__ = getattr(gen, "__name__", None)
        self.__qualname__ = getattr(gen, "__qualname__", None)

    def send(self, val):
        return self.__wrapped__.send(val)

    def throw(self, tp, *rest):
        return self.__wrapped__.throw(tp, *rest)

    def close(self):
        return self.__wrapped__.close()

    gi_code = cr_code = property(lambda self: self.__wrapped__.gi_code)
    gi_frame = cr_frame = property(lambda self: self.__wrapped__.gi_frame)
    gi_running = cr_running = property(lambda self: self.__wrapped__.gi_running)
    gi_yieldfrom = cr_await = property(lambda self: self.__wrapped__.gi_yieldfrom)

    def __next__(self):
        return next(self.__wrapped__)

    def __iter__(self):
        return self.__wrapped__ if self.__is_real else self

    __await__ = __iter__


def coroutine(func):
    """Make what a generator function returns awaitable."""
    if not callable(func):
        raise TypeError("types.coroutine() expects a callable")
    code = getattr(func, "__code__", None)
    if func.__class__ is FunctionType and code.__class__ is CodeType:
        flags = code.co_flags
        if flags & 0x180:
            return func  # CO_COROUTINE or CO_ITERABLE_COROUTINE: it is already
        if flags & 0x20:
            func.__code__ = code.replace(co_flags=flags | 0x100)
            return func
    import functools
    from _collections_abc import Coroutine, Generator

    @functools.wraps(func)
    def wrapped(*args, **kwargs):
        made = func(*args, **kwargs)
        if made.__class__ is CoroutineType or made.__class__ is GeneratorType and made.gi_code.co_flags & 0x100:
            return made
        if isinstance(made, Generator) and not isinstance(made, Coroutine):
            return _GeneratorWrapper(made)
        return made

    return wrapped


__all__ = [name for name in globals() if name[0] != "_"]

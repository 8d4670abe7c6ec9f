"""Functions about functions: caching, wrapping, dispatch on types, completing comparisons."""

from abc import get_cache_token
from collections import namedtuple
from reprlib import recursive_repr
from _thread import RLock
from types import GenericAlias

try:
    from _functools import _lru_cache_wrapper, cmp_to_key, partial, reduce
except ImportError:
    from _pyfunctools import _lru_cache_wrapper, cmp_to_key, partial, reduce

__all__ = (
    "update_wrapper wraps WRAPPER_ASSIGNMENTS WRAPPER_UPDATES total_ordering cache cmp_to_key lru_cache reduce partial "
    "partialmethod singledispatch singledispatchmethod cached_property"
).split()

WRAPPER_UPDATES = ("__dict__",)
WRAPPER_ASSIGNMENTS = tuple(f"__{what}__" for what in "module name qualname doc annotations".split())


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Update a wrapper function to look like the wrapped function

       wrapper is the function to be updated
       wrapped is the original function
       assigned is a tuple naming the attributes assigned directly
       from the wrapped function to the wrapper function (defaults to
       functools.WRAPPER_ASSIGNMENTS)
       updated is a tuple naming the attributes of the wrapper that
       are updated with the corresponding attribute from the wrapped
       function (defaults to functools.WRAPPER_UPDATES)
    """
    for name in assigned:
        try:
            taken = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, taken)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Decorator factory to apply update_wrapper() to a wrapper function

       Returns a decorator that invokes update_wrapper() with the decorated
       function as the wrapper argument and the arguments to wraps() as the
       remaining arguments. Default arguments are as for update_wrapper().
       This is a convenience function to simplify applying partial() to
       update_wrapper().
    """
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


def _derived(name, given, opposite, with_equal):
    """The comparison `name` by means of the one given: its answer or the opposite, put right for equal objects."""

    def comparison(self, other):
        outcome = getattr(type(self), given)(self, other)
        if outcome is NotImplemented:
            return NotImplemented
        if opposite:
            outcome = not outcome
        if with_equal == "excluded":
            return outcome and self != other
        if with_equal == "included":
            return outcome or self == other
        return outcome

    comparison.__name__ = name
    comparison.__qualname__ = _name_of(name, given)
    comparison.__doc__ = getattr(int, name).__doc__
    return comparison


def _name_of(name, given):
    """What a derived comparison is called in this module, where pickle looks for it."""
    return f"_{name[2:4]}_from_{given[2:4]}"


def _equality_of(given, name):
    """What to do about equal objects, where `given` answers for `name` (or for its opposite)."""
    opposite = given[2] != name[2]
    counted = ("e" in given[3:4]) != opposite
    wanted = "e" in name[3:4]
    if counted == wanted:
        return opposite, None
    return opposite, "included" if wanted else "excluded"


_DERIVABLE = {
    "__lt__": ("__gt__", "__le__", "__ge__"), "__le__": ("__ge__", "__lt__", "__gt__"),
    "__gt__": ("__lt__", "__ge__", "__le__"), "__ge__": ("__le__", "__gt__", "__lt__"),
}
for _given, _names in _DERIVABLE.items():
    for _name in _names:
        globals()[_name_of(_name, _given)] = _derived(_name, _given, *_equality_of(_given, _name))
del _given, _names, _name


def total_ordering(cls):
    """Class decorator that fills in missing ordering methods"""
    own = []
    for name in ("__lt__", "__le__", "__gt__", "__ge__"):
        if getattr(cls, name, None) is not getattr(object, name, None):
            own.append(name)
    if not own:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    given = max(own)
    for name in _DERIVABLE[given]:
        if name not in own:
            setattr(cls, name, globals()[_name_of(name, given)])
    return cls


def _is_abstract(self):
    return getattr(self.func, "__isabstractmethod__", False)


class partialmethod:
    """Method descriptor with partial application of the given arguments
    and keywords.

    Supports wrapping existing descriptors and handles non-descriptor
    callables as instance methods.
    """

    __class_getitem__ = classmethod(GenericAlias)
    __isabstractmethod__ = property(_is_abstract)

    def __init__(self, func, /, *args, **keywords):
        if not (callable(func) or hasattr(func, "__get__")):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = func.keywords | keywords
            func = func.func
        self.func, self.args, self.keywords = func, args, keywords

    def __repr__(self):
        kind = self.__class__
        positional = ", ".join([repr(each) for each in self.args])
        named = ", ".join([f"{name}={self.keywords[name]!r}" for name in self.keywords])
        return f"{kind.__module__}.{kind.__qualname__}({self.func}, {positional}, {named})"

    def _plain_function(self):
        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})

        _method.__isabstractmethod__, _method._partialmethod = self.__isabstractmethod__, self
        return _method

    def __get__(self, obj, cls=None):
        binder = getattr(self.func, "__get__", None)
        bound = self.func if binder is None else binder(obj, cls)
        if bound is self.func:
            return self._plain_function().__get__(obj, cls)
        filled = partial(bound, *self.args, **self.keywords)
        try:
            filled.__self__ = bound.__self__
        except AttributeError:
            pass  # a function, as a static method gives
        return filled


def _unwrap_partial(func):
    while isinstance(func, partial):
        func = func.func
    return func


class _HashedSeq(list):
    """A key whose hash is computed once."""

    __slots__ = "hashvalue"

    def __init__(self, tup, hash=hash):
        self[:], self.hashvalue = tup, hash(tup)

    def __hash__(self):
        return self.hashvalue


_keyword_mark = (object(),)


def _make_key(args, kwds, typed, kwd_mark=_keyword_mark, fasttypes=frozenset({int, str}), tuple=tuple, type=type, len=len):
    """The key of a call for a cache."""
    key = args
    if kwds:
        key += kwd_mark
        for item in kwds.items():
            key += item
    if typed:
        key += tuple(type(v) for v in args)
        key += tuple(type(v) for v in kwds.values())
    elif len(key) == 1 and type(key[0]) in fasttypes:
        return key[0]
    return _HashedSeq(key)


_CacheInfo = namedtuple("CacheInfo", "hits misses maxsize currsize")


def lru_cache(maxsize=128, typed=False):
    """Least-recently-used cache decorator.

    If *maxsize* is set to None, the LRU features are disabled and the cache
    can grow without bound.

    If *typed* is True, arguments of different types will be cached separately.
    For example, f(3.0) and f(3) will be treated as distinct calls with
    distinct results.

    Arguments to the cached function must be hashable.

    View the cache statistics named tuple (hits, misses, maxsize, currsize)
    with f.cache_info().  Clear the cache and statistics with f.cache_clear().
    Access the underlying function with f.__wrapped__.

    See:  https://en.wikipedia.org/wiki/Cache_replacement_policies#Least_recently_used_(LRU)

    """

    if isinstance(maxsize, int):
        if maxsize < 0:
            maxsize = 0
    elif callable(maxsize) and isinstance(typed, bool):
        bare, maxsize = maxsize, 128
        caching = _lru_cache_wrapper(bare, maxsize, typed, _CacheInfo)
        caching.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
        return update_wrapper(caching, bare)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")

    def cached(function):
        caching = _lru_cache_wrapper(function, maxsize, typed, _CacheInfo)
        caching.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
        return update_wrapper(caching, function)

    return cached


def cache(user_function, /):
    """Simple lightweight unbounded cache.  Sometimes called "memoize"."""
    keep_all = lru_cache(None)
    return keep_all(user_function)


def _is_class(obj):
    return isinstance(obj, type) and not isinstance(obj, GenericAlias)


def _c3_merge(orders):
    """One order that respects all the given ones (the merge of C3)."""
    merged = []
    while orders := [order for order in orders if order]:
        later = [kind for order in orders for kind in order[1:]]
        head = next((order[0] for order in orders if order[0] not in later), None)
        if head is None:
            raise RuntimeError("Inconsistent hierarchy")
        merged.append(head)
        orders = [order[1:] if order[0] == head else order for order in orders]
    return merged


def _c3_mro(cls, abcs=()):
    """The order of look-up of the class as if it derived from the abstract classes that it implements."""
    bases = cls.__bases__
    # The abstract classes come after the last base that is one itself.
    cut = max((at for at, base in enumerate(bases, 1) if hasattr(base, "__abstractmethods__")), default=0)
    implied = [abc for abc in abcs if issubclass(cls, abc) and not any(issubclass(base, abc) for base in bases)]
    remaining = [abc for abc in abcs if abc not in implied]
    groups = [list(bases[:cut]), implied, list(bases[cut:])]
    return _c3_merge([[cls], *(_c3_mro(kind, remaining) for group in groups for kind in group), *groups])


def _compose_mro(cls, types):
    """The order in which to look for an implementation for the class."""
    proper = set(cls.__mro__)

    def implied(kind):
        return kind not in proper and _is_class(kind) and issubclass(cls, kind)

    candidates = [kind for kind in types if implied(kind)]
    tops = [kind for kind in candidates if not any(kind in rival.__mro__ for rival in candidates if rival != kind)]
    wanted = {}
    for kind in tops:
        chains = [
            [each for each in sub.__mro__ if each in tops]
            for sub in kind.__subclasses__() if sub not in proper and issubclass(cls, sub)
        ]
        chains.sort(key=len, reverse=True)
        for chain in chains or [[kind]]:
            wanted.update(dict.fromkeys(chain))
    return _c3_mro(cls, list(wanted))


def _find_impl(cls, registry):
    """The implementation for a class that is not registered itself."""
    order = iter(_compose_mro(cls, registry.keys()))
    best = next((kind for kind in order if kind in registry), None)
    rival = next(order, None)
    if rival in registry and cls.__mro__.count(rival) == cls.__mro__.count(best) == 0 and not issubclass(best, rival):
        raise RuntimeError(f"Ambiguous dispatch: {best} or {rival}")
    return registry.get(best)


def singledispatch(func):
    """Single-dispatch generic function decorator.

    Transforms a function into a generic function, which can have different
    behaviours depending upon the type of its first argument. The decorated
    function acts as the default implementation, and additional
    implementations can be registered using the register() attribute of the
    generic function.
    """
    from types import MappingProxyType
    from weakref import WeakKeyDictionary

    title = getattr(func, "__name__", "singledispatch function")
    registry = {}
    chosen = WeakKeyDictionary()
    abc_state = None

    def names_class(cls):
        return isinstance(cls, type) and not isinstance(cls, GenericAlias)

    def dispatch(cls):
        """The implementation for a class."""
        nonlocal abc_state
        if abc_state is not None:
            state = get_cache_token()
            if state != abc_state:
                chosen.clear()
                abc_state = state
        try:
            return chosen[cls]
        except KeyError:
            try:
                chosen[cls] = found = registry[cls]
            except KeyError:
                chosen[cls] = found = _find_impl(cls, registry)
            return found

    def register(cls, func=None):
        """Add an implementation: with a class as a decorator or directly, or by the function's annotation."""
        nonlocal abc_state
        if not names_class(cls):
            if func is not None:
                raise TypeError(f"Invalid first argument to `register()`. {cls!r} is not a class.")
            func = cls
            name, cls = _first_annotation(func)
            if not names_class(cls):
                raise TypeError(f"Invalid annotation for {name!r}. {cls!r} is not a class.")
        elif func is None:
            return lambda implementation: register(cls, implementation)
        registry[cls] = func
        if abc_state is None and hasattr(cls, "__abstractmethods__"):
            abc_state = get_cache_token()
        chosen.clear()
        return func

    def wrapper(*args, **kw):
        if args:
            return dispatch(args[0].__class__)(*args, **kw)
        raise TypeError(f"{title} requires at least 1 positional argument")

    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = MappingProxyType(registry)
    wrapper._clear_cache = chosen.clear
    return update_wrapper(wrapper, func)


def _first_annotation(function):
    """The name of the first parameter annotated, and what its annotation stands for."""
    if not getattr(function, "__annotations__", {}):
        raise TypeError(
            f"Invalid first argument to `register()`: {function!r}. Use either `@register(some_class)` "
            "or plain `@register` on an annotated function."
        )
    from typing import get_type_hints

    return next(iter(get_type_hints(function).items()))


class singledispatchmethod:
    """Single-dispatch generic method descriptor.

    Supports wrapping existing descriptors and handles non-descriptor
    callables as instance methods.
    """

    __isabstractmethod__ = property(_is_abstract)

    def __init__(self, func):
        if not (callable(func) or hasattr(func, "__get__")):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.dispatcher, self.func = singledispatch(func), func

    def register(self, cls, method=None):
        """generic_method.register(cls, func) -> func

        Registers a new implementation for the given *cls* on a *generic_method*.
        """
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def _method(*args, **kwargs):
            choice = self.dispatcher.dispatch(args[0].__class__)
            return choice.__get__(obj, cls)(*args, **kwargs)

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        return update_wrapper(_method, self.func)


_MISSING = object()


class cached_property:

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, func):
        # One by one: side by side they would be a tuple for a moment.
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.lock = RLock()

    def __set_name__(self, owner, name):
        known = self.attrname
        if known is not None and known != name:
            raise TypeError(f"Cannot assign the same cached_property to two different names ({known!r} and {name!r}).")
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if (name := self.attrname) is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            store = instance.__dict__
        except AttributeError:
            kind = type(instance).__name__
            raise TypeError(f"No '__dict__' attribute on {kind!r} instance to cache {name!r} property.") from None
        with self.lock:
            result = store.get(name, _MISSING)
            if result is not _MISSING:
                return result
            result = self.func(instance)
            try:
                store[name] = result
            except TypeError:
                kind = type(instance).__name__
                raise TypeError(
                    f"The '__dict__' attribute on {kind!r} instance does not support item assignment "
                    f"for caching {name!r} property."
                ) from None
        return result

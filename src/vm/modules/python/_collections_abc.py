"""The protocols of containers, iterators and coroutines as abstract base classes (seen as collections.abc)."""

import sys
from abc import ABCMeta, abstractmethod

__all__ = (
    "Awaitable Coroutine AsyncIterable AsyncIterator AsyncGenerator "
    "Hashable Iterable Iterator Generator Reversible Sized Container Callable Collection "
    "Set MutableSet Mapping MutableMapping MappingView KeysView ItemsView ValuesView "
    "Sequence MutableSequence ByteString"
).split()

# The module that the classes name as theirs.
__name__ = "collections.abc"

EllipsisType, GenericAlias = type(Ellipsis), type(tuple[int])

# The types of built-in objects that builtins does not name.
(bytes_iterator, bytearray_iterator, list_iterator, set_iterator, str_iterator, tuple_iterator, zip_iterator,
 range_iterator, longrange_iterator, list_reverseiterator) = (
    type(iter(source))
    for source in (b"", bytearray(), [], set(), "", (), zip(), range(1), range(sys.maxsize + 2), reversed([]))
)
dict_keys, dict_values, dict_items = map(type, (dict().keys(), dict().values(), dict().items()))
dict_keyiterator, dict_valueiterator, dict_itemiterator = (
    type(iter(view)) for view in (dict().keys(), dict().values(), dict().items())
)
mappingproxy = type(vars(object))


def _code_types():
    def plain():
        yield

    async def awaiting():
        pass

    async def both():
        yield

    unstarted = awaiting()
    unstarted.close()
    return type(plain), type(plain()), type(unstarted), type(both())


FunctionType, generator, coroutine, async_generator = _code_types()
del _code_types


def _check_methods(C, *methods):
    """True if all the methods are there; NotImplemented if one is not, or is None."""
    for wanted in methods:
        for owner in C.__mro__:
            if wanted in owner.__dict__:
                if owner.__dict__[wanted] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


def _enroll(abc, *types):
    for each in types:
        abc.register(each)


def _raisable(typ, val, tb):
    """What `throw` has to raise."""
    if val is None and tb is None:
        return typ
    exception = typ() if val is None else val
    return exception if tb is None else exception.with_traceback(tb)


class Hashable(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __hash__(self):
        return 0

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, "__hash__") if cls is Hashable else NotImplemented


class Awaitable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __await__(self):
        yield

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, "__await__") if cls is Awaitable else NotImplemented


class Coroutine(Awaitable):
    __slots__ = ()

    @abstractmethod
    def send(self, value):
        """Send a value into the coroutine.
        Return next yielded value or raise StopIteration.
        """
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Raise an exception in the coroutine.
        Return next yielded value or raise StopIteration.
        """
        raise _raisable(typ, val, tb)

    def close(self):
        """Raise GeneratorExit inside coroutine.
        """
        try:
            self.throw(GeneratorExit)
        except (StopIteration, GeneratorExit):
            return
        raise RuntimeError("coroutine ignored GeneratorExit")

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, "__await__", "send", "throw", "close") if cls is Coroutine else NotImplemented


_enroll(Coroutine, coroutine)


class AsyncIterable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __aiter__(self):
        return AsyncIterator()

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, "__aiter__") if cls is AsyncIterable else NotImplemented


class AsyncIterator(AsyncIterable):
    __slots__ = ()

    def __aiter__(self):
        return self

    @abstractmethod
    async def __anext__(self):
        """Return the next item or raise StopAsyncIteration when exhausted."""
        raise StopAsyncIteration

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, "__anext__", "__aiter__") if cls is AsyncIterator else NotImplemented


class AsyncGenerator(AsyncIterator):
    __slots__ = ()

    @abstractmethod
    async def asend(self, value):
        """Send a value into the asynchronous generator.
        Return next yielded value or raise StopAsyncIteration.
        """
        raise StopAsyncIteration

    @abstractmethod
    async def athrow(self, typ, val=None, tb=None):
        """Raise an exception in the asynchronous generator.
        Return next yielded value or raise StopAsyncIteration.
        """
        raise _raisable(typ, val, tb)

    async def __anext__(self):
        """Return the next item from the asynchronous generator.
        When exhausted, raise StopAsyncIteration.
        """
        return await self.asend(None)

    async def aclose(self):
        """Raise GeneratorExit inside coroutine.
        """
        try:
            await self.athrow(GeneratorExit)
        except (StopAsyncIteration, GeneratorExit):
            return
        raise RuntimeError("asynchronous generator ignored GeneratorExit")

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, "__aiter__", "__anext__", "asend", "athrow", "aclose") if cls is AsyncGenerator else NotImplemented


_enroll(AsyncGenerator, async_generator)


class Iterable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __iter__(self):
        yield from ()

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, "__iter__") if cls is Iterable else NotImplemented


class Iterator(Iterable):
    __slots__ = ()

    def __iter__(self):
        return self

    @abstractmethod
    def __next__(self):
        """Return the next item from the iterator. When exhausted, raise StopIteration"""
        raise StopIteration

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, "__iter__", "__next__") if cls is Iterator else NotImplemented


_enroll(
    Iterator, bytes_iterator, bytearray_iterator, dict_keyiterator, dict_valueiterator, dict_itemiterator, list_iterator,
    list_reverseiterator, range_iterator, longrange_iterator, set_iterator, str_iterator, tuple_iterator, zip_iterator,
)


class Reversible(Iterable):
    __slots__ = ()

    @abstractmethod
    def __reversed__(self):
        yield from ()

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, "__reversed__", "__iter__") if cls is Reversible else NotImplemented


class Generator(Iterator):
    __slots__ = ()

    @abstractmethod
    def send(self, value):
        """Send a value into the generator.
        Return next yielded value or raise StopIteration.
        """
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Raise an exception in the generator.
        Return next yielded value or raise StopIteration.
        """
        raise _raisable(typ, val, tb)

    def __next__(self):
        """Return the next item from the generator.
        When exhausted, raise StopIteration.
        """
        return self.send(None)

    def close(self):
        """Raise GeneratorExit inside generator.
        """
        try:
            self.throw(GeneratorExit)
        except (StopIteration, GeneratorExit):
            return
        raise RuntimeError("generator ignored GeneratorExit")

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, "__iter__", "__next__", "send", "throw", "close") if cls is Generator else NotImplemented


_enroll(Generator, generator)


class Sized(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __len__(self):
        return 0

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, "__len__") if cls is Sized else NotImplemented


class Container(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __contains__(self, x):
        return False

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, "__contains__") if cls is Container else NotImplemented


class Collection(Sized, Iterable, Container):
    __slots__ = ()

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, "__len__", "__iter__", "__contains__") if cls is Collection else NotImplemented


def _of_typing(obj, *names):
    kind = type(obj)
    return kind.__module__ == "typing" and kind.__name__ in names


def _any_arguments(obj):
    """Whether it stands alone for the list of argument types."""
    return obj is Ellipsis or isinstance(obj, list) or _of_typing(obj, "ParamSpec", "_ConcatenateGenericAlias")


def _shown(obj):
    """How a type argument is written in a repr."""
    if obj is Ellipsis:
        return "..."
    if isinstance(obj, FunctionType):
        return obj.__name__
    if issubclass(type(obj), GenericAlias) or not isinstance(obj, type):
        return repr(obj)
    prefix = "" if obj.__module__ == "builtins" else obj.__module__ + "."
    return prefix + obj.__qualname__


def _bracketed(args):
    """The pair that stood in the brackets of Callable[...]."""
    *takes, gives = args
    if len(takes) == 1 and _any_arguments(takes[0]):
        return takes[0], gives
    return takes, gives


class _CallableGenericAlias(GenericAlias):
    """Callable[arguments, result]; `__args__` has the argument types one by one and then the result."""

    __slots__ = ()

    def __new__(cls, origin, args):
        if not isinstance(args, tuple) or len(args) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        takes, gives = args
        if isinstance(takes, list):
            return super().__new__(cls, origin, (*takes, gives))
        if _any_arguments(takes):
            return super().__new__(cls, origin, args)
        raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {takes}")

    @property
    def __parameters__(self):
        seen = {}
        for each in self.__args__:
            if _of_typing(each, "TypeVar", "ParamSpec"):
                seen[each] = True
            elif issubclass(type(each), GenericAlias) or not isinstance(each, type):
                seen.update(dict.fromkeys(getattr(each, "__parameters__", ())))
        return tuple(seen)

    def __repr__(self):
        takes, gives = _bracketed(self.__args__)
        if takes is self.__args__[0]:
            return super().__repr__()
        return f"collections.abc.Callable[[{', '.join(map(_shown, takes))}], {_shown(gives)}]"

    def __reduce__(self):
        return _CallableGenericAlias, (Callable, _bracketed(self.__args__))

    def __getitem__(self, item):
        free = self.__parameters__
        given = item if isinstance(item, tuple) else (item,)
        if len(free) == 1 and _of_typing(free[0], "ParamSpec") and not (given and _any_arguments(given[0])):
            given = (list(given),)
        if not free:
            raise TypeError(f"{self} is not a generic class")
        if len(given) != len(free):
            amount = "few" if len(given) < len(free) else "many"
            raise TypeError(f"Too {amount} arguments for {self}; actual {len(given)}, expected {len(free)}")
        meaning = dict(zip(free, given))
        filled = []
        for each in self.__args__:
            if _of_typing(each, "TypeVar", "ParamSpec"):
                wanted, each = each, meaning[each]
                if _of_typing(wanted, "ParamSpec") and not isinstance(each, (list, tuple)) and not _any_arguments(each):
                    raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {each}")
            else:
                inner = () if type(each) is type else getattr(each, "__parameters__", ())
                if inner:
                    each = each[tuple(map(meaning.get, inner))]
            filled.append(each)
        if isinstance(filled[0], (list, tuple)):
            filled[:1] = filled[0]
        *takes, gives = filled
        return _CallableGenericAlias(Callable, _bracketed(filled) if takes == [...] else (takes, gives))


class Callable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(_CallableGenericAlias)

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, "__call__") if cls is Callable else NotImplemented


class Set(Collection):
    """A set is a finite, iterable container.

    This class provides concrete generic implementations of all
    methods except for __contains__, __iter__ and __len__.

    To override the comparisons (presumably for speed, as the
    semantics are fixed), redefine __le__ and __ge__,
    then the other operations will automatically follow suit.
    """

    __slots__ = ()

    @classmethod
    def _from_iterable(cls, it):
        """How the operators make their results; for classes that are called otherwise to override."""
        return cls(it)

    def __eq__(self, other):
        if isinstance(other, Set):
            return len(self) == len(other) and self.__le__(other)
        return NotImplemented

    def __lt__(self, other):
        if isinstance(other, Set):
            return len(self) < len(other) and self.__le__(other)
        return NotImplemented

    def __gt__(self, other):
        if isinstance(other, Set):
            return len(self) > len(other) and self.__ge__(other)
        return NotImplemented

    def __le__(self, other):
        if isinstance(other, Set):
            if len(self) > len(other):
                return False
            for mine in self:
                if mine not in other:
                    return False
            return True
        return NotImplemented

    def __ge__(self, other):
        if isinstance(other, Set):
            if len(self) < len(other):
                return False
            for theirs in other:
                if theirs not in self:
                    return False
            return True
        return NotImplemented

    def isdisjoint(self, other):
        """Return True if two sets have a null intersection."""
        for theirs in other:
            if theirs in self:
                return False
        return True

    def __and__(self, other):
        if isinstance(other, Iterable):
            return self._from_iterable(theirs for theirs in other if theirs in self)
        return NotImplemented

    def __or__(self, other):
        if isinstance(other, Iterable):
            everything = (each for side in (self, other) for each in side)
            return self._from_iterable(everything)
        return NotImplemented

    def __sub__(self, other):
        if not isinstance(other, Set):
            if isinstance(other, Iterable):
                other = self._from_iterable(other)
            else:
                return NotImplemented
        return self._from_iterable(mine for mine in self if mine not in other)

    def __rsub__(self, other):
        if not isinstance(other, Set):
            if isinstance(other, Iterable):
                other = self._from_iterable(other)
            else:
                return NotImplemented
        return self._from_iterable(theirs for theirs in other if theirs not in self)

    def __xor__(self, other):
        if not isinstance(other, Set):
            if isinstance(other, Iterable):
                other = self._from_iterable(other)
            else:
                return NotImplemented
        return (self - other) | (other - self)

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    def _hash(self):
        """What hash() gives for a frozenset of the same elements."""
        word = 2 * sys.maxsize + 1
        result = (len(self) + 1) * 1927868237 & word
        for each in self:
            bits = hash(each)
            result = (result ^ (bits ^ bits << 16 ^ 89869747) * 3644798167) & word
        result ^= result >> 11 ^ result >> 25
        result = (result * 69069 + 907133923) & word
        if result == word:
            return 590923713
        return result if result <= sys.maxsize else result - word - 1


_enroll(Set, frozenset)


class MutableSet(Set):
    """A mutable set is a finite, iterable container.

    This class provides concrete generic implementations of all
    methods except for __contains__, __iter__, __len__,
    add(), and discard().

    To override the comparisons (presumably for speed, as the
    semantics are fixed), all you have to do is redefine __le__ and
    then the other operations will automatically follow suit.
    """

    __slots__ = ()

    @abstractmethod
    def add(self, value):
        """Add an element."""
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        """Remove an element.  Do not raise an exception if absent."""
        raise NotImplementedError

    def remove(self, value):
        """Remove an element. If not a member, raise a KeyError."""
        if value in self:
            self.discard(value)
        else:
            raise KeyError(value)

    def pop(self):
        """Return the popped value.  Raise KeyError if empty."""
        elements = iter(self)
        try:
            taken = next(elements)
        except StopIteration:
            raise KeyError from None
        self.discard(taken)
        return taken

    def clear(self):
        """This is slow (creates N new iterators!) but effective."""
        while True:
            try:
                self.pop()
            except KeyError:
                return

    def __ior__(self, it):
        for theirs in it:
            self.add(theirs)
        return self

    def __iand__(self, it):
        for gone in self - it:
            self.discard(gone)
        return self

    def __isub__(self, it):
        if it is not self:
            for theirs in it:
                self.discard(theirs)
        else:
            self.clear()
        return self

    def __ixor__(self, it):
        if it is self:
            self.clear()
            return self
        if not isinstance(it, Set):
            it = self._from_iterable(it)
        for theirs in it:
            if theirs not in self:
                self.add(theirs)
            else:
                self.discard(theirs)
        return self


_enroll(MutableSet, set)


class Mapping(Collection):
    """A Mapping is a generic container for associating key/value
    pairs.

    This class provides concrete generic implementations of all
    methods except for __getitem__, __iter__, and __len__.
    """

    __slots__ = ()
    __abc_tpflags__ = 0x40  # instances match mapping patterns
    __reversed__ = None

    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    def __contains__(self, key):
        try:
            self[key]
            return True
        except KeyError:
            return False

    def get(self, key, default=None):
        """D.get(k[,d]) -> D[k] if k in D, else d.  d defaults to None."""
        try:
            return self[key]
        except KeyError:
            pass
        return default

    def __eq__(self, other):
        if isinstance(other, Mapping):
            return dict(self.items()) == dict(other.items())
        return NotImplemented

    def keys(self):
        """D.keys() -> a set-like object providing a view on D's keys"""
        return KeysView(self)

    def values(self):
        """D.values() -> an object providing a view on D's values"""
        return ValuesView(self)

    def items(self):
        """D.items() -> a set-like object providing a view on D's items"""
        return ItemsView(self)


_enroll(Mapping, mappingproxy)


class MappingView(Sized):
    __slots__ = ("_mapping",)
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, mapping):
        self._mapping = mapping

    def __repr__(self):
        return f"{self.__class__.__name__}({self._mapping!r})"

    def __len__(self):
        return len(self._mapping)


class KeysView(MappingView, Set):
    __slots__ = ()

    def __iter__(self):
        yield from self._mapping

    def __contains__(self, key):
        return key in self._mapping

    @classmethod
    def _from_iterable(cls, it):
        return set(it)


_enroll(KeysView, dict_keys)


class ItemsView(MappingView, Set):
    __slots__ = ()

    def __iter__(self):
        for name in self._mapping:
            yield name, self._mapping[name]

    def __contains__(self, item):
        name, wanted = item
        try:
            held = self._mapping[name]
        except KeyError:
            return False
        return held is wanted or held == wanted

    @classmethod
    def _from_iterable(cls, it):
        return set(it)


_enroll(ItemsView, dict_items)


class ValuesView(MappingView, Collection):
    __slots__ = ()

    def __iter__(self):
        for name in self._mapping:
            yield self._mapping[name]

    def __contains__(self, value):
        for name in self._mapping:
            held = self._mapping[name]
            if held is value or held == value:
                return True
        return False


_enroll(ValuesView, dict_values)

_ABSENT = object()


class MutableMapping(Mapping):
    """A MutableMapping is a generic container for associating
    key/value pairs.

    This class provides concrete generic implementations of all
    methods except for __getitem__, __setitem__, __delitem__,
    __iter__, and __len__.
    """

    __slots__ = ()

    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError

    def pop(self, key, default=_ABSENT):
        """D.pop(k[,d]) -> v, remove specified key and return the corresponding value.
          If key is not found, d is returned if given, otherwise KeyError is raised.
        """
        try:
            taken = self[key]
        except KeyError:
            if default is not _ABSENT:
                return default
            raise
        del self[key]
        return taken

    def popitem(self):
        """D.popitem() -> (k, v), remove and return some (key, value) pair
           as a 2-tuple; but raise KeyError if D is empty.
        """
        try:
            first = next(iter(self))
        except StopIteration:
            raise KeyError from None
        held = self[first]
        del self[first]
        return first, held

    def clear(self):
        """D.clear() -> None.  Remove all items from D."""
        while True:
            try:
                self.popitem()
            except KeyError:
                return

    def setdefault(self, key, default=None):
        """D.setdefault(k[,d]) -> D.get(k,d), also set D[k]=d if k not in D"""
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default

    def update(self, other=(), /, **kwds):
        """ D.update([E, ]**F) -> None.  Update D from mapping/iterable E and F.
            If E present and has a .keys() method, does:     for k in E: D[k] = E[k]
            If E present and lacks .keys() method, does:     for (k, v) in E: D[k] = v
            In either case, this is followed by: for k, v in F.items(): D[k] = v
        """
        if not isinstance(other, Mapping) and not hasattr(other, "keys"):
            for name, held in other:
                self[name] = held
        else:
            for name in other if isinstance(other, Mapping) else other.keys():
                self[name] = other[name]
        for name, held in kwds.items():
            self[name] = held


_enroll(MutableMapping, dict)


class Sequence(Reversible, Collection):
    """All the operations on a read-only sequence.

    Concrete subclasses must override __new__ or __init__,
    __getitem__, and __len__.
    """

    __slots__ = ()
    __abc_tpflags__ = 0x20  # instances match sequence patterns

    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        at = 0
        while True:
            try:
                item = self[at]
                yield item
            except IndexError:
                return
            at += 1

    def __reversed__(self):
        for at in range(len(self) - 1, -1, -1):
            yield self[at]

    def __contains__(self, value):
        for item in self:
            if item is value or item == value:
                return True
        return False

    def count(self, value):
        """S.count(value) -> integer -- return number of occurrences of value"""
        return sum(1 for item in self if item is value or item == value)

    def index(self, value, start=0, stop=None):
        """S.index(value, [start, [stop]]) -> integer -- return first index of value.
           Raises ValueError if the value is not present.

           Supporting start and stop arguments is optional, but
           recommended.
        """
        at = start
        if at is not None and at < 0:
            at = max(at + len(self), 0)
        if stop is not None and stop < 0:
            stop = stop + len(self)
        while stop is None or at < stop:
            try:
                item = self[at]
                if item is value or item == value:
                    return at
            except IndexError:
                break
            at += 1
        raise ValueError


_enroll(Sequence, tuple, str, range, memoryview)


class ByteString(Sequence):
    """This unifies bytes and bytearray.

    XXX Should add all their methods.
    """

    __slots__ = ()


_enroll(ByteString, bytes, bytearray)


class MutableSequence(Sequence):
    """All the operations on a read-write sequence.

    Concrete subclasses must provide __new__ or __init__,
    __getitem__, __setitem__, __delitem__, __len__, and insert().
    """

    __slots__ = ()

    @abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def insert(self, index, value):
        """S.insert(index, value) -- insert value before index"""
        raise IndexError

    def append(self, value):
        """S.append(value) -- append value to the end of the sequence"""
        self.insert(len(self), value)

    def extend(self, values):
        """S.extend(iterable) -- extend sequence by appending elements from the iterable"""
        if values is self:
            values = list(values)
        for each in values:
            self.append(each)

    def __iadd__(self, values):
        self.extend(values)
        return self

    def pop(self, index=-1):
        """S.pop([index]) -> item -- remove and return item at index (default last).
           Raise IndexError if list is empty or index is out of range.
        """
        taken = self[index]
        del self[index]
        return taken

    def remove(self, value):
        """S.remove(value) -- remove first occurrence of value.
           Raise ValueError if the value is not present.
        """
        del self[self.index(value)]

    def clear(self):
        """S.clear() -> None -- remove all items from S"""
        while True:
            try:
                self.pop()
            except IndexError:
                return

    def reverse(self):
        """S.reverse() -- reverse *IN PLACE*"""
        size = len(self)
        for low in range(size // 2):
            high = size - 1 - low
            self[low], self[high] = self[high], self[low]


_enroll(MutableSequence, list, bytearray)

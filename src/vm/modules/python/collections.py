"""The container classes written in Python; deque, defaultdict and OrderedDict are native (`_collections`)."""

import operator as _op
import sys as _sys
from itertools import chain as _chain, repeat as _repeat, starmap as _starmap
from _collections_abc import Mapping as _Mapping, MutableMapping as _MutableMapping
from _collections_abc import MutableSequence as _MutableSequence, Sequence as _Sequence

__all__ = ["ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString", "defaultdict", "deque", "namedtuple"]

try:
    from _collections import OrderedDict, _count_elements, _tuplegetter, defaultdict, deque
except ImportError:
    from _pycollections import OrderedDict, _count_elements, _tuplegetter
else:
    _MutableSequence.register(deque)

_RESERVED = frozenset("""False None True and as assert async await break class continue def del elif else except finally for from
global if import in is lambda nonlocal not or pass raise return try while with yield""".split())

_ORDERINGS = {"__lt__": "<", "__le__": "<=", "__eq__": "==", "__gt__": ">", "__ge__": ">="}


def _compiled(owner, *definitions):
    """One-line methods given as text, `name(parameters): body` each, as a dict for the body of class `owner`."""
    made = {}
    exec("\n".join(f"def {one}" for one in definitions), globals(), made)
    for name, function in made.items():
        function.__qualname__ = f"{owner}.{name}"
    return made


def _lines(text):
    return [line for line in map(str.strip, text.splitlines()) if line]


# ---- namedtuple

def _name_problem(name):
    """Why rename=True has to replace this field name, or why no class may have it: a message, or None."""
    if not name.isidentifier():
        return f"Type names and field names must be valid identifiers: {name!r}"
    if name in _RESERVED:
        return f"Type names and field names cannot be a keyword: {name!r}"
    return None


def _fields_of(typename, wanted, rename):
    """The tuple of interned field names, after all checks."""
    if isinstance(wanted, str):
        wanted = wanted.replace(",", " ").split()
    names = [str(one) for one in wanted]
    if rename:
        earlier = set()
        for place, one in enumerate(names):
            if one[:1] == "_" or one in earlier or _name_problem(one):
                names[place] = f"_{place}"
            earlier.add(one)
    for one in (typename, *names):
        if type(one) is not str:
            raise TypeError("Type names and field names must be strings")
        problem = _name_problem(one)
        if problem:
            raise ValueError(problem)
    for place, one in enumerate(names):
        if one[0] == "_" and not rename:
            raise ValueError(f"Field names cannot start with an underscore: {one!r}")
        if one in names[:place]:
            raise ValueError(f"Encountered duplicate field name: {one!r}")
    return tuple(map(_sys.intern, names))


def _tuple_methods(fields, template):
    """The methods that every namedtuple class gets anew, bound to its field names."""
    # The builtins are caught with the rest: what a program does to `builtins` later changes no method.
    width = len(fields)
    build = tuple.__new__
    counted, applied, paired, as_dict, as_tuple = len, map, zip, dict, tuple

    def _make(cls, iterable):
        made = build(cls, iterable)
        if counted(made) == width:
            return made
        raise TypeError(f"Expected {width} arguments, got {len(made)}")

    def _replace(self, /, **kwds):
        made = self._make(applied(kwds.pop, fields, self))
        if not kwds:
            return made
        raise ValueError(f"Got unexpected field names: {list(kwds)!r}")

    def __repr__(self):
        "Return a nicely formatted representation string"
        return self.__class__.__name__ + template % self

    def _asdict(self):
        "Return a new dict which maps field names to their values."
        return as_dict(paired(self._fields, self))

    def __getnewargs__(self):
        "Return self as a plain tuple.  Used by copy and pickle."
        return as_tuple(self)

    return _make, _replace, __repr__, _asdict, __getnewargs__


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """Returns a new subclass of tuple with named fields.

    >>> Point = namedtuple('Point', ['x', 'y'])
    >>> Point.__doc__                   # docstring for the new class
    'Point(x, y)'
    >>> p = Point(11, y=22)             # instantiate with positional args or keywords
    >>> p[0] + p[1]                     # indexable like a plain tuple
    33
    >>> x, y = p                        # unpack like a regular tuple
    >>> x, y
    (11, 22)
    >>> p.x + p.y                       # fields also accessible by name
    33
    >>> d = p._asdict()                 # convert to a dictionary
    >>> d['x']
    11
    >>> Point(**d)                      # convert from a dictionary
    Point(x=11, y=22)
    >>> p._replace(x=100)               # _replace() is like str.replace() but targets named fields
    Point(x=100, y=22)

    """
    typename = _sys.intern(str(typename))
    fields = _fields_of(typename, field_names, rename)
    preset = ()
    if defaults is not None:
        preset = defaults = tuple(defaults)
        if len(preset) > len(fields):
            raise TypeError("Got more default values than field names")
    listing = ", ".join(fields) + ("," if len(fields) == 1 else "")

    # The field names are the parameters of __new__: text, compiled.
    create = eval(f"lambda _cls, {listing}: _build(_cls, ({listing}))",
                  {"_build": tuple.__new__, "__builtins__": {}, "__name__": f"namedtuple_{typename}"})
    create.__name__ = "__new__"
    create.__doc__ = f"Create new instance of {typename}({listing})"
    if defaults is not None:
        create.__defaults__ = preset

    members = {"__doc__": f"{typename}({listing})", "__slots__": (), "_fields": fields, "__match_args__": fields,
               "_field_defaults": dict(zip(fields[len(fields) - len(preset):], preset))}
    shape = "(%s)" % ", ".join([one + "=%r" for one in fields])
    for function in (create, *_tuple_methods(fields, shape)):
        function.__qualname__ = f"{typename}.{function.__name__}"
        members[function.__name__] = function
    members["_make"].__doc__ = f"Make a new {typename} object from a sequence or iterable"
    members["_replace"].__doc__ = f"Return a new {typename} object replacing specified fields with new values"
    members["_make"] = classmethod(members["_make"])
    for place, one in enumerate(fields):
        members[one] = _tuplegetter(place, _sys.intern(f"Alias for field number {place}"))
    made = type(typename, (tuple,), members)

    if module is None:
        # The caller's module, as if its code held a class statement.
        try:
            module = _sys._getframe(1).f_globals.get("__name__", "__main__")
        except (AttributeError, ValueError):
            return made
    made.__module__ = module
    return made


# ---- Counter

def _all_counts(name):
    """A comparison of Counters that holds if it holds for the counts of every element of both."""
    relation = getattr(_op, name)

    def compare(self, other):
        if isinstance(other, Counter):
            return all(relation(self[key], other[key]) for side in (self, other) for key in side)
        return NotImplemented

    compare.__name__ = name
    compare.__qualname__ = f"Counter.{name}"
    return compare


def _drop_nonpositive(counter):
    for key in [key for key, amount in counter.items() if not amount > 0]:
        del counter[key]
    return counter


class Counter(dict):
    """Dict subclass for counting hashable items.  Sometimes called a bag
    or multiset.  Elements are stored as dictionary keys and their counts
    are stored as dictionary values.

    >>> c = Counter('abcdeabcdabcaba')  # count elements from a string

    >>> c.most_common(3)                # three most common elements
    [('a', 5), ('b', 4), ('c', 3)]
    >>> sorted(c)                       # list all unique elements
    ['a', 'b', 'c', 'd', 'e']
    >>> ''.join(sorted(c.elements()))   # list elements with repetitions
    'aaaaabbbbcccdde'
    >>> sum(c.values())                 # total of all counts
    15

    >>> c['a']                          # count of letter 'a'
    5
    >>> for elem in 'shazam':           # update counts from an iterable
    ...     c[elem] += 1                # by adding 1 to each element's count
    >>> c['a']                          # now there are seven 'a'
    7
    >>> del c['b']                      # remove all 'b'
    >>> c['b']                          # now there are zero 'b'
    0

    >>> d = Counter('simsalabim')       # make another counter
    >>> c.update(d)                     # add in the second counter
    >>> c['a']                          # now there are nine 'a'
    9

    >>> c.clear()                       # empty the counter
    >>> c
    Counter()

    Note:  If a count is set to zero or reduced to zero, it will remain
    in the counter until the entry is deleted or the counter is cleared:

    >>> c = Counter('aaabbc')
    >>> c['b'] -= 2                     # reduce the count of 'b' by two
    >>> c.most_common()                 # 'b' is still in, but its count is zero
    [('a', 3), ('c', 1), ('b', 0)]

    """

    def __init__(self, iterable=None, /, **kwds):
        """Create a new, empty Counter object.  And if given, count elements
        from an input iterable.  Or, initialize the count from another mapping
        of elements to their counts.

        >>> c = Counter()                           # a new, empty counter
        >>> c = Counter('gallahad')                 # a new counter from an iterable
        >>> c = Counter({'a': 4, 'b': 2})           # a new counter from a mapping
        >>> c = Counter(a=4, b=2)                   # a new counter from keyword args

        """
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        """The count of elements not in the Counter is zero."""
        return 0

    @classmethod
    def fromkeys(cls, iterable, v=None):
        message = "Counter.fromkeys() is undefined.  Use Counter(iterable) instead."
        raise NotImplementedError(message)

    def update(self, iterable=None, /, **kwds):
        """Like dict.update() but add counts instead of replacing them.

        Source can be an iterable, a dictionary, or another Counter instance.

        >>> c = Counter('which')
        >>> c.update('witch')           # add elements from another iterable
        >>> d = Counter('watch')
        >>> c.update(d)                 # add elements from another counter
        >>> c['h']                      # four 'h' in which, witch, and watch
        4

        """
        if iterable is None:
            pass
        elif not isinstance(iterable, _Mapping):
            _count_elements(self, iterable)
        elif not self:
            super().update(iterable)
        else:
            known = self.get
            for key, amount in iterable.items():
                self[key] = amount + known(key, 0)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Like dict.update() but subtracts counts instead of replacing them.
        Counts can be reduced below zero.  Both the inputs and outputs are
        allowed to contain zero and negative counts.

        Source can be an iterable, a dictionary, or another Counter instance.

        >>> c = Counter('which')
        >>> c.subtract('witch')             # subtract elements from another iterable
        >>> c.subtract(Counter('watch'))    # subtract elements from another counter
        >>> c['h']                          # 2 in which, minus 1 in witch, minus 1 in watch
        0
        >>> c['w']                          # 1 in which, minus 1 in witch, minus 1 in watch
        -1

        """
        if iterable is not None:
            known = self.get
            if not isinstance(iterable, _Mapping):
                for key in iterable:
                    self[key] = known(key, 0) - 1
            else:
                for key, amount in iterable.items():
                    self[key] = known(key, 0) - amount
        if kwds:
            self.subtract(kwds)

    def total(self):
        """Sum of the counts"""
        return sum(self.values())

    def elements(self):
        """Iterator over elements repeating each as many times as its count.

        >>> c = Counter('ABCABC')
        >>> sorted(c.elements())
        ['A', 'A', 'B', 'B', 'C', 'C']

        # Knuth's example for prime factors of 1836:  2**2 * 3**3 * 17**1
        >>> prime_factors = Counter({2: 2, 3: 3, 17: 1})
        >>> product = 1
        >>> for factor in prime_factors.elements():     # loop over factors
        ...     product *= factor                       # and multiply them
        >>> product
        1836

        Note, if an element's count has been set to zero or is a negative
        number, elements() will ignore it.

        """
        repeated = _starmap(_repeat, self.items())
        return _chain.from_iterable(repeated)

    def most_common(self, n=None):
        """List the n most common elements and their counts from the most
        common to the least.  If n is None, then list all element counts.

        >>> Counter('abracadabra').most_common(3)
        [('a', 5), ('b', 2), ('r', 2)]

        """
        ranking = sorted(self.items(), key=_op.itemgetter(1), reverse=True)
        return ranking if n is None else ranking[:max(n, 0)]

    def copy(self):
        """Return a shallow copy."""
        return self.__class__(self)

    def __reduce__(self):
        return self.__class__, (dict(self),)

    def __delitem__(self, elem):
        """Like dict.__delitem__() but does not raise KeyError for missing values."""
        # Nothing to delete is no error.
        if elem in self:
            super().__delitem__(elem)

    def __repr__(self):
        if len(self) == 0:
            return self.__class__.__name__ + "()"
        try:
            shown = dict(self.most_common())
        except TypeError:
            shown = dict(self)   # the counts have no order
        return f"{self.__class__.__name__}({shown!r})"

    __eq__ = _all_counts("__eq__")
    __le__ = _all_counts("__le__")
    __ge__ = _all_counts("__ge__")
    __hash__ = None

    def __ne__(self, other):
        """True if any counts disagree. Missing counts are treated as zero."""
        return not self == other if isinstance(other, Counter) else NotImplemented

    def __lt__(self, other):
        """True if all counts in self are a proper subset of those in other."""
        return self <= other and self != other if isinstance(other, Counter) else NotImplemented

    def __gt__(self, other):
        """True if all counts in self are a proper superset of those in other."""
        return self >= other and self != other if isinstance(other, Counter) else NotImplemented

    # The results of the operators hold positive counts only.

    def __add__(self, other):
        """Add counts from two counters.

        >>> Counter('abbb') + Counter('bcc')
        Counter({'b': 4, 'c': 2, 'a': 1})

        """
        if isinstance(other, Counter):
            merged = Counter()
            for key, mine in self.items():
                both = mine + other[key]
                if both > 0:
                    merged[key] = both
            for key, theirs in other.items():
                if key not in self and theirs > 0:
                    merged[key] = theirs
            return merged
        return NotImplemented

    def __sub__(self, other):
        """ Subtract count, but keep only results with positive counts.

        >>> Counter('abbbc') - Counter('bccd')
        Counter({'b': 2, 'a': 1})

        """
        if isinstance(other, Counter):
            rest = Counter()
            for key, mine in self.items():
                left = mine - other[key]
                if left > 0:
                    rest[key] = left
            for key, theirs in other.items():
                if key not in self and theirs < 0:
                    rest[key] = 0 - theirs
            return rest
        return NotImplemented

    def __or__(self, other):
        """Union is the maximum of value in either of the input counters.

        >>> Counter('abbb') | Counter('bcc')
        Counter({'b': 3, 'c': 2, 'a': 1})

        """
        if isinstance(other, Counter):
            highest = Counter()
            for key, mine in self.items():
                theirs = other[key]
                more = theirs if mine < theirs else mine
                if more > 0:
                    highest[key] = more
            for key, mine in other.items():
                if key not in self and mine > 0:
                    highest[key] = mine
            return highest
        return NotImplemented

    def __and__(self, other):
        """ Intersection is the minimum of corresponding counts.

        >>> Counter('abbb') & Counter('bcc')
        Counter({'b': 1})

        """
        if isinstance(other, Counter):
            lowest = Counter()
            for key, mine in self.items():
                theirs = other[key]
                less = mine if mine < theirs else theirs
                if less > 0:
                    lowest[key] = less
            return lowest
        return NotImplemented

    def __pos__(self):
        """Adds an empty counter, effectively stripping negative and zero counts"""
        kept = Counter()
        for key, amount in self.items():
            if amount > 0:
                kept[key] = amount
        return kept

    def __neg__(self):
        """Subtracts from an empty counter.  Strips positive and zero counts,
        and flips the sign on negative counts.

        """
        turned = Counter()
        for key, amount in self.items():
            if amount < 0:
                turned[key] = 0 - amount
        return turned

    def __iadd__(self, other):
        """Inplace add from another counter, keeping only positive counts.

        >>> c = Counter('abbb')
        >>> c += Counter('bcc')
        >>> c
        Counter({'b': 4, 'c': 2, 'a': 1})

        """
        for key, theirs in other.items():
            self[key] += theirs
        return _drop_nonpositive(self)

    def __isub__(self, other):
        """Inplace subtract counter, but keep only results with positive counts.

        >>> c = Counter('abbbc')
        >>> c -= Counter('bccd')
        >>> c
        Counter({'b': 2, 'a': 1})

        """
        for key, theirs in other.items():
            self[key] -= theirs
        return _drop_nonpositive(self)

    def __ior__(self, other):
        """Inplace union is the maximum of value from either counter.

        >>> c = Counter('abbb')
        >>> c |= Counter('bcc')
        >>> c
        Counter({'b': 3, 'c': 2, 'a': 1})

        """
        for key, theirs in other.items():
            mine = self[key]
            if theirs > mine:
                self[key] = theirs
        return _drop_nonpositive(self)

    def __iand__(self, other):
        """Inplace intersection is the minimum of corresponding counts.

        >>> c = Counter('abbb')
        >>> c &= Counter('bcc')
        >>> c
        Counter({'b': 1})

        """
        for key, mine in self.items():
            theirs = other[key]
            if theirs < mine:
                self[key] = theirs
        return _drop_nonpositive(self)


# ---- ChainMap

def _shown_once(show):
    """A __repr__ that does not go into an object again whose repr() is running."""
    active = set()

    def guarded(self):
        mark = id(self)
        if mark not in active:
            active.add(mark)
            try:
                return show(self)
            finally:
                active.discard(mark)
        return "..."

    guarded.__name__ = show.__name__
    guarded.__qualname__ = show.__qualname__
    return guarded


class ChainMap(_MutableMapping):
    """ A ChainMap groups multiple dicts (or other mappings) together
    to create a single, updateable view.

    The underlying mappings are stored in a list.  That list is public and can
    be accessed or updated using the *maps* attribute.  There is no other
    state.

    Lookups search the underlying mappings successively until a key is found.
    In contrast, writes, updates, and deletions only operate on the first
    mapping.

    """

    def __init__(self, *maps):
        """Initialize a ChainMap by setting *maps* to the given mappings.
        If no mappings are provided, a single empty dictionary is used.

        """
        self.maps = list(maps) if maps else [{}]

    locals().update(_compiled("ChainMap", *_lines("""
        __bool__(self): return any(self.maps)
        __missing__(self, key): raise KeyError(key)
        __setitem__(self, key, value): self.maps[0][key] = value
        clear(self): self.maps[0].clear()
        """)))

    def __getitem__(self, key):
        for layer in self.maps:
            # Subscripting, not `in`, lets a layer make up values (defaultdict).
            try:
                return layer[key]
            except KeyError:
                continue
        return self.__missing__(key)

    def __contains__(self, key):
        for layer in self.maps:
            if key in layer:
                return True
        return False

    def get(self, key, default=None):
        if key in self:
            return self[key]
        return default

    def __len__(self):
        distinct = set()
        return len(distinct.union(*self.maps))

    def __iter__(self):
        order = {}
        for layer in reversed(self.maps):
            order |= dict.fromkeys(layer)
        return iter(order)

    @_shown_once
    def __repr__(self):
        return "%s(%s)" % (self.__class__.__name__, ", ".join(map(repr, self.maps)))

    @classmethod
    def fromkeys(cls, iterable, *args):
        """Create a ChainMap with a single dict created from the iterable."""
        return cls(dict.fromkeys(iterable, *args))

    def copy(self):
        """New ChainMap or subclass with a new copy of maps[0] and refs to maps[1:]"""
        return self.__class__(self.maps[0].copy(), *self.maps[1:])

    __copy__ = copy

    def new_child(self, m=None, **kwargs):
        """New ChainMap with a new map followed by all previous maps.
        If no map is provided, an empty dict is used.
        Keyword arguments update the map or new empty dict.
        """
        if m is None:
            m = kwargs
        elif kwargs:
            m.update(kwargs)
        return self.__class__(m, *self.maps)

    @property
    def parents(self):
        """New ChainMap from maps[1:]."""
        return self.__class__(*self.maps[1:])

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}")

    def pop(self, key, *args):
        """Remove *key* from maps[0] and return its value. Raise KeyError if *key* not in maps[0]."""
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}")

    def popitem(self):
        """Remove and return an item pair from maps[0]. Raise KeyError is maps[0] is empty."""
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError("No keys found in the first mapping.")

    def __ior__(self, other):
        self.maps[0].update(other)
        return self

    def __or__(self, other):
        if isinstance(other, _Mapping):
            merged = self.copy()
            merged.maps[0].update(other)
            return merged
        return NotImplemented

    def __ror__(self, other):
        if isinstance(other, _Mapping):
            merged = dict(other)
            for layer in reversed(self.maps):
                merged.update(layer)
            return self.__class__(merged)
        return NotImplemented


# ---- UserDict, UserList, UserString: each wraps its built-in type in the attribute `data`

class UserDict(_MutableMapping):

    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        if kwargs:
            self.update(kwargs)

    # __contains__ leaves __missing__ out, unlike that of Mapping.
    locals().update(_compiled("UserDict", *_lines("""
        __len__(self): return len(self.data)
        __iter__(self): return iter(self.data)
        __repr__(self): return repr(self.data)
        __contains__(self, key): return key in self.data
        __setitem__(self, key, item): self.data[key] = item
        __delitem__(self, key): del self.data[key]
        """)))

    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        if not hasattr(self.__class__, "__missing__"):
            raise KeyError(key)
        return self.__class__.__missing__(self, key)

    def __or__(self, other):
        if not isinstance(other, (UserDict, dict)):
            return NotImplemented
        return self.__class__(self.data | (other.data if isinstance(other, UserDict) else other))

    def __ror__(self, other):
        if not isinstance(other, (UserDict, dict)):
            return NotImplemented
        return self.__class__((other.data if isinstance(other, UserDict) else other) | self.data)

    def __ior__(self, other):
        self.data |= other.data if isinstance(other, UserDict) else other
        return self

    def __copy__(self):
        twin = self.__class__.__new__(self.__class__)
        twin.__dict__.update(self.__dict__)
        twin.__dict__["data"] = self.__dict__["data"].copy()
        return twin

    def copy(self):
        mine = self.data
        if self.__class__ is UserDict:
            return UserDict(mine.copy())
        from copy import copy as shallow
        # The subclass may have any attributes: copy it while it is empty, and fill the copy.
        self.data = {}
        try:
            twin = shallow(self)
        finally:
            self.data = mine
        twin.update(self)
        return twin

    @classmethod
    def fromkeys(cls, iterable, value=None):
        filled = cls()
        for one in iterable:
            filled[one] = value
        return filled


def _list_in(value):
    return value.data if isinstance(value, UserList) else value


# What an operand adds to the data of a UserList, as an expression for the methods below.
_ADDED = "(other.data if isinstance(other, UserList) else other if isinstance(other, type(self.data)) else list(other))"


class UserList(_MutableSequence):
    """A more or less complete user-defined wrapper around list objects."""

    def __init__(self, initlist=None):
        self.data = []
        if isinstance(initlist, UserList):
            self.data[:] = initlist.data
        elif type(initlist) is list:
            self.data[:] = initlist
        elif initlist is not None:
            self.data = list(initlist)

    locals().update(_compiled("UserList",
        *[f"{name}(self, other): return self.data {sign} _list_in(other)" for name, sign in _ORDERINGS.items()],
        f"__add__(self, other): return self.__class__(self.data + {_ADDED})",
        f"__radd__(self, other): return self.__class__({_ADDED} + self.data)",
        f"__iadd__(self, other): self.data += {_ADDED}; return self",
        *_lines("""
        __len__(self): return len(self.data)
        __repr__(self): return repr(self.data)
        __contains__(self, item): return item in self.data
        __setitem__(self, i, item): self.data[i] = item
        __delitem__(self, i): del self.data[i]
        __mul__(self, n): return self.__class__(self.data * n)
        append(self, item): self.data.append(item)
        insert(self, i, item): self.data.insert(i, item)
        pop(self, i=-1): return self.data.pop(i)
        remove(self, item): self.data.remove(item)
        clear(self): self.data.clear()
        copy(self): return self.__class__(self)
        count(self, item): return self.data.count(item)
        index(self, item, *args): return self.data.index(item, *args)
        reverse(self): self.data.reverse()
        sort(self, /, *args, **kwds): self.data.sort(*args, **kwds)
        extend(self, other): self.data.extend(_list_in(other))
        """)))

    __rmul__ = __mul__
    __hash__ = None

    def __getitem__(self, i):
        return self.__class__(self.data[i]) if isinstance(i, slice) else self.data[i]

    def __imul__(self, n):
        self.data *= n
        return self

    def __copy__(self):
        twin = self.__class__.__new__(self.__class__)
        twin.__dict__.update(self.__dict__)
        twin.__dict__["data"] = self.__dict__["data"][:]
        return twin


def _str_in(value):
    return value.data if isinstance(value, UserString) else value


class UserString(_Sequence):

    def __init__(self, seq):
        self.data = seq if isinstance(seq, str) else seq.data[:] if isinstance(seq, UserString) else str(seq)

    # Conversions and comparisons, then methods with plain results, tests, and methods with a UserString as the result.
    locals().update(_compiled("UserString",
        *[f"__{kind}__(self): return {kind}(self.data)" for kind in "str repr int float complex hash len".split()],
        *[f"{name}(self, string): return self.data {sign} _str_in(string)" for name, sign in _ORDERINGS.items()],
        *_lines("""
        __getnewargs__(self): return self.data[:],
        __contains__(self, char): return _str_in(char) in self.data
        __getitem__(self, index): return self.__class__(self.data[index])
        __mul__(self, n): return self.__class__(self.data * n)
        __mod__(self, args): return self.__class__(self.data % args)
        __rmod__(self, template): return self.__class__(str(template) % self)
        __radd__(self, other): return self.__class__((other if isinstance(other, str) else str(other)) + self.data)
        format(self, /, *args, **kwds): return self.data.format(*args, **kwds)
        format_map(self, mapping): return self.data.format_map(mapping)
        join(self, seq): return self.data.join(seq)
        partition(self, sep): return self.data.partition(sep)
        rpartition(self, sep): return self.data.rpartition(sep)
        split(self, sep=None, maxsplit=-1): return self.data.split(sep, maxsplit)
        rsplit(self, sep=None, maxsplit=-1): return self.data.rsplit(sep, maxsplit)
        splitlines(self, keepends=False): return self.data.splitlines(keepends)
        startswith(self, prefix, start=0, end=_sys.maxsize): return self.data.startswith(prefix, start, end)
        endswith(self, suffix, start=0, end=_sys.maxsize): return self.data.endswith(suffix, start, end)
        index(self, sub, start=0, end=_sys.maxsize): return self.data.index(sub, start, end)
        rindex(self, sub, start=0, end=_sys.maxsize): return self.data.rindex(sub, start, end)
        """),
        *[f"{name}(self, sub, start=0, end=_sys.maxsize): return self.data.{name}(_str_in(sub), start, end)"
          for name in ("count", "find", "rfind")],
        *[f"is{what}(self): return self.data.is{what}()" for what in (
            "alnum alpha ascii decimal digit identifier lower numeric printable space title upper".split())],
        *[f"{name}({first}): return self.__class__(self.data.{name}({rest}))" for name, first, rest in (
            *[(name, "self", "") for name in "capitalize casefold lower swapcase title upper".split()],
            *[(name, "self, width, *args", "width, *args") for name in ("center", "ljust", "rjust")],
            *[(name, "self, chars=None", "chars") for name in ("strip", "lstrip", "rstrip")],
            ("expandtabs", "self, tabsize=8", "tabsize"),
            ("removeprefix", "self, prefix, /", "_str_in(prefix)"),
            ("removesuffix", "self, suffix, /", "_str_in(suffix)"),
            ("replace", "self, old, new, maxsplit=-1", "_str_in(old), _str_in(new), maxsplit"),
            ("translate", "self, *args", "*args"),
            ("zfill", "self, width", "width"))]))

    __rmul__ = __mul__
    maketrans = str.maketrans

    def __add__(self, other):
        tail = _str_in(other)
        if tail is other and not isinstance(other, str):
            tail = str(other)
        return self.__class__(self.data + tail)

    def encode(self, encoding="utf-8", errors="strict"):
        return self.data.encode("utf-8" if encoding is None else encoding, "strict" if errors is None else errors)

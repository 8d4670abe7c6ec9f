"""Objects that stand in for others: they take any use, remember it, and say whether it was as it should."""

__all__ = (
    "Mock MagicMock patch sentinel DEFAULT ANY call create_autospec AsyncMock FILTER_DIR NonCallableMock "
    "NonCallableMagicMock mock_open PropertyMock seal"
).split()

import asyncio
import builtins
import functools
import inspect
import sys
from asyncio import coroutines, iscoroutinefunction
from contextlib import ExitStack
from types import FunctionType, MethodType, ModuleType

from unittest.util import safe_repr


FILTER_DIR = True


class _SentinelObject(object):
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "sentinel.%s" % self.name

    def __reduce__(self):
        return "sentinel.%s" % self.name


class _Sentinel(object):
    """Gives an object of its own for each name."""

    def __init__(self):
        self._sentinels = {}

    def __getattr__(self, name):
        if name == "__bases__":
            raise AttributeError
        return self._sentinels.setdefault(name, _SentinelObject(name))

    def __reduce__(self):
        return "sentinel"


sentinel = _Sentinel()
DEFAULT, _missing, _deleted = sentinel.DEFAULT, sentinel.MISSING, sentinel.DELETED


class _ANY(object):
    "Equal to anything."

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return "<ANY>"


ANY = _ANY()


# Calls


def _format_call_signature(name, args, kwargs):
    shown = [repr(arg) for arg in args] + ["%s=%r" % item for item in kwargs.items()]
    return "%s(%s)" % (name, ", ".join(shown))


class _CallList(list):
    def __contains__(self, value):
        if not isinstance(value, list):
            return list.__contains__(self, value)
        width = len(value)
        return any(self[at:at + width] == value for at in range(len(self) - width + 1))

    def __repr__(self):
        plain = list.__repr__(self)
        if len(plain) < 80:
            return plain
        import pprint

        return pprint.pformat(list(self))


class _Call(tuple):
    """A call as (name, args, kwargs), or (args, kwargs) with `two`; equal to shorter tuples that say the same."""

    def __new__(cls, value=(), name="", parent=None, two=False, from_kall=True):
        args, kwargs = (), {}
        if len(value) == 3:
            name, args, kwargs = value
        elif len(value) == 2:
            first, second = value
            if isinstance(first, str):
                name = first
                args, kwargs = (second, {}) if isinstance(second, tuple) else ((), second)
            else:
                args, kwargs = first, second
        elif len(value) == 1:
            (only,) = value
            if isinstance(only, str):
                name = only
            elif isinstance(only, tuple):
                args = only
            else:
                kwargs = only
        return tuple.__new__(cls, (args, kwargs) if two else (name, args, kwargs))

    def __init__(self, value=(), name=None, parent=None, two=False, from_kall=True):
        self._mock_name, self._mock_parent, self._mock_from_kall = name, parent, from_kall

    def _parts(self):
        return tuple(self) if len(self) == 3 else ("", *self)

    def __eq__(self, other):
        try:
            size = len(other)
        except TypeError:
            return NotImplemented
        own_name, own_args, own_kwargs = self._parts()
        if getattr(self, "_mock_parent", None) and getattr(other, "_mock_parent", None) \
                and self._mock_parent != other._mock_parent:
            return False
        name, args, kwargs = "", (), {}
        if size == 3:
            name, args, kwargs = other
        elif size == 2:
            first, second = other
            if isinstance(first, str):
                name = first
                args, kwargs = (second, {}) if isinstance(second, tuple) else ((), second)
            else:
                args, kwargs = first, second
        elif size == 1:
            (only,) = other
            if isinstance(only, tuple):
                args = only
            elif isinstance(only, str):
                name = only
            else:
                kwargs = only
        elif size:
            return False
        if own_name and name != own_name:
            return False
        return (args, kwargs) == (own_args, own_kwargs)

    __ne__ = object.__ne__

    def __call__(self, /, *args, **kwargs):
        if self._mock_name is None:
            return _Call(("", args, kwargs), name="()")
        return _Call((self._mock_name, args, kwargs), name=self._mock_name + "()", parent=self)

    def __getattr__(self, attr):
        if self._mock_name is None:
            return _Call(name=attr, from_kall=False)
        return _Call(name="%s.%s" % (self._mock_name, attr), parent=self, from_kall=False)

    def __getattribute__(self, attr):
        if attr in tuple.__dict__ and not attr.startswith("__"):
            # `call.count` and `call.index` are names like others.
            raise AttributeError
        return tuple.__getattribute__(self, attr)

    @property
    def args(self):
        return self._parts()[1]

    @property
    def kwargs(self):
        return self._parts()[2]

    def __repr__(self):
        if not self._mock_from_kall:
            name = self._mock_name or "call"
            return name if name.startswith("call") else "call.%s" % name
        name, args, kwargs = self._parts()
        if not name:
            name = "call"
        elif name.startswith("()"):
            name = "call%s" % name
        else:
            name = "call.%s" % name
        return _format_call_signature(name, args, kwargs)

    def call_list(self):
        """All the calls that led to this one."""
        calls, this = [], self
        while this is not None:
            if this._mock_from_kall:
                calls.append(this)
            this = this._mock_parent
        return _CallList(reversed(calls))


call = _Call(from_kall=False)


# Mocks


def _is_magic(name):
    return "__%s__" % name[2:-2] == name


_numeric = "add sub mul matmul truediv floordiv mod lshift rshift and xor or pow".split()
_magics = {"__%s__" % name for name in (
    "lt gt le ge eq ne getitem setitem delitem len contains str sizeof enter exit divmod rdivmod neg pos abs invert "
    "complex int float index round trunc floor ceil bool next fspath aiter hash iter repr dir format subclasses "
    "missing reduce reduce_ex getinitargs getnewargs getstate setstate getformat reversed").split()}
_magics |= {"__%s%s__" % (kind, name) for name in _numeric for kind in ("", "r", "i")}
_unsupported_by_default = {
    "__repr__", "__dir__", "__format__", "__subclasses__", "__missing__", "__reduce__", "__reduce_ex__", "__getinitargs__",
    "__getnewargs__", "__getstate__", "__setstate__", "__getformat__", "__reversed__", "__ne__x"}
_async_magics = {"__aenter__", "__aexit__", "__anext__"}
_magic_defaults = (_magics | _async_magics) - _unsupported_by_default

_return_values = {
    "__lt__": NotImplemented, "__gt__": NotImplemented, "__le__": NotImplemented, "__ge__": NotImplemented, "__int__": 1,
    "__contains__": False, "__len__": 0, "__exit__": False, "__aexit__": False, "__complex__": 1j, "__float__": 1.0, "__bool__": True,
    "__index__": 1}


def _default_for(mock, name):
    """What a magic method of a MagicMock gives; DEFAULT for another mock."""
    if name in _return_values:
        return {"return_value": _return_values[name]}
    if name == "__hash__":
        return {"return_value": object.__hash__(mock)}
    if name == "__str__":
        return {"return_value": object.__str__(mock)}
    if name == "__sizeof__":
        return {"return_value": object.__sizeof__(mock)}
    if name == "__fspath__":
        return {"return_value": f"{type(mock).__name__}/{mock._extract_mock_name()}/{id(mock)}"}
    if name in ("__eq__", "__ne__", "__iter__", "__aiter__"):
        return {"side_effect": functools.partial(_unless_told, mock, name)}
    return {}


def _unless_told(mock, name, *args):
    """Comparison by identity and iteration over nothing, unless a result has been set."""
    told = getattr(mock, name)._mock_return_value
    if name == "__iter__":
        return iter([] if told is DEFAULT else told)
    if name == "__aiter__":
        return _each_awaited([] if told is DEFAULT else told)
    if told is not DEFAULT:
        return DEFAULT
    if mock is args[0]:
        return name == "__eq__"
    return NotImplemented


async def _each_awaited(items):
    for item in items:
        yield item


class _MagicProxy:
    """A magic method that is made when it is first used."""

    def __init__(self, name, parent):
        self.name, self.parent = name, parent

    def create_mock(self):
        parent = self.parent
        made = parent._get_child_mock(name=self.name, _new_name=self.name, _new_parent=parent)
        for attribute, value in _default_for(parent, self.name).items():
            setattr(made, attribute, value)
        setattr(parent, self.name, made)
        return made

    def __get__(self, obj, _type=None):
        return self.create_mock()


class InvalidSpecError(Exception):
    """A mock was given as a spec."""


def _is_exception(obj):
    return isinstance(obj, BaseException) or isinstance(obj, type) and issubclass(obj, BaseException)


def _is_list_or_tuple(obj):
    return type(obj) in (list, tuple)


_own_names = {
    "return_value", "_mock_return_value", "side_effect", "_mock_side_effect", "_mock_parent", "_mock_new_parent", "_mock_name",
    "_mock_new_name"}


class Base(object):
    _mock_return_value = DEFAULT
    _mock_side_effect = None

    def __init__(self, /, *args, **kwargs):
        pass


class NonCallableMock(Base):
    """A mock that cannot be called."""

    def __new__(cls, /, *args, **kw):
        # A class of its own, so that magic methods can be set for it alone.
        made = type(cls.__name__, (cls,), {"__doc__": cls.__doc__})
        return object.__new__(made)

    def __init__(self, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None, _new_name="",
                 _new_parent=None, _spec_as_instance=False, _eat_self=None, unsafe=False, **kwargs):
        own = self.__dict__
        if _new_parent is None:
            _new_parent = parent
        own["_mock_parent"], own["_mock_name"], own["_mock_new_name"] = parent, name, _new_name
        own["_mock_new_parent"], own["_mock_sealed"] = _new_parent, False
        if spec_set is not None:
            spec, spec_set = spec_set, True
        self._mock_add_spec(spec, spec_set, _spec_as_instance)
        own["_mock_children"], own["_mock_wraps"], own["_mock_delegate"] = {}, wraps, None
        own["_mock_called"], own["_mock_call_args"], own["_mock_call_count"] = False, None, 0
        own["_mock_call_args_list"], own["_mock_mock_calls"], own["method_calls"] = _CallList(), _CallList(), _CallList()
        own["_mock_unsafe"] = unsafe
        if kwargs:
            self.configure_mock(**kwargs)

    def _mock_add_spec(self, spec, spec_set, _spec_as_instance=False):
        kind = signature = None
        if spec is not None and isinstance(spec, NonCallableMock):
            raise InvalidSpecError(f"Cannot spec a Mock object. [object={spec!r}]")
        names = spec
        if spec is not None and not _is_list_or_tuple(spec):
            kind = spec if isinstance(spec, type) else type(spec)
            signature = _signature_of(spec, _spec_as_instance)
            names = dir(spec)
        own = self.__dict__
        own["_spec_asyncs"] = [
            each for each in names or () if isinstance(each, str) and iscoroutinefunction(getattr(spec, each, None))]
        own["_spec_class"], own["_spec_set"], own["_spec_signature"] = kind, spec_set, signature
        own["_mock_methods"] = names

    def mock_add_spec(self, spec, spec_set=False):
        """Restricts the attributes to those of the spec."""
        self._mock_add_spec(spec, spec_set)

    def attach_mock(self, mock, attribute):
        """Makes another mock an attribute: its calls are calls of this one."""
        mock._mock_parent = mock._mock_new_parent = None
        mock._mock_name = ""
        mock._mock_new_name = None
        setattr(self, attribute, mock)

    @property
    def return_value(self):
        value = self._mock_return_value
        if value is DEFAULT:
            value = self._get_child_mock(_new_parent=self, _new_name="()")
            self.__dict__["_mock_return_value"] = value
        return value

    @return_value.setter
    def return_value(self, value):
        self.__dict__["_mock_return_value"] = value
        _check_and_set_parent(self, value, None, "()")

    @property
    def __class__(self):
        return type(self) if self._spec_class is None else self._spec_class

    @property
    def side_effect(self):
        return self._mock_side_effect

    @side_effect.setter
    def side_effect(self, value):
        if value is not None and not callable(value) and not _is_exception(value):
            try:
                value = iter(value)
            except TypeError:
                pass
        self.__dict__["_mock_side_effect"] = value

    called = property(lambda self: self._mock_called, lambda self, value: self.__dict__.update(_mock_called=value))
    call_count = property(lambda self: self._mock_call_count, lambda self, value: self.__dict__.update(_mock_call_count=value))
    call_args = property(lambda self: self._mock_call_args, lambda self, value: self.__dict__.update(_mock_call_args=value))
    call_args_list = property(
        lambda self: self._mock_call_args_list, lambda self, value: self.__dict__.update(_mock_call_args_list=value))
    mock_calls = property(lambda self: self._mock_mock_calls, lambda self, value: self.__dict__.update(_mock_mock_calls=value))

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        "Forgets all calls."
        visited = [] if visited is None else visited
        if id(self) in visited:
            return
        visited.append(id(self))
        self.called, self.call_args, self.call_count = False, None, 0
        self.mock_calls, self.call_args_list, self.method_calls = _CallList(), _CallList(), _CallList()
        if return_value:
            self._mock_return_value = DEFAULT
        if side_effect:
            self._mock_side_effect = None
        for child in self._mock_children.values():
            if isinstance(child, NonCallableMock):
                child.reset_mock(visited, return_value=return_value, side_effect=side_effect)
        value = self._mock_return_value
        if isinstance(value, NonCallableMock) and value is not self:
            value.reset_mock(visited)

    def configure_mock(self, /, **kwargs):
        """Sets attributes, those of attributes too: configure_mock(**{"a.b.return_value": 3})."""
        for path, value in sorted(kwargs.items(), key=lambda item: item[0].count(".")):
            *between, last = path.split(".")
            obj = self
            for name in between:
                obj = getattr(obj, name)
            setattr(obj, last, value)

    def __getattr__(self, name):
        if name in {"_mock_methods", "_mock_unsafe"}:
            raise AttributeError(name)
        if self._mock_methods is not None:
            if name not in self._mock_methods or name in _magics | _async_magics:
                raise AttributeError("Mock object has no attribute %r" % name)
        elif _is_magic(name):
            raise AttributeError(name)
        if not self._mock_unsafe and name.startswith(("assert", "assret", "asert", "aseert", "assrt")):
            raise AttributeError(
                f"{name!r} is not a valid assertion. Use a spec for the mock if {name!r} is meant to be an attribute.")
        child = self._mock_children.get(name)
        if child is _deleted:
            raise AttributeError(name)
        if child is None:
            wraps = getattr(self._mock_wraps, name) if self._mock_wraps is not None else None
            child = self._get_child_mock(parent=self, name=name, wraps=wraps, _new_name=name, _new_parent=self)
            self._mock_children[name] = child
        return child

    def _extract_mock_name(self):
        names, parent, this = [self._mock_new_name], self._mock_new_parent, self
        dot = "" if names == ["()"] else "."
        while parent is not None:
            this = parent
            names.append(parent._mock_new_name + dot)
            dot = "" if parent._mock_new_name == "()" else "."
            parent = parent._mock_new_parent
        names = [name for name in reversed(names)]
        first = this._mock_name or "mock"
        if len(names) > 1 and names[1] not in ("()", "()."):
            first += "."
        names[0] = first
        return "".join(names)

    def __repr__(self):
        name = self._extract_mock_name()
        shown = " name=%r" % name if name not in ("mock", "mock.") else ""
        spec = ""
        if self._spec_class is not None:
            spec = (" spec_set=%r" if self._spec_set else " spec=%r") % self._spec_class.__name__
        return "<%s%s%s id='%s'>" % (type(self).__name__, shown, spec, id(self))

    def __dir__(self):
        if not FILTER_DIR:
            return object.__dir__(self)
        names = list(self._mock_methods or []) + dir(type(self)) + list(self.__dict__)
        names += [name for name, child in self._mock_children.items() if child is not _deleted]
        return sorted({name for name in names if not name.startswith("_") or _is_magic(name)})

    def __setattr__(self, name, value):
        if name in _own_names:
            return object.__setattr__(self, name, value)
        if self._spec_set and self._mock_methods is not None and name not in self._mock_methods and name not in self.__dict__:
            raise AttributeError("Mock object has no attribute '%s'" % name)
        if name in {"method_calls", "call_args_list", "mock_calls", "called", "call_count", "call_args"}:
            return object.__setattr__(self, name, value)
        if name in _magics | _async_magics:
            if self._mock_methods is not None and name not in self._mock_methods:
                raise AttributeError("Mock object has no attribute '%s'" % name)
            if isinstance(value, NonCallableMock):
                _check_and_set_parent(self, value, None, name)
                setattr(type(self), name, value)
                self._mock_children[name] = value
            else:
                setattr(type(self), name, _bound_with_self(self, value) if isinstance(value, FunctionType) else value)
                return None
            return None
        if name == "__class__":
            self.__dict__["_spec_class"] = value
            return None
        if _check_and_set_parent(self, value, name, name):
            self._mock_children[name] = value
        if self._mock_sealed and not hasattr(self, name):
            raise AttributeError(f"Cannot set {self._extract_mock_name()}.{name}")
        return object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name in _magics and name in type(self).__dict__:
            delattr(type(self), name)
            if name not in self.__dict__:
                return
        child = self._mock_children.get(name, _missing)
        if name in self.__dict__:
            object.__delattr__(self, name)
        elif child is _deleted:
            raise AttributeError(name)
        if child is not _missing:
            del self._mock_children[name]
        self._mock_children[name] = _deleted

    # Assertions

    def _format_mock_call_signature(self, args, kwargs):
        return _format_call_signature(self._mock_name or "mock", args, kwargs)

    def _calls_repr(self, prefix="Calls"):
        return f"\n{prefix}: {safe_repr(self.mock_calls)}." if self.mock_calls else ""

    def _call_matcher(self, one):
        """The call with its arguments sorted into parameters, where the signature is known."""
        if self._spec_signature is None:
            return one
        name, args, kwargs = one if len(one) == 3 else ("", *one)
        try:
            bound = self._spec_signature.bind(*args, **kwargs)
        except TypeError as error:
            return error.with_traceback(None)
        return _Call((name, bound.args, bound.kwargs))

    def assert_not_called(self):
        """Never called."""
        if self.call_count:
            raise AssertionError("Expected '%s' to not have been called. Called %s times.%s" % (
                self._mock_name or "mock", self.call_count, self._calls_repr()))

    def assert_called(self):
        """Called at least once."""
        if not self.call_count:
            raise AssertionError("Expected '%s' to have been called." % (self._mock_name or "mock"))

    def assert_called_once(self):
        """Called once."""
        if self.call_count != 1:
            raise AssertionError("Expected '%s' to have been called once. Called %s times.%s" % (
                self._mock_name or "mock", self.call_count, self._calls_repr()))

    def assert_called_with(self, /, *args, **kwargs):
        """The last call was this one."""
        expected = self._format_mock_call_signature(args, kwargs)
        if self.call_args is None:
            raise AssertionError("expected call not found.\nExpected: %s\nActual: not called." % expected)
        wanted = self._call_matcher(_Call((args, kwargs), two=True))
        if wanted != self._call_matcher(self.call_args):
            actual = self._format_mock_call_signature(*self.call_args)
            cause = wanted if isinstance(wanted, Exception) else None
            raise AssertionError("expected call not found.\nExpected: %s\nActual: %s" % (expected, actual)) from cause

    def assert_called_once_with(self, /, *args, **kwargs):
        """The only call was this one."""
        if self.call_count != 1:
            raise AssertionError("Expected '%s' to be called once. Called %s times.%s" % (
                self._mock_name or "mock", self.call_count, self._calls_repr()))
        return self.assert_called_with(*args, **kwargs)

    def _expect_among(self, calls, made, any_order, noun, told_missing, told_made):
        """These calls are among those made, in a row unless in any order; the texts are for those that are not."""
        expected = [self._call_matcher(one) for one in calls]
        cause = next((one for one in expected if isinstance(one, Exception)), None)
        made = _CallList(self._call_matcher(one) for one in made)
        if not any_order:
            if expected not in made:
                if cause is None:
                    problem = f"{noun.capitalize()}s not found."
                else:
                    problem = "Error processing expected {}s.\nErrors: {}".format(
                        noun, [one if isinstance(one, Exception) else None for one in expected])
                raise AssertionError(f"{problem}\nExpected: {_CallList(calls)}{told_made()}") from cause
            return
        made = list(made)
        missing = []
        for one in expected:
            try:
                made.remove(one)
            except ValueError:
                missing.append(one)
        if missing:
            raise AssertionError(told_missing(tuple(missing), made)) from cause

    def assert_has_calls(self, calls, any_order=False):
        """These calls are among those made, in a row unless in any order."""
        self._expect_among(
            calls, self.mock_calls, any_order, "call",
            lambda missing, made: "%r does not contain all of %r in its call list, found %r instead" % (
                self._mock_name or "mock", missing, made),
            lambda: self._calls_repr(prefix="Actual").rstrip("."))

    def _expect_any(self, args, kwargs, made, noun):
        wanted = self._call_matcher(_Call((args, kwargs), two=True))
        if wanted not in [self._call_matcher(one) for one in made]:
            cause = wanted if isinstance(wanted, Exception) else None
            raise AssertionError("%s %s not found" % (self._format_mock_call_signature(args, kwargs), noun)) from cause

    def assert_any_call(self, /, *args, **kwargs):
        """Some call was this one."""
        self._expect_any(args, kwargs, self.call_args_list, "call")

    def _get_child_mock(self, /, **kw):
        """The mock for an attribute or a result: of the same class, but callable."""
        if self._mock_sealed:
            attribute = f".{kw['name']}" if "name" in kw else "()"
            raise AttributeError(self._extract_mock_name() + attribute)
        kind = type(self).__mro__[1]
        new_name = kw.get("_new_name")
        if new_name in self.__dict__.get("_spec_asyncs", ()):
            kind = AsyncMock
        elif issubclass(kind, MagicMixin) and new_name in _async_magics:
            kind = AsyncMock
        elif issubclass(kind, AsyncMock):
            if new_name in _magics or self._mock_methods and new_name in self._mock_methods:
                kind = MagicMock
        elif not issubclass(kind, CallableMixin):
            kind = MagicMock if issubclass(kind, NonCallableMagicMock) else Mock
        elif issubclass(kind, PropertyMock):
            kind = MagicMock
        return kind(**kw)


def _bound_with_self(mock, function):
    """Functions set as magic methods get the mock first."""

    @functools.wraps(function)
    def method(self, /, *args, **kw):
        return function(self, *args, **kw)

    return method


def _check_and_set_parent(parent, value, name, new_name):
    if not isinstance(value, NonCallableMock):
        return False
    if (value._mock_name or value._mock_new_name) or (value._mock_parent is not None) or (value._mock_new_parent is not None):
        return False
    ancestor = parent
    while ancestor is not None:
        # A mock can be its own result.
        if ancestor is value:
            return False
        ancestor = ancestor._mock_new_parent
    if new_name:
        value.__dict__["_mock_new_parent"], value.__dict__["_mock_new_name"] = parent, new_name
    if name:
        value.__dict__["_mock_parent"], value.__dict__["_mock_name"] = parent, name
    return True


def _signature_of(spec, as_instance=False):
    """The signature that calls of a mock with this spec must follow, if it can be told."""
    try:
        if isinstance(spec, type) and as_instance:
            return inspect.signature(spec.__call__).replace()
        if isinstance(spec, type):
            sig = inspect.signature(spec.__init__)
            return sig.replace(parameters=list(sig.parameters.values())[1:])
        if callable(spec):
            return inspect.signature(spec)
    except (TypeError, ValueError):
        return None
    return None


class CallableMixin(Base):
    def __init__(self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None, spec_set=None, parent=None,
                 _spec_state=None, _new_name="", _new_parent=None, **kwargs):
        self.__dict__["_mock_return_value"] = return_value
        super().__init__(spec, wraps, name, spec_set, parent, _spec_state, _new_name, _new_parent, **kwargs)
        self.side_effect = side_effect

    def __call__(self, /, *args, **kwargs):
        self._mock_check_sig(args, kwargs)
        self._increment_mock_call(*args, **kwargs)
        return self._mock_call(*args, **kwargs)

    def _mock_call(self, /, *args, **kwargs):
        return self._execute_mock_call(*args, **kwargs)

    def _mock_check_sig(self, args, kwargs):
        check = self.__dict__.get("_check_sig")
        if check is not None:
            check.bind(*args, **kwargs)

    def _increment_mock_call(self, /, *args, **kwargs):
        self.called = True
        self.call_count += 1
        one = _Call((args, kwargs), two=True)
        self.call_args = one
        self.call_args_list.append(one)
        method_name, is_method = self._mock_name, self._mock_parent is not None
        mock_name = self._mock_new_name
        is_call = mock_name == "()"
        self.mock_calls.append(_Call(("", args, kwargs)))
        parent = self._mock_new_parent
        while parent is not None:
            if is_method:
                parent.method_calls.append(_Call((method_name, args, kwargs)))
                is_method = parent._mock_parent is not None
                if is_method:
                    method_name = parent._mock_name + "." + method_name
            parent.mock_calls.append(_Call((mock_name, args, kwargs)))
            if parent._mock_new_name:
                dot = "" if is_call else "."
                is_call = parent._mock_new_name == "()"
                mock_name = parent._mock_new_name + dot + mock_name
            parent = parent._mock_new_parent

    def _execute_mock_call(self, /, *args, **kwargs):
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if callable(effect):
                result = effect(*args, **kwargs)
            else:
                result = next(effect)
                if _is_exception(result):
                    raise result
            if result is not DEFAULT:
                return result
        if self._mock_return_value is not DEFAULT:
            return self.return_value
        if self._mock_wraps is not None:
            return self._mock_wraps(*args, **kwargs)
        return self.return_value


class Mock(CallableMixin, NonCallableMock):
    """Takes any use of it, and remembers it."""


class MagicMixin(Base):
    def __init__(self, /, *args, **kw):
        self._mock_set_magics()
        super().__init__(*args, **kw)
        self._mock_set_magics()

    def _mock_set_magics(self):
        names = _magic_defaults
        allowed = self.__dict__.get("_mock_methods")
        cls = type(self)
        for name in names:
            if allowed is not None and name not in allowed:
                if name in cls.__dict__ and isinstance(cls.__dict__[name], _MagicProxy):
                    delattr(cls, name)
            elif name not in cls.__dict__:
                setattr(cls, name, _MagicProxy(name, self))


class NonCallableMagicMock(MagicMixin, NonCallableMock):
    """A MagicMock that cannot be called."""

    def mock_add_spec(self, spec, spec_set=False):
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()


class MagicMock(MagicMixin, Mock):
    """A Mock with magic methods: it has a length, can be iterated, compared, entered."""

    def mock_add_spec(self, spec, spec_set=False):
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()


class AsyncMock(MagicMock):
    """A mock whose calls are to be awaited; it counts that too."""

    def __init__(self, /, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__.update(
            await_count=0, await_args=None, await_args_list=_CallList(), _is_coroutine=coroutines._is_coroutine)

    def __call__(self, /, *args, **kwargs):
        self._increment_mock_call(*args, **kwargs)
        return self._awaited(args, kwargs)

    async def _awaited(self, args, kwargs):
        one = _Call((args, kwargs), two=True)
        own = self.__dict__
        own["await_count"] += 1
        own["await_args"] = one
        own["await_args_list"].append(one)
        effect = self.side_effect
        if effect is not None and not _is_exception(effect) and not callable(effect):
            try:
                result = next(effect)
            except StopIteration:
                raise StopAsyncIteration
            if _is_exception(result):
                raise result
            return result
        result = self._execute_mock_call(*args, **kwargs)
        return await result if inspect.iscoroutine(result) else result

    def assert_awaited(self):
        if self.await_count == 0:
            raise AssertionError(f"Expected {self._mock_name or 'mock'} to have been awaited.")

    def assert_awaited_once(self):
        if self.await_count != 1:
            raise AssertionError(
                f"Expected {self._mock_name or 'mock'} to have been awaited once. Awaited {self.await_count} times.")

    def assert_awaited_with(self, /, *args, **kwargs):
        expected = self._format_mock_call_signature(args, kwargs)
        if self.await_args is None:
            raise AssertionError(f"Expected await: {expected}\nNot awaited")
        if _Call((args, kwargs), two=True) != self.await_args:
            actual = self._format_mock_call_signature(*self.await_args)
            raise AssertionError(f"expected await not found.\nExpected: {expected}\nActual: {actual}")

    def assert_awaited_once_with(self, /, *args, **kwargs):
        if self.await_count != 1:
            raise AssertionError(
                f"Expected {self._mock_name or 'mock'} to have been awaited once. Awaited {self.await_count} times.")
        return self.assert_awaited_with(*args, **kwargs)

    def assert_any_await(self, /, *args, **kwargs):
        self._expect_any(args, kwargs, self.await_args_list, "await")

    def assert_has_awaits(self, calls, any_order=False):
        self._expect_among(
            calls, self.await_args_list, any_order, "await",
            lambda missing, made: "%r not all found in await list" % (missing,),
            lambda: f"\nActual: {self.await_args_list}")

    def reset_mock(self, /, *args, **kwargs):
        super().reset_mock(*args, **kwargs)
        self.__dict__.update(await_count=0, await_args=None, await_args_list=_CallList())

    def assert_not_awaited(self):
        if self.await_count != 0:
            raise AssertionError(
                f"Expected {self._mock_name or 'mock'} to not have been awaited. Awaited {self.await_count} times.")


class PropertyMock(Mock):
    """A mock to be set on a class: reading the attribute calls it, setting it calls it with the value."""

    def _get_child_mock(self, /, **kwargs):
        return MagicMock(**kwargs)

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


# Patching


def _importer(target):
    """The object of a dotted name."""
    first, *rest = target.split(".")
    path, thing = first, __import__(first)
    for name in rest:
        path += ".%s" % name
        try:
            thing = getattr(thing, name)
        except AttributeError:
            __import__(path)
            thing = getattr(thing, name)
    return thing


class _patch(object):
    """Puts something else in the place of an attribute: for a block, a function, or each test of a class."""

    attribute_name = None
    _active_patches = []

    def __init__(self, getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs):
        if new_callable is not None:
            if new is not DEFAULT:
                raise ValueError("Cannot use 'new' and 'new_callable' together")
            if autospec is not None:
                raise ValueError("Cannot use 'autospec' and 'new_callable' together")
        self.getter, self.attribute, self.new, self.new_callable, self.spec = getter, attribute, new, new_callable, spec
        self.create, self.has_local, self.spec_set, self.autospec = create, False, spec_set, autospec
        self.kwargs, self.additional_patchers, self.is_started = kwargs, [], False

    def copy(self):
        made = _patch(self.getter, self.attribute, self.new, self.spec, self.create, self.spec_set, self.autospec,
                      self.new_callable, self.kwargs)
        made.attribute_name = self.attribute_name
        made.additional_patchers = [each.copy() for each in self.additional_patchers]
        return made

    def __call__(self, func):
        if isinstance(func, type):
            return self.decorate_class(func)
        if inspect.iscoroutinefunction(func):
            return self.decorate_async_callable(func)
        return self.decorate_callable(func)

    def decorate_class(self, klass):
        for name in dir(klass):
            if name.startswith(patch.TEST_PREFIX) and hasattr(getattr(klass, name), "__call__"):
                setattr(klass, name, self.copy()(getattr(klass, name)))
        return klass

    def _enter_all(self, patchings, stack, args, keywargs):
        extra = []
        for patching in patchings:
            value = stack.enter_context(patching)
            if patching.attribute_name is not None:
                keywargs.update(value)
            elif patching.new is DEFAULT:
                extra.append(value)
        return args + tuple(extra), keywargs

    def decorate_callable(self, func):
        if hasattr(func, "patchings"):
            func.patchings.append(self)
            return func

        @functools.wraps(func)
        def patched(*args, **keywargs):
            with ExitStack() as stack:
                args, keywargs = self._enter_all(patched.patchings, stack, args, keywargs)
                return func(*args, **keywargs)

        patched.patchings = [self]
        return patched

    def decorate_async_callable(self, func):
        if hasattr(func, "patchings"):
            func.patchings.append(self)
            return func

        @functools.wraps(func)
        async def patched(*args, **keywargs):
            with ExitStack() as stack:
                args, keywargs = self._enter_all(patched.patchings, stack, args, keywargs)
                return await func(*args, **keywargs)

        patched.patchings = [self]
        return patched

    def get_original(self):
        target, name = self.getter(), self.attribute
        original, local = DEFAULT, False
        try:
            original = target.__dict__[name]
        except (AttributeError, KeyError):
            original = getattr(target, name, DEFAULT)
        else:
            local = True
        if name in vars(builtins) and isinstance(target, ModuleType):
            self.create = True
        if not self.create and original is DEFAULT:
            raise AttributeError("%s does not have the attribute %r" % (target, name))
        return original, local

    def __enter__(self):
        new, spec, spec_set, autospec = self.new, self.spec, self.spec_set, self.autospec
        if self.is_started:
            raise RuntimeError("Patch is already started")
        self.target = self.getter()
        original, local = self.get_original()
        if new is DEFAULT and autospec is None:
            if spec is True:
                spec = original
                if spec_set is True:
                    spec_set, spec = original, None
            elif spec_set is True:
                spec_set = original
            kind = self.new_callable
            if kind is None:
                kind = AsyncMock if iscoroutinefunction(original) else MagicMock
            options = {}
            if spec is not None:
                options["spec"] = spec
            if spec_set is not None:
                options["spec_set"] = spec_set
            if isinstance(kind, type) and issubclass(kind, NonCallableMock) and self.attribute:
                options["name"] = self.attribute
            options.update(self.kwargs)
            new = kind(**options)
            given = spec if spec is not None else spec_set
            if isinstance(given, type) and isinstance(new, NonCallableMock) and isinstance(kind, type) and issubclass(kind, Mock):
                # The result of calling a class is an instance of it.
                result_options = {"spec_set": given} if spec is None else {"spec": given}
                new.return_value = kind(_new_parent=new, _new_name="()", **result_options)
        elif autospec is not None:
            if new is not DEFAULT:
                raise TypeError("autospec creates the mock for you. Can't specify autospec and new.")
            if original is DEFAULT:
                raise TypeError("Can't use 'autospec' with create=True")
            new = create_autospec(
                original if autospec is True else autospec, spec_set=bool(spec_set), _name=self.attribute, **self.kwargs)
        elif self.kwargs:
            raise TypeError("Can't pass kwargs to a mock we aren't creating")
        self.temp_original, self.is_local, self.is_started = original, local, True
        self._exit_stack = ExitStack()
        try:
            setattr(self.target, self.attribute, new)
            if self.attribute_name is not None:
                values = {self.attribute_name: new} if self.new is DEFAULT else {}
                for patching in self.additional_patchers:
                    value = self._exit_stack.enter_context(patching)
                    if patching.new is DEFAULT:
                        values.update(value)
                return values
            return new
        except:
            if not self.__exit__(*sys.exc_info()):
                raise

    def __exit__(self, *exc_info):
        if not self.is_started:
            return
        if self.is_local and self.temp_original is not DEFAULT:
            setattr(self.target, self.attribute, self.temp_original)
        else:
            delattr(self.target, self.attribute)
            if not self.create and (not hasattr(self.target, self.attribute) or self.attribute in (
                    "__doc__", "__module__", "__defaults__", "__annotations__", "__kwdefaults__")):
                setattr(self.target, self.attribute, self.temp_original)
        del self.temp_original, self.is_local, self.target
        stack, self._exit_stack = self._exit_stack, None
        self.is_started = False
        return stack.__exit__(*exc_info)

    def start(self):
        """Patches from now on; the new object."""
        result = self.__enter__()
        self._active_patches.append(self)
        return result

    def stop(self):
        """Puts the old one back."""
        try:
            self._active_patches.remove(self)
        except ValueError:
            return None
        return self.__exit__(None, None, None)


def _get_target(target):
    try:
        target, attribute = target.rsplit(".", 1)
    except (TypeError, ValueError, AttributeError):
        raise TypeError(f"Need a valid target to patch. You supplied: {target!r}")
    return (lambda: _importer(target)), attribute


def patch(target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    """Puts a mock (or `new`) in the place of what the dotted name stands for."""
    getter, attribute = _get_target(target)
    return _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_object(target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None,
                  **kwargs):
    """The same for an attribute of an object."""
    if type(target) is str:
        raise TypeError(f"{target!r} must be the actual object to be patched, not a str")
    return _patch(lambda: target, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_multiple(target, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    """The same for several attributes at once."""
    getter = (lambda: _importer(target)) if type(target) is str else (lambda: target)
    if not kwargs:
        raise ValueError("Must supply at least one keyword argument with patch.multiple")
    patchers = []
    for attribute, new in kwargs.items():
        each = _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, {})
        each.attribute_name = attribute
        patchers.append(each)
    first, *others = patchers
    first.additional_patchers.extend(others)
    return first


class _patch_dict(object):
    """Gives a dict other items for a while."""

    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict, self.clear, self._original = in_dict, clear, None
        self.values = dict(values)
        self.values.update(kwargs)

    def __call__(self, f):
        if isinstance(f, type):
            for name in dir(f):
                if name.startswith(patch.TEST_PREFIX) and hasattr(getattr(f, name), "__call__"):
                    setattr(f, name, _patch_dict(self.in_dict, self.values, self.clear)(getattr(f, name)))
            return f

        @functools.wraps(f)
        def _inner(*args, **kw):
            with self:
                return f(*args, **kw)

        return _inner

    def __enter__(self):
        if isinstance(self.in_dict, str):
            self.in_dict = _importer(self.in_dict)
        target = self.in_dict
        try:
            self._original = target.copy()
        except AttributeError:
            self._original = {key: target[key] for key in target}
        if self.clear:
            _clear_dict(target)
        try:
            target.update(self.values)
        except AttributeError:
            for key in self.values:
                target[key] = self.values[key]
        return target

    def __exit__(self, *args):
        if self._original is not None:
            _clear_dict(self.in_dict)
            try:
                self.in_dict.update(self._original)
            except AttributeError:
                for key in self._original:
                    self.in_dict[key] = self._original[key]
            self._original = None
        return False

    def start(self):
        result = self.__enter__()
        _patch._active_patches.append(self)
        return result

    def stop(self):
        try:
            _patch._active_patches.remove(self)
        except ValueError:
            return None
        return self.__exit__(None, None, None)


def _clear_dict(target):
    try:
        target.clear()
    except AttributeError:
        for key in list(target):
            del target[key]


def _patch_stopall():
    """Stops all patches that were started, the last one first."""
    for each in reversed(_patch._active_patches[:]):
        each.stop()


patch.object, patch.dict, patch.multiple, patch.stopall = _patch_object, _patch_dict, _patch_multiple, _patch_stopall
patch.TEST_PREFIX = "test"


def create_autospec(spec, spec_set=False, instance=False, _parent=None, _name=None, *, unsafe=False, **kwargs):
    """A mock that is used as the spec is: with its attributes, and called with its arguments."""
    if _is_list_or_tuple(spec):
        spec = type(spec)
    is_type = isinstance(spec, type)
    if isinstance(spec, NonCallableMock):
        raise InvalidSpecError(f"Cannot autospec a Mock object. [object={spec!r}]")
    options = {"spec_set": spec} if spec_set else {"spec": spec}
    kind = MagicMock
    if iscoroutinefunction(spec):
        kind = AsyncMock
    elif spec is None:
        options = {}
    elif not callable(spec) or is_type and instance and not hasattr(spec, "__call__"):
        kind = NonCallableMagicMock
    elif is_type and instance and "__call__" not in dir(spec):
        kind = NonCallableMagicMock
    name = _name
    mock = kind(parent=_parent, _new_parent=_parent, _new_name=_name or "", name=name, **options, **kwargs)
    signature = None
    if isinstance(spec, (FunctionType, MethodType)) or is_type and not instance:
        signature = _signature_of(spec)
    if signature is not None:
        mock.__dict__["_check_sig"] = signature
        mock.__dict__["_spec_signature"] = signature
    if is_type and not instance and "return_value" not in kwargs:
        mock.return_value = create_autospec(spec, spec_set, instance=True, _name="()", _parent=mock)
    for entry in dir(spec):
        if _is_magic(entry):
            continue
        try:
            original = getattr(spec, entry)
        except AttributeError:
            continue
        if isinstance(original, FunctionType):
            child = MagicMock(parent=mock, name=entry, _new_name=entry, _new_parent=mock, spec=original)
            found = _signature_of(original)
            static = isinstance(inspect.getattr_static(spec, entry, None), (staticmethod, classmethod))
            if found is not None and (is_type and instance or not is_type) and not static and not isinstance(spec, ModuleType):
                parameters = list(found.parameters.values())[1:]
                found = found.replace(parameters=parameters)
            child.__dict__["_check_sig"] = child.__dict__["_spec_signature"] = found
            mock._mock_children[entry] = child
    return mock


def seal(mock):
    """Lets no new attributes be made."""
    mock.__dict__["_mock_sealed"] = True
    for child in list(mock._mock_children.values()):
        if isinstance(child, NonCallableMock) and child._mock_new_parent is mock:
            seal(child)


def mock_open(mock=None, read_data=""):
    """A mock for `open`: files opened by it read this."""
    import io

    def stream():
        return io.BytesIO(read_data) if isinstance(read_data, bytes) else io.StringIO(read_data)

    if mock is None:
        mock = MagicMock(name="open", spec=open)
    handle = MagicMock(spec=["read", "readline", "readlines", "write", "writelines", "close", "flush", "seek", "tell", "closed",
                             "fileno", "readable", "writable", "seekable", "__enter__", "__exit__", "__iter__", "__next__"])
    state = [stream()]
    handle.__enter__.return_value = handle
    handle.write.return_value = None
    handle.read.side_effect = lambda *args, **kwargs: state[0].read(*args, **kwargs)
    handle.readline.side_effect = lambda *args, **kwargs: state[0].readline(*args, **kwargs)
    handle.readlines.side_effect = lambda *args, **kwargs: state[0].readlines(*args, **kwargs)
    handle.__iter__.side_effect = lambda: iter(state[0])
    handle.__next__.side_effect = lambda: next(state[0])

    def begin_again(*args, **kwargs):
        state[0] = stream()
        return DEFAULT

    mock.side_effect = begin_again
    mock.return_value = handle
    return mock

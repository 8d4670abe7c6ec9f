"""Signatures of callables, for `inspect`."""

import builtins
import collections.abc
import functools
import sys
import types
from collections import OrderedDict
from operator import attrgetter

from _stdlib_enums import (
    _KEYWORD_ONLY, _PARAM_NAME_MAPPING, _ParameterKind, _POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_KEYWORD, _VAR_POSITIONAL)

__name__ = "inspect"


class _void:
    """A private marker: nothing was given."""


class _empty:
    """Marker object for Signature.empty and Parameter.empty."""


def formatannotation(annotation, base_module=None):
    """The annotation as a signature shows it."""
    if getattr(annotation, "__module__", None) == "typing":
        import re

        return re.sub(r"[\w\.]+", lambda word: word.group().removeprefix("typing."), repr(annotation))
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation)


class Parameter:
    """One parameter of a signature: `name`, `kind`, `default`, `annotation` (the last two `Parameter.empty` for none)."""

    __slots__ = ("_name", "_kind", "_default", "_annotation")

    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = _ParameterKind
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            self._kind = _ParameterKind(kind)
        except ValueError:
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind")
        if default is not _empty and self._kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError("{} parameters cannot have default values".format(self._kind.description))
        self._default, self._annotation = default, annotation
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError("name must be a str, not a {}".format(type(name).__name__))
        if name[0] == "." and name[1:].isdigit():
            # The argument of a comprehension, which the compiler calls .0.
            if self._kind is not _POSITIONAL_OR_KEYWORD:
                raise ValueError(
                    "implicit arguments must be passed as positional or keyword arguments, not {}".format(
                        self._kind.description))
            self._kind, name = _POSITIONAL_ONLY, "implicit" + name[1:]
        if not name.isidentifier():
            raise ValueError("{!r} is not a valid parameter name".format(name))
        self._name = name

    def __reduce__(self):
        return type(self), (self._name, self._kind), {"_default": self._default, "_annotation": self._annotation}

    def __setstate__(self, state):
        self._default, self._annotation = state["_default"], state["_annotation"]

    name = property(attrgetter("_name"))
    default = property(attrgetter("_default"))
    annotation = property(attrgetter("_annotation"))
    kind = property(attrgetter("_kind"))

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        """Another parameter, with these differences."""

        def choose(new, old):
            return old if new is _void else new

        return type(self)(
            choose(name, self._name), choose(kind, self._kind), default=choose(default, self._default),
            annotation=choose(annotation, self._annotation))

    def __str__(self):
        shown = self._name
        annotated = self._annotation is not _empty
        if annotated:
            shown = "{}: {}".format(shown, formatannotation(self._annotation))
        if self._default is not _empty:
            shown = "{}{}{}".format(shown, " = " if annotated else "=", repr(self._default))
        stars = {_VAR_POSITIONAL: "*", _VAR_KEYWORD: "**"}.get(self._kind, "")
        return stars + shown

    def __repr__(self):
        return '<{} "{}">'.format(self.__class__.__name__, self)

    def __hash__(self):
        return hash((self.name, self.kind, self.annotation, self.default))

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Parameter):
            return NotImplemented
        return all(getattr(self, each) == getattr(other, each) for each in self.__slots__)


class BoundArguments:
    """Arguments sorted into parameters: `arguments` is a dict by parameter; `args` and `kwargs` call with them."""

    __slots__ = ("arguments", "_signature", "__weakref__")

    def __init__(self, signature, arguments):
        self.arguments, self._signature = arguments, signature

    @property
    def signature(self):
        return self._signature

    @property
    def args(self):
        args = []
        for name, param in self._signature.parameters.items():
            if param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or name not in self.arguments:
                break
            arg = self.arguments[name]
            if param.kind is _VAR_POSITIONAL:
                args.extend(arg)
            else:
                args.append(arg)
        return tuple(args)

    @property
    def kwargs(self):
        kwargs = {}
        by_name = False
        for name, param in self._signature.parameters.items():
            if not by_name:
                if param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                    by_name = True
                elif name not in self.arguments:
                    # What comes after a gap can only be given by name.
                    by_name = True
                    continue
            if not by_name or name not in self.arguments:
                continue
            if param.kind is _VAR_KEYWORD:
                kwargs.update(self.arguments[name])
            else:
                kwargs[name] = self.arguments[name]
        return kwargs

    def apply_defaults(self):
        """Puts in the defaults of what is missing, () for *args and {} for **kwargs."""
        filled = {}
        for name, param in self._signature.parameters.items():
            if name in self.arguments:
                filled[name] = self.arguments[name]
            elif param.default is not _empty:
                filled[name] = param.default
            elif param.kind is _VAR_POSITIONAL:
                filled[name] = ()
            elif param.kind is _VAR_KEYWORD:
                filled[name] = {}
        self.arguments = filled

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __setstate__(self, state):
        self._signature, self.arguments = state["_signature"], state["arguments"]

    def __getstate__(self):
        return {"_signature": self._signature, "arguments": self.arguments}

    def __repr__(self):
        shown = ["{}={!r}".format(name, value) for name, value in self.arguments.items()]
        return "<{} ({})>".format(self.__class__.__name__, ", ".join(shown))


class Signature:
    """What a callable takes and gives: `parameters` by name, and `return_annotation`."""

    __slots__ = ("_return_annotation", "_parameters")

    _parameter_cls, _bound_arguments_cls = Parameter, BoundArguments
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        given = () if parameters is None else tuple(parameters)
        if __validate_parameters__:
            self._check_parameters(given)
        made = OrderedDict((param.name, param) for param in given)
        self._parameters, self._return_annotation = types.MappingProxyType(made), return_annotation

    @staticmethod
    def _check_parameters(parameters):
        """Kinds come in their order, no default is followed by none, names differ."""
        names, highest, defaults = set(), _POSITIONAL_ONLY, False
        for param in parameters:
            kind, name = param.kind, param.name
            if kind < highest:
                raise ValueError("wrong parameter order: {} parameter before {} parameter".format(
                    highest.description, kind.description))
            if kind > highest:
                highest = kind
            if kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
                if param.default is not _empty:
                    defaults = True
                elif defaults:
                    raise ValueError("non-default argument follows default argument")
            if name in names:
                raise ValueError("duplicate parameter name: {!r}".format(name))
            names.add(name)

    @classmethod
    def from_function(cls, func):
        """Deprecated: from_callable does it."""
        import warnings

        warnings.warn("inspect.Signature.from_function() is deprecated since Python 3.5, use Signature.from_callable()",
                      DeprecationWarning, stacklevel=2)
        return _signature_from_function(cls, func)

    @classmethod
    def from_builtin(cls, func):
        """Deprecated: from_callable does it."""
        import warnings

        warnings.warn("inspect.Signature.from_builtin() is deprecated since Python 3.5, use Signature.from_callable()",
                      DeprecationWarning, stacklevel=2)
        return _signature_from_builtin(cls, func)

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        """The signature of something that can be called."""
        return _signature_from_callable(
            obj, sigcls=cls, follow_wrapper_chains=follow_wrapped, globals=globals, locals=locals, eval_str=eval_str)

    @property
    def parameters(self):
        return self._parameters

    @property
    def return_annotation(self):
        return self._return_annotation

    def replace(self, *, parameters=_void, return_annotation=_void):
        """Another signature, with these differences."""
        return type(self)(
            self.parameters.values() if parameters is _void else parameters,
            return_annotation=self._return_annotation if return_annotation is _void else return_annotation)

    def _hash_basis(self):
        ordered, by_name = [], {}
        for param in self.parameters.values():
            if param.kind is _KEYWORD_ONLY:
                by_name[param.name] = param
            else:
                ordered.append(param)
        return tuple(ordered), by_name, self.return_annotation

    def __hash__(self):
        ordered, by_name, gives = self._hash_basis()
        return hash((ordered, frozenset(by_name.values()), gives))

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Signature):
            return NotImplemented
        return self._hash_basis() == other._hash_basis()

    def _bind(self, args, kwargs, *, partial=False):
        arguments, left = {}, list(self.parameters.values())
        self._bind_positional(args, kwargs, left, arguments, partial)
        rest = None
        for param in left:
            if param.kind is _VAR_KEYWORD:
                rest = param
                continue
            if param.kind is _VAR_POSITIONAL:
                continue
            name = param.name
            if name not in kwargs:
                if not partial and param.default is _empty:
                    raise TypeError("missing a required argument: {!r}".format(name)) from None
            elif param.kind is _POSITIONAL_ONLY:
                raise TypeError("{!r} parameter is positional only, but was passed as a keyword".format(name))
            else:
                arguments[name] = kwargs.pop(name)
        if kwargs:
            if rest is None:
                raise TypeError("got an unexpected keyword argument {!r}".format(next(iter(kwargs))))
            arguments[rest.name] = kwargs
        return self._bound_arguments_cls(self, arguments)

    @staticmethod
    def _bind_positional(args, kwargs, left, arguments, partial):
        """Positional arguments into the parameters `left`, which are taken out of it."""
        for at, value in enumerate(args):
            if not left or left[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                raise TypeError("too many positional arguments") from None
            param = left.pop(0)
            if param.kind is _VAR_POSITIONAL:
                arguments[param.name] = tuple(args[at:])
                return
            if param.name in kwargs and param.kind is not _POSITIONAL_ONLY:
                raise TypeError("multiple values for argument {!r}".format(param.name)) from None
            arguments[param.name] = value
        while left:
            # What may be missing, or given by name, ends it.
            param = left[0]
            if param.kind is _VAR_POSITIONAL:
                left.pop(0)
            elif param.name in kwargs:
                if param.kind is _POSITIONAL_ONLY:
                    raise TypeError("{arg!r} parameter is positional only, but was passed as a keyword".format(
                        arg=param.name)) from None
                return
            elif param.kind is _VAR_KEYWORD or param.default is not _empty or partial:
                return
            else:
                raise TypeError("missing a required argument: {arg!r}".format(arg=param.name)) from None

    def bind(self, /, *args, **kwargs):
        """Sorts arguments into the parameters; TypeError if a call would fail with them."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        """The same, where some may be missing."""
        return self._bind(args, kwargs, partial=True)

    def __reduce__(self):
        return type(self), (tuple(self._parameters.values()),), {"_return_annotation": self._return_annotation}

    def __setstate__(self, state):
        self._return_annotation = state["_return_annotation"]

    def __repr__(self):
        return "<{} {}>".format(self.__class__.__name__, self)

    def __str__(self):
        shown, positional_only, star_needed = [], False, True
        for param in self.parameters.values():
            kind = param.kind
            if kind is _POSITIONAL_ONLY:
                positional_only = True
            elif positional_only:
                shown.append("/")
                positional_only = False
            if kind is _VAR_POSITIONAL:
                star_needed = False
            elif kind is _KEYWORD_ONLY and star_needed:
                shown.append("*")
                star_needed = False
            shown.append(str(param))
        if positional_only:
            shown.append("/")
        text = "({})".format(", ".join(shown))
        if self.return_annotation is not _empty:
            text += " -> {}".format(formatannotation(self.return_annotation))
        return text


# Where signatures come from

_WrapperDescriptor = type(type.__call__)
_MethodWrapper = type(all.__call__)
_ClassMethodWrapper = type(int.__dict__["from_bytes"])
_NonUserDefinedCallables = (_WrapperDescriptor, _MethodWrapper, _ClassMethodWrapper, types.BuiltinFunctionType)


def _signature_get_user_defined_method(cls, method_name):
    """The method, if it is written in Python."""
    try:
        method = getattr(cls, method_name)
    except AttributeError:
        return None
    return None if isinstance(method, _NonUserDefinedCallables) else method


def _signature_get_partial(wrapped_sig, partial, extra_args=()):
    """The signature of what is left to give to a partial."""
    params = OrderedDict(wrapped_sig.parameters.items())
    given, named = extra_args + (partial.args or ()), partial.keywords or {}
    try:
        bound = wrapped_sig.bind_partial(*given, **named)
    except TypeError as error:
        raise ValueError("partial object {!r} has incorrect arguments".format(partial)) from error
    by_name_from_here = False
    for name, param in wrapped_sig.parameters.items():
        if name in bound.arguments:
            value = bound.arguments[name]
            if param.kind is _POSITIONAL_ONLY:
                del params[name]
                continue
            if param.kind is _POSITIONAL_OR_KEYWORD:
                if name not in named:
                    del params[name]
                    continue
                # Given by name: it can be replaced, but only by name.
                by_name_from_here = True
                params[name] = param.replace(default=value)
            elif param.kind is _KEYWORD_ONLY:
                params[name] = param.replace(default=value)
        if by_name_from_here:
            if param.kind is _POSITIONAL_OR_KEYWORD:
                params[name] = params[name].replace(kind=_KEYWORD_ONLY)
                params.move_to_end(name)
            elif param.kind in (_KEYWORD_ONLY, _VAR_KEYWORD):
                params.move_to_end(name)
            elif param.kind is _VAR_POSITIONAL:
                del params[name]
    return wrapped_sig.replace(parameters=params.values())


def _signature_bound_method(sig):
    """The signature without its first parameter."""
    params = tuple(sig.parameters.values())
    if not params or params[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError("invalid method signature")
    if params[0].kind is not _VAR_POSITIONAL:
        params = params[1:]
    return sig.replace(parameters=params)


def _signature_is_builtin(obj):
    """Whether its signature is to be read from a text."""
    if isinstance(obj, (types.BuiltinFunctionType, _ClassMethodWrapper)) or obj in (type, object):
        return True
    if isinstance(obj, (type, types.MethodType, types.FunctionType)):
        return False
    kind = type(obj)
    return hasattr(kind, "__get__") and not hasattr(kind, "__set__") or isinstance(obj, _NonUserDefinedCallables)


def _signature_is_functionlike(obj):
    """Whether it has all that a function has, so that it can be treated as one."""
    if not callable(obj) or isinstance(obj, type):
        return False
    wanted = ("__name__", str), ("__code__", types.CodeType), ("__defaults__", (tuple, type(None))), (
        "__kwdefaults__", (dict, type(None))), ("__annotations__", (dict, type(None)))
    return all(isinstance(getattr(obj, name, _void), kind) for name, kind in wanted)


def _signature_strip_non_python_syntax(signature):
    """The text of a signature as Python's syntax; the place of the parameter that stands for the object itself."""
    clean = " ".join(signature.split())
    at = clean.find("$")
    self_parameter = clean[:at].count(",") if at >= 0 else None
    clean = clean.replace("$", "")
    last_positional_only = None
    before, slash, after = clean.partition("/")
    if slash:
        before, after = before.rstrip().removesuffix(","), after.lstrip().removeprefix(",").lstrip()
        last_positional_only = before.count(",")
        clean = before + after if after.startswith(")") else before + ", " + after
    return clean, self_parameter, last_positional_only


def _signature_get_bound_param(spec):
    """The name of the parameter that stands for the object itself."""
    first = spec[1:].split(",")[0].split(")")[0]
    return first.strip().removeprefix("$").split("=")[0].split(":")[0]


def _signature_fromstr(cls, obj, s, skip_bound_arg=True):
    """The signature that a text of the form ($self, a, /, b=1) gives."""
    self_parameter = _signature_strip_non_python_syntax(s)[1]
    module = sys.modules.get(getattr(obj, "__module__", None) or "", builtins)
    namespace = {**sys.modules, **vars(module)}
    try:
        exec("def signature_of" + " ".join(s.replace("'\n'", "'\\n'").split()).replace("$", "") + ": pass", namespace)
    except Exception:
        raise ValueError("{!r} builtin has invalid signature".format(obj)) from None
    params = list(_signature_from_function(Signature, namespace["signature_of"]).parameters.values())
    # Displays are literals; what a name stands for must be simple.
    simple = (str, int, float, bytes, bool, type(None), tuple, list, dict, set)
    if any(param.default is not _empty and not isinstance(param.default, simple) for param in params):
        raise ValueError("{!r} builtin has invalid signature".format(obj))
    if self_parameter is not None:
        bound_to = getattr(obj, "__self__", None)
        if bound_to is not None and (skip_bound_arg or isinstance(bound_to, types.ModuleType)):
            params.pop(0)
        else:
            params[0] = params[0].replace(kind=_POSITIONAL_ONLY)
    return cls(params, return_annotation=cls.empty)


def _signature_from_builtin(cls, func, skip_bound_arg=True):
    if not _signature_is_builtin(func):
        raise TypeError("{!r} is not a Python builtin function".format(func))
    text = getattr(func, "__text_signature__", None)
    if not text:
        raise ValueError("no signature found for builtin {!r}".format(func))
    return _signature_fromstr(cls, func, text, skip_bound_arg)


def _signature_from_function(cls, func, skip_bound_arg=True, globals=None, locals=None, eval_str=False):
    is_plain = isinstance(func, types.FunctionType)
    if not is_plain and not _signature_is_functionlike(func):
        raise TypeError("{!r} is not a Python function".format(func))
    text = getattr(func, "__text_signature__", None)
    if text:
        return _signature_fromstr(cls, func, text, skip_bound_arg)
    make, code = cls._parameter_cls, func.__code__
    from inspect import get_annotations

    hints = get_annotations(func, globals=globals, locals=locals, eval_str=eval_str)
    names, count = code.co_varnames, code.co_argcount
    positional, by_name = names[:count], names[count:count + code.co_kwonlyargcount]
    defaults, kwdefaults = func.__defaults__ or (), func.__kwdefaults__ or {}
    first_default = count - len(defaults)
    params = []

    def add(name, kind, default=_empty):
        params.append(make(name, annotation=hints.get(name, _empty), kind=kind, default=default))

    for at, name in enumerate(positional):
        kind = _POSITIONAL_ONLY if at < code.co_posonlyargcount else _POSITIONAL_OR_KEYWORD
        add(name, kind, defaults[at - first_default] if at >= first_default else _empty)
    after = count + code.co_kwonlyargcount
    if code.co_flags & 4:
        add(names[after], _VAR_POSITIONAL)
    for name in by_name:
        add(name, _KEYWORD_ONLY, kwdefaults.get(name, _empty))
    if code.co_flags & 8:
        add(names[after + (1 if code.co_flags & 4 else 0)], _VAR_KEYWORD)
    return cls(params, return_annotation=hints.get("return", _empty), __validate_parameters__=not is_plain)


def _signature_from_callable(obj, *, follow_wrapper_chains=True, skip_bound_arg=True, globals=None, locals=None,
                             eval_str=False, sigcls):
    again = functools.partial(
        _signature_from_callable, follow_wrapper_chains=follow_wrapper_chains, skip_bound_arg=skip_bound_arg,
        globals=globals, locals=locals, sigcls=sigcls, eval_str=eval_str)
    if not callable(obj):
        raise TypeError("{!r} is not a callable object".format(obj))
    if isinstance(obj, types.MethodType):
        sig = again(obj.__func__)
        return _signature_bound_method(sig) if skip_bound_arg else sig
    if follow_wrapper_chains:
        from inspect import unwrap

        obj = unwrap(obj, stop=lambda each: hasattr(each, "__signature__") or isinstance(each, types.MethodType))
        if isinstance(obj, types.MethodType):
            return again(obj)
    try:
        sig = obj.__signature__
    except AttributeError:
        sig = None
    if sig is not None:
        if not isinstance(sig, Signature):
            raise TypeError("unexpected object {!r} in __signature__ attribute".format(sig))
        return sig
    partialmethod = getattr(obj, "_partialmethod", None)
    if isinstance(partialmethod, functools.partialmethod):
        return _signature_of_partialmethod(again, partialmethod)
    if isinstance(obj, types.FunctionType) or _signature_is_functionlike(obj):
        return _signature_from_function(
            sigcls, obj, skip_bound_arg=skip_bound_arg, globals=globals, locals=locals, eval_str=eval_str)
    if _signature_is_builtin(obj):
        return _signature_from_builtin(sigcls, obj, skip_bound_arg=skip_bound_arg)
    if isinstance(obj, functools.partial):
        return _signature_get_partial(again(obj.func), obj)
    if isinstance(obj, type):
        sig = _signature_of_class(again, obj, sigcls)
        if isinstance(sig, tuple):
            return sig[0]
    else:
        sig = _signature_of_instance(again, obj)
    if sig is not None:
        return _signature_bound_method(sig) if skip_bound_arg else sig
    if isinstance(obj, types.BuiltinFunctionType):
        raise ValueError("no signature found for builtin function {!r}".format(obj))
    raise ValueError("callable {!r} is not supported by signature".format(obj))


def _signature_of_partialmethod(again, partialmethod):
    wrapped = again(partialmethod.func)
    sig = _signature_get_partial(wrapped, partialmethod, (None,))
    first = tuple(wrapped.parameters.values())[0]
    if first.kind is _VAR_POSITIONAL:
        # The object is one of *args already.
        return sig
    params = tuple(sig.parameters.values())
    return sig.replace(parameters=(first,) + params)


def _signature_of_class(again, obj, sigcls):
    """Of the metaclass's __call__, of __new__, of __init__, whichever is written in Python; a tuple if it is final."""
    call = _signature_get_user_defined_method(type(obj), "__call__")
    if call is not None:
        return again(call)
    made_by = {name: _signature_get_user_defined_method(obj, name) for name in ("__new__", "__init__")}
    for base in obj.__mro__:
        for name, method in made_by.items():
            if method is not None and name in base.__dict__:
                return again(method)
    for base in obj.__mro__[:-1]:
        text = base.__dict__.get("__text_signature__") if "__text_signature__" in base.__dict__ else base.__text_signature__
        if isinstance(text, str) and text:
            return (_signature_fromstr(sigcls, base, text),)
    if type not in obj.__mro__:
        if obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
            return (sigcls.from_callable(object),)
        raise ValueError("no signature found for builtin type {!r}".format(obj))
    return None


def _signature_of_instance(again, obj):
    if isinstance(obj, _NonUserDefinedCallables):
        return None
    call = _signature_get_user_defined_method(type(obj), "__call__")
    if call is None:
        return None
    try:
        return again(call)
    except ValueError as error:
        raise ValueError("no signature found for {!r}".format(obj)) from error


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """The signature of something that can be called."""
    return Signature.from_callable(
        obj, follow_wrapped=follow_wrapped, globals=globals, locals=locals, eval_str=eval_str)

"""Shallow and deep copies.

Which frame holds an object for how long is as in CPython 3.10: hooks such as __deepcopy__ see the same counts.
"""

import types as _types
from copyreg import dispatch_table
from weakref import ref as _ref

__all__ = ["Error", "copy", "deepcopy"]


class Error(Exception):
    pass


error = Error
_absent = object()

# Their instances are never copied, neither by copy() nor by deepcopy().
_shared = {
    bool, int, float, complex, str, bytes, range, property, type, _ref, type(None), type(...), type(NotImplemented),
    _types.FunctionType, _types.BuiltinFunctionType, _types.CodeType,
}


def _the_same(x, memo=None):
    return x


_copy_dispatch = {kind: _the_same for kind in (*_shared, tuple, frozenset, slice)}
_copy_dispatch.update((kind, kind.copy) for kind in (list, dict, set, bytearray))


def copy(x):
    """Shallow copy operation on arbitrary Python objects.

    See the module's __doc__ string for more info.
    """
    cls = type(x)
    if (maker := _copy_dispatch.get(cls)) is not None:
        return maker(x)
    if issubclass(cls, type):
        return x
    if (maker := getattr(cls, "__copy__", None)) is not None:
        return maker(x)
    # A bound method: in this variable it holds x until the copy is made.
    if (maker := dispatch_table.get(cls)) is not None:
        recipe = maker(x)
    elif (maker := getattr(x, "__reduce_ex__", None)) is not None:
        recipe = maker(4)
    elif maker := getattr(x, "__reduce__", None):
        recipe = maker()
    else:
        raise Error("un(shallow)copyable object of type %s" % cls)
    return x if isinstance(recipe, str) else _reconstruct(x, None, *recipe)


def deepcopy(x, memo=None):
    """Deep copy operation on arbitrary Python objects.

    See the module's __doc__ string for more info.
    """
    if memo is None:
        memo = {}
    known = memo.get(id(x), _absent)
    if known is not _absent:
        return known
    cls = type(x)
    if (maker := _deepcopy_dispatch.get(cls)) is not None:
        twin = maker(x, memo)
    elif issubclass(cls, type):
        twin = _the_same(x, memo)
    elif (maker := getattr(x, "__deepcopy__", None)) is not None:
        twin = maker(memo)
    else:
        if maker := dispatch_table.get(cls):
            recipe = maker(x)
        elif (maker := getattr(x, "__reduce_ex__", None)) is not None:
            recipe = maker(4)
        elif maker := getattr(x, "__reduce__", None):
            recipe = maker()
        else:
            raise Error("un(deep)copyable object of type %s" % cls)
        twin = x if isinstance(recipe, str) else _reconstruct(x, memo, *recipe)
    if twin is not x:
        memo[id(x)] = twin
        _remember(x, memo)
    return twin


def _remember(x, memo):
    # An id means something only while its object lives, so the memo holds the originals too, under its own id.
    try:
        memo[id(memo)].append(x)
    except KeyError:
        memo[id(memo)] = [x]


def _list_twin(source, memo, deepcopy=deepcopy):
    twin = memo[id(source)] = []
    add = twin.append
    for member in source:
        add(deepcopy(member, memo))
    return twin


def _dict_twin(source, memo, deepcopy=deepcopy):
    twin = memo[id(source)] = {}
    for key, value in source.items():
        twin[deepcopy(key, memo)] = deepcopy(value, memo)
    return twin


def _tuple_twin(source, memo, deepcopy=deepcopy):
    members = [deepcopy(member, memo) for member in source]
    # Reached again by way of a member, it has been copied there.
    try:
        return memo[id(source)]
    except KeyError:
        pass
    for old, new in zip(source, members):
        if old is not new:
            return tuple(members)
    return source


def _method_twin(source, memo):
    bind = type(source)
    return bind(source.__func__, deepcopy(source.__self__, memo))


_deepcopy_dispatch = {
    **dict.fromkeys(_shared, _the_same),
    list: _list_twin, dict: _dict_twin, tuple: _tuple_twin, _types.MethodType: _method_twin,
}


def _reconstruct(x, memo, func, args, state=None, listiter=None, dictiter=None, *, deepcopy=deepcopy):
    """The copy made from what a reduce method returned; it is a deep one if there is a memo."""
    if memo is not None and args:
        args = (deepcopy(one, memo) for one in args)
    twin = func(*args)
    if memo is not None:
        memo[id(x)] = twin
        if state is not None:
            state = deepcopy(state, memo)
    if state is not None:
        if hasattr(twin, "__setstate__"):
            twin.__setstate__(state)
        else:
            in_slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, in_slots = state
            if state is not None:
                twin.__dict__.update(state)
            if in_slots is not None:
                for name, held in in_slots.items():
                    setattr(twin, name, held)
    for member in () if listiter is None else listiter:
        if memo is not None:
            member = deepcopy(member, memo)
        twin.append(member)
    for key, held in () if dictiter is None else dictiter:
        if memo is not None:
            key = deepcopy(key, memo)
            held = deepcopy(held, memo)
        twin[key] = held
    return twin

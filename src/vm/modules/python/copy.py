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


def _reduce_method(x, complaint):
    """x's own way to be taken apart, and the arguments it wants."""
    for name, wanted in ("__reduce_ex__", (4,)), ("__reduce__", ()):
        if (method := getattr(x, name, None)) is not None:
            return method, wanted
    raise Error(complaint % type(x))


def copy(x):
    cls = type(x)
    if (maker := _copy_dispatch.get(cls)) is not None:
        return maker(x)
    if issubclass(cls, type):
        return x
    if (maker := getattr(cls, "__copy__", None)) is not None:
        return maker(x)
    if (maker := dispatch_table.get(cls)) is not None:
        recipe = maker(x)
    else:
        # A bound method: in this variable it holds x until the copy is made.
        maker, wanted = _reduce_method(x, "un(shallow)copyable object of type %s")
        recipe = maker(*wanted)
    return x if isinstance(recipe, str) else _reconstruct(x, None, *recipe)


def deepcopy(x, memo=None):
    if memo is None:
        memo = {}
    known = memo.get(id(x), _absent)
    if known is not _absent:
        return known
    cls = type(x)
    if (maker := _deepcopy_dispatch.get(cls)) is not None:
        twin = maker(x, memo)
    elif issubclass(cls, type):
        twin = x
    elif (maker := getattr(x, "__deepcopy__", None)) is not None:
        twin = maker(memo)
    else:
        if (maker := dispatch_table.get(cls)) is not None:
            recipe = maker(x)
        else:
            maker, wanted = _reduce_method(x, "un(deep)copyable object of type %s")
            recipe = maker(*wanted)
        twin = x if isinstance(recipe, str) else _reconstruct(x, memo, *recipe)
    if twin is not x:
        memo[id(x)] = twin
        # An id means something only while its object lives, so the memo holds the originals too, under its own id.
        try:
            memo[id(memo)].append(x)
        except KeyError:
            memo[id(memo)] = [x]
    return twin


def _list_twin(source, memo):
    twin = memo[id(source)] = []
    for member in source:
        twin.append(deepcopy(member, memo))
    return twin


def _dict_twin(source, memo):
    twin = memo[id(source)] = {}
    for key, value in source.items():
        twin[deepcopy(key, memo)] = deepcopy(value, memo)
    return twin


def _tuple_twin(source, memo):
    members = [deepcopy(member, memo) for member in source]
    if id(source) in memo:
        # Reached again by way of a member, and copied there.
        return memo[id(source)]
    changed = any(new is not old for new, old in zip(members, source))
    return tuple(members) if changed else source


def _method_twin(source, memo):
    bind = type(source)
    return bind(source.__func__, deepcopy(source.__self__, memo))


_deepcopy_dispatch = {
    **dict.fromkeys(_shared, _the_same),
    list: _list_twin, dict: _dict_twin, tuple: _tuple_twin, _types.MethodType: _method_twin,
}


def _reconstruct(x, memo, func, args, state=None, listiter=None, dictiter=None):
    """The copy made from what a reduce method returned; it is a deep one if there is a memo."""
    if memo is None or not args:
        twin = func(*args)
    else:
        twin = func(*(deepcopy(one, memo) for one in args))
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

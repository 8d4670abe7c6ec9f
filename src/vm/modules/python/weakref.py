"""Weak references: the native kinds under their public names, and the containers and finalizers made of them."""

import _collections_abc
import itertools
import sys
from _weakref import (CallableProxyType, ProxyType, ReferenceType, _remove_dead_weakref, getweakrefcount, getweakrefs, proxy,
                      ref)
from _weakrefset import WeakSet, _IterationGuard

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
           "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize"]

ProxyTypes = ProxyType, CallableProxyType

_collections_abc.MutableSet.register(WeakSet)


class WeakMethod(ref):
    """A weak reference to a bound method, which lives as long as its object and its function do."""

    __slots__ = ("_func_ref", "_meth_type", "_alive", "__weakref__")

    def __new__(cls, meth, callback=None):
        try:
            owner, function = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None

        def half_died(_):
            # Called for the object and for the function, but only the first call counts.
            method = self_ref()
            if not method._alive:
                return
            method._alive = False
            if callback is not None:
                callback(method)

        method = ref.__new__(cls, owner, half_died)
        method._func_ref = ref(function, half_died)
        method._alive, method._meth_type = True, type(meth)
        # The callback reaches the new object only weakly: no cycle.
        self_ref = ref(method)
        return method

    def __call__(self):
        owner, function = super().__call__(), self._func_ref()
        if owner is not None and function is not None:
            return self._meth_type(function, owner)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if self._alive and other._alive:
            return ref.__eq__(self, other) and self._func_ref == other._func_ref
        return other is self

    def __ne__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if self._alive and other._alive:
            return ref.__ne__(self, other) or self._func_ref != other._func_ref
        return other is not self

    __hash__ = ref.__hash__


class KeyedRef(ref):
    """A weak reference that knows under which key it is kept."""

    __slots__ = ("key",)

    def __new__(type, ob, callback, key):
        made = ref.__new__(type, ob, callback)
        made.key = key
        return made

    def __init__(self, ob, callback, key):
        super().__init__(ob, callback)


_new_dict = dict        # where a parameter has that name


def _plain_repr(self):
    return f"<{type(self).__name__} at {id(self):#x}>"


def _merge_in(self, other):
    self.update(other)
    return self


def _merge(self, other):
    if not isinstance(other, _collections_abc.Mapping):
        return NotImplemented
    merged = self.copy()
    merged.update(other)
    return merged


def _merge_reflected(self, other):
    if not isinstance(other, _collections_abc.Mapping):
        return NotImplemented
    merged = self.__class__()
    for part in (other, self):
        merged.update(part)
    return merged


# `gc.get_count()` shows each frame, iterator and exception that these methods make, so they make those that CPython's make: no
# helper is called, and a missing key is an exception.

class WeakValueDictionary(_collections_abc.MutableMapping):
    """A mapping that forgets an entry when its value is used nowhere else."""

    # `_pending_removals` has the keys of values that died during an iteration. Such a key may have got another value since:
    # only an entry whose reference is dead is taken out.

    def __init__(self, other=(), /, **kw):
        # The callback keeps what it needs as defaults: these stay usable while the interpreter shuts down.
        def value_died(wr, owner_ref=ref(self), drop=_remove_dead_weakref):
            owner = owner_ref()
            if owner is None:
                return
            if owner._iterating:
                owner._pending_removals.append(wr.key)
            else:
                drop(owner.data, wr.key)

        self._remove = value_died
        self._pending_removals, self._iterating = [], set()
        self.data = {}
        self.update(other, **kw)

    def _commit_removals(self, drop=_remove_dead_weakref):
        next_waiting, data = self._pending_removals.pop, self.data
        while True:
            try:
                key = next_waiting()
            except IndexError:
                break
            drop(data, key)

    def __getitem__(self, key):
        if self._pending_removals:
            self._commit_removals()
        if (value := self.data[key]()) is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        if self._pending_removals:
            self._commit_removals()
        self.data[key] = KeyedRef(value, self._remove, key)

    def __delitem__(self, key):
        if self._pending_removals:
            self._commit_removals()
        del self.data[key]

    def __contains__(self, key):
        if self._pending_removals:
            self._commit_removals()
        try:
            return self.data[key]() is not None
        except KeyError:
            return False

    def __len__(self):
        if self._pending_removals:
            self._commit_removals()
        return len(self.data)

    def get(self, key, default=None):
        if self._pending_removals:
            self._commit_removals()
        try:
            kept = self.data[key]
        except KeyError:
            return default
        value = kept()
        return default if value is None else value

    def setdefault(self, key, default=None):
        try:
            value = self.data[key]()
        except KeyError:
            value = None
        if value is not None:
            return value
        if self._pending_removals:
            self._commit_removals()
        self.data[key] = KeyedRef(default, self._remove, key)
        return default

    def pop(self, key, *args):
        if self._pending_removals:
            self._commit_removals()
        try:
            value = self.data.pop(key)()
        except KeyError:
            value = None
        if value is not None:
            return value
        if not args:
            raise KeyError(key)
        return args[0]

    def popitem(self):
        if self._pending_removals:
            self._commit_removals()
        while True:
            key, kept = self.data.popitem()
            if (value := kept()) is not None:
                return key, value

    def update(self, other=None, /, **kwargs):
        if self._pending_removals:
            self._commit_removals()
        data = self.data
        if other is not None:
            if not hasattr(other, "items"):
                other = dict(other)
            for key, value in other.items():
                data[key] = KeyedRef(value, self._remove, key)
        for key, value in kwargs.items():
            data[key] = KeyedRef(value, self._remove, key)

    # The generators hold what they yield once, until the next step; keys() holds no value.

    def keys(self):
        if self._pending_removals:
            self._commit_removals()
        with _IterationGuard(self):
            for key, kept in self.data.items():
                if kept() is None:
                    continue
                yield key

    def values(self):
        if self._pending_removals:
            self._commit_removals()
        with _IterationGuard(self):
            for kept in self.data.values():
                if (value := kept()) is not None:
                    yield value

    def items(self):
        if self._pending_removals:
            self._commit_removals()
        with _IterationGuard(self):
            for key, kept in self.data.items():
                if (value := kept()) is not None:
                    yield key, value

    def itervaluerefs(self):
        """The weak references themselves, one after the other; they may be dead by then."""
        if self._pending_removals:
            self._commit_removals()
        with _IterationGuard(self):
            yield from self.data.values()

    def valuerefs(self):
        """A list of the weak references themselves; they may be dead by the time they are asked."""
        if self._pending_removals:
            self._commit_removals()
        return list(self.data.values())

    def copy(self):
        if self._pending_removals:
            self._commit_removals()
        twin = WeakValueDictionary()
        with _IterationGuard(self):
            for key, kept in self.data.items():
                if (value := kept()) is not None:
                    twin[key] = value
        return twin

    def __deepcopy__(self, memo):
        from copy import deepcopy
        if self._pending_removals:
            self._commit_removals()
        twin = self.__class__()
        with _IterationGuard(self):
            for key, kept in self.data.items():
                if (value := kept()) is not None:
                    twin[deepcopy(key, memo)] = value
        return twin

    __iter__, __copy__, __repr__ = keys, copy, _plain_repr
    __or__, __ror__, __ior__ = _merge, _merge_reflected, _merge_in


class WeakKeyDictionary(_collections_abc.MutableMapping):
    """A mapping that forgets an entry when its key is used nowhere else."""

    # `_pending_removals` has the references of keys that died during an iteration. Each still has its entry in `data`, unless
    # `_dirty_len` says that entries have been deleted by hand since.

    def __init__(self, dict=None):
        self.data = {}

        def key_died(wr, owner_ref=ref(self)):
            owner = owner_ref()
            if owner is None:
                return
            if owner._iterating:
                owner._pending_removals.append(wr)
                return
            try:
                del owner.data[wr]
            except KeyError:
                pass

        self._remove = key_died
        self._pending_removals, self._iterating = [], set()
        self._dirty_len = False
        if dict is None:
            return
        self.update(dict)

    def _commit_removals(self):
        next_waiting, data = self._pending_removals.pop, self.data
        while True:
            try:
                dead = next_waiting()
            except IndexError:
                break
            try:
                del data[dead]
            except KeyError:
                pass

    def _scrub_removals(self):
        data = self.data
        self._pending_removals = [dead for dead in self._pending_removals if dead in data]
        self._dirty_len = False

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def __delitem__(self, key):
        self._dirty_len = True
        del self.data[ref(key)]

    def __contains__(self, key):
        try:
            probe = ref(key)
        except TypeError:
            # What cannot be referenced weakly cannot be in here.
            return False
        else:
            return probe in self.data

    def __len__(self):
        if self._pending_removals and self._dirty_len:
            self._scrub_removals()
        size = len(self.data)
        return size - len(self._pending_removals)

    def get(self, key, default=None):
        probe = ref(key)
        return self.data.get(probe, default)

    def setdefault(self, key, default=None):
        kept = ref(key, self._remove)
        return self.data.setdefault(kept, default)

    def pop(self, key, *args):
        self._dirty_len, data = True, self.data
        return data.pop(ref(key), *args)

    def popitem(self):
        self._dirty_len = True
        while True:
            kept, value = self.data.popitem()
            if (key := kept()) is not None:
                return key, value

    def update(self, dict=None, /, **kwargs):
        if not (dict is None or hasattr(dict, "items")):
            dict = _new_dict(dict)
        data = self.data
        if dict is not None:
            for key, value in dict.items():
                data[ref(key, self._remove)] = value
        if kwargs:
            self.update(kwargs)

    def keys(self):
        with _IterationGuard(self):
            for kept in self.data:
                if (key := kept()) is not None:
                    yield key

    def values(self):
        with _IterationGuard(self):
            for kept, value in self.data.items():
                if kept() is None:
                    continue
                yield value

    def items(self):
        with _IterationGuard(self):
            for kept, value in self.data.items():
                if (key := kept()) is not None:
                    yield key, value

    def keyrefs(self):
        """A list of the weak references themselves; they may be dead by the time they are asked."""
        return list(self.data)

    def copy(self):
        twin = WeakKeyDictionary()
        with _IterationGuard(self):
            for kept, value in self.data.items():
                if (key := kept()) is not None:
                    twin[key] = value
        return twin

    def __deepcopy__(self, memo):
        from copy import deepcopy
        twin = self.__class__()
        with _IterationGuard(self):
            for kept, value in self.data.items():
                if (key := kept()) is not None:
                    twin[key] = deepcopy(value, memo)
        return twin

    __iter__, __copy__, __repr__ = keys, copy, _plain_repr
    __or__, __ror__, __ior__ = _merge, _merge_reflected, _merge_in


class finalize:
    """finalize(obj, func, *args, **kwargs) calls func(*args, **kwargs) once: when obj dies, when called, or at exit.

    Alive finalizers are kept by the registry, so nobody has to hold them.
    """

    __slots__ = ()
    _registry = {}
    _shutdown = False
    _index_iter = itertools.count()
    _dirty = False      # since the exit handler last looked
    _registered_with_atexit = False

    class _Info:
        __slots__ = ("weakref", "func", "args", "kwargs", "atexit", "index")

    def __init__(self, obj, func, /, *args, **kwargs):
        if not finalize._registered_with_atexit:
            # One handler for all of them.
            import atexit
            atexit.register(self._exitfunc)
            finalize._registered_with_atexit = True
        info = self._Info()
        info.weakref = ref(obj, self)
        info.func, info.args, info.kwargs = func, args, kwargs or None
        info.index, info.atexit = next(self._index_iter), True
        self._registry[self] = info
        finalize._dirty = True

    def __call__(self, _=None):
        """If alive, call the function and return its result, else return None."""
        info = self._registry.pop(self, None)
        if info is None or self._shutdown:
            return None
        return info.func(*info.args, **(info.kwargs or {}))

    def peek(self):
        """If alive, return (obj, func, args, kwargs), else return None."""
        info = self._registry.get(self)
        if info is not None and (obj := info.weakref()) is not None:
            return obj, info.func, info.args, info.kwargs or {}

    def detach(self):
        """If alive, mark as dead and return (obj, func, args, kwargs), else return None."""
        info = self._registry.get(self)
        # Whoever takes it out of the registry has it.
        if info is not None and (obj := info.weakref()) is not None and self._registry.pop(self, None):
            return obj, info.func, info.args, info.kwargs or {}

    @property
    def alive(self):
        """Whether it may still be called."""
        return self in self._registry

    @property
    def atexit(self):
        """Whether it is called at exit if it is still alive then."""
        info = self._registry.get(self)
        return info is not None and info.atexit

    @atexit.setter
    def atexit(self, value):
        info = self._registry.get(self)
        if info is not None:
            info.atexit = bool(value)

    def __repr__(self):
        info = self._registry.get(self)
        obj = info and info.weakref()
        state = "dead" if obj is None else f"for {type(obj).__name__!r} at {id(obj):#x}"
        return f"<{type(self).__name__} object at {id(self):#x}; {state}>"

    @classmethod
    def _select_for_exit(cls):
        """The finalizers to call at exit, the newest last."""
        due = [(one, info) for one, info in cls._registry.items() if info.atexit]
        due.sort(key=lambda pair: pair[1].index)
        return [one for one, info in due]

    @classmethod
    def _exitfunc(cls):
        restore = None
        try:
            if cls._registry:
                import gc
                if gc.isenabled():
                    # A collection in between would start finalizers out of turn.
                    gc.disable()
                    restore = gc.enable
                finalize._dirty, due = False, cls._select_for_exit()
                while due:
                    last = due.pop()
                    try:
                        last()
                    except Exception:
                        sys.excepthook(*sys.exc_info())
                    if finalize._dirty:
                        finalize._dirty, due = False, cls._select_for_exit()
        finally:
            # From here on calling one does nothing.
            finalize._shutdown = True
            if restore:
                restore()

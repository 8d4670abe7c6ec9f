"""`threading.local` in Python: an object whose attributes each thread has for itself."""

from contextlib import contextmanager
from threading import RLock, current_thread
from weakref import ref

__all__ = ["local"]


class _Dicts:
    """The dicts of one local object, by thread. A thread holds a weak reference to this in its own dict, so that both ends are told."""

    __slots__ = "key", "by_thread", "arguments", "lock", "__weakref__"

    def __init__(self, arguments):
        self.key = f"_threading_local.{id(self)}"
        self.by_thread = {}
        self.arguments = arguments
        self.lock = RLock()

    def get(self):
        """The dict of the thread that runs, None if it has none yet."""
        entry = self.by_thread.get(id(current_thread()))
        return None if entry is None else entry[1]

    def make(self):
        """Makes it. It goes when the thread does, and the thread forgets this object when that goes."""
        thread, key = current_thread(), self.key
        ident = id(thread)

        def forget_here(_):
            owner = weak_thread()
            if owner is not None:
                del owner.__dict__[key]

        def forget_thread(_):
            dicts = weak_dicts()
            if dicts is not None:
                dicts.by_thread.pop(ident)

        weak_dicts, weak_thread = ref(self, forget_here), ref(thread, forget_thread)
        thread.__dict__[key] = weak_dicts
        made = {}
        self.by_thread[ident] = weak_thread, made
        return made


@contextmanager
def _own_dict(self):
    """In this block the object's `__dict__` is the one of the thread that runs."""
    dicts = object.__getattribute__(self, "_local__dicts")
    mine = dicts.get()
    if mine is None:
        mine = dicts.make()
        args, kwargs = dicts.arguments
        self.__init__(*args, **kwargs)
    with dicts.lock:
        object.__setattr__(self, "__dict__", mine)
        yield


def _refuse_dict(self, name):
    if name == "__dict__":
        raise AttributeError(f"{self.__class__.__name__!r} object attribute '__dict__' is read-only")


class local:
    __slots__ = "_local__dicts", "__dict__"

    def __new__(cls, /, *args, **kw):
        if (args or kw) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        dicts = _Dicts((args, kw))
        object.__setattr__(self, "_local__dicts", dicts)
        # __init__ is about to be called for this thread.
        dicts.make()
        return self

    def __getattribute__(self, name):
        with _own_dict(self):
            return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        _refuse_dict(self, name)
        with _own_dict(self):
            return object.__setattr__(self, name, value)

    def __delattr__(self, name):
        _refuse_dict(self, name)
        with _own_dict(self):
            return object.__delattr__(self, name)

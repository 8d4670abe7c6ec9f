"""Abstract base classes: ABCMeta and what marks methods as abstract. The registry and the checks are native (`_abc`)."""

import _abc
from _abc import get_cache_token


def abstractmethod(funcobj):
    """Say that a class cannot be instantiated before this method is overridden."""
    setattr(funcobj, "__isabstractmethod__", True)
    return funcobj


class ABCMeta(type):
    """The type of abstract base classes."""

    def __new__(mcls, name, bases, namespace, **kwargs):
        made = super().__new__(mcls, name, bases, namespace, **kwargs)
        _abc._abc_init(made)
        return made

    def register(cls, subclass):
        """From now on, count `subclass` (returned, for use as a decorator) among the subclasses."""
        return _abc._abc_register(cls, subclass)

    def __instancecheck__(cls, instance):
        return _abc._abc_instancecheck(cls, instance)

    def __subclasscheck__(cls, subclass):
        return _abc._abc_subclasscheck(cls, subclass)

    def _abc_registry_clear(cls):
        _abc._reset_registry(cls)

    def _abc_caches_clear(cls):
        _abc._reset_caches(cls)

    def _dump_registry(cls, file=None):
        state = dict(zip(("registry", "cache", "negative_cache", "negative_cache_version"), _abc._get_dump(cls)))
        print("Class: %s.%s" % (cls.__module__, cls.__qualname__), file=file)
        print("Inv. counter:", get_cache_token(), file=file)
        for part, content in state.items():
            print(f"_abc_{part}:", repr(content), file=file)


class ABC(metaclass=ABCMeta):
    """For abstract classes that would rather inherit than name a metaclass."""

    __slots__ = ()


# The three classes that existed before abstractmethod() could be put under the other decorators.

class abstractclassmethod(classmethod):
    __isabstractmethod__ = True

    def __init__(self, callable):
        super().__init__(abstractmethod(callable))


class abstractstaticmethod(staticmethod):
    __isabstractmethod__ = True

    def __init__(self, callable):
        super().__init__(abstractmethod(callable))


class abstractproperty(property):
    __isabstractmethod__ = True


def update_abstractmethods(cls):
    """Find out again which methods of a class are abstract, for class decorators that add methods."""
    if hasattr(cls, "__abstractmethods__"):
        inherited = [(name, getattr(cls, name, None))
                     for base in cls.__bases__ for name in getattr(base, "__abstractmethods__", ())]
        candidates = inherited + list(cls.__dict__.items())
        cls.__abstractmethods__ = frozenset(
            [name for name, method in candidates if getattr(method, "__isabstractmethod__", False)])
    return cls

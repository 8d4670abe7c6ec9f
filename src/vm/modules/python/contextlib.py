"""Ready-made context managers, and tools to make others."""

import sys
from abc import ABC, abstractmethod
from collections import deque
from functools import wraps
from types import GenericAlias, MethodType

__all__ = (
    "AbstractAsyncContextManager AbstractContextManager AsyncExitStack ContextDecorator ExitStack "
    "aclosing asynccontextmanager closing contextmanager nullcontext redirect_stderr redirect_stdout suppress"
).split()

_NO_YIELD = "generator didn't yield"
_NO_STOP = "generator didn't stop"


def _offers(candidate, *names):
    """True if every name is found along the bases, and not as None; else not decided."""
    for name in names:
        found = (vars(base)[name] for base in candidate.__mro__ if name in vars(base))
        if next(found, None) is None:
            return NotImplemented
    return True


# ---- abstract bases


class AbstractContextManager(ABC):
    def __enter__(self):
        return self

    @abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        """A true result ends the exception."""

    @classmethod
    def __subclasshook__(cls, C):
        return _offers(C, "__enter__", "__exit__") if cls is AbstractContextManager else NotImplemented

    __class_getitem__ = classmethod(GenericAlias)


class AbstractAsyncContextManager(ABC):
    async def __aenter__(self):
        return self

    @abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        """A true result ends the exception."""

    @classmethod
    def __subclasshook__(cls, C):
        return _offers(C, "__aenter__", "__aexit__") if cls is AbstractAsyncContextManager else NotImplemented

    __class_getitem__ = classmethod(GenericAlias)


# ---- use as decorators


class _Recreated:
    def _recreate_cm(self):
        return self


class ContextDecorator(_Recreated):
    """Each call of the decorated function happens inside the context."""

    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)

        return inner


class AsyncContextDecorator(_Recreated):
    """Each call of the decorated coroutine function happens inside the context."""

    def __call__(self, func):
        @wraps(func)
        async def inner(*args, **kwds):
            async with self._recreate_cm():
                return await func(*args, **kwds)

        return inner


# ---- contexts written as generators


class _GeneratorContextManagerBase:
    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func = func
        self.args = args
        self.kwds = kwds
        own = getattr(func, "__doc__", None)
        self.__doc__ = type(self).__doc__ if own is None else own

    def _recreate_cm(self):
        return type(self)(self.func, self.args, self.kwds)


class _GeneratorContextManager(_GeneratorContextManagerBase, AbstractContextManager, ContextDecorator):
    """A context made by a function under @contextmanager."""

    def __enter__(self):
        # Only the generator is needed from now on.
        del self.args, self.kwds, self.func
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError(_NO_YIELD) from None

    def __exit__(self, typ, value, traceback):
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError(_NO_STOP)
        if value is None:
            value = typ()
        try:
            self.gen.throw(typ, value, traceback)
        except StopIteration as ended:
            # It ended by itself, or let through what was thrown into it.
            return ended is not value
        except RuntimeError as raised:
            # A StopIteration that was thrown into it comes out wrapped.
            if raised is value or isinstance(value, StopIteration) and raised.__cause__ is value:
                return False
            raise
        except BaseException as raised:
            if raised is value:
                return False
            raise
        raise RuntimeError(_NO_STOP + " after throw()")


class _AsyncGeneratorContextManager(_GeneratorContextManagerBase, AbstractAsyncContextManager, AsyncContextDecorator):
    """A context made by a function under @asynccontextmanager."""

    async def __aenter__(self):
        # Only the generator is needed from now on.
        del self.args, self.kwds, self.func
        try:
            return await anext(self.gen)
        except StopAsyncIteration:
            raise RuntimeError(_NO_YIELD) from None

    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            try:
                await anext(self.gen)
            except StopAsyncIteration:
                return False
            raise RuntimeError(_NO_STOP)
        if value is None:
            value = typ()
        try:
            await self.gen.athrow(typ, value, traceback)
        except StopAsyncIteration as ended:
            return ended is not value
        except RuntimeError as raised:
            ends = isinstance(value, (StopIteration, StopAsyncIteration))
            if raised is value or ends and raised.__cause__ is value:
                return False
            raise
        except BaseException as raised:
            if raised is value:
                return False
            raise
        raise RuntimeError(_NO_STOP + " after athrow()")


def contextmanager(func):
    """Decorator: a generator function that yields once becomes a maker of contexts."""

    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)

    return helper


def asynccontextmanager(func):
    """Decorator: an async generator function that yields once becomes a maker of async contexts."""

    @wraps(func)
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)

    return helper


# ---- small ones


class closing(AbstractContextManager):
    """Calls `thing.close()` at the end."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class aclosing(AbstractAsyncContextManager):
    """Awaits `thing.aclose()` at the end."""

    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    """Does nothing."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    async def __aenter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        return None

    async def __aexit__(self, *excinfo):
        return None


class suppress(AbstractContextManager):
    """Ends exceptions of the given classes."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        return None

    def __exit__(self, exctype, excinst, exctb):
        if exctype is None:
            return False
        return issubclass(exctype, self._exceptions)


class _RedirectStream(AbstractContextManager):
    """Another object stands for a stream of `sys`; may be entered several times."""

    def __init__(self, new_target):
        self._new_target = new_target
        self._old_targets = []

    def __enter__(self):
        target, name = self._new_target, self._stream
        self._old_targets += (getattr(sys, name),)
        setattr(sys, name, target)
        return target

    def __exit__(self, exctype, excinst, exctb):
        restored = self._old_targets.pop()
        setattr(sys, self._stream, restored)


class redirect_stdout(_RedirectStream):
    _stream = "stdout"


class redirect_stderr(_RedirectStream):
    _stream = "stderr"


# ---- stacks of contexts


class _BaseExitStack:
    # The instance's queue holds pairs: (not to be awaited, called with the three parts of an exception).

    # Frames, cells and tuples are as many as CPython's: they decide when collections happen.

    @staticmethod
    def _create_exit_wrapper(cm, leave):
        return MethodType(leave, cm)

    @staticmethod
    def _create_cb_wrapper(callback, /, *args, **kwds):
        def _exit_wrapper(kind, value, trace):
            callback(*args, **kwds)

        return _exit_wrapper

    def __init__(self):
        self._exit_callbacks = deque()

    def pop_all(self):
        """Moves everything to a new stack."""
        heir = type(self)()
        heir._exit_callbacks = self._exit_callbacks
        self._exit_callbacks = deque()
        return heir

    def push(self, exit):
        kind = type(exit)
        try:
            leave = kind.__exit__
        except AttributeError:
            self._push_exit_callback(exit)
        else:
            self._push_cm_exit(exit, leave)
        return exit

    def enter_context(self, cm):
        kind = type(cm)
        leave = kind.__exit__
        entered = kind.__enter__(cm)
        self._push_cm_exit(cm, leave)
        return entered

    def callback(self, callback, /, *args, **kwds):
        wrapped = self._create_cb_wrapper(callback, *args, **kwds)
        wrapped.__wrapped__ = callback
        self._push_exit_callback(wrapped)
        return callback

    def _push_cm_exit(self, cm, leave):
        wrapped = self._create_exit_wrapper(cm, leave)
        self._push_exit_callback(wrapped, True)

    def _push_exit_callback(self, called, plain=True):
        self._exit_callbacks.append((plain, called))


class ExitStack(_BaseExitStack, AbstractContextManager):
    """Contexts and callbacks collected at run time, left in reverse order."""

    def __enter__(self):
        return self

    def __exit__(self, *exc_details):
        had_exception = exc_details[0] is not None
        outside = sys.exc_info()[1]

        def _attach(newer, earlier):
            # Where the contexts of the newer exception reach what was handled outside the stack, the earlier one goes in between.
            link = newer.__context__
            while not (link is None or link is earlier or link is outside):
                newer, link = link, link.__context__
            if link is not None and link is outside:
                newer.__context__ = earlier

        ended = failing = False
        while self._exit_callbacks:
            plain, leave = self._exit_callbacks.pop()
            assert plain
            try:
                if leave(*exc_details):
                    ended, failing = True, False
                    exc_details = (None, None, None)
            except:
                raised = sys.exc_info()
                _attach(raised[1], exc_details[1])
                exc_details, failing = raised, True
        if not failing:
            return had_exception and ended
        # Raising sets the context anew.
        context = exc_details[1].__context__
        try:
            raise exc_details[1]
        finally:
            exc_details[1].__context__ = context

    def close(self):
        self.__exit__(None, None, None)


class AsyncExitStack(_BaseExitStack, AbstractAsyncContextManager):
    """Like ExitStack, also for what has to be awaited."""

    @staticmethod
    def _create_async_exit_wrapper(cm, leave):
        return MethodType(leave, cm)

    @staticmethod
    def _create_async_cb_wrapper(callback, /, *args, **kwds):
        async def _exit_wrapper(kind, value, trace):
            await callback(*args, **kwds)

        return _exit_wrapper

    async def enter_async_context(self, cm):
        kind = type(cm)
        leave = kind.__aexit__
        entered = await kind.__aenter__(cm)
        self._push_async_cm_exit(cm, leave)
        return entered

    def push_async_exit(self, exit):
        kind = type(exit)
        try:
            leave = kind.__aexit__
        except AttributeError:
            self._push_exit_callback(exit, False)
        else:
            self._push_async_cm_exit(exit, leave)
        return exit

    def push_async_callback(self, callback, /, *args, **kwds):
        wrapped = self._create_async_cb_wrapper(callback, *args, **kwds)
        wrapped.__wrapped__ = callback
        self._push_exit_callback(wrapped, False)
        return callback

    def _push_async_cm_exit(self, cm, leave):
        wrapped = self._create_async_exit_wrapper(cm, leave)
        self._push_exit_callback(wrapped, False)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_details):
        outside = sys.exc_info()[1]
        had_exception = exc_details[0] is not None

        def _attach(newer, earlier):
            # Where the contexts of the newer exception reach what was handled outside the stack, the earlier one goes in between.
            link = newer.__context__
            while not (link is None or link is earlier or link is outside):
                newer, link = link, link.__context__
            if link is not None and link is outside:
                newer.__context__ = earlier

        ended = failing = False
        while self._exit_callbacks:
            plain, leave = self._exit_callbacks.pop()
            try:
                if leave(*exc_details) if plain else await leave(*exc_details):
                    ended, failing = True, False
                    exc_details = (None, None, None)
            except:
                raised = sys.exc_info()
                _attach(raised[1], exc_details[1])
                exc_details, failing = raised, True
        if not failing:
            return had_exception and ended
        context = exc_details[1].__context__
        try:
            raise exc_details[1]
        finally:
            exc_details[1].__context__ = context

    async def aclose(self):
        await self.__aexit__(None, None, None)

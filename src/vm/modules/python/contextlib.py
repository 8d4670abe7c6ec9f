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
    """An abstract base class for context managers."""
    def __enter__(self):
        """Return `self` upon entering the runtime context."""
        return self

    @abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        """Raise any exception triggered within the runtime context."""

    @classmethod
    def __subclasshook__(cls, C):
        return _offers(C, "__enter__", "__exit__") if cls is AbstractContextManager else NotImplemented

    __class_getitem__ = classmethod(GenericAlias)


class AbstractAsyncContextManager(ABC):
    """An abstract base class for asynchronous context managers."""
    async def __aenter__(self):
        """Return `self` upon entering the runtime context."""
        return self

    @abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        """Raise any exception triggered within the runtime context."""

    @classmethod
    def __subclasshook__(cls, C):
        return _offers(C, "__aenter__", "__aexit__") if cls is AbstractAsyncContextManager else NotImplemented

    __class_getitem__ = classmethod(GenericAlias)


# ---- use as decorators


class _Recreated:
    def _recreate_cm(self):
        return self


class ContextDecorator(_Recreated):
    """A base class or mixin that enables context managers to work as decorators."""

    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)

        return inner


class AsyncContextDecorator(_Recreated):
    """A base class or mixin that enables async context managers to work as decorators."""

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
    """@contextmanager decorator.

    Typical usage:

        @contextmanager
        def some_generator(<arguments>):
            <setup>
            try:
                yield <value>
            finally:
                <cleanup>

    This makes this:

        with some_generator(<arguments>) as <variable>:
            <body>

    equivalent to this:

        <setup>
        try:
            <variable> = <value>
            <body>
        finally:
            <cleanup>
    """

    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)

    return helper


def asynccontextmanager(func):
    """@asynccontextmanager decorator.

    Typical usage:

        @asynccontextmanager
        async def some_async_generator(<arguments>):
            <setup>
            try:
                yield <value>
            finally:
                <cleanup>

    This makes this:

        async with some_async_generator(<arguments>) as <variable>:
            <body>

    equivalent to this:

        <setup>
        try:
            <variable> = <value>
            <body>
        finally:
            <cleanup>
    """

    @wraps(func)
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)

    return helper


# ---- small ones


class closing(AbstractContextManager):
    """Context to automatically close something at the end of a block.

    Code like this:

        with closing(<module>.open(<arguments>)) as f:
            <block>

    is equivalent to this:

        f = <module>.open(<arguments>)
        try:
            <block>
        finally:
            f.close()

    """

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class aclosing(AbstractAsyncContextManager):
    """Async context manager for safely finalizing an asynchronously cleaned-up
    resource such as an async generator, calling its ``aclose()`` method.

    Code like this:

        async with aclosing(<module>.fetch(<arguments>)) as agen:
            <block>

    is equivalent to this:

        agen = <module>.fetch(<arguments>)
        try:
            <block>
        finally:
            await agen.aclose()

    """

    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    """Context manager that does no additional processing.

    Used as a stand-in for a normal context manager, when a particular
    block of code is only sometimes used with a normal context manager:

    cm = optional_cm if condition else nullcontext()
    with cm:
        # Perform operation, using optional_cm if condition is True
    """

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
    """Context manager to suppress specified exceptions

    After the exception is suppressed, execution proceeds with the next
    statement following the with statement.

         with suppress(FileNotFoundError):
             os.remove(somefile)
         # Execution still resumes here if the file was already removed
    """

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
    """Context manager for temporarily redirecting stdout to another file.

        # How to send help() to stderr
        with redirect_stdout(sys.stderr):
            help(dir)

        # How to write help() to a file
        with open('help.txt', 'w') as f:
            with redirect_stdout(f):
                help(pow)
    """
    _stream = "stdout"


class redirect_stderr(_RedirectStream):
    """Context manager for temporarily redirecting stderr to another file."""
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
    """Context manager for dynamic management of a stack of exit callbacks.

    For example:
        with ExitStack() as stack:
            files = [stack.enter_context(open(fname)) for fname in filenames]
            # All opened files will automatically be closed at the end of
            # the with statement, even if attempts to open files later
            # in the list raise an exception.
    """

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
        """Immediately unwind the context stack."""
        self.__exit__(None, None, None)


class AsyncExitStack(_BaseExitStack, AbstractAsyncContextManager):
    """Async context manager for dynamic management of a stack of exit
    callbacks.

    For example:
        async with AsyncExitStack() as stack:
            connections = [await stack.enter_async_context(get_connection())
                for i in range(5)]
            # All opened connections will automatically be released at the
            # end of the async with statement, even if attempts to open a
            # connection later in the list raise an exception.
    """

    @staticmethod
    def _create_async_exit_wrapper(cm, leave):
        return MethodType(leave, cm)

    @staticmethod
    def _create_async_cb_wrapper(callback, /, *args, **kwds):
        async def _exit_wrapper(kind, value, trace):
            await callback(*args, **kwds)

        return _exit_wrapper

    async def enter_async_context(self, cm):
        """Enters the supplied async context manager.

        If successful, also pushes its __aexit__ method as a callback and
        returns the result of the __aenter__ method.
        """
        kind = type(cm)
        leave = kind.__aexit__
        entered = await kind.__aenter__(cm)
        self._push_async_cm_exit(cm, leave)
        return entered

    def push_async_exit(self, exit):
        """Registers a coroutine function with the standard __aexit__ method
        signature.

        Can suppress exceptions the same way __aexit__ method can.
        Also accepts any object with an __aexit__ method (registering a call
        to the method instead of the object itself).
        """
        kind = type(exit)
        try:
            leave = kind.__aexit__
        except AttributeError:
            self._push_exit_callback(exit, False)
        else:
            self._push_async_cm_exit(exit, leave)
        return exit

    def push_async_callback(self, callback, /, *args, **kwds):
        """Registers an arbitrary coroutine function and arguments.

        Cannot suppress exceptions.
        """
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
                answer = leave(*exc_details) if plain else await leave(*exc_details)
                if answer:
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
        """Immediately unwind the context stack."""
        await self.__aexit__(None, None, None)

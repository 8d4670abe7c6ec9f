"""Handles of scheduled callbacks, the interface of event loops, and the policy that says which loop is the current one."""

__all__ = ("AbstractEventLoopPolicy", "AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle", "get_event_loop_policy",
           "set_event_loop_policy", "get_event_loop", "set_event_loop", "new_event_loop", "get_child_watcher",
           "set_child_watcher", "_set_running_loop", "get_running_loop", "_get_running_loop")

import contextvars
import sys
import threading

from . import format_helpers
from _asyncio import _get_event_loop, _get_running_loop, _set_running_loop, get_event_loop, get_running_loop


class Handle:
    """A callback that the loop will run, unless it is cancelled before."""

    __slots__ = ("_callback", "_args", "_cancelled", "_loop", "_source_traceback", "_repr", "__weakref__", "_context")

    def __init__(self, callback, args, loop, context=None):
        self._context = contextvars.copy_context() if context is None else context
        self._loop = loop
        self._callback = callback
        self._args = args
        self._cancelled = False
        self._repr = None
        self._source_traceback = format_helpers.extract_stack(sys._getframe(1)) if loop.get_debug() else None

    def _repr_info(self):
        info = [self.__class__.__name__]
        if self._cancelled:
            info.append("cancelled")
        if self._callback is not None:
            info.append(format_helpers._format_callback_source(self._callback, self._args))
        if self._source_traceback:
            created = self._source_traceback[-1]
            info.append(f"created at {created[0]}:{created[1]}")
        return info

    def __repr__(self):
        return self._repr if self._repr is not None else "<{}>".format(" ".join(self._repr_info()))

    def cancel(self):
        """Do not run the callback any more, and let go of it."""
        if self._cancelled:
            return
        self._cancelled = True
        if self._loop.get_debug():
            # How it looked is kept, for messages about slow callbacks.
            self._repr = repr(self)
        self._callback = None
        self._args = None

    def cancelled(self):
        """Whether it was cancelled."""
        return self._cancelled

    def _run(self):
        try:
            self._context.run(self._callback, *self._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            shown = format_helpers._format_callback_source(self._callback, self._args)
            context = {"message": f"Exception in callback {shown}", "exception": exc, "handle": self}
            if self._source_traceback:
                context["source_traceback"] = self._source_traceback
            self._loop.call_exception_handler(context)
        self = None  # the traceback must not keep it


class TimerHandle(Handle):
    """A callback that the loop will run at a time."""

    __slots__ = ["_scheduled", "_when"]

    def __init__(self, when, callback, args, loop, context=None):
        assert when is not None
        super().__init__(callback, args, loop, context)
        if self._source_traceback:
            del self._source_traceback[-1]
        self._when = when
        self._scheduled = False

    def _repr_info(self):
        info = super()._repr_info()
        info.insert(2 if self._cancelled else 1, f"when={self._when}")
        return info

    def __hash__(self):
        return hash(self._when)

    def __lt__(self, other):
        return self._when < other._when if isinstance(other, TimerHandle) else NotImplemented

    def __le__(self, other):
        if isinstance(other, TimerHandle):
            return self._when < other._when or self.__eq__(other)
        return NotImplemented

    def __gt__(self, other):
        return self._when > other._when if isinstance(other, TimerHandle) else NotImplemented

    def __ge__(self, other):
        if isinstance(other, TimerHandle):
            return self._when > other._when or self.__eq__(other)
        return NotImplemented

    def __eq__(self, other):
        if isinstance(other, TimerHandle):
            return (self._when == other._when and self._callback == other._callback and self._args == other._args
                    and self._cancelled == other._cancelled)
        return NotImplemented

    def cancel(self):
        """Do not run the callback any more, and let go of it."""
        if not self._cancelled:
            self._loop._timer_handle_cancelled(self)
        super().cancel()

    def when(self):
        """The loop's time at which it is due."""
        return self._when


class AbstractServer:
    """What create_server() would make."""

    def close(self):
        """Stop serving."""
        raise NotImplementedError

    def get_loop(self):
        """The loop it is attached to."""
        raise NotImplementedError

    def is_serving(self):
        """Whether it takes connections."""
        raise NotImplementedError

    async def start_serving(self):
        """Take connections."""
        raise NotImplementedError

    async def serve_forever(self):
        """Take connections until cancelled."""
        raise NotImplementedError

    async def wait_closed(self):
        """Wait until it is closed."""
        raise NotImplementedError

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


class AbstractEventLoop:
    """What every event loop has."""

    async def shutdown_asyncgens(self):
        """Close all asynchronous generators that are open."""
        raise NotImplementedError

    async def shutdown_default_executor(self):
        """End the pool of threads."""
        raise NotImplementedError


def _left_to_loops(name, is_async):
    def method(self, *args, **kwargs):
        raise NotImplementedError

    async def coroutine(self, *args, **kwargs):
        raise NotImplementedError

    made = coroutine if is_async else method
    made.__name__, made.__qualname__ = name, f"AbstractEventLoop.{name}"
    return made


for _name in ("run_forever run_until_complete stop is_running is_closed close _timer_handle_cancelled call_soon call_later "
              "call_at time create_future create_task call_soon_threadsafe run_in_executor set_default_executor add_reader "
              "remove_reader add_writer remove_writer add_signal_handler remove_signal_handler set_task_factory "
              "get_task_factory get_exception_handler set_exception_handler default_exception_handler call_exception_handler "
              "get_debug set_debug").split():
    setattr(AbstractEventLoop, _name, _left_to_loops(_name, False))
for _name in ("getaddrinfo getnameinfo create_connection create_server sendfile start_tls create_unix_connection "
              "create_unix_server connect_accepted_socket create_datagram_endpoint connect_read_pipe connect_write_pipe "
              "subprocess_shell subprocess_exec sock_recv sock_recv_into sock_sendall sock_connect sock_accept "
              "sock_sendfile").split():
    setattr(AbstractEventLoop, _name, _left_to_loops(_name, True))
del _name


class AbstractEventLoopPolicy:
    """Which event loop is the current one, and what kind new ones are of."""

    def get_event_loop(self):
        """The current loop of this context."""
        raise NotImplementedError

    def set_event_loop(self, loop):
        """Make a loop the current one."""
        raise NotImplementedError

    def new_event_loop(self):
        """A new loop."""
        raise NotImplementedError

    def get_child_watcher(self):
        """What watches child processes."""
        raise NotImplementedError

    def set_child_watcher(self, watcher):
        """Set what watches child processes."""
        raise NotImplementedError


class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """A loop for each thread; the main thread's is made when it is first asked for."""

    _loop_factory = None

    class _Local(threading.local):
        _loop = None
        _set_called = False

    def __init__(self):
        self._local = self._Local()

    def get_event_loop(self):
        """The current loop; RuntimeError if there is none."""
        local = self._local
        if local._loop is None and not local._set_called and threading.current_thread() is threading.main_thread():
            self.set_event_loop(self.new_event_loop())
        if self._local._loop is None:
            raise RuntimeError("There is no current event loop in thread %r." % threading.current_thread().name)
        return self._local._loop

    def set_event_loop(self, loop):
        """Make a loop the current one; None: there is none."""
        self._local._set_called = True
        assert loop is None or isinstance(loop, AbstractEventLoop)
        self._local._loop = loop

    def new_event_loop(self):
        """A new loop; it does not become the current one."""
        return self._loop_factory()


_event_loop_policy = None
_lock = threading.Lock()


def _init_event_loop_policy():
    global _event_loop_policy
    with _lock:
        if _event_loop_policy is None:
            from . import DefaultEventLoopPolicy
            _event_loop_policy = DefaultEventLoopPolicy()


def get_event_loop_policy():
    """The current policy."""
    if _event_loop_policy is None:
        _init_event_loop_policy()
    return _event_loop_policy


def set_event_loop_policy(policy):
    """Set the policy; None brings the default back."""
    global _event_loop_policy
    assert policy is None or isinstance(policy, AbstractEventLoopPolicy)
    _event_loop_policy = policy


def set_event_loop(loop):
    """get_event_loop_policy().set_event_loop(loop)"""
    get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    """get_event_loop_policy().new_event_loop()"""
    return get_event_loop_policy().new_event_loop()


def get_child_watcher():
    """get_event_loop_policy().get_child_watcher()"""
    return get_event_loop_policy().get_child_watcher()


def set_child_watcher(watcher):
    """get_event_loop_policy().set_child_watcher(watcher)"""
    return get_event_loop_policy().set_child_watcher(watcher)

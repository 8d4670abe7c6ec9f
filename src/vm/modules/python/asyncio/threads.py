"""Running a function in another thread; the machine has one, so this ends loudly."""

import contextvars
import functools

from . import events

__all__ = "to_thread",


async def to_thread(func, /, *args, **kwargs):
    """Run the function in a thread of the loop's pool, in a copy of this context."""
    loop = events.get_running_loop()
    context = contextvars.copy_context()
    return await loop.run_in_executor(None, functools.partial(context.run, func, *args, **kwargs))

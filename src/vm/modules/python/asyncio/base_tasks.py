"""How tasks look, and the stacks of their coroutines."""

import linecache
import traceback

from . import base_futures
from . import coroutines


def _task_repr_info(task):
    info = base_futures._future_repr_info(task)
    if task._must_cancel:
        info[0] = "cancelling"
    more = ["name=%r" % task.get_name(), f"coro=<{coroutines._format_coroutine(task._coro)}>"]
    if task._fut_waiter is not None:
        more.append(f"wait_for={task._fut_waiter!r}")
    info[1:1] = more
    return info


def _coroutine_frame(coro):
    for name in ("cr_frame", "gi_frame", "ag_frame"):
        if hasattr(coro, name):
            return getattr(coro, name)
    return None


def _task_get_stack(task, limit):
    frame = _coroutine_frame(task._coro)
    frames = []
    if frame is not None:
        while frame is not None:
            if limit is not None:
                if limit <= 0:
                    break
                limit -= 1
            frames.append(frame)
            frame = frame.f_back
        frames.reverse()
    elif task._exception is not None:
        tb = task._exception.__traceback__
        while tb is not None:
            if limit is not None:
                if limit <= 0:
                    break
                limit -= 1
            frames.append(tb.tb_frame)
            tb = tb.tb_next
    return frames


def _task_print_stack(task, limit, file):
    entries, checked = [], set()
    for frame in task.get_stack(limit=limit):
        line, code = frame.f_lineno, frame.f_code
        filename = code.co_filename
        if filename not in checked:
            checked.add(filename)
            linecache.checkcache(filename)
        text = linecache.getline(filename, line, frame.f_globals)
        entries.append((filename, line, code.co_name, text))
    exc = task._exception
    if not entries:
        print(f"No stack for {task!r}", file=file)
    elif exc is not None:
        print(f"Traceback for {task!r} (most recent call last):", file=file)
    else:
        print(f"Stack for {task!r} (most recent call last):", file=file)
    traceback.print_list(entries, file=file)
    if exc is not None:
        for text in traceback.format_exception_only(exc.__class__, exc):
            print(text, file=file, end="")

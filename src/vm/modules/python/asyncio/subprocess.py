"""Processes: not here, where there are none."""

from _asyncio import _unsupported

__all__ = ("create_subprocess_exec", "create_subprocess_shell")


async def create_subprocess_exec(*args, **kwargs):
    """Run a program."""
    _unsupported("asyncio.create_subprocess_exec()")


async def create_subprocess_shell(*args, **kwargs):
    """Run a command line."""
    _unsupported("asyncio.create_subprocess_shell()")

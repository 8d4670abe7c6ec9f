"""Variables whose values depend on the context that runs; all of it is native."""

from _contextvars import Context, ContextVar, Token, copy_context

__all__ = ("Context", "ContextVar", "Token", "copy_context")

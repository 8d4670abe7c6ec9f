"""Configuring loggers from a dict or a file: not here yet."""

from _asyncio import _unsupported


def dictConfig(config):
    """Configure logging from a dict."""
    _unsupported("logging.config.dictConfig()")


def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    """Configure logging from a file."""
    _unsupported("logging.config.fileConfig()")


def listen(port=9030, verify=None):
    """Configure logging over a socket."""
    _unsupported("logging.config.listen()")

"""Decimal numbers of any precision, rounded as a context says."""

try:
    from _decimal import *
    from _decimal import __doc__, __libmpdec_version__, __version__
except ImportError:
    from _pydecimal import *
    from _pydecimal import __doc__, __libmpdec_version__, __version__

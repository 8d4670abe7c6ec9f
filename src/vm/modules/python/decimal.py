"""Decimal numbers of any precision, rounded as a context says."""

from _decimal import *
from _decimal import __doc__, __libmpdec_version__, __version__

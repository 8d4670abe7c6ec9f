"""collections.abc: the abstract base classes under their public name."""

from _collections_abc import *
from _collections_abc import __all__
from _collections_abc import _CallableGenericAlias

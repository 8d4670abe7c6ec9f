"""A final name in a module whose annotations are texts."""

from __future__ import annotations

from typing import Final

name: Final[str] = "final"


class MyClass:
    value: Final = 3000

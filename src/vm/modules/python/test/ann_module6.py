"""A class variable where no class is, in a module whose annotations are texts."""

from __future__ import annotations

from typing import ClassVar

wrong: ClassVar[int] = 1

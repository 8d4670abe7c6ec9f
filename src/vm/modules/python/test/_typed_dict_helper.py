"""A typed dict whose hint names something of this module."""

from __future__ import annotations

from typing import Optional, TypedDict

OptionalIntType = Optional[int]


class Foo(TypedDict):
    a: OptionalIntType

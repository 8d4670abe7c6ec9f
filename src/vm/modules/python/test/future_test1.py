"""The same feature twice in one import."""

from __future__ import nested_scopes, nested_scopes


def adder(first):
    def add(second):
        return first + second
    return add


result = adder(2)(4)

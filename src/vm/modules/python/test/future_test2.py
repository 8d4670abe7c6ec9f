"""Another import in the line of a feature's."""

from __future__ import nested_scopes; import string


def adder(first):
    def add(second):
        return first + second
    return add


result = adder(2)(4)

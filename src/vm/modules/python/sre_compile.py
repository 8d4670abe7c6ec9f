"""Patterns to programs."""

import _sre
import sre_parse
from sre_constants import *
from sre_constants import error


def isstring(obj):
    return isinstance(obj, (str, bytes))


def finished(answer, source):
    """The pattern that the machine made, after its warnings; or what is wrong is raised. Warnings point at whoever called `re`."""
    made, complaints, problem = answer
    if complaints:
        from warnings import warn

        for text, category in complaints:
            warn(text, category, stacklevel=5)
    if problem is not None:
        sre_parse.raise_problem(problem, source)
    return made


def compile(p, flags=0):
    return finished(_sre.build(p, flags), p)

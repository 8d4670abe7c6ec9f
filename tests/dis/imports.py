import a
import a.b.c
import a as b
import a.b.c as d
import a, b.c as e
from a import b
from a import b as c, d
from a.b import (c, d as e,)
from . import a
from .. import b
from ...a.b import c
from a import *
def f():
    import os.path as p
    from x import y
    return p

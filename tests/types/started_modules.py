# What CPython has before the first line costs nothing when a script asks for it.
import gc

gc.collect()
gc.disable()


def young():
    return sorted(type(o).__name__ for o in gc.get_objects(0) if type(o).__name__ not in ('frame', 'function'))


def step(what):
    now = gc.get_count()[0]
    print(what, now - step.before, young())
    gc.collect()
    step.before = gc.get_count()[0]


step.before = gc.get_count()[0]
step('nothing')
import io
step('io')
import os
step('os')
import abc
step('abc')
import codecs
step('codecs')
import stat
step('stat')
import posix, posixpath, genericpath, marshal, time
step('more')
from _collections_abc import Mapping
step('_collections_abc')


# Classes of the core are no news either.
async def steps():
    yield 1

view = memoryview(b'abc')
step('memoryview')
each = steps()
following = anext(each, 2)
step('anext')
table = codecs.charmap_build('abc')
step('charmap')


# A module that is taken away is imported as any other.
import sys
del sys.modules['stat']
before = gc.get_count()[0]
import stat as again
print(again is stat, gc.get_count()[0] > before + 5)

# The references by which classes of the core are known to their bases are old, those of a module's are made with it.
import weakref
gc.collect()
for cls in list, dict, memoryview:
    weakref.ref(cls)
print(young())
import _datetime
print('ReferenceType' in young())
print(hasattr(gc, 'nothing'))

# Verifies what __reduce_ex__ makes of None and of accumulate, and that objects with parts of their own are refused.
import copy
import itertools
import posix
import re

print(None.__reduce_ex__(2)[1:], None.__reduce_ex__(4)[1:])
for made in (itertools.accumulate([1, 2]), itertools.accumulate([1, 2], max), itertools.accumulate([1, 2], initial=5)):
    print(made.__reduce__()[2:], next(made), made.__reduce__()[2:])
for o in (len, re.compile('a').scanner('b'), (x for x in []), property(len), zip([1]), super(int, 1), memoryview(b'a')):
    try:
        print(type(o).__name__, len(o.__reduce_ex__(2)))
    except TypeError as e:
        print(e)


class Slots:
    __slots__ = 'a', 'b'


class Number(complex):
    pass


class Pair(tuple):
    pass


made = Slots()
made.a = 1
print(made.__reduce_ex__(2)[2], Number(1).__reduce_ex__(2)[1:3], Pair((1, 2)).__reduce_ex__(2)[1:3])
print(copy.copy(made).a)
try:
    posix.getrandom()
except TypeError as e:
    print(e)
both = [1], 2
print(both.__getnewargs__()[0] is both, Pair(both).__getnewargs__()[0] is both, 'abc'.__getnewargs__(), ().__getnewargs__()[0] is ())

# Verifies functools made without _functools: partial, cmp_to_key, lru_cache and reduce in Python, and the helpers of dispatch.
import collections.abc
import sys
from test.support import import_helper

py = import_helper.import_fresh_module("functools", blocked=["_functools"])
import functools

print(py is functools, py.partial is functools.partial, sys.modules["functools"] is functools)
p = py.partial(max, 1, key=abs)
print(repr(py.partial(print, 1, sep=",")).replace(repr(print), "print"), p(-5, 3), p.args, p.keywords, p.__reduce__()[2:])
print(py.partial(p, 7).args, sorted("bca", key=py.cmp_to_key(lambda a, b: (a > b) - (a < b))), py.reduce(lambda a, b: a * b, [1, 2, 3], 10))


@py.lru_cache(maxsize=2)
def square(n):
    print("square", n)
    return n * n


print([square(n) for n in (1, 2, 1, 3, 2)], square.cache_info(), square.cache_parameters())
square.cache_clear()
print(square.cache_info())
for bad in (lambda: py.partial(3), lambda: py.partial(len).__setstate__(1), lambda: py.partial(len).__setstate__((1,)), lambda: py.reduce(max, []),
            lambda: hash(py.cmp_to_key(max)(1)), lambda: py.partial(len).__setstate__((1, 2, 3, 4))):
    try:
        print(bad())
    except TypeError as error:
        print(error)
print(functools._make_key((1,), {}, False), functools._make_key((1, 2), {"a": 3}, True)[:2], functools._unwrap_partial(functools.partial(functools.partial(len))))
print([c.__name__ for c in functools._compose_mro(dict, [collections.abc.MutableMapping, collections.abc.Sized])])
print([c.__name__ for c in functools._c3_mro(bool)], functools._find_impl(bool, {int: 1, object: 2}))

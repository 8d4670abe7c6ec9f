# Verifies that f(*args, **kwargs) lets go of the callable, then of the tuple, then of the dict, and how many references there are.
import sys


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name, sys.getrefcount(self))

    def __call__(self, *args, **kwargs):
        print('called', self.name, sys.getrefcount(self), [sys.getrefcount(a) for a in args])
        if kwargs.get('fail'):
            raise ValueError


def f(*args, **kwargs):
    print('f', [sys.getrefcount(a) for a in args], [sys.getrefcount(v) for v in kwargs.values()])


class Raises:
    def __init__(self, *args, **kwargs):
        raise ValueError


class Missing(dict):
    def __missing__(self, key):
        print('missing', sys.getrefcount(self), sys.getrefcount(key))


f(*[D('a'), D('b')], **{'c': D('c'), 'd': D('d')})
f(*(D('e'),))
D('callable')(*[D('f')], **{'g': D('g')})
print(max(*[D('h'), D('i')], **{'key': lambda o: o.name}).name)
try:
    D('failing')(*[D('j')], **{'fail': D('k')})
except ValueError:
    print('caught')
try:
    Raises(*[D('l')], **{'fail': D('m')})
except ValueError:
    print('caught')
print(dict(*[[]], **{'n': D('n')})['n'].name)
(lambda x: (yield x))(*[D('o')])
Missing()[D('p')]
m = Missing()
m[D('q')]

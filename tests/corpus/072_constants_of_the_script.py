"""Constants of the script itself: the parser holds each of them as long as the script runs."""
import sys, gc
r = sys.getrefcount
x = 1000; print(r(x), r(1000), r(2000), r(1.5), r('hello there'), r(b'bytes!'), r((1, 2)))
y = 'identifier_like_zz'; print(r(y))
def f(a, b=3000, *, c=4000): return r(a), r(b), r(c)
print(f(5000), f(a=6000), f(7000, c=8000))
def g():
    "doc of g"
    t = (9000, 'two words')
    return r(t), r(t[0]), r(t[1])
print(g(), r(g.__doc__))
print(r(-1234), r(1 + 5555), r('a' * 30), r(3 ** 20))
class C:
    "doc of C"
    k = 7777
print(r(C.k), r(C.__doc__))
l = [1001, 1002, 1003]; print([r(v) for v in l])
for v in (11111, 22222): print(r(v))
print(r(f'{x}'), r('%d' % x), r(x + 1), r(str(x)))
w = 1000; print(x is w, r(w))
s = 'spam eggs'; t = 'spam eggs'; print(s is t, r(s))
import atexit
atexit.register(lambda: print('exit', r(x), r(987654)))
def h(): pass
print(r(h.__code__), r(h.__qualname__) > 0, r(f.__defaults__), r(f.__kwdefaults__))
d = {'key one': 1234567}; print(r(d['key one']))
print(r('one') > 0)

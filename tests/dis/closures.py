def f(a, b):
    c = 1
    def g():
        nonlocal c
        c += a
        def h(): return b, c
        return h
    del c
    return g
def f():
    x = 1
    class A:
        y = x
        x = 2
        def m(self): return x, __class__
    return A
def f():
    global g
    def g(): pass
    class C: pass
def f():
    for i in a:
        yield lambda: i
class B:
    def super_call(self): return super().x
    __private = 1
    def __mangled(self, __arg): self.__attr = __arg; return __private

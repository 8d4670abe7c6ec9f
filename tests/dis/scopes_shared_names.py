def f():
    x = 1
    return [x for x in [x]], (lambda x: [x for _ in x]), {x: (lambda: x) for x in y}
class A:
    x = 1
    y = [x for x in range(x)]
    z = lambda self: x
    def x(self): return __x
def outer(__class__):
    def inner(): return __class__

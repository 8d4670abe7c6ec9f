del a
del a, b
del a.b, c[d]
del (a, [b, c])
def f(x):
    y = 1
    del x, y
    def g(): return z
    z = 1
    del z
def g():
    global a
    del a

def f():
    return 1
    x
def g():
    while 1:
        return
    x
def h():
    raise a
    b
def i():
    if 1: return a
    return b
def j():
    for x in y:
        break
        z
    continue_ = 1
if 0:
    a
    def k(): pass
while 1:
    a
b

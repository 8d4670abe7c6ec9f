x = 1
def f():
    global x, y
    x = y
    z = x
    print(w)
class A:
    global q
    q = 1
    x = x
def g():
    x = 1
    class B:
        nonlocal x
        x = 2

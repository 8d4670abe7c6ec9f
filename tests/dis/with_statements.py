with a: b
with a as b: c
with a as b, c as (d, e): f
with (a as b, c): d
def f():
    with a:
        return b
    with a as b:
        return 1
def g():
    for x in y:
        with x:
            if x: break
            if y: continue
        with z: pass
with a:
    with b:
        pass
with a: raise b
def h():
    with a as b:
        try: return c
        finally: d
with (
    a
) as b:
    c

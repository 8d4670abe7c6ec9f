a = [x for x in y]
b = {x for x in y if x}
c = {x: z for x, z in y if x if z}
d = (x for x in y)
e = [x for x in y for z in x if z]
f = [[x for x in y] for y in z]
g = [z for x in y for z in [x + 1]]
h = [z for x in y for z in (x,)]
i = [x for x in y if not x]
j = [x for x in y if x and z or w]
def k(p):
    q = 1
    return [p + q + x for x in p], [(lambda: x) for x in p]
class L:
    m = 1
    n = [m for _ in m]
o = [(y := x) for x in z if (w := x)]
q = [
    x
    for x in y
    if x
]

for a in b: c
for a, b in c:
    if a: continue
    if b: break
    d
else: e
while a:
    if b: continue
    if c: break
    d
else: e
while True: pass
def f():
    for x in y:
        for z in x:
            if z: break
            if x: continue
            return z
        else: continue
        break
    while x:
        while y:
            return 1

if 1: a
if 0: a
else: b
if a: b
elif c: d
elif e: f
else: g
if not a: b
if a < b < c: d
if not a < b < c: d
x = a if b else c if d else e
if a:
    pass
elif b:
    pass
while 1:
    if x: break
while 0: y
if None: x
if (): y
if ...: z

(a := 1)
if (b := f()) > 1: b
while chunk := read(): chunk
[c := 1, c ** 2]
f(d := 1)
def g():
    if any((hit := x) for x in y): return hit
    x[(i := 0)] = i

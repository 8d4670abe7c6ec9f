def f(a, b, c, d):
    x = a and b or c
    x = (a or b) and c
    x = a and b and c
    x = not (a and b)
    x = a or b or not c
    if a and (b or c) and not d: x
    if (a or b) and (c or d): x
    if not (a or b): x
    if a if b else c: x
    if (a and
        b): x
    while a or b: x
    return a and (b or c)

def f(a, b, c):
    while a:
        if b:
            if c: continue
            else: x
        else: continue
    for y in a:
        if b: pass
        elif c: y
    if a:
        if b: return 1
    else:
        if c: return 2
    try:
        if a: x
    except: y
    return a if b else c

try: a
except: b
try: a
except B: c
except (D, E) as f: g
else: h
finally: i
try: a
finally: b
raise
raise a
raise a from b
def f():
    try:
        return a
    except B as e:
        return c
    else:
        return d
    finally:
        e
def g():
    for x in y:
        try:
            if x: continue
            if y: break
            return x
        finally:
            z
def h():
    try:
        try: return 1
        finally: a
    finally: b
def i():
    try: a
    except B:
        try: c
        except D as e: raise
        except E: pass
    x
def j():
    try: return 1
    finally: return 2
def k():
    while a:
        try: b
        except C: continue
        except D as d: break
        except E as e: return e

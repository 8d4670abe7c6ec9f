# SimpleQueue: order, limits of waiting, what the collector sees.
IDENT = "no threads here"
import builtins


def print(*args, **kwargs):
    """Prints with addresses and the thread's number left out."""
    text, parts = "", " ".join(map(str, args)).split("0x")
    for i, part in enumerate(parts):
        text += part if i == 0 else "0x" + part.lstrip("0123456789abcdef")
    builtins.print(text.replace(IDENT, "IDENT"), **kwargs)


def t(f, *args, **kwargs):
    try:
        print("ok", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, e)


from _queue import *
def t(f,*a,**k):
    try: print('ok',repr(f(*a,**k)))
    except BaseException as e: print(type(e).__name__, e)
q=SimpleQueue()
for i in range(5): q.put([i])
print(q.get(), q.get(), q.get(), q.qsize(), q.get(), q.get()); t(q.get,timeout=3); t(q.get_nowait); t(q.get,timeout='a')
class S(SimpleQueue): pass
s=S(); s.x=3; print(s.__dict__)
import gc; q.put(q); del q; print(gc.collect(), gc.is_tracked(s), gc.get_referents(s))

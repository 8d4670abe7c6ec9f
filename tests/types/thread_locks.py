# Locks and thread-local data: arguments, messages, what is counted and collected.
import threading
IDENT = str(threading.get_ident())
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


import _thread, gc, sys, weakref
l = _thread.allocate_lock()
print(gc.is_tracked(l), type(l), repr(l))
r = _thread.RLock()
print(gc.is_tracked(r), type(r), repr(r))
t(l.release); t(r.release)
t(l.acquire, False, 1); t(l.acquire, True, -2); t(l.acquire, True, 1e100); t(l.acquire, 1, 2, 3); t(l.acquire, foo=1)
t(l.acquire, timeout=1); t(l.acquire, False); t(l.acquire, timeout=0.01); t(l.acquire, timeout=0); t(l.acquire, timeout='a')
t(l.acquire, timeout=float("nan")); t(l.acquire, timeout=10**30); t(l.acquire, timeout=9223372037)
print(repr(l), l.locked())
t(r.acquire); t(r.acquire); print(repr(r)); t(r._is_owned); t(r._release_save); t(r._acquire_restore, (2, 5)); print(repr(r))
t(type(l)); t(type(r)); t(type(r), 1)
class R(type(r)): pass
print(R())
t(type, 'x', (type(l),), {})
t(_thread.start_new_thread); t(_thread.start_new_thread, 1, 2); t(_thread.start_new_thread, print, 2); t(_thread.start_new_thread, print, (), 3)
t(_thread.stack_size); t(_thread.stack_size, -1); t(_thread.stack_size, 4); t(_thread._count)
t(_thread.stack_size, 65536); t(_thread.stack_size, 0)
print(_thread.TIMEOUT_MAX, _thread.error, _thread.LockType, _thread._ExceptHookArgs, _thread._local)
t(_thread._excepthook, 3); t(_thread._ExceptHookArgs, (1, 2, 3))
t(_thread._local, 1)
class L(_thread._local): pass
t(L, 1)
class L(_thread._local):
    y = 5
    def __init__(self, *a, **k): print('init', a, k); self.x = 1
x = L(1, b=2); print(x.__dict__, gc.is_tracked(x), x.y)
x.y = 6; print(x.y, x.__dict__); del x.y; print(x.y)
n = len(gc.get_objects()); y = _thread._local(); print(len(gc.get_objects()) - n, gc.get_referents(y)[-2:], sys.getrefcount(y.__dict__))
t(setattr, y, '__dict__', 1); t(delattr, y, '__dict__'); t(getattr, y, 'zz'); t(setattr, y, '__class__', 3); t(setattr, y, 'q', 3); t(getattr, y, 'q'); t(delattr, y, 'q'); t(delattr, y, 'q')
y.y = y; gc.collect(); del y; print(gc.collect())
y = L(); y.y = y; gc.collect(); del y; print(gc.collect())
class D:
    def __del__(self): print("gone")
y = _thread._local(); y.d = D(); w = weakref.ref(y); del y; print(w())
with l if False else R() as got: print(got)

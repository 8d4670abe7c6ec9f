# What one thread can do with threading: locks, conditions, events, semaphores, barriers, threads that are not started.
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


import threading as T, sys, gc
def t(f,*a,**k):
    try: print('ok',repr(f(*a,**k)))
    except BaseException as e: print(type(e).__name__, e)
m=T.main_thread()
x=T.Thread(target=print); x=T.Thread(target=3); print(x); x=T.Thread(name='a'); print(x, x.name, x.ident, x.native_id, x.daemon)
t(x.join); t(m.join); t(m.start); t(setattr,m,'daemon',True); t(T.Thread, group=3); t(T.Thread,1); t(x.is_alive); t(m.is_alive); t(x.getName); t(x.setName,'q'); t(x.isDaemon); t(x.setDaemon,True); print(x)
x.run(); y=T.Thread(target=lambda *a,**k: print('ran',a,k), args=(1,2), kwargs={'z':3}); y.run(); t(y.run); print(y.__dict__.keys())
class Q(T.Thread):
    def __init__(self): pass
t(Q().start); t(repr,Q()); t(lambda: Q().name); t(lambda: Q().daemon); t(Q().join); t(Q().is_alive);  t(lambda: Q().ident)
c=T.Condition(); print(repr(c)); t(c.wait); t(c.notify); 
with c: print(repr(c)); t(c.wait,0.01); t(c.notify); t(c.notify_all); t(c.notifyAll); t(c.wait_for, lambda: 5); t(c.wait_for, lambda: 0, 0.01)
c=T.Condition(T.Lock()); print(repr(c)[:40], c.__dict__.keys()); 
with c: print(c._is_owned())
e=T.Event(); print(e, e.__dict__); e.set(); print(e.is_set(), e.isSet(), e.wait()); e.clear(); print(e.wait(0.01))
s=T.Semaphore(2); print(s, s.__dict__); print(s.acquire(), s.acquire(), s.acquire(False), s.acquire(timeout=0.01)); t(s.acquire,False,1); t(s.release,0); s.release(3); print(s._value); t(T.Semaphore,-1)
with s: print(s._value)
s=T.BoundedSemaphore(1); t(s.release); t(s.release,0); print(s.__dict__)
b=T.Barrier(1,action=lambda: print('act')); print(b, b.__dict__.keys(), b.wait(), b.n_waiting, b.parties, b.broken); b.abort(); t(b.wait); print(b.broken); b.reset(); t(b.wait)
b=T.Barrier(2, timeout=0.01); t(b.wait); print(b.broken)
ti=T.Timer(3,print,[1],{'sep':2}); print(repr(ti), ti.__dict__.keys()); ti.cancel(); print(ti.finished)
print(T.Lock, T.RLock, T.local, T.ThreadError, T.TIMEOUT_MAX, T._CRLock, T._allocate_lock, T.Timer, T._time)
print(T.RLock(), T._PyRLock()); r=T._PyRLock(); r.acquire(); print(repr(r)[:50]); r.release(); t(r.release)



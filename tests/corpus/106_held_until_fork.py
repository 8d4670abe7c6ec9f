"""threading.local, locks and conditions in one thread."""
import sys
import threading

rc = sys.getrefcount


class R:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("  free", self.n)


loc = threading.local()
loc.a = R("local a")
loc.b = R("local b")
print(rc(loc.a), sorted(loc.__dict__), rc(loc))
loc.a = R("local a2")
del loc.b
d = loc.__dict__
print(rc(d))
del loc
print("dict alive", sorted(d))
del d


class MyLocal(threading.local):
    kind = "class attr"

    def __init__(self, tag, res):
        print("  init", tag, rc(res))
        self.tag = tag
        self.res = res


m = MyLocal("main", R("given"))
print(m.tag, rc(m.res), m.kind)
del m
lock = threading.Lock()
print(lock.acquire(), lock.locked(), rc(lock))
with threading.RLock() as got:
    print(got)
lock.release()
with lock:
    print(lock.acquire(blocking=False))
cond = threading.Condition()
with cond:
    cond.notify_all()
    print(cond.wait(0.01))
sem = threading.BoundedSemaphore(1)
with sem:
    print(sem.acquire(blocking=False))
try:
    sem.release()
except ValueError as e:
    print(e)
ev = threading.Event()
ev.set()
print(ev.wait(), rc(ev))
t = threading.current_thread()
t.keep = R("on the main thread object")
print(t.name, t is threading.main_thread())
th = threading.Thread(target=print, args=(R("never started"),))
print(rc(th._args[0]), th.is_alive())
del th
print("end")
import logging
import os
import random
logging.zz = R("a name of logging, which the script holds")
logging.root.held = R("held by a logger: too late to be seen")
random._inst.held = R("held by a fork handler: too late to be seen")
os.register_at_fork(before=lambda r=R("before: too late"): r)
for wrong in (dict(), dict(before=1), dict(after_in_parent=None), dict(after_in_child=[])):
    try:
        os.register_at_fork(**wrong)
    except TypeError as e:
        print(e)
h = logging.StreamHandler()
print(len([w for w in __import__("weakref").getweakrefs(h)]), rc(h))

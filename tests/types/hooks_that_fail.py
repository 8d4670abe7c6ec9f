# Hooks of sys.settrace and sys.setprofile that raise: the traceback names the frame they were told of, twice where its instruction is given up.
import sys
def depth(f, ev, which):
    def tr(frame, event, arg):
        if event == ev and frame.f_code.co_name != "depth": raise ValueError(ev)
        return tr
    (sys.settrace if which else sys.setprofile)(tr)
    try:
        f()
    except ValueError as e:
        out=[]; t=e.__traceback__
        while t:
            out.append((t.tb_frame.f_code.co_name,t.tb_lineno)); t=t.tb_next
        print(ev, which, out)
    else: seen.append((ev, which))
    finally: sys.settrace(None); sys.setprofile(None)
seen = []
def f():
    x=1
    try: int('q')
    except Exception: pass
    len([])
    return x
def g():
    raise KeyError
def h():
    yield 1
def k():
    list(h())
for ev in ("call","line","return","exception","opcode"):
    for w in (1,0):
        for fn in (f,k):
            depth(fn,ev,w)
for ev in ("c_call","c_return","c_exception"):
    for w in (0,):
        for fn in (f,k):
            depth(fn,ev,w)

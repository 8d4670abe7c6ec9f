# Context variables: defaults, tokens, contexts of their own, what is refused, what is counted.
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


import contextvars, _contextvars, gc, sys, collections.abc
from contextvars import *
def t(f,*a,**k):
    try: print('ok',repr(f(*a,**k)))
    except BaseException as e: print(type(e).__name__, e)
v=ContextVar('v'); w=ContextVar('w',default=3); print(v,w,v.name)
t(v.get); t(v.get,1); t(w.get); t(w.get,9); t(v.get,1,2); t(ContextVar); t(ContextVar,3); t(ContextVar,'a',4); t(ContextVar,'a',defaul=4); t(ContextVar,'a',default=4,x=4)
tok=v.set(1); print(tok, tok.var, tok.old_value, tok.MISSING, Token.MISSING, type(Token.MISSING)); tok2=v.set(2); print(tok2.old_value)
t(v.get); t(v.reset,tok2); print(tok2); t(v.reset,tok2); t(v.reset,3); t(w.reset,tok); t(v.reset,tok); t(v.get)
c=Context(); print(repr(c), len(c), list(c), c==Context(), c!=Context(), v in c); t(lambda: 3 in c); t(lambda: c[3]); t(lambda: c[v]); t(c.get,3); t(c.get,v); t(c.get,v,4)
def f(*a,**k): 
    print(a,k); t=v.set(9); return t
tk=c.run(f,1,x=2); t(v.get); t(v.reset,tk); print(c[v], list(c.keys()), list(c.values()), list(c.items()), type(c.keys()), type(c.values()), type(c.items()), type(iter(c)))
t(c.run); t(c.run,c.run,print); t(c.run,print,3); t(Context,3); t(c.copy)
d=copy_context(); print(type(d), len(d))
t(d.run, lambda: 1/0)
t(hash,c); t(type,'x',(Context,),{}); t(type,'x',(ContextVar,),{}); t(type,'x',(Token,),{}); t(Token); t(Token.MISSING.__class__)
n=len(gc.get_objects()); x=Context(); print(len(gc.get_objects())-n)
n=len(gc.get_objects()); x.run(lambda: v.set(1)); print(len(gc.get_objects())-n); print([type(o) for o in gc.get_referents(x)]); h=gc.get_referents(x)[0]; print(h, gc.get_referents(h), gc.get_referents(*gc.get_referents(h)))
o=object(); print(sys.getrefcount(o)); x.run(lambda: v.set(o)); print(sys.getrefcount(o)); y=x.copy(); y.run(w.set, 4); print(sys.getrefcount(o))
n=len(gc.get_objects()); k=w.set(5); print(len(gc.get_objects())-n, sys.getrefcount(w), gc.get_referents(k), gc.get_referents(w))
w.reset(k); del k; print(sys.getrefcount(w))
l=[]; q=ContextVar('q',default=l); l.append(q); del q,l; print(gc.collect())
print(y==x, x==x.copy(), x==3); t(lambda: x<y)
t(delattr,v,'name'); t(setattr,v,'name','q'); t(setattr,v,'x','q'); t(setattr,c,'x','q'); 
import weakref; t(weakref.ref,v); t(weakref.ref,c); t(weakref.ref,tok)
t(v.set); t(c.get); t(copy_context,1); t(c.__getitem__,1,2); t(lambda: c.__contains__(4)); t(setattr, tok,'var',3)
it=iter(x); next(it); t(next,it); t(len, x.keys())

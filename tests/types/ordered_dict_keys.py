# Verifies that an OrderedDict counts its keys twice: the nodes of its order own them too.
import sys,gc
from collections import OrderedDict
class P: pass
p=P()
d=OrderedDict(); d[p]=1
print(sys.getrefcount(p))
d[p]=2; print(sys.getrefcount(p))
e=d.copy(); print(sys.getrefcount(p)); del e
d.move_to_end(p); print(sys.getrefcount(p))
print([type(o).__name__ for o in gc.get_referrers(p)])
del d[p]; print(sys.getrefcount(p))
d[p]=3; d.popitem(); print(sys.getrefcount(p)); d[p]=3; d.clear(); print(sys.getrefcount(p)); d[p]=4; d.pop(p); print(sys.getrefcount(p))
d[p]=4; it=iter(d); print(sys.getrefcount(p)); next(it); print(sys.getrefcount(p)); del it
it=iter(d.items()); next(it); print(sys.getrefcount(p))
del it; d.setdefault(p,3); d.update({p:4}); print(sys.getrefcount(p)); f=d|d;  print(sys.getrefcount(p)); f=OrderedDict.fromkeys([p]); print(sys.getrefcount(p))
d=f=None; print(sys.getrefcount(p))
class OD(OrderedDict):
    pass
d=OD(); d[p]=d; print(sys.getrefcount(p)); del d; print(gc.collect(), sys.getrefcount(p))

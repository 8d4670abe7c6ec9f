# OrderedDict: how often its keys are hashed and how many references there are to them meanwhile.
import collections, sys
class R:
    def __init__(s, n): s.n = n
    def __repr__(s): return s.n
    def __hash__(s): print('h', s.n, sys.getrefcount(s)); return 5
od = collections.OrderedDict()
od[R('a')] = 1; od[R('b')] = 2
print('repr'); repr(od); print('copy'); od.copy(); print('items'); list(od.items()); print('eq'); od == od; print('vals'); list(od.values()); print('pop'); od.popitem(); print('dict'); dict(od); print('rev'); list(reversed(od.items()))
print('mv'); od.move_to_end(next(iter(od))); print('red'); od.__reduce__()
class S(collections.OrderedDict): pass
s = S(od); print('copy'); s.copy(); print('repr'); repr(s); print('upd'); s.update(od); print('or'); s | od;  print('del'); del s[next(iter(s))]; print('pop'); od.pop(next(iter(od)));

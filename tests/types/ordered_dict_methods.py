# What OrderedDict does with a subclass's own methods, and with keys moved to either end many times.
from collections import OrderedDict
class Loud(OrderedDict):
    def __getitem__(self, key): print('getitem', key); return super().__getitem__(key)
    def __delitem__(self, key): print('delitem', key); return super().__delitem__(key)
    def __contains__(self, key): print('contains', key); return super().__contains__(key)
    def __missing__(self, key): print('missing', key); return 5
loud = Loud([('a', 1), ('b', 2), ('c', 3)])
print(loud.popitem()); print(loud.pop('a')); print(loud.pop('zz', 7)); print(loud.popitem(last=False))
for key in ('q', None, (1, 2), ()):
    for d in (loud, OrderedDict()):
        try: d.pop(key)
        except KeyError as e: print(repr(e), e.args)
class LRU(OrderedDict):
    def __init__(self, size): self.size = size; super().__init__()
    def __getitem__(self, key):
        value = super().__getitem__(key)
        self.move_to_end(key)
        return value
    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        if len(self) > self.size: self.popitem(last=False)
lru = LRU(2)
lru['a'] = 1; lru['b'] = 2; lru['a']
try: lru['c'] = 3
except KeyError as e: print('the key has left already:', e)

d = OrderedDict((i, str(i)) for i in range(8))
for i in (3, 7, 7, 0, 5): d.move_to_end(i, last=False)
print(list(d), d[5], d[3], list(reversed(d)))
del d[5], d[1]; d['new'] = 1; d.move_to_end('new', last=False); d.move_to_end(0); d[1] = 'again'
print(d, d.popitem(), d.popitem(last=False), len(d), d == OrderedDict(d), {**d})
big = OrderedDict.fromkeys(range(20000))
for i in range(60000): big.move_to_end((i * 7919) % 20000, last=False)
print(list(big)[:5], list(big)[-5:], next(reversed(big)), len(big), 17 in big)
for i in range(100000): big.move_to_end(next(reversed(big)), last=False)
print(list(big)[:5], big.popitem(), len(big))
for i in range(30000): big[i * 3] = i; big.popitem(last=i % 2)
print(len(big), list(big)[:5], sum(big[k] or 0 for k in big))

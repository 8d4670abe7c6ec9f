# Dicts whose keys go from the front: what is left, what comes next, and what iterators make of it.
from collections import OrderedDict

for kind in (dict, OrderedDict):
    d = kind((n, n * n) for n in range(30))
    for _ in range(10):
        del d[next(iter(d))]
    print(kind.__name__, list(d)[:3], len(d))
    d[5] = 'again'
    del d[12]
    print(list(d)[:3], list(d)[-2:], next(reversed(d)))
    while d:
        key = next(iter(d))
        if key % 2:
            d.pop(key)
        else:
            print(d.popitem(), end=' ')
    print(d)
    d['new'] = 1
    print(list(d.items()), next(iter(d.values())))
    d.clear()
    d['x'] = d['y'] = 2
    del d['x']
    print(d.popitem(), d)
    d.update(a=1, b=2, c=3)
    del d['a'], d['b']
    it = iter(d)
    print(next(it), list(it), d.copy(), kind(d) == d)
    for n in range(100):
        d[n] = n
        if n % 3:
            del d[next(iter(d))]
    print(len(d), list(d)[:4], sum(k for k in d if k != 'c'))

o = OrderedDict.fromkeys(range(2000))
popped = 0
while len(o) > 3:
    popped += o.popitem(last=False)[0]
    o.move_to_end(next(iter(o)))
    o.move_to_end(next(reversed(o)), last=False)
print(popped, o)
class Table(dict):
    pass
t = Table(a=1, b=2)
t.pop('a')
t['a'] = 3
print(t, next(iter(t)), dict(t), {**t})
class Instance:
    pass
i = Instance()
i.a, i.b, i.c = 1, 2, 3
del i.a, i.b
i.a = 4
print(vars(i), next(iter(vars(i))))

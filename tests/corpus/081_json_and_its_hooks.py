# json: which counts its hooks see, and what it leaves behind.
import json, sys, gc; gc.collect()
class N:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
def default(o):
    print('default', type(o).__name__, sys.getrefcount(o))
    return o.n
n = N('n')
print(json.dumps({'a': [1, 2.5, None, True], 'n': n, 'm': [N('t'), n]}, default=default))
print(json.dumps([n, (n,)], default=default, indent=1, sort_keys=True))
def hook(d):  # what is in it is named, not shown
    print("hook", sorted(d), sys.getrefcount(d))
    return N(d.get('k'))
x = json.loads('{"k": "outer", "l": [{"k": "inner"}, 1, "x"]}', object_hook=hook)
print(type(x))
del x
def pairs(p):
    print(p, sys.getrefcount(p))
    return p
y = json.loads('{"a": {"b": [1, 2]}, "c": null}', object_pairs_hook=pairs)
print(y, sys.getrefcount(y), sys.getrefcount(y[0]))
class Enc(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, N): return {'n': o.n}
        return super().default(o)
print(json.dumps(n, cls=Enc))
try:
    json.dumps([object])
except TypeError as e:
    print(e)
try:
    json.loads('[1, }')
except json.JSONDecodeError as e:
    print(e, e.pos, sys.getrefcount(e))
l = []; l.append(l)
try:
    json.dumps(l)
except ValueError as e:
    print(e)
del l
print(gc.collect())
d = json.loads('{"a": 1, "b": {"a": 2}}')
ks = [list(d)[0], list(d['b'])[0]]
print(ks[0] is ks[1], gc.is_tracked(d), gc.is_tracked(d['b']))
print(list(json.JSONEncoder().iterencode([1, {'a': 2}])))
del n
print('end')

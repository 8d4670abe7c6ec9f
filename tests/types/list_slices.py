# Verifies slices of lists that are read and set in loops: what they pick, drop and in which order, and what a collection sees.
import gc


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name, end=' ')


def picks():
    a = list(range(10))
    for i in range(-12, 13, 3):
        for j in (-11, -3, 0, 4, 9, 12):
            print(a[i:j], a[i:j:2], a[i:j:-1], end=' ')
    print()
    print(a[:], a[::-1], a[3:], a[:3], a[-1:], a[5:2])
    for step in (0, None, 'x', 2**70, -2**70, True):
        try:
            print(a[1:8:step])
        except (ValueError, TypeError) as e:
            print(type(e).__name__, e)
    for bound in (2**70, -2**70, None, True, 1.0):
        try:
            print(a[bound:], a[:bound])
        except TypeError as e:
            print(e)


def stores():
    a = list(range(10))
    for i in range(3):
        a[2:5] = a[4:1:-1]
        a[i:i + 1] = [i, i]
        a[:2] = (7, 8, 9)
        a[8:3] = [1000 + i]
        a[-1:] = []
        print(a)
    a[2:4] = a
    print(a)
    a[1:3] = 'xy'
    a[1:1] = range(2)
    print(a)
    b = [a, a, a]
    b[0:2] = [b, b]
    print(len(b), b[0] is b, b[2] is a)
    b.clear()


def drops():
    a = [Loud(n) for n in 'abcdefgh']
    for i in range(2):
        a[i:i + 2] = [Loud(i), Loud(-i)]
        print()
    x = Loud('twice')
    a[0:2] = [x, x]
    print()
    del x
    a[0:2] = []
    print()
    a[1:3] = a[1:3]
    print([o.name for o in a])
    [Loud('in'), Loud('out')][1:]
    print()
    a[0:2] = [1, 2]
    print()
    del a[2:]
    print(a)


def collections_seen():
    gc.collect()
    gc.disable()
    before = gc.get_count()[0]
    a = [1, 2, 3, 4]
    counts = []
    for i in range(4):
        b = a[i:]
        counts.append(gc.get_count()[0] - before)
        a[0:1] = a[0:2]
        counts.append(gc.get_count()[0] - before)
    print(counts)
    gc.enable()
    gc.set_threshold(5, 2, 2)
    total = 0
    for i in range(200):
        b = a[1:3]
        c = [b, a[0:2]]
        c[0:1] = [c]
        total += len(c)
    gc.set_threshold(700, 10, 10)
    print(total, gc.collect() >= 0)


def same_places():
    a = [500, 600, 700]
    first = id(a[0:2])
    print(all(id(a[0:2]) == first for _ in range(5)))
    kept = [a[0:1] for _ in range(3)]
    print(len({id(k) for k in kept}))


def pairs():
    same = [3, 3, 4]
    for i, x in enumerate(same, 3):
        print(i, x, i is x, end=' ')
    for a, b in zip(same, same):
        print(a is b, end=' ')
    d = {1: 1, 2: 2, 'x': 'x'}
    for k, v in d.items():
        print(k is v, end=' ')
    kept = [p for p in enumerate('ab')]
    print(kept, [p for p in zip('ab', 'cd')], list(d.items()))
    seen = set()
    for p in zip(same):
        seen.add(id(p))
    print(len(seen))
    for p in enumerate([[], []]):
        print(p, end=' ')
    for p in reversed([Loud('r1'), Loud('r2')]):
        print(p.name, end=' ')
    print()
    del p
    it = iter([Loud(n) for n in 'x'])
    s = set(it)
    print(sorted(o.name for o in s))
    s.clear()
    print()
    print(set([1, 1.0, True, 'a', 'a', (1,), (1,)]), sum([1, 2, 3], 0.5), sum([[1], [2]], []))


for test in (picks, stores, drops, collections_seen, same_places, pairs):
    print('--', test.__name__)
    test()

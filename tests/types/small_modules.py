# Verifies colorsys, graphlib and timeit.
import colorsys, graphlib, timeit
for c in [(0, 0, 0), (1, 1, 1), (.2, .4, .4), (1, 0, 0), (.1, .9, .3), (.5, .25, .75)]:
    for to, fro in (('rgb_to_yiq', 'yiq_to_rgb'), ('rgb_to_hls', 'hls_to_rgb'), ('rgb_to_hsv', 'hsv_to_rgb')):
        x = getattr(colorsys, to)(*c); print(x, getattr(colorsys, fro)(*x))
T = graphlib.TopologicalSorter
print(list(T({'d': {'b'}, 'b': {'a'}}).static_order()), list(T({1: [2, 3], 2: [4], 3: [4]}).static_order()), list(T().static_order()))
for g in ({1: [2], 2: [1]}, {1: [1]}, {1: [2], 2: [3], 3: [1], 4: [1]}, {'a': ['b'], 'b': ['c'], 'c': ['b']}):
    try: list(T(g).static_order())
    except graphlib.CycleError as e: print(type(e).__mro__, e.args)
t = T({1: [2, 3]}); t.add(5)
for f in (t.get_ready, t.is_active, lambda: t.done(1), t.prepare, t.prepare, lambda: t.add(9), lambda: bool(t), t.get_ready, t.get_ready, lambda: t.done(1), lambda: t.done(77), lambda: t.done(2, 3), lambda: t.done(2), t.get_ready, lambda: t.done(5, 1), t.is_active):
    try: print(f())
    except ValueError as e: print(e)
print(timeit.timeit('x = 1', number=10) >= 0, len(timeit.repeat('y', 'y = 2', number=3, repeat=2)), timeit.Timer(lambda: None).timeit(2) >= 0)
for a in (('x =',), (5,), ('pass', 5), ('pass', 'x =')):
    try: timeit.Timer(*a)
    except (SyntaxError, ValueError) as e: print(type(e).__name__, e)

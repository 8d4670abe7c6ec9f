# Verifies that a partial made without keywords has a dict of its own, whatever dicts the caller has at hand.
from functools import partial


def capture(*args, **kw):
    return args, kw


class Holder:
    make = partial

    def run(self):
        partials = []
        for args in [(), (0,), (0, 1), (0, 1, 2)]:
            p = self.make(capture, *args)
            got, empty = p('x')
            assert got == args + ('x',) and empty == {}
            partials.append((p, empty))
        return partials


made = Holder().run()
dicts = [p.keywords for p, _ in made] + [empty for _, empty in made]
print(len({id(d) for d in dicts}), [len(d) for d in dicts])
made[0][1]['new'] = 1
print([p.keywords for p, _ in made], made[1][0]('y'))
d = {'a': 1}
q = partial(capture, **d)
d['b'] = 2
print(q.keywords, q(), q(c=3), partial(q, b=4).keywords)

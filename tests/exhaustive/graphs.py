# Every graph of up to four objects, with references from outside, finalisers that do or do not bring their object back, and
# weak references with callbacks. One hexadecimal checksum of two digits a case, 64 cases a line; `graphs.py N NUMBER` tells
# what happens in one case instead.
#
# Up to two objects every combination is tried; with three every graph, every set of references from outside and every choice of
# finalisers; with four every graph, in two settings each that follow from its number.
import gc
import sys
import weakref

events = []
saved = []


class Plain:
    def __init__(self, number):
        self.number = number


class Finalised(Plain):
    def __del__(self):
        events.append('del%d' % self.number)


class Resurrecting(Plain):
    def __del__(self):
        events.append('back%d' % self.number)
        saved.append(self)


CLASSES = Plain, Finalised, Resurrecting
EDGES = [['to%d' % j for j in range(4)] for i in range(4)]


def callback(number):
    return lambda ref: events.append('ref%d' % number)


CALLBACKS = [callback(number) for number in range(4)]


def settings(n, number):
    """The graph as a bit for each pair, the outside references, the finalisers, the weak references."""
    edges, roots, finalisers, weak = 2 ** (n * n), 2 ** n, 3 ** n, 2 ** n
    if n <= 2:
        number, w = divmod(number, weak)
        number, f = divmod(number, finalisers)
        return *divmod(number, roots), f, w
    if n == 3:
        graph, rest = divmod(number, roots * finalisers)
        return graph, *divmod(rest, finalisers), (graph * 7 + rest * 3 + rest // 8) % weak
    graph, which = divmod(number, 2)
    mixed = (graph * 2654435761 + which * 40503 * 65537) % 2 ** 32
    return graph, mixed >> 4 & 15, (mixed >> 8) % finalisers, mixed >> 24 & 15


def cases(n):
    return [24, 2304, 512 * 8 * 27, 65536 * 2][n - 1]


def run(n, number):
    graph, roots, finalisers, weak = settings(n, number)
    tags = [object() for i in range(n)]
    nodes = []
    for i in range(n):
        finalisers, kind = divmod(finalisers, 3)
        node = CLASSES[kind](i)
        node.tag = tags[i]
        nodes.append(node)
    node = None
    bit = 0
    for i in range(n):
        for name, target in zip(EDGES[i], nodes):
            if graph >> bit & 1:
                setattr(nodes[i], name, target)
            bit += 1
    target = None
    held = [nodes[i] for i in range(n) if roots >> i & 1]
    refs = [weakref.ref(nodes[i], CALLBACKS[i]) for i in range(n) if weak >> i & 1]
    for step in nodes, None, held, saved, refs:
        if step is not None:
            step.clear()
        events.append('collect%d' % gc.collect())
        alive = [str(sys.getrefcount(tag) - 3) for tag in tags]
        counts = [str(sys.getrefcount(o)) for o in held + saved]
        events.append(' '.join(alive) + ':' + ' '.join(counts))
    told = ' '.join(events)
    events.clear()
    return told


def main():
    gc.collect()
    gc.freeze()
    gc.disable()
    if len(sys.argv) > 1:
        n, number = int(sys.argv[1]), int(sys.argv[2])
        print(settings(n, number), run(n, number))
        return
    for n in range(1, 5):
        for first in range(0, cases(n), 64):
            row = [hash(run(n, number)) & 255 for number in range(first, min(first + 64, cases(n)))]
            print(n, first, bytes(row).hex())


main()

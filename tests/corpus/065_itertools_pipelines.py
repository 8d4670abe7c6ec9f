"""itertools pipelines: which iterator holds which item, and when it lets go."""
import itertools
import operator
import sys


class Item:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"Item({self.n})"

    def __del__(self):
        print("del", self.n)


def items(n):
    for i in range(n):
        item = Item(i)
        yield item
        del item


chain = itertools.chain(items(2), [Item(10)])
for x in chain:
    print(x, sys.getrefcount(x))
print("exhausted")
del x, chain

left, right = itertools.tee(items(3))
a = next(left)
print(sys.getrefcount(a))
b = next(right)
print(a is b, sys.getrefcount(a))
del a, b
print(next(left))
del left
print("left gone")
print(list(right))
del right

groups = itertools.groupby(items(4), key=lambda item: item.n // 2)
for key, group in groups:
    print(key, [sys.getrefcount(g) for g in group])
del group, groups

pairs = list(itertools.islice(zip(items(5), itertools.count()), 2))
print(pairs, sys.getrefcount(pairs[0][0]))
del pairs
cycle = itertools.cycle([Item("c")])
one, two = next(cycle), next(cycle)
print(one is two, sys.getrefcount(one))
del cycle, one
print("two holds")
del two
acc = list(itertools.accumulate([[1], [2], [3]], operator.add))
print(acc, [sys.getrefcount(x) for x in acc])
product = itertools.product([Item("p")], repeat=2)
first = next(product)
print(sys.getrefcount(first), sys.getrefcount(first[0]))
del product, first
combos = itertools.combinations([Item(i) for i in "xyz"], 2)
for combo in combos:
    print(combo, sys.getrefcount(combo))
del combo, combos
star = list(itertools.starmap(lambda p, q: (q, p), zip([Item(1)], [Item(2)])))
print(star)
del star
kept = list(itertools.compress([Item("k0"), Item("k1")], [0, 1]))
dropped = list(itertools.dropwhile(lambda i: i.n < 2, items(4)))
taken = list(itertools.takewhile(lambda i: i.n < 2, items(4)))
longest = list(itertools.zip_longest([Item("l")], [], fillvalue=kept))
print(kept, dropped, taken, longest, sys.getrefcount(kept))
del kept, dropped
print("longest still has the fill value")
del longest, taken

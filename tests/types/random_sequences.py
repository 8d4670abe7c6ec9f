# Verifies that the module random gives CPython's sequences for a seed, and its messages.
import random
import warnings

warnings.simplefilter("ignore")


def attempt(f, *args, **kwargs):
    try:
        print(f.__name__, args, kwargs, f(*args, **kwargs))
    except Exception as error:
        print(f.__name__, args, kwargs, type(error).__name__, error)


SEEDS = [0, 1, -1, 42, 2**32, 2**70 + 12345, "a text", "\u00e9\u4e2d", b"bytes", bytearray(b"bytes"), 1.5, -0.0, True, (1, 2), ""]
for seed in SEEDS:
    random.seed(seed)
    print(repr(seed), random.random(), random.getrandbits(77), random.randrange(10**20))
    random.seed(seed, version=1) if not isinstance(seed, bytearray) else None
    print(random.random())
    print(random.Random(seed).random() if not isinstance(seed, bytearray) else "")

random.seed(2024)
print([random.randint(-3, 9) for _ in range(20)])
print([random.randrange(0, 100, 7) for _ in range(10)], [random.randrange(10, 0, -3) for _ in range(6)])
items = list(range(12))
random.shuffle(items)
print(items)
random.shuffle(items, random.random)
print(items)
print([random.choice("abcdef") for _ in range(12)])
print(random.choices("abc", k=8), random.choices("abc", [5, 1, 2.5], k=8), random.choices(range(4), cum_weights=[1, 1, 8, 9], k=8))
print(random.sample(range(1000), 5), random.sample(range(10), 10), random.sample("abcdefgh", 3), random.sample({1, 2, 3}, 2))
print(random.sample(["x", "y"], counts=[3, 40], k=9), random.sample(range(10**6), k=30))
print([random.gauss(0, 1) for _ in range(5)], [random.normalvariate(3, 2) for _ in range(3)])
print(random.uniform(3, 9), random.triangular(), random.triangular(1, 8, 2), random.triangular(4, 4))
print(random.lognormvariate(0, 1), random.expovariate(2.0), random.vonmisesvariate(1, 4), random.vonmisesvariate(1, 0))
print(random.gammavariate(0.5, 2), random.gammavariate(1.0, 2), random.gammavariate(7, 2), random.betavariate(2, 3))
print(random.paretovariate(3), random.weibullvariate(1, 2), random.randbytes(13), random.getrandbits(0), random.getrandbits(31))

state = random.getstate()
print(state[0], len(state[1]), hash(state[1]), state[2])
first = [random.random() for _ in range(3)]
random.setstate(state)
print(first == [random.random() for _ in range(3)])
random.setstate((2, state[1], None))
print(random.random() == first[0])
twin = random.Random(9)
other = random.Random()
other.setstate(twin.getstate())
print(twin.random() == other.random(), twin.__reduce__()[:2] == (random.Random, ()))
print(isinstance(random.Random().random(), float), random.SystemRandom().random() < 1, len(random.SystemRandom().randbytes(5)))

raw = random.Random
for args in [([1],), (1, 2)]:
    attempt(raw, *args)
x = raw(5)
for k in [-1, "a", 10**20, 2**31, 1.0]:
    attempt(x.getrandbits, k)
import _random

y = _random.Random(5)
attempt(y.random, 1)
attempt(y.seed, 1, 2)
zeros = tuple([0] * 624)
for bad in [1, (1, 2), zeros + (625,), zeros + (-1,), (-1,) * 624 + (1,), ("a",) * 624 + (1,), zeros + ("a",), (2**70,) * 624 + (1,)]:
    try:
        y.setstate(bad)
    except Exception as error:
        print(type(error).__name__, error)
attempt(random.seed, [1])
for args in [(0,), (1.5,), (1, 2, 0), (5, 2), (1, None, 2), (1.0,), ("a",), (1, 2.5), (1, 5, 1.5), (None,), (0, 10, -1)]:
    attempt(random.randrange, *args)
attempt(random.randint, 5, 2)
attempt(random.choice, [])
attempt(random.choice, {})
for args in [([1], 2), (1, 1), ([1], -1)]:
    attempt(random.sample, *args)
for counts in [[1], [1, 1.5], [0, 0]]:
    attempt(random.sample, [1, 2], 1, counts=counts)
attempt(random.choices, [], k=1)
for weights in [[1, 2], [0], [float("inf")], 5, "a"]:
    attempt(random.choices, [1], weights)
attempt(random.choices, [1], [1], cum_weights=[1])
for bad in [1, (1, 2), (1, 2)]:
    attempt(random.shuffle, bad)
for bad in [1, (1, 2, 3), (3, (1,), None), (4, (1,), None)]:
    attempt(random.setstate, bad)
attempt(random.expovariate, 0)
attempt(random.gammavariate, 0, 1)
attempt(random.SystemRandom().getstate)
attempt(random.SystemRandom().getrandbits, -1)


class Half(random.Random):
    def random(self):
        return 0.5


class Zeros(Half):
    def getrandbits(self, k):
        return 0


print(Half().randrange(100), Half().randrange(2**60), Half()._randbelow.__func__.__name__)
print(Zeros().randrange(100), Zeros()._randbelow.__func__.__name__, Zeros(3).gauss_next)
print(sorted(random.__all__) == random.__all__, random.NV_MAGICCONST, random.LOG4, random.SG_MAGICCONST, random.TWOPI, random.BPF)

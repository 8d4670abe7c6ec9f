# Verifies cmath: values to the last bit, at infinities and NaNs too, and messages.
import cmath
import math

state = 99


def rnd(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & ((1 << 64) - 1)
    return (state >> 17) % n


SPECIAL = [0.0, -0.0, 1.0, -1.0, 2.3, -2.3, math.inf, -math.inf, math.nan, 5e-324, 1.7e308, -1e308, 709.5, -800.0, 1e200]


def part():
    if rnd(4) == 0:
        return SPECIAL[rnd(len(SPECIAL))]
    u = rnd(1 << 53) / 2**53
    return (1 - 2 * rnd(2)) * [u, u * 10, u * 100, math.ldexp(u, rnd(600) - 300)][rnd(4)]


def attempt(f, *args, **kwargs):
    try:
        print(f.__name__, args, kwargs, repr(f(*args, **kwargs)))
    except Exception as error:
        print(f.__name__, args, kwargs, type(error).__name__, error)


NAMES = "acos acosh asin asinh atan atanh cos cosh exp log log10 sin sinh sqrt tan tanh phase polar isfinite isinf isnan".split()
EDGES = [-math.inf, -2.3, -0.0, 0.0, 2.3, math.inf, math.nan]
for name in NAMES:
    f = getattr(cmath, name)
    for re in EDGES:
        for im in EDGES:
            attempt(f, complex(re, im))
    for _ in range(20):
        attempt(f, complex(part(), part()))
for _ in range(60):
    attempt(cmath.rect, part(), part())
    attempt(cmath.log, complex(part(), part()), complex(part(), part()))
    attempt(cmath.isclose, complex(part(), part()), complex(part(), part()), rel_tol=0.5)
for re in EDGES:
    for im in EDGES:
        attempt(cmath.rect, re, im)

attempt(cmath.log, 0, 10)
attempt(cmath.log, 10, 0)
attempt(cmath.log, 10, 1)
attempt(cmath.log)
attempt(cmath.log, 1, 2, 3)
attempt(cmath.sqrt, "a")
attempt(cmath.sqrt)
attempt(cmath.rect, 1)
attempt(cmath.rect, 1j, 1)
attempt(cmath.isclose, 1)
attempt(cmath.isclose, 1, 2, 3)
attempt(cmath.isclose, 1, 2, rel_tol=-1)
attempt(cmath.isclose, 1, 1 + 1e-10j)
attempt(cmath.sqrt, 10**400)


class Both:
    def __complex__(self):
        return 1 + 2j

    def __float__(self):
        return 5.0


class Wrong:
    def __complex__(self):
        return 1


class Real:
    def __float__(self):
        return 1.5


class Index:
    def __index__(self):
        return 4


for o in [Both(), Wrong(), Real(), Index(), True]:
    try:
        print(cmath.sqrt(o))
    except Exception as error:
        print(type(error).__name__, error)
print(cmath.pi, cmath.e, cmath.tau, cmath.inf, cmath.infj, cmath.nan, cmath.nanj)

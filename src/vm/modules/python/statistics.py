"""Averages and measures of spread of numbers: ints, floats, Fractions and Decimals.

Sums are exact; a result has the type of the data.
"""

import math
import numbers
import random

from fractions import Fraction
from decimal import Decimal
from itertools import count, groupby, repeat
from bisect import bisect_left, bisect_right
from math import hypot, sqrt, fabs, exp, erf, tau, log, fsum
from operator import add, mul, sub
from collections import Counter, namedtuple

__all__ = [
    "NormalDist", "StatisticsError", "correlation", "covariance", "fmean", "geometric_mean", "harmonic_mean", "linear_regression",
    "mean", "median", "median_grouped", "median_high", "median_low", "mode", "multimode", "pstdev", "pvariance", "quantiles",
    "stdev", "variance",
]


class StatisticsError(ValueError):
    pass


# The exact sum, and the type of its result.

def _sum(data):
    """Type, exact sum and number of the data: _sum([3, 2.25]) is (float, Fraction(21, 4), 2)."""
    count = 0
    numerators = {}
    known = numerators.get
    T = int
    for kind, values in groupby(data, type):
        T = _coerce(T, kind)
        for n, d in map(_exact_ratio, values):
            count += 1
            numerators[d] = known(d, 0) + n
    return (T, _total(numerators), count)


def _total(numerators):
    """The sum of numerators by denominator; what has none is infinite or no number, and so is the sum then."""
    if None not in numerators:
        return sum(Fraction(n, d) for d, n in numerators.items())
    total = numerators[None]
    assert not _isfinite(total)
    return total


def _isfinite(x):
    try:
        return x.is_finite()
    except AttributeError:
        return math.isfinite(x)


def _coerce(T, S):
    """The type of a sum of two types; TypeError if they do not mix."""
    assert T is not bool, "initial type T is bool"
    if T is S or S is int or S is bool:
        return T
    if T is int or issubclass(S, T):
        return S
    if issubclass(T, S):
        return T
    if issubclass(T, int):
        return S
    if issubclass(S, int):
        return T
    if issubclass(T, Fraction) and issubclass(S, float):
        return S
    if issubclass(T, float) and issubclass(S, Fraction):
        return T
    raise TypeError("don't know how to coerce %s and %s" % (T.__name__, S.__name__))


def _exact_ratio(x):
    """A number as numerator and denominator; (x, None) if it is infinite or a NaN."""
    try:
        return x.as_integer_ratio()
    except AttributeError:
        pass
    except (OverflowError, ValueError):
        assert not _isfinite(x)
        return (x, None)
    try:
        return (x.numerator, x.denominator)
    except AttributeError:
        raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator")


def _convert(value, T):
    """A value as a type; a fraction of ints becomes a float."""
    if type(value) is T:
        return value
    if issubclass(T, int) and value.denominator != 1:
        T = float
    try:
        return T(value)
    except TypeError:
        if not issubclass(T, Decimal):
            raise
        return T(value.numerator) / T(value.denominator)


def _find_lteq(a, x):
    """Index of the first item equal to x."""
    i = bisect_left(a, x)
    if i == len(a) or a[i] != x:
        raise ValueError
    return i


def _find_rteq(a, l, x):
    """Index of the last item equal to x, from l on."""
    i = bisect_right(a, x, lo=l)
    if i == len(a) + 1 or a[i - 1] != x:
        raise ValueError
    return i - 1


def _fail_neg(values, errmsg="negative value"):
    """Hand values on; the first negative one is an error."""
    for x in values:
        if x < 0:
            raise StatisticsError(errmsg)
        yield x


def _points(data, least, complaint):
    """The data as what can be gone through twice, and how many they are; too few are an error."""
    if iter(data) is data:
        data = list(data)
    if len(data) < least:
        raise StatisticsError(complaint)
    return data, len(data)


def _in_order(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data, len(data)


# Averages.

def mean(data):
    """The arithmetic mean.

    >>> mean([1, 2, 3, 4, 4])
    2.8
    """
    data, n = _points(data, 1, "mean requires at least one data point")
    kind, total, _ = _sum(data)
    return _convert(total / n, kind)


def fmean(data):
    """The arithmetic mean as a float, faster.

    >>> fmean([3.5, 4.0, 5.25])
    4.25
    """
    try:
        n = len(data)
        total = fsum(data)
    except TypeError:
        if hasattr(data, "__len__"):
            raise
        met = count()
        total = fsum(x for x, _ in zip(data, met))
        n = next(met)
    if not n:
        raise StatisticsError("fmean requires at least one data point")
    return total / n


def geometric_mean(data):
    """The geometric mean, by logarithms, as a float.

    >>> round(geometric_mean([54, 24, 36]), 9)
    36.0
    """
    try:
        return exp(fmean(map(log, data)))
    except ValueError:
        raise StatisticsError("geometric mean requires a non-empty dataset containing positive numbers") from None


def harmonic_mean(data, weights=None):
    """The harmonic mean, weighted if weights are given.

    >>> harmonic_mean([40, 60])
    48.0
    """
    data, n = _points(data, 1, "harmonic_mean requires at least one data point")
    message = "harmonic mean does not support negative values"
    if weights is None:
        if n == 1:
            (only,) = data
            if not isinstance(only, (numbers.Real, Decimal)):
                raise TypeError("unsupported type")
            return next(_fail_neg([only], message))
        weights, whole = repeat(1, n), n
    else:
        weights, given = _points(weights, 0, "")
        if given != n:
            raise StatisticsError("Number of weights does not match data size")
        whole = _sum(_fail_neg(weights, message))[1]
    try:
        kind, total, _ = _sum(w / x if w else 0 for w, x in zip(weights, _fail_neg(data, message)))
    except ZeroDivisionError:
        return 0
    if total <= 0:
        raise StatisticsError("Weighted sum must be positive")
    return _convert(whole / total, kind)


def median(data):
    """The middle of the data in order; the mean of the two in the middle if their number is even.

    >>> median([1, 3, 5]), median([1, 3, 5, 7])
    (3, 4.0)
    """
    data, n = _in_order(data)
    middle, odd = divmod(n, 2)
    return data[middle] if odd else (data[middle - 1] + data[middle]) / 2


def median_low(data):
    """The middle of the data in order; the lower one of two.

    >>> median_low([1, 3, 5, 7])
    3
    """
    data, n = _in_order(data)
    return data[(n - 1) // 2]


def median_high(data):
    """The middle of the data in order; the higher one of two.

    >>> median_high([1, 3, 5, 7])
    5
    """
    data, n = _in_order(data)
    return data[n // 2]


def median_grouped(data, interval=1):
    """The median of data that stand for intervals around them, interpolated.

    >>> median_grouped([52, 52, 53, 54])
    52.5
    """
    data, n = _in_order(data)
    if n == 1:
        return data[0]
    x = data[n // 2]
    for given in (x, interval):
        if isinstance(given, (str, bytes)):
            raise TypeError("expected number but got %r" % given)
    try:
        low = x - interval / 2
    except TypeError:
        low = float(x) - float(interval) / 2
    first = _find_lteq(data, x)
    last = _find_rteq(data, first, x)
    return low + interval * (n / 2 - first) / (last - first + 1)


def mode(data):
    """The most common value, the first one met of several.

    >>> mode([1, 1, 2, 3, 3, 3, 3, 4])
    3
    """
    for value, _ in Counter(iter(data)).most_common(1):
        return value
    raise StatisticsError("no mode for empty data")


def multimode(data):
    """All values that are most common, in the order in which they were met.

    >>> multimode('aabbbbccddddeeffffgg')
    ['b', 'd', 'f']
    """
    counts = Counter(iter(data))
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method="exclusive"):
    """The n - 1 points that cut the data into n parts of the same probability.

    With method 'inclusive' the data are all there is, from the least to the greatest.
    """
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError("must have at least two data points")
    points = []
    if method == "inclusive":
        m = size - 1
        for i in range(1, n):
            j, rest = divmod(i * m, n)
            points.append((data[j] * (n - rest) + data[j + 1] * rest) / n)
    elif method == "exclusive":
        m = size + 1
        for i in range(1, n):
            j = min(max(i * m // n, 1), size - 1)
            rest = i * m - j * n
            points.append((data[j - 1] * (n - rest) + data[j] * rest) / n)
    else:
        raise ValueError(f"Unknown method: {method!r}")
    return points


# Spread.

def _ss(data, c=None):
    """Type and exact sum of the squares of distances from c, or from the mean."""
    if c is not None:
        return _sum((x - c) ** 2 for x in data)[:2]
    kind, total, count = _sum(data)
    mean_n, mean_d = (total / count).as_integer_ratio()
    numerators = Counter()
    for n, d in map(_exact_ratio, data):
        distance_n = n * mean_d - d * mean_n
        distance_d = d * mean_d
        numerators[distance_d * distance_d] += distance_n * distance_n
    return kind, _total(numerators)


def variance(data, xbar=None):
    """The variance of a sample; xbar is its mean, if that is known.

    >>> variance([2.75, 1.75, 1.25, 0.25, 0.5, 1.25, 3.5])
    1.3720238095238095
    """
    data, n = _points(data, 2, "variance requires at least two data points")
    kind, squares = _ss(data, xbar)
    return _convert(squares / (n - 1), kind)


def pvariance(data, mu=None):
    """The variance of a whole population; mu is its mean, if that is known.

    >>> pvariance([0.0, 0.25, 0.25, 1.25, 1.5, 1.75, 2.75, 3.25])
    1.25
    """
    data, n = _points(data, 1, "pvariance requires at least one data point")
    kind, squares = _ss(data, mu)
    return _convert(squares / n, kind)


def _root(spread):
    own = getattr(spread, "sqrt", None)  # a Decimal has its own
    return math.sqrt(spread) if own is None else own()


def stdev(data, xbar=None):
    """The square root of the variance of a sample."""
    return _root(variance(data, xbar))


def pstdev(data, mu=None):
    """The square root of the variance of a whole population."""
    return _root(pvariance(data, mu))


# Two variables.

def _distances(name, x, y):
    """Distances from their means, of two variables, and the means."""
    n = len(x)
    if len(y) != n:
        raise StatisticsError(f"{name} requires that both inputs have same number of data points")
    if n < 2:
        raise StatisticsError(f"{name} requires at least two data points")
    x_mean, y_mean = fsum(x) / n, fsum(y) / n
    return [value - x_mean for value in x], [value - y_mean for value in y], x_mean, y_mean


def _products(a, b):
    return fsum(map(mul, a, b))


def _squares(a):
    return fsum(value ** 2.0 for value in a)


def covariance(x, y, /):
    """How two variables vary together, for a sample.

    >>> covariance([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 1, 2, 3, 1, 2, 3])
    0.75
    """
    dx, dy, _, _ = _distances("covariance", x, y)
    return _products(dx, dy) / (len(dx) - 1)


def correlation(x, y, /):
    """Pearson's coefficient, between -1 and 1.

    >>> correlation([1, 2, 3, 4, 5, 6, 7, 8, 9], [9, 8, 7, 6, 5, 4, 3, 2, 1])
    -1.0
    """
    dx, dy, _, _ = _distances("correlation", x, y)
    together, apart = _products(dx, dy), sqrt(_squares(dx) * _squares(dy))
    if not apart:
        raise StatisticsError("at least one of the inputs is constant")
    return together / apart


LinearRegression = namedtuple("LinearRegression", ("slope", "intercept"))


def linear_regression(x, y, /):
    """Slope and intercept of the line that fits best by least squares."""
    dx, dy, x_mean, y_mean = _distances("linear regression", x, y)
    along = _squares(dx)
    if not along:
        raise StatisticsError("x is constant")
    slope = _products(dx, dy) / along
    return LinearRegression(slope, y_mean - slope * x_mean)


# ---- quantiles of the normal distribution: Wichura's algorithm AS 241 (1988), quotients of polynomials for the middle,
# ---- farther out, and the ends

_MIDDLE = (
    (2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
     1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0),
    (5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
     5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0),
)
_OUTER = (
    (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
     3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0),
    (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0),
)
_END = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0),
    (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0),
)


def _quotient(polynomials, x):
    above = below = 0.0
    for p, q in zip(*polynomials):
        above, below = above * x + p, below * x + q
    return above, below


def _normal_dist_inv_cdf(p, mu, sigma):
    q = p - 0.5
    if fabs(q) <= 0.425:
        above, below = _quotient(_MIDDLE, 0.180625 - q * q)
        return mu + above * q / below * sigma
    r = sqrt(-log(p if q <= 0.0 else 1.0 - p))
    above, below = _quotient(_OUTER, r - 1.6) if r <= 5.0 else _quotient(_END, r - 5.0)
    x = above / below
    return mu + (-x if q < 0.0 else x) * sigma


try:
    from _statistics import _normal_dist_inv_cdf
except ImportError:
    pass


class NormalDist:
    """A normal distribution with a mean and a standard deviation."""

    __slots__ = {
        "_mu": "Arithmetic mean of a normal distribution",
        "_sigma": "Standard deviation of a normal distribution",
    }

    def __init__(self, mu=0.0, sigma=1.0):
        """NormalDist where mu is the mean and sigma is the standard deviation."""
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        """The distribution that fits a sample."""
        kept = data if isinstance(data, (list, tuple)) else list(data)
        middle = fmean(kept)
        return cls(middle, stdev(kept, middle))

    def samples(self, n, *, seed=None):
        """A list of n random numbers of this distribution."""
        source = random if seed is None else random.Random(seed)
        return [source.gauss(self._mu, self._sigma) for _ in range(n)]

    def pdf(self, x):
        """The density of probability at x."""
        spread = self._sigma ** 2.0
        if not spread:
            raise StatisticsError("pdf() not defined when sigma is zero")
        return exp((x - self._mu) ** 2.0 / (-2.0 * spread)) / sqrt(tau * spread)

    def cdf(self, x):
        """The probability of numbers up to x."""
        if not self._sigma:
            raise StatisticsError("cdf() not defined when sigma is zero")
        return 0.5 * (1.0 + erf((x - self._mu) / (self._sigma * sqrt(2.0))))

    def inv_cdf(self, p):
        """The x up to which the probability is p."""
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        if self._sigma <= 0.0:
            raise StatisticsError("cdf() not defined when sigma at or below zero")
        return _normal_dist_inv_cdf(p, self._mu, self._sigma)

    def quantiles(self, n=4):
        """The n - 1 points that cut the distribution into n parts of the same probability."""
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        """The area that two densities share, from 0 to 1."""
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        # The one that varies less first, so that both orders give the same float.
        one, two = sorted((self, other), key=lambda each: (each._sigma, each._mu))
        v1, v2 = one.variance, two.variance
        if not v1 or not v2:
            raise StatisticsError("overlap() not defined when sigma is zero")
        wider, apart = v2 - v1, fabs(two._mu - one._mu)
        if not wider:
            return 1.0 - erf(apart / (2.0 * one._sigma * sqrt(2.0)))
        # The densities cross at two places; between them the one is above, outside the other.
        centre = one._mu * v2 - two._mu * v1
        reach = one._sigma * two._sigma * sqrt(apart ** 2.0 + wider * log(v2 / v1))
        missed = [fabs(two.cdf(x) - one.cdf(x)) for x in ((centre + reach) / wider, (centre - reach) / wider)]
        return 1.0 - (missed[0] + missed[1])

    def zscore(self, x):
        """How many standard deviations x is above the mean."""
        if not self._sigma:
            raise StatisticsError("zscore() not defined when sigma is zero")
        return (x - self._mu) / self._sigma

    @property
    def mean(self):
        """Arithmetic mean of the normal distribution."""
        return self._mu

    @property
    def median(self):
        """Median of the normal distribution, its mean."""
        return self._mu

    @property
    def mode(self):
        """Mode of the normal distribution, its mean."""
        return self._mu

    @property
    def stdev(self):
        """Standard deviation of the normal distribution."""
        return self._sigma

    @property
    def variance(self):
        """Square of the standard deviation."""
        return self._sigma ** 2.0

    # Sums: of two distributions that are independent, or of one and a number.

    def _moved(self, other, how):
        if isinstance(other, NormalDist):
            return NormalDist(how(self._mu, other._mu), hypot(self._sigma, other._sigma))
        return NormalDist(how(self._mu, other), self._sigma)

    def __add__(x1, x2):
        """The distribution moved by a number, or the sum of two that are independent."""
        return x1._moved(x2, add)

    def __sub__(x1, x2):
        """The distribution moved by a number, or the difference of two that are independent."""
        return x1._moved(x2, sub)

    def __mul__(x1, x2):
        """The distribution stretched by a number."""
        width = fabs(x2)
        return NormalDist(x1._mu * x2, width * x1._sigma)

    def __truediv__(x1, x2):
        """The distribution shrunk by a number."""
        width = fabs(x2)
        return NormalDist(x1._mu / x2, x1._sigma / width)

    def __pos__(x1):
        """A copy."""
        return NormalDist(x1._mu, x1._sigma)

    def __neg__(x1):
        """The distribution with the other sign of its mean."""
        return NormalDist(-x1._mu, x1._sigma)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(x1, x2):
        """A number less the distribution."""
        return -(x1 - x2)

    def __eq__(x1, x2):
        """Equal if mean and standard deviation are."""
        if isinstance(x2, NormalDist):
            return (x1._mu, x1._sigma) == (x2._mu, x2._sigma)
        return NotImplemented

    def __hash__(self):
        """Equal ones hash equal."""
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f"{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})"

    def __getstate__(self):
        return self._mu, self._sigma

    def __setstate__(self, state):
        self._mu, self._sigma = state

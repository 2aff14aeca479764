"""Slow, plain twins of the measures, each written straight from its definition, with no arrays."""

from math import exp, log, sqrt

MASK = (1 << 64) - 1


def mean(y, w):
    return sum(a * b for a, b in zip(y, w, strict=True)) / sum(w)


def gaps(y, w, near=lambda i, j: True):
    """Sum of w_i w_j |y_i - y_j| over ordered pairs that are near, over 2 W^2 mean: a part of the Gini."""
    rows = range(len(y))
    found = sum(w[i] * w[j] * abs(y[i] - y[j]) for i in rows for j in rows if i != j and near(i, j))
    return found / (2 * sum(w) ** 2 * mean(y, w))


def gini(y, w):
    return gaps(y, w)


def entropy(y, w, alpha):
    centre = mean(y, w)
    if alpha == 1:
        return mean([v / centre * log(v / centre) if v else 0 for v in y], w)
    if alpha == 0:
        return -mean([log(v / centre) for v in y], w)
    return (mean([(v / centre) ** alpha for v in y], w) - 1) / (alpha * (alpha - 1))


def atkinson(y, w, epsilon):
    centre = mean(y, w)
    if epsilon == 1:
        return 1 - exp(mean([log(v) for v in y], w)) / centre
    return 1 - mean([v ** (1 - epsilon) for v in y], w) ** (1 / (1 - epsilon)) / centre


def hoover(y, w):
    centre = mean(y, w)
    return mean([abs(v - centre) for v in y], w) / centre / 2


def williamson(y, w):
    centre = mean(y, w)
    return sqrt(mean([(v - centre) ** 2 for v in y], w)) / centre


def members(y, w, g):
    """Each group's values and weights, in order of name."""
    rows = list(zip(y, w, g, strict=True))
    return {
        name: tuple(zip(*((a, b) for a, b, c in rows if c == name), strict=True)) for name in sorted(set(g))
    }


def between(y, w, g, alpha):
    """The index when each has the mean of their group."""
    means = {name: mean(*part) for name, part in members(y, w, g).items()}
    return entropy([means[name] for name in g], w, alpha)


def within(y, w, g, alpha):
    total, centre = sum(w), mean(y, w)
    return sum(
        (sum(q) / total) ** (1 - alpha)
        * (sum(q) * mean(v, q) / (total * centre)) ** alpha
        * entropy(v, q, alpha)
        for v, q in members(y, w, g).values()
    )


def dagum(y, w, g):
    """Within, net between and overlap by Dagum's own quantities: G_jh and the relative affluence D_jh."""
    parts, total, centre = members(y, w, g), sum(w), mean(y, w)
    share = {name: sum(q) / total for name, (_, q) in parts.items()}
    means = {name: mean(v, q) for name, (v, q) in parts.items()}
    inside = sum(gini(v, q) * share[n] ** 2 * means[n] / centre for n, (v, q) in parts.items())
    net = overlap = 0.0
    names = sorted(parts, key=means.__getitem__, reverse=True)
    for k, j in enumerate(names):
        for h in names[k + 1 :]:
            above, below = _ahead(parts[j], parts[h]), _ahead(parts[h], parts[j])
            if above + below:
                g_jh = (above + below) / (means[j] + means[h])
                d_jh = (above - below) / (above + below)
                both = g_jh * share[j] * share[h] * (means[j] + means[h]) / centre
                net, overlap = net + both * d_jh, overlap + both * (1 - d_jh)
    return inside, net, overlap


def _ahead(one, other):
    """The mean over pairs of how far the first is ahead, 0 where it is behind."""
    (v, q), (u, s) = one, other
    found = sum(a * b * max(0.0, x - z) for x, a in zip(v, q, strict=True) for z, b in zip(u, s, strict=True))
    return found / (sum(q) * sum(s))


def standing(rank, w):
    """The share of people ranked lower, and half of those who tie."""
    rows = list(zip(rank, w, strict=True))
    return [(sum(b for a, b in rows if a < r) + sum(b for a, b in rows if a == r) / 2) / sum(w) for r in rank]


def concentration(y, rank, w):
    stand = standing(rank, w)
    centre = mean(y, w)
    return 2 / centre * mean([(a - centre) * (b - 0.5) for a, b in zip(y, stand, strict=True)], w)


def quantile(y, w, share):
    """People one by one, weights being whole numbers of people."""
    people = sorted(v for v, k in zip(y, w, strict=True) for _ in range(k))
    return next(v for n, v in enumerate(people, start=1) if n >= share * len(people) - 1e-9)


def fifths(y, w, share):
    """The richest share of people over the poorest, a person at a time; share x people must be whole."""
    people = sorted(v for v, k in zip(y, w, strict=True) for _ in range(k))
    count = round(share * len(people))
    return sum(people[-count:]) / sum(people[:count])


def spread_of_logs(y, w):
    logs = [log(v) for v in y]
    centre = mean(logs, w)
    return sqrt(mean([(v - centre) ** 2 for v in logs], w))


def line(x, y, w):
    """Weighted least squares by the normal equations: slope, intercept."""
    rows = list(zip(x, y, w, strict=True))
    total, sx, sy = sum(w), sum(c * a for a, _, c in rows), sum(c * b for _, b, c in rows)
    sxx, sxy = sum(c * a * a for a, _, c in rows), sum(c * a * b for a, b, c in rows)
    slope = (total * sxy - sx * sy) / (total * sxx - sx * sx)
    return slope, (sy - slope * sx) / total


def mixed(state):
    z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


class Chance:
    """SplitMix64 in whole numbers of Python: stream `number` of `seed`."""

    STEP = 0x9E3779B97F4A7C15

    def __init__(self, seed, number):
        self.state = mixed(mixed((seed + self.STEP) & MASK) ^ mixed((number + self.STEP) & MASK))

    def bits(self):
        self.state = (self.state + self.STEP) & MASK
        return mixed(self.state)

    def below(self, n):
        while True:
            product = (self.bits() >> 32) * n
            if product & 0xFFFFFFFF >= (2**32 - n) % n:
                return product >> 32

    def shuffle(self, held):
        for i in range(len(held)):
            j = i + self.below(len(held) - i)
            held[i], held[j] = held[j], held[i]


def drawn(strata, seed, number):
    """How often each row is drawn, as many from each stratum as it holds, two draws from each 64 bits."""
    chance, counts = Chance(seed, number), [0] * sum(map(len, strata))
    for stratum in strata:
        size = len(stratum)
        for _ in range(size // 2):
            bits = chance.bits()
            steps = [(half * size) >> 32 for half in (bits >> 32, bits & 0xFFFFFFFF)]
            for at, half in enumerate((bits >> 32, bits & 0xFFFFFFFF)):
                if (half * size) & 0xFFFFFFFF < (2**32 - size) % size:
                    steps[at] = chance.below(size)
            for step in steps:
                counts[stratum[step]] += 1
        if size % 2:
            counts[stratum[chance.below(size)]] += 1
    return counts

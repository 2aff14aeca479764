"""Slow, plain twins of the measures, each written straight from its definition, with no arrays."""

from math import log, sqrt


def mean(y, w):
    return sum(a * b for a, b in zip(y, w, strict=True)) / sum(w)


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

"""Chance and curves for a block of paths at once: random numbers, normal numbers, powers and logarithms.

Chance is SplitMix64 used as a counter (Salmon and others, "Parallel random numbers: as easy as 1, 2, 3", SC
2011; Steele, Lea and Flood, OOPSLA 2014): each number depends only on its seed, its path and its place.
Normal numbers come by pairs from the two halves of one number (Box and Muller, Annals of Mathematical
Statistics 29, 1958). Each loop does the same to every path without a choice or a call, so that the processor
takes four or eight paths in one step; that is why the curves are written out here. They are right to a few
parts in 10^15 (Muller, "Elementary functions", 2016, chapters 3 and 11); `tests/wealth/finance` compares them
with the machine's own.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fairground.measures.kernels import mixed

Floats = NDArray[np.float64]

PLACES = 1024  # numbers set aside for each path of one cause
STEP = np.uint64(0x9E3779B97F4A7C15)
ELEVEN, UPPER, LOWER = np.uint64(11), np.uint64(32), np.uint64(2**32 - 1)
PART, HALF = 2.0**-53, 2.0**-54
SHORT, MIDDLE = 2.0**-32, 2.0**-33
MOST = 700.0  # beyond e**700 a number has no place in a computer
LOG2E, LN2_HIGH, LN2_LOW = 1.4426950408889634, 0.693147180369123816490, 1.90821492927058770002e-10
MAGIC = (
    6755399441055744.0  # 1.5 times 2**52: added to a small number it leaves the whole part in the last bits
)
MAGIC_BITS = np.int64(0x4338000000000000)
EXPONENT, BIAS = np.int64(52), np.int64(1023)
ROOT_HALF = np.int64(0x3FE6A09E667F3BCD)  # the bits of the root of a half


@njit(cache=True, inline="always")
def uniform(seed: np.uint64, place: int) -> float:
    """Return a number above 0 and below 1: the one at a place of a seed."""
    bits = mixed(seed + np.uint64(place + 1) * STEP)
    return np.float64(bits >> ELEVEN) * PART + HALF


@njit(cache=True)
def normal(seed: np.uint64, place: int) -> float:
    """Return the first normal number of the pair at a place of a seed."""
    bits = mixed(seed + np.uint64(place + 1) * STEP)
    size = math.sqrt(-2.0 * math.log(np.float64(bits >> UPPER) * SHORT + MIDDLE))
    return size * math.cos(2.0 * math.pi * (np.float64(bits & LOWER) * SHORT + MIDDLE))


@njit(cache=True, error_model="numpy")
def uniforms(seed: np.uint64, first: int, stride: int, out: Floats) -> None:
    """Fill `out` with the numbers at `first`, `first` + `stride` and so on."""
    for p in range(out.size):
        bits = mixed(seed + np.uint64(first + p * stride + 1) * STEP)
        out[p] = np.float64(bits >> ELEVEN) * PART + HALF


@njit(cache=True, error_model="numpy")
def normals(seed: np.uint64, first: int, one: Floats, two: Floats, spare: Floats) -> None:
    """Fill `one` and `two` with the pairs of normal numbers of paths that follow one another."""
    for p in range(one.size):
        bits = mixed(seed + np.uint64(first + p * PLACES + 1) * STEP)
        one[p] = np.float64(bits >> UPPER) * SHORT + MIDDLE
        two[p] = np.float64(bits & LOWER) * SHORT + MIDDLE
    logs(one, spare)
    for p in range(one.size):
        spare[p] = math.sqrt(-2.0 * one[p])
    turned(two, spare, one)


@njit(cache=True, error_model="numpy")
def turned(turn: Floats, size: Floats, across: Floats) -> None:
    """Make of a share of a full turn and a size the two sides: `across`, and `turn` itself becomes the other.

    A quarter of the angle is at most an eighth of a turn, where short series are enough; doubling it twice
    gives the whole.
    """
    for p in range(turn.size):
        a = (turn[p] - 0.5) * (0.5 * math.pi)
        q = a * a
        s = 1.0 - q / 156.0 * (1.0 - q / 210.0)
        s = a * (
            1.0 - q / 6.0 * (1.0 - q / 20.0 * (1.0 - q / 42.0 * (1.0 - q / 72.0 * (1.0 - q / 110.0 * s))))
        )
        c = 1.0 - q / 132.0 * (1.0 - q / 182.0 * (1.0 - q / 240.0))
        c = 1.0 - q / 2.0 * (1.0 - q / 12.0 * (1.0 - q / 30.0 * (1.0 - q / 56.0 * (1.0 - q / 90.0 * c))))
        s, c = 2.0 * s * c, 1.0 - 2.0 * s * s
        s, c = 2.0 * s * c, 1.0 - 2.0 * s * s
        across[p] = -size[p] * c
        turn[p] = -size[p] * s


@njit(cache=True, error_model="numpy")
def powers(x: Floats, spare: Floats) -> None:
    """Make e**x of each number of `x`."""
    for p in range(x.size):
        spare[p] = min(MOST, max(-MOST, x[p])) * LOG2E + MAGIC
    for p in range(x.size):
        k = spare[p] - MAGIC
        r = min(MOST, max(-MOST, x[p])) - k * LN2_HIGH - k * LN2_LOW
        high = 1.0 + r / 9.0 * (1.0 + r / 10.0 * (1.0 + r / 11.0 * (1.0 + r / 12.0 * (1.0 + r / 13.0))))
        high = 1.0 + r / 5.0 * (1.0 + r / 6.0 * (1.0 + r / 7.0 * (1.0 + r / 8.0 * high)))
        x[p] = 1.0 + r * (1.0 + r / 2.0 * (1.0 + r / 3.0 * (1.0 + r / 4.0 * high)))
    _to_scale(spare.view(np.int64))
    for p in range(x.size):
        x[p] *= spare[p]


@njit(cache=True)
def _to_scale(bits: NDArray[np.int64]) -> None:
    for p in range(bits.size):
        bits[p] = (bits[p] + BIAS) << EXPONENT


@njit(cache=True, error_model="numpy")
def logs(x: Floats, spare: Floats) -> None:
    """Make of each number of `x`, all above 0, its logarithm."""
    _apart(x.view(np.int64), spare.view(np.int64))
    for p in range(x.size):
        s = (x[p] - 1.0) / (x[p] + 1.0)
        q = s * s
        high = 1.0 / 11.0 + q * (1.0 / 13.0 + q * (1.0 / 15.0 + q * (1.0 / 17.0 + q * (1.0 / 19.0))))
        high = 1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * (1.0 / 9.0 + q * high)))
        k = spare[p] - MAGIC
        x[p] = k * LN2_HIGH + (2.0 * s + (2.0 * s * q * high + k * LN2_LOW))


@njit(cache=True)
def _apart(bits: NDArray[np.int64], whole: NDArray[np.int64]) -> None:
    """Leave of each number a part between the roots of a half and of two; `whole` is its power of 2."""
    for p in range(bits.size):
        k = (bits[p] - ROOT_HALF) >> EXPONENT
        bits[p] -= k << EXPONENT
        whole[p] = k + MAGIC_BITS

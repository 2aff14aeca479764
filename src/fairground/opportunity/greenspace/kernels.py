"""Finds the straight piece nearest to each of many points, by boxes within boxes.

Pieces that lie together are put into one box, boxes into larger ones, two by two; a box that is further away
than the nearest piece so far is not opened. Of pieces at one distance the first is taken, so that parts of a
map give the same answers as the whole. Reference: Roussopoulos, Kelley and Vincent, "Nearest neighbor
queries", Proceedings of SIGMOD 1995, 71-79.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Tree = tuple[Floats, Places, Floats]  # (k, 4) ends by box; (k,) numbers; (2 leaves, 4) west south east north
LEAF = 8  # pieces in a smallest box


@njit(cache=True)
def boxes(ends: Floats, leaves: int) -> Floats:
    """Return the boxes of (k, 4) ordered pieces: box 1 holds all, boxes 2n and 2n + 1 lie in box n."""
    found = np.empty((2 * leaves, 4))
    found[:, :2], found[:, 2:] = np.inf, -np.inf
    for k in range(ends.shape[0]):
        x1, y1, x2, y2 = ends[k]
        box = found[leaves + k // LEAF]
        box[0], box[1] = min(box[0], x1, x2), min(box[1], y1, y2)
        box[2], box[3] = max(box[2], x1, x2), max(box[3], y1, y2)
    for n in range(leaves - 1, 0, -1):
        one, other, box = found[2 * n], found[2 * n + 1], found[n]
        box[0], box[1] = min(one[0], other[0]), min(one[1], other[1])
        box[2], box[3] = max(one[2], other[2]), max(one[3], other[3])
    return found


@njit(cache=True, inline="always")
def to_box(px: float, py: float, box: Floats) -> float:
    """Return the square of the distance from a point to a box; infinite where the box is empty."""
    dx = max(box[0] - px, px - box[2], 0.0)
    dy = max(box[1] - py, py - box[3], 0.0)
    return dx * dx + dy * dy


@njit(cache=True, inline="always")
def to_piece(px: float, py: float, end: Floats) -> tuple[float, float, float]:
    """Return the square of the distance from a point to a straight piece, and the place on it."""
    dx, dy = end[2] - end[0], end[3] - end[1]
    square = dx * dx + dy * dy
    t = 0.0
    if square > 0:
        t = min(max(((px - end[0]) * dx + (py - end[1]) * dy) / square, 0.0), 1.0)
    x, y = end[0] + t * dx, end[1] + t * dy
    return (px - x) * (px - x) + (py - y) * (py - y), x, y


@njit(cache=True)
def nearest_piece(px: Floats, py: Floats, tree: Tree) -> tuple[Places, Floats, Floats]:
    """Return the number of the piece nearest to each point, and the place on it; -1 where there is none."""
    ends, number, box = tree
    leaves = box.shape[0] // 2
    found = np.full(px.size, -1, np.int64)
    x, y = np.full(px.size, np.nan), np.full(px.size, np.nan)
    stack, last = np.empty(128, np.int64), -1
    for i in range(px.size):
        best = np.inf
        if last >= 0:  # the last point's piece is near this point too, as a rule
            best, x[i], y[i] = to_piece(px[i], py[i], ends[last])
            found[i] = number[last]
        top, stack[0] = 1, 1
        while top:
            top -= 1
            n = stack[top]
            if to_box(px[i], py[i], box[n]) > best:
                continue
            if n < leaves:
                one, other = 2 * n, 2 * n + 1
                if to_box(px[i], py[i], box[one]) > to_box(px[i], py[i], box[other]):
                    one, other = other, one
                stack[top], stack[top + 1] = other, one
                top += 2
                continue
            for k in range((n - leaves) * LEAF, min((n - leaves + 1) * LEAF, ends.shape[0])):
                square, at_x, at_y = to_piece(px[i], py[i], ends[k])
                if square < best or (square == best and (found[i] < 0 or number[k] < found[i])):
                    best, x[i], y[i], found[i], last = square, at_x, at_y, number[k], k
    return found, x, y

"""Finds the piece of street nearest to a point, by a grid of squares, without crossing what cannot be
crossed.

Squares are looked at in rings about the point until no nearer piece can be left. A piece is taken only when
the straight line to it crosses no barrier. Reference for the crossing test: Cormen, Leiserson, Rivest and
Stein, "Introduction to Algorithms", section 33.1.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fairground.networks.kernels.buckets import INNER

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
Pieces = tuple[Floats, Floats, Floats, Floats, Codes, Codes]  # x1, y1, x2, y2; rows by square
Answer = tuple[Codes, Floats, Floats]  # piece, how far along it (0 to 1), distance
Frame = tuple[float, float, float, int, int]  # west, south, side, squares across, squares up


@njit(**INNER)
def box(x1: float, y1: float, x2: float, y2: float, frame: Frame) -> tuple[int, int, int, int]:
    """Return the first and last column, and the first and last row, that a line's box touches."""
    west, south, side, wide, high = frame
    left, right = int((min(x1, x2) - west) // side), int((max(x1, x2) - west) // side)
    low, top = int((min(y1, y2) - south) // side), int((max(y1, y2) - south) // side)
    return max(left, 0), min(right, wide - 1), max(low, 0), min(top, high - 1)


def squares(x1: Floats, y1: Floats, x2: Floats, y2: Floats, frame: Frame) -> tuple[Codes, Codes]:
    """Return, in rows by square, the pieces whose bounding box touches it: (starts, pieces)."""
    west, south, side, wide, high = frame
    left, right = (np.minimum(x1, x2) - west) // side, (np.maximum(x1, x2) - west) // side
    low, top = (np.minimum(y1, y2) - south) // side, (np.maximum(y1, y2) - south) // side
    left, right = np.maximum(left, 0).astype(np.int64), np.minimum(right, wide - 1).astype(np.int64)
    low, top = np.maximum(low, 0).astype(np.int64), np.minimum(top, high - 1).astype(np.int64)
    across = np.maximum(right - left + 1, 0)
    many = across * np.maximum(top - low + 1, 0)
    piece = np.repeat(np.arange(x1.size), many)
    turn = np.arange(piece.size) - np.repeat(np.cumsum(many) - many, many)
    square = (low[piece] + turn // across[piece]) * wide + left[piece] + turn % across[piece]
    starts = np.zeros(wide * high + 1, np.int32)
    np.cumsum(np.bincount(square, minlength=wide * high), out=starts[1:])
    return starts, piece[np.argsort(square, kind="stable")].astype(np.int32)


@njit(**INNER)
def side_of(ax: float, ay: float, bx: float, by: float, px: float, py: float) -> float:
    """Return above zero when p lies left of the line from a to b, below zero when right, 0 when on it."""
    return (bx - ax) * (py - ay) - (by - ay) * (px - ax)


@njit(**INNER)
def crosses(px: float, py: float, qx: float, qy: float, barrier: Pieces, frame: Frame) -> bool:
    """Return whether the line from p to q crosses a barrier from one side to the other."""
    x1, y1, x2, y2, starts, pieces = barrier
    if pieces.size == 0:
        return False
    left, right, low, top = box(px, py, qx, qy, frame)
    for row in range(low, top + 1):
        for cell in range(row * frame[3] + left, row * frame[3] + right + 1):
            for k in range(starts[cell], starts[cell + 1]):
                s = pieces[k]
                one = side_of(px, py, qx, qy, x1[s], y1[s])
                two = side_of(px, py, qx, qy, x2[s], y2[s])
                if one * two > 0 or (one == 0 and two == 0):
                    continue
                three = side_of(x1[s], y1[s], x2[s], y2[s], px, py)
                four = side_of(x1[s], y1[s], x2[s], y2[s], qx, qy)
                if three * four < 0:
                    return True
    return False


@njit(**INNER)
def closest(s: int, street: Pieces, px: float, py: float) -> tuple[float, float, float, float]:
    """Return the place on a piece that is nearest to p: how far along (0 to 1), x, y and the distance."""
    x1, y1, x2, y2, _, _ = street
    dx, dy = x2[s] - x1[s], y2[s] - y1[s]
    square = dx * dx + dy * dy
    t = 0.0
    if square > 0:
        t = min(max(((px - x1[s]) * dx + (py - y1[s]) * dy) / square, 0.0), 1.0)
    qx, qy = x1[s] + t * dx, y1[s] + t * dy
    return t, qx, qy, np.hypot(px - qx, py - qy)


@njit(cache=True)
def _look(
    px: Floats, py: Floats, street: Pieces, barrier: Pieces, frame: Frame, limit: float, answer: Answer
) -> None:
    """Write each point's nearest piece, how far along that is, and the distance."""
    west, south, side, wide, high = frame
    (starts, pieces), (found, along, gap) = (street[4], street[5]), answer
    for i in range(px.size):
        column, row = int((px[i] - west) // side), int((py[i] - south) // side)
        across, up = px[i] - west - column * side, py[i] - south - row * side
        inset = min(across, side - across, up, side - up) - 1e-6  # metres to the border of its own square
        best = limit
        for ring in range(int(limit / side) + 2):
            if ring > 0 and (ring - 1) * side + inset > best:
                break
            for r in range(max(row - ring, 0), min(row + ring, high - 1) + 1):
                step = 1 if abs(r - row) == ring else 2 * ring
                for c in range(column - ring, column + ring + 1, step):
                    if c < 0 or c >= wide:
                        continue
                    for k in range(starts[r * wide + c], starts[r * wide + c + 1]):
                        s = pieces[k]
                        t, qx, qy, d = closest(s, street, px[i], py[i])
                        if d > best or (d == best and found[i] >= 0 and s >= found[i]):
                            continue
                        if not crosses(px[i], py[i], qx, qy, barrier, frame):
                            best = d
                            found[i], along[i], gap[i] = s, t, d


def nearest_piece(
    px: Floats, py: Floats, street: Pieces, barrier: Pieces, frame: Frame, limit: float
) -> Answer:
    """Return each point's nearest piece (-1: none), how far along that is (0 to 1), and the distance."""
    answer = np.full(px.size, -1, np.int32), np.zeros(px.size), np.full(px.size, np.inf)
    _look(px, py, street, barrier, frame, limit, answer)
    return answer

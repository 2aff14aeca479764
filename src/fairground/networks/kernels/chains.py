"""Finds the chains of street pieces that lie between junctions, so that searches may step over them.

A point where exactly two pieces meet, and nothing changes, is no junction: whoever comes in goes out at the
other side. Reference: Boeing, "OSMnx", Computers, Environment and Urban Systems 65, 2017, section 3.2.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fairground.networks.kernels.buckets import INNER

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
Flags = NDArray[np.bool_]


def pieces_at(count: int, a: Codes, b: Codes) -> tuple[Codes, Codes]:
    """Return, in rows by point, the pieces that touch each point: (starts, pieces)."""
    ends = np.stack([a, b], axis=1).reshape(-1)
    starts = np.zeros(count + 1, np.int32)
    np.cumsum(np.bincount(ends, minlength=count), out=starts[1:])
    return starts, (np.argsort(ends, kind="stable") // 2).astype(np.int32)


def junctions(
    a: Codes, b: Codes, to: Floats, back: Floats, unknown: Flags, starts: Codes, touching: Codes
) -> Flags:
    """Return which points are junctions: not exactly two pieces, or something changes there."""
    out = np.ones(starts.size - 1, np.bool_)
    v = np.flatnonzero(np.diff(starts) == 2)
    p, q = touching[starts[v]], touching[starts[v] + 1]
    p_ends, q_ends = b[p] == v, b[q] == v
    p_in, p_out = np.where(p_ends, to[p], back[p]), np.where(p_ends, back[p], to[p])
    q_in, q_out = np.where(q_ends, to[q], back[q]), np.where(q_ends, back[q], to[q])
    out[v] = (p == q) | (unknown[p] != unknown[q]) | (p_in != q_out) | (q_in != p_out)
    return out


@njit(**INNER)
def _walk(
    first: int,
    start: int,
    a: Codes,
    b: Codes,
    is_junction: Flags,
    starts: Codes,
    touching: Codes,
    seen: Flags,
    point: Codes,
    piece: Codes,
    at: int,
) -> int:
    """Write one chain from position `at` on; return the position after it."""
    s, v = first, start
    point[at], piece[at] = v, s
    at += 1
    while True:
        seen[s] = True
        v = b[s] if a[s] == v else a[s]
        if is_junction[v]:
            point[at], piece[at] = v, -1
            return at + 1
        s = touching[starts[v] + 1] if touching[starts[v]] == s else touching[starts[v]]
        point[at], piece[at] = v, s
        at += 1


@njit(cache=True)
def _chained(
    a: Codes,
    b: Codes,
    is_junction: Flags,
    starts: Codes,
    touching: Codes,
    seen: Flags,
    begins: Codes,
    point: Codes,
    piece: Codes,
) -> int:
    """Write all chains; return how many there are."""
    found, at = 0, 0
    for rings in range(2):
        for v in range(starts.size - 1):
            if rings == 1:
                if is_junction[v] or starts[v + 1] == starts[v] or seen[touching[starts[v]]]:
                    continue
                is_junction[v] = True
            if not is_junction[v]:
                continue
            for k in range(starts[v], starts[v + 1]):
                s = touching[k]
                if not seen[s]:
                    begins[found] = at
                    found += 1
                    at = _walk(s, v, a, b, is_junction, starts, touching, seen, point, piece, at)
    begins[found] = at
    return found


def chains(
    a: Codes, b: Codes, is_junction: Flags, starts: Codes, touching: Codes
) -> tuple[Codes, Codes, Codes]:
    """Return the chains: where each begins, its points, and the piece after each point (-1 at its end).

    A ring without a junction is cut at its point of lowest number; `is_junction` is changed to say so.
    """
    point, piece = np.empty(2 * a.size, np.int32), np.empty(2 * a.size, np.int32)
    begins, seen = np.empty(a.size + 1, np.int32), np.zeros(a.size, np.bool_)
    found = _chained(a, b, is_junction, starts, touching, seen, begins, point, piece)
    used = begins[found]
    return begins[: found + 1].copy(), point[:used].copy(), piece[:used].copy()


@njit(cache=True)
def _summed(step: Floats, begins: Codes, out: Floats) -> None:
    for row in range(begins.size - 1):
        total = 0.0
        for i in range(begins[row], begins[row + 1]):
            total += step[i]
            out[i] = total


def sums_by_row(step: Floats, begins: Codes) -> Floats:
    """Return running sums within each row, each row by itself."""
    out = np.empty(step.size)
    _summed(step, begins, out)
    return out

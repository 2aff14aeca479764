"""Small made-up lands: rectangles of green, straight paths, and a walk along a grid of streets."""

import numpy as np
import shapely

from fairground.opportunity.greenspace import Areas, Walked, join, ways_in

NONE = np.empty(0, object)


def gathered(shapes):
    found = np.empty(len(shapes), object)
    found[:] = shapes
    return found


def areas(*shapes, kinds=None, names=None):
    return Areas(
        gathered(shapes),
        tuple(kinds or ["park"] * len(shapes)),
        tuple(names or [""] * len(shapes)),
        tuple(str(n) for n in range(len(shapes))),
    )


def lines(*pairs):
    return gathered([shapely.LineString(pair) for pair in pairs])


def points(*pairs):
    return gathered([shapely.Point(pair) for pair in pairs])


def straight(x, y, to_x, to_y):
    return np.hypot(np.asarray(to_x) - np.asarray(x), np.asarray(to_y) - np.asarray(y))


def manhattan(x, y, to_x, to_y):
    """Walk east and then north: never shorter than the straight line."""
    if not len(to_x):
        return Walked(np.full(len(x), np.inf), np.zeros(len(x)), np.full(len(x), -1))
    far = np.abs(np.subtract.outer(x, to_x)) + np.abs(np.subtract.outer(y, to_y))
    return Walked(far.min(axis=1), np.zeros(len(x)), far.argmin(axis=1))


def land(mapped, *, paths=NONE, listed=NONE, of=None):
    """Return the sites of some areas and the ways into them."""
    sites = join(mapped)
    return sites, ways_in(mapped, paths=paths, listed=listed, of=of).onto(sites, np.arange(len(mapped)))

"""The points of street pieces, found in little memory, are those that NumPy finds in plenty."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.networks import pieces
from fairground.networks.pieces import _among, _lengths, _points
from fairground.networks.projection import DEGREES, lengths
from fairground.networks.ways import Ways

NODES = st.lists(st.integers(-9, 30), min_size=2, max_size=40)


@settings(max_examples=200)
@given(NODES, st.data())
def test_points_and_ends_are_those_of_a_plain_search(nodes, data):
    node = np.array(nodes, np.int64)
    chosen = data.draw(st.sets(st.integers(0, node.size - 2)))
    first = np.array(sorted(chosen), np.int64)
    id, one, a, b = _points(node, first)
    ends = np.unique(np.concatenate([first, first + 1]))
    theirs, rows = np.unique(node[ends], return_index=True)
    assert id.tolist() == theirs.tolist()
    assert one.tolist() == ends[rows].tolist()
    assert (id[a].tolist(), id[b].tolist()) == (node[first].tolist(), node[first + 1].tolist())
    assert a.dtype == b.dtype == np.int32


@settings(max_examples=200)
@given(st.sets(st.integers(0, 50)), st.sets(st.integers(-5, 60)))
def test_who_is_among_others_is_who_numpy_says(held, some):
    id, wanted = (np.array(sorted(numbers), np.int64) for numbers in (held, some))
    assert _among(id, wanted).tolist() == np.isin(id, wanted).tolist()


def test_lengths_worked_out_a_few_at_a_time_are_the_same_to_the_last_bit(monkeypatch):
    chance = np.random.default_rng(7)
    x, y = chance.uniform(-3, -2, 1000), chance.uniform(51, 52, 1000)
    ways = Ways(np.array([1]), np.array([0, 1000]), np.arange(1000), x, y, {}, crs=DEGREES)
    first, whole = np.arange(999), lengths(DEGREES, x[:-1], y[:-1], x[1:], y[1:])
    monkeypatch.setattr(pieces, "AT_A_TIME", 7)
    assert _lengths(ways, first).tolist() == whole.tolist()

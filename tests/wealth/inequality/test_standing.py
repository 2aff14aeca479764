"""The range of ranks of one place, against counting by hand and against chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.wealth.inequality import Rank, Reading, fifth, rank_range, span


@st.composite
def tables(draw):
    rows = draw(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 20)), min_size=1, max_size=12))
    return [
        Reading(str(n), f"p{n}", value, value - half, value + half) for n, (value, half) in enumerate(rows)
    ]


def test_a_worked_example_by_hand():
    """Four places; only the intervals of Beech and Cedar overlap (Goldstein and Spiegelhalter, 1996)."""
    rows = [
        Reading("a", "Ash", 9.0, 8.0, 10.0),
        Reading("b", "Beech", 6.0, 5.0, 7.0),
        Reading("c", "Cedar", 5.5, 4.5, 6.5),
        Reading("d", "Dogwood", 2.0, 1.0, 3.0),
    ]
    assert rank_range("a", rows, better="higher") == Rank(1, 1, 1, 4)
    assert rank_range("b", rows, better="higher") == Rank(2, 2, 3, 4)
    assert rank_range("c", rows, better="higher") == Rank(3, 2, 3, 4)
    assert rank_range("d", rows, better="higher") == Rank(4, 4, 4, 4)
    assert rank_range("d", rows, better="lower") == Rank(1, 1, 1, 4)


@given(tables())
def test_the_rank_lies_in_its_range_and_the_range_among_the_places(rows):
    for row in rows:
        rank = rank_range(row.code, rows, better="higher")
        assert 1 <= rank.best <= rank.rank <= rank.worst <= rank.of == len(rows)


@given(tables())
def test_turning_the_scale_round_turns_the_ranks_round(rows):
    for row in rows:
        up = rank_range(row.code, rows, better="higher")
        down = rank_range(row.code, rows, better="lower")
        ties = sum(other.value == row.value for other in rows)
        assert up.rank + down.rank == len(rows) + 2 - ties


@given(tables(), st.floats(0.1, 10))
def test_wider_limits_never_narrow_the_range(rows, more):
    wider = [Reading(r.code, r.name, r.value, r.lower - more, r.upper + more) for r in rows]
    for row in rows:
        narrow, wide = (rank_range(row.code, table, better="higher") for table in (rows, wider))
        assert wide.best <= narrow.best
        assert wide.worst >= narrow.worst


@given(tables())
def test_without_limits_the_range_is_the_rank_where_nobody_ties(rows):
    plain = [Reading(row.code, row.name, row.value) for row in rows]
    for row in plain:
        if sum(other.value == row.value for other in plain) == 1:
            rank = rank_range(row.code, plain, better="higher")
            assert rank.best == rank.rank == rank.worst


def test_ranks_of_values_drawn_inside_the_limits_never_leave_the_range():
    """An oracle: any true values inside the limits give a rank inside the range."""
    chance = np.random.default_rng(7)
    rows = [
        Reading(str(n), str(n), value, value - half, value + half)
        for n, (value, half) in enumerate(zip(chance.normal(50, 5, 9), chance.uniform(0, 4, 9), strict=True))
    ]
    ranges = {row.code: rank_range(row.code, rows, better="higher") for row in rows}
    seen = {row.code: set() for row in rows}
    for _ in range(2000):
        drawn = {row.code: chance.uniform(row.lower, row.upper) for row in rows}
        for code, value in drawn.items():
            seen[code].add(1 + sum(other > value for other in drawn.values()))
    for code, ranks in seen.items():
        assert ranges[code].best <= min(ranks)
        assert max(ranks) <= ranges[code].worst


@given(
    st.lists(
        st.builds(
            lambda a, b, c: Rank(*sorted((a, b, c))[1:2], min(a, b, c), max(a, b, c), 9),
            *[st.integers(1, 9)] * 3,
        ),
        min_size=1,
    )
)
def test_a_span_holds_every_range_and_touches_both_ends(ranks):
    found = span(ranks)
    assert all(found.best <= rank.best and rank.worst <= found.worst for rank in ranks)
    assert found.best in {rank.best for rank in ranks}
    assert found.worst in {rank.worst for rank in ranks}
    assert found.periods == len(ranks)


def test_nothing_has_no_span():
    with pytest.raises(BadInput, match="at least one"):
        span([])


def test_fifths_share_the_places_out_as_evenly_as_can_be():
    counts = [0] * 6
    for rank in range(1, 297):
        counts[fifth(Rank(rank, rank, rank, 296))] += 1
    assert counts[1:] == [60, 59, 59, 59, 59]


def test_a_place_that_is_not_there_and_a_way_that_is_not_known_are_refused():
    rows = [Reading("a", "A", 1.0)]
    with pytest.raises(BadInput, match="among the figures"):
        rank_range("z", rows, better="higher")
    with pytest.raises(BadInput, match="which way"):
        rank_range("a", rows, better="neither")

"""Table plans: against every seating there is, known perfect plans, bounds by counting, wishes kept."""

import itertools
import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput, Impossible
from fairground.power.juries import Pool, TablePlan, Tables, Volunteer, Wishes, even_tables, met_before, seat
from fairground.power.juries.table_search import _Search


def _people(number, *features):
    names = tuple("abc"[: len(features)])
    return Pool(
        names, tuple(Volunteer(f"p{n}", tuple(f[n % len(f)] for f in features)) for n in range(number))
    )


def _every_seating(tables):
    """Every way to fill the tables of one round, as tuples of table numbers."""
    number = len(tables.people.volunteers)
    full = [table for table, size in enumerate(tables.sizes) for _ in range(size)]
    return sorted(set(itertools.permutations(full))) if number <= 7 else []


def _slow_cost(tables, seats):
    """What a plan costs, told in loops: 8 for a table that is one person off, 1 for each meeting again."""
    people, cost = tables.people.volunteers, 0.0
    for row in seats:
        for at in range(len(tables.people.features)):
            for value in {p.values[at] for p in people}:
                for table, size in enumerate(tables.sizes):
                    has = sum(p.values[at] == value for p in people)
                    here = sum(p.values[at] == value and s == table for p, s in zip(people, row, strict=True))
                    low, high = math.floor(has * size / len(people)), math.ceil(has * size / len(people))
                    cost += 8 * max(low - here, here - high, 0) ** 2
    for a, b in itertools.combinations(range(len(people)), 2):
        times = sum(row[a] == row[b] for row in seats) + (0 if tables.met is None else int(tables.met[a, b]))
        cost += times * (times - 1) / 2
    return cost


SMALL = [
    (6, (2, 2, 2), 2, ("xy",)),
    (6, (3, 3), 2, ("xy", "nns")),
    (6, (4, 2), 2, ("xyy",)),
    (7, (3, 2, 2), 2, ("xy", "nss")),
    (5, (3, 2), 3, ("xyyyy",)),
    (4, (2, 2), 4, ("xy",)),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "sizes", "rounds", "features"), SMALL, ids=lambda part: str(part).replace(" ", "")
)
def test_a_small_plan_is_as_good_as_the_best_of_all_there_are(number, sizes, rounds, features):
    tables = Tables(_people(number, *features), sizes, rounds)
    best = _best_of_all(tables, _every_seating(tables), rounds)
    found = seat(tables, seed=3, effort=600)
    assert _slow_cost(tables, found.seats) == pytest.approx(best)


def _best_of_all(tables, every, rounds):
    """The least cost over all plans: what each round costs alone, and meetings again."""
    alone = np.array([_slow_cost(tables, [row]) for row in every])
    same = np.array([[a == b for a, b in itertools.combinations(row, 2)] for row in every], float)
    best = np.inf
    for chosen in itertools.combinations_with_replacement(np.argsort(alone), rounds):
        if alone[list(chosen)].sum() < best:
            times = same[list(chosen)].sum(axis=0)
            best = min(best, alone[list(chosen)].sum() + (times * (times - 1) / 2).sum())
    return best


@pytest.mark.parametrize(
    ("number", "tables", "rounds"), [(49, 7, 7), (25, 5, 6), (24, 6, 4), (20, 5, 5), (9, 3, 4)]
)
def test_where_a_perfect_plan_is_known_nobody_meets_anybody_twice(number, tables, rounds):
    plan = Tables(_people(number), even_tables(number, tables), rounds)
    found = seat(plan, seed=1)
    assert found.meetings().max() == 1
    assert found.pairs() == plan.most_pairs()


@given(st.integers(0, 10**6))
def test_what_a_swap_is_said_to_change_is_what_it_changes(seed):
    chance = random.Random(seed)
    number = chance.randint(4, 9)
    people = _people(number, *[chance.choice(["xy", "xyz", "xxy"]) for _ in range(chance.randint(0, 3))])
    wishes = Wishes((("p0", "p1"),), (("p2", "p3"),), {"p0": 1})
    tables = Tables(people, even_tables(number, 2), 2, wishes)
    search = _Search(tables, np.random.default_rng(seed))
    search.weigh(8.0)
    before, gains = search.spent, search._gains(1)
    for one, other in itertools.combinations(range(number), 2):
        if search.seats[1, one] != search.seats[1, other]:
            search._swap(1, one, other)
            assert search._cost() - before == pytest.approx(gains[one, other])
            search._swap(1, one, other)
    assert (search.met == TablePlan(tables, search.seats).meetings()).all()


@given(st.integers(0, 10**6))
def test_no_plan_passes_the_bound_and_everybody_has_a_seat(seed):
    chance = random.Random(seed)
    number, rounds = chance.randint(4, 14), chance.randint(1, 4)
    sizes = even_tables(number, chance.randint(1, min(4, number)))
    ids = [f"p{n}" for n in range(number)]
    together = [tuple(chance.sample(ids, 2))] if chance.random() < 0.4 and max(sizes) > 1 else []
    apart = [
        pair
        for pair in [tuple(chance.sample(ids, 2))]
        if len(sizes) > 2 and set(pair) - set(*together or [()])
    ]
    met = None
    if chance.random() < 0.4:
        met = met_before(_people(number), [[chance.sample(ids, number // 2)]])
    tables = Tables(_people(number, "xy"), sizes, rounds, Wishes(tuple(apart), tuple(together)), met)
    found = seat(tables, seed, effort=24)
    assert found.pairs() <= tables.most_pairs()
    assert found.broken() == ()
    for row in found.seats:
        assert tuple(np.bincount(row, minlength=len(sizes))) == sizes


def test_the_bound_counts_that_large_tables_seat_people_together_again():
    """Two rounds of three tables of four: each table of the second has two from one table of the first."""
    assert Tables(_people(12), (4, 4, 4), 2).most_pairs() == 36 - 3
    assert Tables(_people(4), (2, 2), 5).most_pairs() == 6


def test_those_who_stay_are_seated_anew_and_who_met_before_counts():
    held = [[["p0", "p1", "p2"], ["p3", "p4", "gone"]]]
    people = _people(6)
    met = met_before(people, held)
    assert met[0, 1] == met[3, 4] == 1
    assert met.sum() == 8
    found = seat(Tables(people, (2, 2, 2), 1, met=met), effort=200)
    assert found.meetings().max() == 1
    assert found.pairs() == 4 + 3


def test_wishes_are_kept_in_every_round():
    wishes = Wishes((("p0", "p1"), ("p0", "p2")), (("p3", "p4"), ("p4", "p5")), {"p6": 2, "p3": 3})
    found = seat(Tables(_people(16, "xy", "nnss"), even_tables(16, 4), 4, wishes), effort=300)
    assert found.broken() == ()
    assert {int(t) for t in found.seats[:, 5]} == {2}
    assert {int(t) for t in found.seats[:, 6]} == {1}


def test_a_plan_with_the_same_seed_is_the_same():
    tables = Tables(_people(13, "xyz"), even_tables(13, 3), 3)
    assert (seat(tables, 4, effort=100).seats == seat(tables, 4, effort=100).seats).all()


@pytest.mark.parametrize(
    ("wishes", "what"),
    [
        (Wishes((("p0", "p1"),), (("p0", "p2"), ("p2", "p1"))), "p0 and p1 must not share a table, and must"),
        (Wishes((), (("p0", "p1"), ("p1", "p2"), ("p2", "p3"))), "the largest has 3 seats"),
        (Wishes((), (("p0", "p1"),), {"p0": 1, "p1": 2}), "are to sit at different ones"),
        (Wishes((("p0", "p1"),), (), {"p0": 1, "p1": 1}), "both are to sit at table 1"),
        (Wishes((), (), dict.fromkeys(["p0", "p1", "p2", "p3"], 2)), "4 people are to sit at table 2"),
    ],
    ids=["apart", "large", "two tables", "one table", "full"],
)
def test_wishes_that_contradict_one_another_are_named(wishes, what):
    with pytest.raises(Impossible, match=what):
        Tables(_people(6), (3, 3), 2, wishes)


def test_wishes_that_no_plan_keeps_are_named_with_the_round():
    wishes = Wishes(tuple(itertools.combinations(["p0", "p1", "p2"], 2)))
    with pytest.raises(Impossible, match=r"round 1: p\d and p\d share a table"):
        seat(Tables(_people(6), (3, 3), 1, wishes), effort=50)


@pytest.mark.parametrize(
    ("made", "what"),
    [
        (lambda: Tables(_people(6), (3, 2), 2), "add up to 6"),
        (lambda: Tables(_people(6), (3, 3), 0), "must be a round"),
        (lambda: Tables(_people(6), (3, 3), 1, Wishes(fixed={"p0": 3})), "1 to 2"),
        (lambda: Tables(_people(6), (3, 3), 1, Wishes((("p0", "x"),))), "this id.*'x'"),
        (lambda: Wishes((("p0", "p0"),)), "two people"),
        (lambda: even_tables(3, 4), "1 to 3"),
        (lambda: Tables(_people(501), (501,), 1), "up to 500"),
    ],
    ids=["sizes", "rounds", "table", "stranger", "self", "tables", "many"],
)
def test_tables_that_cannot_be_are_refused(made, what):
    with pytest.raises(BadInput, match=what):
        made()

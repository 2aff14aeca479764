"""The public draw: RFC 3797 to the letter, codes that say nothing, a lottery that cannot be bent unseen."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.power.juries import (
    Level,
    Pool,
    Quotas,
    Target,
    Volunteer,
    address_of,
    code,
    key,
    numbered,
    picked,
    repairs,
    select,
    verify,
)  # fmt: skip
from tests.power.juries.pools import every_jury, tiny

BALLS = ["9319", "2, 5, 12, 8, 10", "9, 18, 26, 34, 41, 45"]  # the worked example of RFC 3797, section 6


def test_the_worked_example_of_the_rfc_comes_out():
    assert key(BALLS) == "9319./2.5.8.10.12./9.18.26.34.41.45./"
    assert picked(BALLS, 25, 10) == (17, 7, 2, 16, 25, 23, 8, 24, 19, 13)


@given(st.integers(1, 3000), st.text("abc123 ", min_size=1, max_size=8).filter(str.strip))
def test_a_draw_gives_each_number_once_and_never_another(number, value):
    assert sorted(picked([value], number, number)) == list(range(1, number + 1))


@pytest.mark.parametrize("values", [[], ["  "], ["3", "…"]])
def test_a_draw_without_a_value_is_refused(values):
    with pytest.raises(BadInput, match="public value"):
        key(values)


def test_words_are_read_the_same_however_they_are_written():
    assert picked(["Sunny  Day!"], 1000) == picked(["sunnyday"], 1000)
    assert key(["10, 007 9", "9" * 5000]) == f"7.9.10./{'9' * 5000}./"


def test_a_code_needs_the_secret():
    assert len({code("one", "p1"), code("two", "p1"), code("one", "p2")}) == 3
    assert "p1" not in code("one", "p1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Flat 2, 10 High St.", "APT 2 10 HIGH STREET", True),
        ("12 A Mill Rd", "12a mill road", True),
        ("St. Mary's House, 3 The Green", "st marys house 3 green", True),
        ("1 High Street TS10 1AA", "1 High Street TS101AA", True),
        ("1 High Street TS10 1AA", "1 High Street TS10 1AB", False),
        ("1 High Street", "11 High Street", False),
        ("Flat 1, 10 High Street", "Flat 2, 10 High Street", False),
        ("10 Mill Road", "10 Mill Avenue", False),
    ],
)
def test_british_addresses_are_matched_and_neighbours_are_not(one, other, same):
    assert (address_of(one).text == address_of(other).text) is same


def test_an_address_of_nothing_but_digits_is_read_once():
    assert address_of("1" * 100_000).text == "1" * 100_000


def _small():
    values = [("young", "old")[n % 2] for n in range(8)]
    pool = Pool(
        ("age",), tuple(Volunteer(f"p{n}", (v,), "mill" if n < 2 else "") for n, v in enumerate(values))
    )
    quotas = Quotas(4, (Target("age", "young", 2, 2), Target("age", "old", 2, 2)))
    found = select(pool, quotas)
    ids = [p.id for p in pool.volunteers]
    juries = [[ids[n] for n in jury] for jury in found.lottery.juries]
    return (
        pool,
        quotas,
        juries,
        list(found.lottery.weights),
        dict(zip(ids, found.chances, strict=True)),
        found,
    )


def _faults(change):
    pool, quotas, juries, weights, chances, found = _small()
    juries, weights, chances, levels = change(juries, weights, chances, found.levels)
    seen = verify(pool, quotas, juries, weights, chances, levels)
    return {fault.what for fault in seen.faults}, seen


def test_a_lottery_as_it_was_drawn_has_no_faults():
    faults, seen = _faults(lambda *parts: parts)
    assert faults == set()
    assert seen.gap < 1e-6


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda j, w, c, x: ([sorted({"p2", "p3", "p4", "p5"}), *j[1:]], w, c, x), "chance"),
        (lambda j, w, c, x: ([j[0][:-1], *j[1:]], w, c, x), "size"),
        (lambda j, w, c, x: ([["p0", "p1", "p2", "p3"], *j[1:]], w, c, x), "household"),
        (lambda j, w, c, x: ([["p2", "p4", "p6", "p3"], *j[1:]], w, c, x), "target"),
        (lambda j, w, c, x: ([["p99", *j[0][1:]], *j[1:]], w, c, x), "unknown"),
        (lambda j, w, c, x: (j, [w[0] * 2, *w[1:]], c, x), "sum"),
        (lambda j, w, c, x: (j, [-w[0], *w[1:]], c, x), "weight"),
        (lambda j, w, c, x: (j, w, {**c, "p5": c["p5"] + 1e-6}, x), "chance"),
        (lambda j, w, c, x: (j, w, {k: v for k, v in c.items() if k != "p5"}, x), "chance"),
        (lambda j, w, c, x: (j, w, c, x[:-1]), "proof"),
    ],
    ids=["person", "size", "household", "target", "unknown", "sum", "negative", "claim", "silent", "proof"],
)  # fmt: skip
def test_whatever_is_bent_is_found(change, what):
    assert what in _faults(change)[0]


def _three(levels):
    """Return what is said of a lottery that is not fair: of three equal pairs one always sits."""
    pool = Pool(("side",), tuple(Volunteer(f"p{n}", ("abc"[n // 2],)) for n in range(6)))
    quotas = Quotas(2, tuple(Target("side", v, 0, 2) for v in "abc"))
    chances = {p.id: float(p.id in {"p0", "p1"}) for p in pool.volunteers}
    return verify(pool, quotas, [["p0", "p1"]], [1.0], chances, levels)


@pytest.mark.parametrize(
    "levels",
    [
        (Level(1, (0,), (1,), ((0, 0.5),)), Level(0, (1, 2), (0.5, 0.5), ((0, 0.25),))),
        (Level(1, (0, 1, 2), (1, 0, 0), ((0, 0.5),)),),
        (Level(1, (0, 1, 2), (1 - 2e-9, 1e-9, 1e-9), ((0, 0.5),)),),
        (Level(0, (0, 1, 2), (1 / 3,) * 3, (), ((0, 0.0), (1, 0.0), (2, 0.0))),),
        (Level(1, (1,), (1,)), Level(0, (0, 2), (0.5, 0.5), (), ((1, -9.0),))),
        (Level(1, (1, 2), (0.5, 0.5)), Level(1, (0,), (1,), (), ((1, 1.0), (2, 1.0)))),
        (Level(0, (0, 1, 2), (1 / 3,) * 3, ((99, 1.0),)),),
        (Level(0, (0, 1, 2), (0.5, 0.5)),),
    ],
    ids=["highest first", "no weight", "hardly a weight", "overwritten", "below nought", "high floor", "row",
         "short"],
)  # fmt: skip
def test_a_forged_proof_does_not_make_an_unfair_lottery_look_fair(levels):
    seen = _three(levels)
    assert seen.faults or seen.gap > 0.1


@pytest.mark.parametrize("seed", range(40))
def test_another_lottery_cannot_use_the_proof_of_the_fair_one(seed):
    made = tiny(seed)
    juries = every_jury(*made) if made else []
    if len(juries) < 2:
        return
    pool, quotas = made
    found = select(pool, quotas)
    ids = [p.id for p in pool.volunteers]
    for jury in juries[:4]:
        chances = {id: float(at in jury) for at, id in enumerate(ids)}
        if max(abs(chances[id] - c) for id, c in zip(ids, found.chances, strict=True)) > 1e-3:
            seen = verify(pool, quotas, [[ids[n] for n in jury]], [1.0], chances, found.levels)
            assert seen.faults or seen.gap > 1e-6


def test_a_lottery_that_leaves_people_at_nought_shows_how_far_it_is_from_fair():
    """As a peer's leximin did for eleven months: the juries are right, and some people are on none."""
    pool, quotas, _, _, _, found = _small()
    young, old = ["p2", "p4"], ["p3", "p5"]
    chances = {p.id: float(p.id in {*young, *old}) for p in pool.volunteers}
    seen = verify(pool, quotas, [[*young, *old]], [1.0], chances, found.levels)
    assert seen.without == 4
    assert seen.gap > 0.4


@pytest.mark.parametrize(
    "forge",
    [
        lambda level: replace(level, held=tuple((kind, 0.0) for kind in level.settled)),
        lambda level: replace(level, prices=((0, 1e308), (1, -1e308))),
        lambda level: replace(level, prices=((0, 1e20), (1, -1e20))),
        lambda level: replace(level, prices=((99, 1.0),)),
        lambda level: replace(level, held=((0, -5.0),)),
        lambda level: replace(level, weights=(*level.weights, 0.0)),
        lambda level: replace(level, chance=1.0),
    ],
    ids=["weighed away", "endless", "lost in sums", "no such target", "below nought", "lengths", "claimed"],
)
def test_a_proof_that_was_forged_does_not_make_an_unfair_lottery_fair(forge):
    pool, quotas, _, _, _, found = _small()
    young, old = ["p2", "p4"], ["p3", "p5"]
    chances = {p.id: float(p.id in {*young, *old}) for p in pool.volunteers}
    levels = tuple(map(forge, found.levels))
    seen = verify(pool, quotas, [[*young, *old]], [1.0], chances, levels)
    assert "proof" in {fault.what for fault in seen.faults}


def test_numbered_juries_give_people_alike_the_same_number_of_places_or_one_more():
    pool, _, _, _, _, found = _small()
    times = dict.fromkeys(range(len(pool.volunteers)), 0)
    for jury in numbered(found.kinds, found.mixture, 101):
        for person in jury:
            times[person] += 1
    assert max(times[n] for n in (2, 4, 6)) - min(times[n] for n in (2, 4, 6)) <= 1
    with pytest.raises(BadInput, match="numbered juries"):
        numbered(found.kinds, found.mixture, 0)


def test_a_repair_makes_a_jury_possible_and_a_second_is_another():
    people = tuple(Volunteer(f"p{n}", ("young" if n == 0 else "old", "n")) for n in range(6))
    targets = (Target("age", "young", 2, 2), Target("age", "old", 2, 2), Target("side", "n", 0, 4))
    pool, quotas = Pool(("age", "side"), people), Quotas(4, targets)
    found = repairs(pool, quotas)
    assert found[0].people == 2
    assert len({repair.changes for repair in found}) == len(found)
    for repair in found:
        instead = {change.before: change.after for change in repair.changes}
        mended = Quotas(4, tuple(instead.get(t, t) for t in targets))
        assert select(pool, mended).chances.sum() == pytest.approx(4)

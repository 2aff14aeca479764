"""What a ballot may hold, and the words for what it may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.power.budgeting import BallotForm, Marks
from fairground.power.budgeting.ballot import pounds

COSTS = {"park": 6000, "bench": 2000, "pool": 250050}
TICKS = BallotForm("approval")
TWO = BallotForm("k-approval", most=2)
TEN_POINTS = BallotForm("points", points=10, most_each=6)
RANKING = BallotForm("ranking", most=3)
PURSE = BallotForm("approval", ceiling=8000)


def words(form, *projects, points=()):
    return [str(fault) for fault in form.faults(Marks(projects, points), costs=COSTS)]


@pytest.mark.parametrize("form", [TICKS, TWO, TEN_POINTS, RANKING, PURSE])
def test_a_ballot_without_marks_is_allowed(form):
    assert words(form) == []


@pytest.mark.parametrize(
    ("form", "marks"),
    [
        (TICKS, Marks(("park", "bench", "pool"))),
        (TWO, Marks(("pool", "park"))),
        (TEN_POINTS, Marks(("park", "bench"), (6, 4))),
        (RANKING, Marks(("pool", "park", "bench"))),
        (PURSE, Marks(("park", "bench"))),
    ],
)
def test_a_ballot_at_its_limits_is_allowed(form, marks):
    assert form.checked(marks, costs=COSTS) is marks


@pytest.mark.parametrize(
    ("form", "projects", "points", "told"),
    [
        (TICKS, ("zoo",), (), "field 'projects': This project is not on the ballot. You gave 'zoo'."),
        (
            TICKS,
            ("park", "park"),
            (),
            "field 'projects': A project can be marked once only. You gave 'park'.",
        ),
        (TICKS, ("park",), (3,), "field 'points': This ballot has no points. You gave '(3,)'."),
        (
            TWO,
            ("park", "bench", "pool"),
            (),
            "field 'projects': You marked too many projects. You gave '3'. Allowed: up to 2.",
        ),
        (
            TEN_POINTS,
            ("park",),
            (),
            "field 'points': Each project that you mark needs points. You gave '()'.",
        ),
        (
            TEN_POINTS,
            ("park",),
            (7,),
            "field 'park': Points are whole numbers. You gave '7'. Allowed: 1 to 6, or nothing.",
        ),
        (
            TEN_POINTS,
            ("park",),
            (-1,),
            "field 'park': Points are whole numbers. You gave '-1'. Allowed: 1 to 6, or nothing.",
        ),
        (
            TEN_POINTS,
            ("park", "bench"),
            (6, 5),
            "field 'points': You gave more points than you have. You gave '11'. Allowed: up to 10 together.",
        ),
        (
            PURSE,
            ("pool", "park"),
            (),
            "field 'projects': The projects you ticked cost more than there is. "
            "You gave '£2,560.50'. Allowed: up to £80 together.",
        ),
    ],
)
def test_each_fault_has_its_words(form, projects, points, told):
    assert words(form, *projects, points=points) == [told]
    with pytest.raises(BadInput):
        form.checked(Marks(projects, points), costs=COSTS)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"type": "plurality"}, "type"),
        ({"type": "k-approval"}, "max_projects"),
        ({"type": "points"}, "points"),
        ({"type": "approval", "points": 5}, "points"),
        ({"type": "approval", "most_each": 5}, "max_points"),
        ({"type": "ranking", "ceiling": 5}, "within_budget"),
        ({"type": "k-approval", "most": 0}, "max_projects"),
        ({"type": "k-approval", "most": True}, "max_projects"),
        ({"type": "points", "points": 10**9}, "points"),
        ({"type": "approval", "ceiling": -1}, "amount_pence"),
    ],
)
def test_a_form_that_makes_no_sense_is_refused_by_its_field(facts, field):
    with pytest.raises(BadInput) as told:
        BallotForm(**facts)
    assert told.value.field == field


def test_what_is_left_is_money_points_or_marks():
    assert PURSE.left(Marks(("bench",)), costs=COSTS) == 6000
    assert TEN_POINTS.left(Marks(("park",), (4,)), costs=COSTS) == 6
    assert TWO.left(Marks(("park",)), costs=COSTS) == 1
    with pytest.raises(BadInput, match="no limit"):
        TICKS.left(Marks(()), costs=COSTS)


marks = st.lists(st.sampled_from([*COSTS, "zoo"]), max_size=5).flatmap(
    lambda ids: st.builds(
        Marks,
        st.just(tuple(ids)),
        st.lists(st.integers(-1, 8), min_size=len(ids), max_size=len(ids)).map(tuple),
    )
)


@given(marks)
def test_points_that_are_allowed_are_within_every_limit_and_each_project_once(found):
    if not TEN_POINTS.faults(found, costs=COSTS):
        assert set(found.projects) <= set(COSTS)
        assert len(set(found.projects)) == len(found.projects)
        assert all(1 <= points <= 6 for points in found.points)
        assert TEN_POINTS.left(found, costs=COSTS) >= 0
    else:
        with pytest.raises(BadInput):
            TEN_POINTS.checked(found, costs=COSTS)


@given(st.lists(st.sampled_from(list(COSTS)), unique=True))
def test_taking_a_tick_away_never_makes_a_good_ballot_bad(ids):
    for form in (TICKS, TWO, PURSE, RANKING):
        if not form.faults(Marks(tuple(ids)), costs=COSTS):
            assert not form.faults(Marks(tuple(ids[1:])), costs=COSTS)


def test_money_is_written_as_people_write_it():
    assert [pounds(p) for p in (0, 5, 125000, 125050, -100)] == ["£0", "£0.05", "£1,250", "£1,250.50", "-£1"]

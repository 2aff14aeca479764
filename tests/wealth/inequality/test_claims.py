"""The verdict ladder: each rule once, and what is true of every verdict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.wealth.inequality import VERDICTS, Claim, Recomputed, verdict


def claim(said, within=0.5, **more):
    return Claim("c", said, within, "years", "Five years.", "a source", "a gap", "by-hand", **more)


def row(value, *, literal=True):
    return Recomputed("gap", "2020", value, "first edition", literal)


@pytest.mark.parametrize(
    ("rule", "said", "rows", "expected"),
    [
        ("1, no number said", None, [row(5)], "not-yet"),
        ("1, nothing to set against it", 5.0, [], "not-yet"),
        ("2, every literal figure agrees", 5.0, [row(4.6), row(5.4), row(9, literal=False)], "holds"),
        ("3, some agree and some do not", 5.0, [row(5), row(8)], "depends"),
        ("4, only another definition agrees", 5.0, [row(6.4), row(5.2, literal=False)], "another-definition"),
        ("4 comes before 5", 5.0, [row(1), row(9), row(5, literal=False)], "another-definition"),
        ("5, what was said lies between", 63.0, [row(60.1), row(64.8)], "depends"),
        ("6, none agrees", 1.0, [row(9), row(13)], "does-not-hold"),
        ("7, only other definitions, none agrees", 86.0, [row(63, literal=False)], "not-yet"),
    ],
)
def test_each_rule_of_the_ladder(rule, said, rows, expected):
    assert verdict(claim(said), rows) == expected, rule


def test_more_than_is_met_by_anything_above_and_by_nothing_below():
    more = claim(6000.0, 0.0, at_least=True)
    assert verdict(more, [row(6250.0)]) == "holds"
    assert verdict(more, [row(5769.0)]) == "does-not-hold"
    assert verdict(more, [row(6250.0), row(5769.0)]) == "depends"


NUMBERS = st.floats(-1e9, 1e9)
ROWS = st.lists(st.builds(lambda v, lit: row(v, literal=lit), NUMBERS, st.booleans()), max_size=6)


@given(NUMBERS, ROWS, st.randoms(use_true_random=False))
def test_a_verdict_does_not_hang_on_the_order_of_the_figures(said, rows, chance):
    shuffled = rows[:]
    chance.shuffle(shuffled)
    assert verdict(claim(said), rows) == verdict(claim(said), shuffled)
    assert verdict(claim(said), rows) in VERDICTS


@given(NUMBERS, ROWS, st.floats(1, 1e6))
def test_more_room_never_turns_a_claim_that_holds_into_one_that_does_not(said, rows, wider):
    if verdict(claim(said, 0.5), rows) == "holds":
        assert verdict(claim(said, 0.5 + wider), rows) == "holds"


@given(NUMBERS, ROWS)
def test_a_figure_that_agrees_never_makes_a_claim_fail(said, rows):
    assert verdict(claim(said), [*rows, row(said)]) in ("holds", "depends")


@given(NUMBERS, ROWS, st.sampled_from([2.0, 4.0, 0.5]))
def test_the_unit_does_not_matter(said, rows, scale):
    scaled = [row(one.value * scale, literal=one.literal) for one in rows]
    assert verdict(claim(said), rows) == verdict(claim(said * scale, 0.5 * scale), scaled)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"within": -1.0}, "within"),
        ({"within": float("nan")}, "within"),
        ({"said": float("inf")}, "said"),
        ({"kind": "rumour"}, "kind"),
        ({"check": "none"}, "unknown"),
    ],
)
def test_a_claim_refuses_nonsense(more, field):
    plain = {"id": "c", "said": 1.0, "within": 0.0, "unit": "", "statement": "", "cites": "", "implies": ""}
    with pytest.raises(BadInput) as caught:
        Claim(**{**plain, "check": "x", **more})
    assert caught.value.field == field


def test_a_recomputed_figure_must_be_a_number():
    with pytest.raises(BadInput, match="finite"):
        row(float("nan"))

"""Where the second counter cannot count every endowment, it counts a sample, and says so."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.power.budgeting import Rule, count, second
from fairground.power.budgeting.plain import PlainCount
from fairground.power.budgeting.second import _evenly
from tests.power.budgeting.elections import elections, town, tries

RULES = [
    Rule(method, completion=completion, stop_when_exhausted=stop)
    for method in ("equal-shares", "exact-equal-shares")
    for completion in ("add1", "add1u")
    for stop in (True, False)
]


@pytest.mark.parametrize(
    "rule", RULES, ids=lambda rule: f"{rule.method} {rule.completion} {rule.stop_when_exhausted}"
)
@given(election=elections(most=5), patience=st.integers(1, 400))
@tries(40)
def test_a_sample_agrees_wherever_the_whole_agrees(rule, election, patience):
    counted = count(election, rule)
    whole, sample = second(election, counted), second(election, counted, patience=patience)
    assert whole.agree
    assert whole.counted == whole.endowments
    assert sample.agree
    assert set(sample.winners) == set(whole.winners)
    assert sample.counted <= sample.endowments == whole.endowments


@given(steps=st.integers(3, 5000), most=st.integers(3, 60))
def test_a_sample_holds_the_first_and_the_last_two(steps, most):
    chosen = _evenly(steps, most)
    assert {0, steps - 2, steps - 1} <= set(chosen) <= set(range(steps))
    assert len(chosen) <= most + 1


RISING = town(
    100,
    {"park": 31, "bench": 20, "slide": 36, "trees": 52, "pond": 14, "path": 15},
    (["slide"], 5),
    (["pond"], 3),
    (["park"], 4),
    (["park", "bench", "path", "slide"], 4),
    (["path", "pond"], 1),
)


@pytest.mark.parametrize("method", ["equal-shares", "exact-equal-shares"])
@pytest.mark.parametrize("fault", ["bought", "ended", "later"])
def test_a_sample_notices_a_slip_on_the_way(method, fault, monkeypatch):
    """Whatever differs at a sampled endowment is told, even where the last winners are the same."""
    rule = Rule(method, step=Fraction(1, 8), completion="add1", stop_when_exhausted=False)
    counted = count(RISING, rule)
    true = PlainCount.outcome

    def slip(plain, endowment):
        bought, later = true(plain, endowment)
        first = endowment == plain.endowment()
        if fault == "bought" and first:
            return bought[1:], later
        return bought, None if fault == "later" and first else later

    monkeypatch.setattr(PlainCount, "outcome", slip)
    if fault == "ended":
        monkeypatch.setattr(PlainCount, "ended", lambda _plain, _chosen: True)
    found = second(RISING, counted, patience=1)
    assert found.counted < found.endowments
    assert not found.agree

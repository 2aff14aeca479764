"""Whole pence: exact sums, quota, bounds, ties and what cannot be done."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput, Impossible
from fairground.measures.apportionment import apportion

SHARES = st.lists(st.integers(1, 60), min_size=1, max_size=8)
METHODS = ["largest-remainder", "webster"]


@pytest.mark.parametrize("method", METHODS)
@given(shares=SHARES, total=st.integers(0, 300), data=st.data())
def test_amounts_add_up_inside_their_bounds(method, shares, total, data):
    low = [data.draw(st.integers(0, total // len(shares))) for _ in shares]
    high = [data.draw(st.integers(max(a, -(-total // len(shares))), total)) for a in low]
    out = apportion(shares, total=total, lower=low, upper=high, method=method)
    assert sum(out) == total
    assert all(a <= x <= b for a, x, b in zip(low, out, high, strict=True))


@given(shares=SHARES, total=st.integers(0, 300))
def test_largest_remainder_stays_in_quota(shares, total):
    for share, amount in zip(shares, apportion(shares, total=total), strict=True):
        assert abs(amount - Fraction(share * total, sum(shares))) < 1


@given(shares=SHARES, total=st.integers(0, 300))
def test_webster_never_takes_a_penny_back_when_the_pot_grows(shares, total):
    fewer = apportion(shares, total=total, method="webster")
    more = apportion(shares, total=total + 1, method="webster")
    assert all(a <= b for a, b in zip(fewer, more, strict=True))


@given(shares=SHARES, total=st.integers(0, 60))
def test_webster_agrees_with_giving_one_unit_at_a_time(shares, total):
    slow = [0] * len(shares)
    for _ in range(total):
        slow[min(range(len(shares)), key=lambda i: (Fraction(2 * slow[i] + 1, shares[i]), i))] += 1
    assert apportion(shares, total=total, method="webster") == tuple(slow)


def test_a_tie_goes_to_the_earlier_key():
    assert apportion([1, 1], total=3, keys=["b", "a"]) == (1, 2)


def test_bounds_that_clash_are_named():
    with pytest.raises(Impossible, match="lower bounds add up to 12"):
        apportion([1, 1], total=10, lower=[6, 6])


def test_a_negative_share_names_its_row():
    with pytest.raises(BadInput, match="row 2"):
        apportion([1, -1], total=10)

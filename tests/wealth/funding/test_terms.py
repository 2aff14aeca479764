"""Each year of a path may have a level, a pot and other spending of its own."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.wealth.funding import Terms, path
from tests.wealth.funding.test_laws import law, paths


@pytest.mark.slow
@law
@given(paths(), st.lists(st.tuples(st.integers(10**7, 10**9), st.fractions(1, 2000)), min_size=1, max_size=4))
def test_each_year_of_a_path_may_have_a_pot_and_a_level_of_its_own(world, years):
    """The years behind are a stock of pounds: it wears away and grows by what lacks from the year's level."""
    formula, where = world
    formula = replace(formula, years=4, previous_floor=None)
    base = tuple(one * 1000 for one in where.base)
    terms = [Terms(pot, level, base) for pot, level in years]
    found = path(formula, where, terms=terms)
    for year in found:
        own = terms[min(year.number, len(terms)) - 1]
        assert sum(year.pence) == own.pot
    assume(formula.beta and formula.kappa)
    for year, after in pairwise(found):
        own, then = (terms[min(one.number, len(terms)) - 1] for one in (year, after))
        for i, people in enumerate(where.populations):
            lacks = max(Fraction(0), own.level - base[i] - Fraction(year.pence[i], 100 * people))
            owed = year.behind[i] * own.level * (1 - formula.depreciation) + lacks
            assert after.behind[i] * then.level == owed


@pytest.mark.slow
@law
@given(paths())
def test_terms_that_say_what_the_formula_says_change_nothing(world):
    formula, where = world
    formula = replace(formula, uprating=Fraction(1))
    base = tuple(one * where.level for one in where.base)
    assert path(formula, where, terms=[Terms(formula.pot, where.level, base)]) == path(formula, where)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ((-1, Fraction(1), ()), "pot"),
        ((1, Fraction(0), ()), "level"),
        ((1, Fraction(1), (Fraction(-1),)), "base"),
    ],
)
def test_terms_that_cannot_be_are_refused(terms, said):
    with pytest.raises(BadInput, match=said):
        Terms(*terms)

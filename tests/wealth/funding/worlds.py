"""Small made-up worlds for property tests: a formula with every term, and places that it can serve."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume
from hypothesis import strategies as st

from fairground.errors import Impossible
from fairground.wealth.funding import Areas, Column, Formula, Weighted, path

SHARES = st.fractions(0, 1, max_denominator=20)


@st.composite
def areas(draw, *, least=2, most=7):
    """Places with two indicators, cost and catch-up."""
    n = draw(st.integers(least, most))

    def column(values):
        return tuple(draw(st.lists(values, min_size=n, max_size=n)))

    return Areas(
        tuple(f"E{i:02}" for i in range(n)),
        tuple(f"Place {i}" for i in range(n)),
        tuple(f"Region {i % 3}" for i in range(n)),
        column(st.integers(1, 10_000)),
        (
            Column("hardship", column(st.floats(0.5, 80))),
            Column("output", column(st.floats(10, 60))),
        ),
        cost=column(st.floats(0.8, 1.3)),
        behind=column(st.fractions(0, 5, max_denominator=50)),
    )


@st.composite
def formulas(draw, *, bounded=True):
    """A formula with exponents, cost, catch-up and (if wanted) a floor and a cap that can hold the pot."""
    weight = draw(SHARES)
    return Formula(
        (Weighted("hardship", weight), Weighted("output", 1 - weight, "better")),
        draw(st.integers(10_000, 10**10)),
        alpha=draw(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2)])),
        gamma=draw(st.sampled_from([Fraction(0), Fraction(1)])),
        beta=draw(st.sampled_from([Fraction(0), Fraction(1)])),
        kappa=draw(st.fractions(0, 1, max_denominator=10)),
        floor=draw(st.none() | SHARES) if bounded else None,
        cap=draw(st.none() | st.fractions(1, 3, max_denominator=10)) if bounded else None,
        rounding=draw(st.sampled_from(["largest-remainder", "webster"])),
    )


@st.composite
def worlds(draw, *, bounded=True):
    """A formula and its places."""
    return draw(formulas(bounded=bounded)), draw(areas())


@st.composite
def paths(draw):
    """A formula with a schedule, and places with a past."""
    formula, world = draw(worlds())
    n = len(world.codes)
    previous = tuple(draw(st.lists(st.integers(10**6, 10**9), min_size=n, max_size=n)))
    base = tuple(draw(st.lists(st.fractions(0, 1, max_denominator=20), min_size=n, max_size=n)))
    formula = replace(
        formula,
        years=draw(st.integers(1, 10)),
        band=draw(st.none() | st.fractions(Fraction(1, 50), Fraction(1, 2), max_denominator=50)),
        uprating=draw(st.sampled_from([Fraction(1), Fraction(103, 100)])),
        damping=draw(st.sampled_from([(Fraction(1),), (Fraction(1, 3), Fraction(2, 3), Fraction(1))])),
    )
    world = replace(world, previous=previous, base=base, level=Fraction(900))
    try:
        path(formula, world)
    except Impossible:  # bands and caps, each rounded to a penny, can leave no answer
        assume(False)
    return formula, world

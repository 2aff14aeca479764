"""Small made-up worlds for property tests: a formula with every term, and places that it can serve."""

from fractions import Fraction

from hypothesis import strategies as st

from fairground.wealth.funding import Areas, Column, Formula, Weighted

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

"""Real funding schemes as cases: how each shares its money, with the rule's source.

Each scheme is a function of its published rule alone; sums are exact fractions of a pound. References:
Department for Transport, capability grant 2025/26 (LocalGov, 1 April 2025); Welsh Government, Local Growth
Fund 2026/27; Levelling Up Fund index (Civil Service World, 2021); Barnett's rule (House of Commons
Library); UK Shared Prosperity Fund 2025/26 (methodology note, 13 December 2024).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from fairground import standards
from fairground.errors import BadInput, Impossible, NotFound


def _number(id: str, day: date) -> Fraction:
    return Fraction(standards.get("fairground.wealth.funding", id).on(day))


CAPABILITY_POPULATION_SHARE = _number("capability-grant-population-share", date(2025, 4, 1))
WALES_LUMP_SUM = _number("wales-lump-sum", date(2026, 4, 1))
LUF_WEIGHTS = tuple(
    _number(f"levelling-up-index-{part}", date(2021, 3, 3))
    for part in ("recovery", "transport", "regeneration")
)
UKSPF_MAYORAL_SHARE = _number("ukspf-mayoral-capital-share", date(2025, 4, 1))


@dataclass(frozen=True)
class Scheme:
    """A real scheme: its rule as a function, and where the rule is written."""

    id: str
    name: str
    reference: str
    run: Callable[..., Any]


def population_and_equal(
    pot: Fraction | int,
    populations: Sequence[int],
    *,
    population_share: Fraction = CAPABILITY_POPULATION_SHARE,
) -> tuple[Fraction, ...]:
    """Share part of a pot (pounds) by population and the rest equally; same order as the places.

    Raises
    ------
    BadInput : a negative pot, a share outside 0 to 1, no places, or a population that is not above zero.

    Notes
    -----
    Source: DfT local transport authority capability grant 2025/26, 70% population and 30% equal.
    """
    if not 0 <= population_share <= 1:
        raise BadInput("A share must lie between 0 and 1", "population_share", population_share, "0 to 1")
    _check(pot, populations, "population")
    people, places = sum(populations), len(populations)
    by_people, equal = pot * population_share, pot * (1 - population_share)
    return tuple(by_people * Fraction(p, people) + Fraction(equal, places) for p in populations)


def lump_sum_then_shares(
    pot: Fraction | int, shares: Sequence[Fraction | int], *, lump: Fraction | int = WALES_LUMP_SUM
) -> tuple[Fraction, ...]:
    """Give each region a lump sum (pounds) first, then share the rest in proportion to `shares`.

    Raises
    ------
    BadInput : a negative pot or lump, no regions, or a share that is not above zero.
    Impossible : the lump sums cost more than the pot.

    Notes
    -----
    Source: Welsh Government, Local Growth Fund Wales 2026/27: £200,000 for each region first.
    """
    _check(pot, shares, "share")
    if lump < 0:
        raise BadInput("A lump sum must not be negative", "lump", lump, "0 or more")
    rest = pot - lump * len(shares)
    if rest < 0:
        raise Impossible(
            "The lump sums cost more than the pot",
            (f"pot: £{pot}", f"lump sums: {len(shares)} x £{lump}"),
        )
    return tuple(lump + rest * Fraction(share) / sum(shares) for share in shares)


def levelling_up_index(
    recovery: Fraction | int, *, transport: Fraction | int, regeneration: Fraction | int
) -> Fraction:
    """Return the Levelling Up Fund index from its three component scores, weighted 50, 25 and 25.

    How the components were scored from their indicators is not verified, so they are inputs.

    Raises
    ------
    BadInput : a negative score.

    Notes
    -----
    Source: Levelling Up Fund round 1 methodology note (2021), as reported by Civil Service World.
    """
    parts = (recovery, transport, regeneration)
    for name, part in zip(("recovery", "transport", "regeneration"), parts, strict=True):
        if part < 0:
            raise BadInput("A score must not be negative", name, part, "0 or more")
    return sum((w * Fraction(p) for w, p in zip(LUF_WEIGHTS, parts, strict=True)), Fraction(0))


def barnett_increment(
    change: Fraction | int,
    *,
    comparability: Fraction,
    population_share: Fraction,
    needs_factor: Fraction = Fraction(1),
) -> Fraction:
    """Return what a nation's budget changes by (pounds) when a UK department's budget changes.

    Parameters
    ----------
    change : change in the UK department's budget, pounds; a cut is below zero.
    comparability : share of the department's work that the nation does for itself, 0 to 1.
    population_share : the nation's population as a share of the comparator's, above 0.
    needs_factor : multiplier for need (Wales only), above 0; 1 for none.

    Raises
    ------
    BadInput : a share or factor outside its range.

    Notes
    -----
    Source: the Barnett formula as set out by the House of Commons Library.
    """
    if not 0 <= comparability <= 1:
        raise BadInput("Comparability must lie between 0 and 1", "comparability", comparability, "0 to 1")
    if not 0 < population_share <= 1:
        raise BadInput("A share must lie between 0 and 1", "population_share", population_share, "0 to 1")
    if needs_factor <= 0:
        raise BadInput("A needs factor must be above zero", "needs_factor", needs_factor, "above 0")
    return Fraction(change) * comparability * population_share * needs_factor


def mayoral_reserve(england: Fraction | int, *, share: Fraction = UKSPF_MAYORAL_SHARE) -> Fraction:
    """Return the part of England's money (pounds) held back for mayoral areas.

    Raises
    ------
    BadInput : a negative amount or a share outside 0 to 1.

    Notes
    -----
    Source: UK Shared Prosperity Fund 2025/26 methodology note: 12% of £570 million, about £68 million.
    """
    if england < 0:
        raise BadInput("An amount must not be negative", "england", england, "0 or more")
    if not 0 <= share <= 1:
        raise BadInput("A share must lie between 0 and 1", "share", share, "0 to 1")
    return england * share


SCHEMES = (
    Scheme(
        "capability-grant",
        "Transport capability grant: 70% by population, 30% equal",
        "Department for Transport, 2025/26 (LocalGov, 1 April 2025)",
        population_and_equal,
    ),
    Scheme(
        "local-growth-wales",
        "Local Growth Fund Wales: a lump sum first, then shares",
        "Welsh Government, 2026/27",
        lump_sum_then_shares,
    ),
    Scheme(
        "levelling-up-index",
        "Levelling Up Fund index: 50, 25 and 25",
        "Levelling Up Fund methodology note, 2021 (Civil Service World)",
        levelling_up_index,
    ),
    Scheme(
        "barnett",
        "Barnett formula: what a change in England means elsewhere",
        "House of Commons Library, quoted by the Open University",
        barnett_increment,
    ),
    Scheme(
        "shared-prosperity-reserve",
        "UK Shared Prosperity Fund: 12% of England's money held for mayoral areas",
        "MHCLG methodology note, 13 December 2024",
        mayoral_reserve,
    ),
)


def scheme(wanted: str) -> Scheme:
    """Return a scheme by its id.

    Raises
    ------
    NotFound : no scheme has that id.
    """
    for one in SCHEMES:
        if one.id == wanted:
            return one
    ids = tuple(one.id for one in SCHEMES)
    raise NotFound("There is no such scheme", "scheme", wanted, ", ".join(ids))


def _check(pot: Fraction | int, parts: Sequence[Fraction | int], name: str) -> None:
    if pot < 0:
        raise BadInput("A pot must not be negative", "pot", pot, "0 or more")
    if not parts:
        raise BadInput("Name at least one place", name, "none")
    for row, part in enumerate(parts, start=1):
        if part <= 0:
            raise BadInput(f"A {name} must be above zero", name, part, "above 0", row)

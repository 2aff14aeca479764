"""How sure a formula's result is: what each district would get with other weights and other figures.

Draws weights at random around the chosen ones, and figures inside their published limits, and shares the
pot anew each time. `wealth.funding.sensitivity` says how; the answer keeps the seed, so anyone can repeat it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from fairground import typed
from fairground.evidence import Answer, Method, Step
from fairground.questions.wealth.choice import Choice
from fairground.questions.wealth.formula import for_districts, sources_of
from fairground.sources import figures
from fairground.wealth.funding.formula import Areas
from fairground.wealth.funding.sensitivity import Draws, Sensitivity
from fairground.wealth.funding.sensitivity import sensitivity as ranges_of

__all__ = ["sensitivity"]

METHOD = Method(
    "weights-and-errors",
    "The pot is shared anew for each random draw of the weights and of the figures' errors",
    "OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 7: docs/explanation/funding.md",
)
SURE = 0.95


@dataclass(frozen=True)
class Stake:
    """One district's amount, the range that nine draws in ten fall in, and its chance of a gain.

    Amounts are whole pence; rank 1 is the most per head. `left_out_low` and `left_out_high` are the least and
    most that it gets when one indicator is left out altogether.
    """

    code: str
    name: str
    region: str
    pence: int
    low_pence: int
    high_pence: int
    at_stake_pence: int
    per_head: float
    per_head_low: float
    per_head_high: float
    rank: int
    rank_low: int
    rank_high: int
    gain_chance: float
    left_out_low_pence: int
    left_out_high_pence: int


@dataclass(frozen=True)
class Stakes:
    """Every district, the most money at stake per head first; `moved` is the share of the pot that shifts."""

    draws: int
    seed: int
    moved: float
    gain: int
    lose: int
    depends: int
    rows: tuple[Stake, ...]


def sensitivity(
    choice: Choice,
    *,
    draws: int | str = 10_000,
    seed: int | str = 1,
    error: object = "",
    tell: Callable[[float], None] | None = None,
) -> Answer[Stakes]:
    """Answer how far each district's amount and rank depend on the weights and on errors in the figures.

    Parameters
    ----------
    choice : the formula that is tried; its weights are the centre of the draws.
    draws : how many times the pot is shared anew, 100 to 67,567 for 296 districts.
    seed : any whole number; the same seed gives the same answer.
    tell : is called now and then with the share of the draws that are done.
    error : error that is assumed where a figure has no published limits, as a share of it, such as 0.05.

    Raises
    ------
    BadInput : a number outside its range. Impossible : the floors or caps clash with the pot.

    Notes
    -----
    Method: OECD and JRC handbook (2008), step 7.
    """
    settings = Draws(
        typed.whole(draws, "draws"),
        typed.whole(seed, "seed"),
        error=typed.exact(str(error).strip() or "0", "error", least=0, most=1),
    )
    areas = for_districts(choice)
    found = ranges_of(choice.formula(), areas, draws=settings, tell=tell)
    rows = _rows(areas, found)
    gain = sum(row.gain_chance >= SURE for row in rows)
    lose = sum(row.gain_chance <= 1 - SURE for row in rows)
    value = Stakes(
        settings.count,
        settings.seed,
        found.moved,
        gain,
        lose,
        len(rows) - gain - lose,
        tuple(sorted(rows, key=lambda row: (row.per_head_low - row.per_head_high, row.code))),
    )
    return Answer(value, METHOD, _steps(choice, value, found), sources_of(choice))


def _rows(areas: Areas, found: Sensitivity) -> tuple[Stake, ...]:
    return tuple(
        Stake(
            held.code,
            name,
            region,
            held.pence,
            held.low,
            held.high,
            held.at_stake,
            held.pence / 100 / people,
            held.low / 100 / people,
            held.high / 100 / people,
            held.rank,
            held.rank_low,
            held.rank_high,
            held.gain,
            held.left_out_low,
            held.left_out_high,
        )
        for held, name, region, people in zip(
            found.ranges, areas.names, areas.groups, areas.populations, strict=True
        )
    )


def _steps(choice: Choice, value: Stakes, found: Sensitivity) -> tuple[Step, ...]:
    most = value.rows[0]
    facts = {"gain": value.gain, "lose": value.lose, "depends": value.depends, "districts": len(value.rows)}
    steps = [
        Step("sensitivity.headline", facts),
        Step("sensitivity.draws", {"draws": value.draws, "seed": value.seed}),
        Step("sensitivity.weights" if len(choice.indicators) > 1 else "sensitivity.one-indicator"),
    ]
    if found.with_limits:
        steps.append(Step("sensitivity.limits", {"indicators": _names(found.with_limits)}))
    if found.without_limits:
        code = "sensitivity.assumed" if found.draws.error else "sensitivity.no-limits"
        missing = {"indicators": _names(found.without_limits), "error": found.draws.error}
        steps.append(Step(code, missing))
    steps += [
        Step("sensitivity.moved", {"share": value.moved, "pot": choice.pot * Fraction(value.moved)}),
        Step(
            "sensitivity.most",
            {"place": most.name, "low": most.per_head_low, "high": most.per_head_high, "now": most.per_head},
        ),
        Step("sensitivity.columns"),
    ]
    return tuple(steps)


def _names(ids: tuple[str, ...]) -> str:
    return "; ".join(figures.indicator(id).name for id in ids)

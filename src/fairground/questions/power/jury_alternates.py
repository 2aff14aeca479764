"""Who steps in on a jury: alternates chosen in advance, how far the jury would be off, and with whom.

Asks `power.juries` about the jury of a council's file, and measures the choice on new pictures of who leaves:
beside nobody stepping in, and beside as many people drawn by chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Source, Step
from fairground.power.juries import Alternates, Off, Pool, Quotas, Staying, alternates, off
from fairground.power.juries.alternates import who_may_step_in
from fairground.power.juries.chance import Stream
from fairground.power.juries.sampling import seed_for
from fairground.questions.power.lottery_file import LotteryFile

__all__ = ["step_in"]

SETS = 10  # of people drawn by chance, beside which the choice is measured
METHOD = Method(
    "jury-alternates",
    "Alternates chosen by a linear program over pictures of who leaves, then measured on new pictures",
    "Assos, Baharav, Flanigan and Procaccia (2025), Alternates, assemble!, arXiv 2506.15716",
)


@dataclass(frozen=True)
class StepsIn:
    """One alternate: the place in the list, and the share of pictures in which the person is called."""

    place: int
    id: str
    called: float


@dataclass(frozen=True)
class SteppingIn:
    """Alternates, and how far the jury is off on average: in people by which targets are missed, and places.

    Parameters
    ----------
    without, chosen, by_chance : with nobody to step in, with these alternates, with as many drawn by chance.
        error : the standard error of `chosen`. whole_without, whole : the share of pictures in which nothing
        is missed. pictures : how many were measured. tried, least : over the pictures that chose, how far the
        jury is off with these, and the least that any others could come to.
    """

    jury: tuple[str, ...]
    alternates: tuple[str, ...]
    rows: tuple[StepsIn, ...]
    everyone: float
    without: float
    chosen: float
    error: float
    by_chance: float
    whole_without: float
    whole: float
    pictures: int
    tried: float
    least: float


def step_in(
    lottery: LotteryFile, sources: tuple[Source, ...], number: int, staying: Staying | None = None
) -> Answer[SteppingIn]:
    """Answer who should stand ready to step in on the jury of a council's file.

    Raises
    ------
    BadInput : a public file; a number below 1. Impossible : too few people could step in.
    """
    if lottery.pool is None or lottery.quotas is None:
        allowed = "the file that the council keeps (--out)"
        raise BadInput("A public file has nobody to choose from", "lottery", "public", allowed)
    pool, quotas, jury = lottery.pool, lottery.quotas, lottery.drawn().jury
    staying = staying or Staying()
    seed = seed_for(pool, quotas, f"alternates {number} of {lottery.number}", 0)
    found = alternates(pool, quotas, jury, number, staying, seed)
    measured = seed + b"measured"
    without = off(pool, quotas, jury, (), staying, measured)
    chosen = off(pool, quotas, jury, found.ids, staying, measured)
    chance = _by_chance(pool, quotas, jury, number, staying, measured)
    value = _value(jury, found, staying, without, chosen, chance)
    return Answer(value, METHOD, _steps(value), sources)


def _by_chance(
    pool: Pool, quotas: Quotas, jury: tuple[str, ...], number: int, staying: Staying, seed: bytes
) -> float:
    """Return how far the jury is off with as many alternates drawn by chance: the mean of some such sets."""
    chance, means = Stream(seed + b"by chance"), []
    for _ in range(SETS):
        free = who_may_step_in(pool, jury, chance)
        ids = [pool.volunteers[free[at]].id for at in chance.some(number, len(free))]
        means.append(off(pool, quotas, jury, ids, staying, seed, 100).mean)
    return float(np.mean(means))


def _value(
    jury: tuple[str, ...], found: Alternates, staying: Staying, without: Off, chosen: Off, chance: float
) -> SteppingIn:
    called = zip(found.ids, found.called, strict=True)
    rows = tuple(StepsIn(place, id, share) for place, (id, share) in enumerate(called, start=1))
    return SteppingIn(
        jury, found.ids, rows, staying.everyone, without.mean, chosen.mean, chosen.error, chance,
        without.whole, chosen.whole, chosen.pictures, found.mean, min(found.least, found.mean),
    )  # fmt: skip


def _steps(value: SteppingIn) -> tuple[Step, ...]:
    one = {name: f"{getattr(value, name):.1f}" for name in ("without", "chosen", "by_chance")}
    return (
        Step("juries.alternates", {"people": len(value.alternates), "ids": ", ".join(value.alternates)}),
        Step("juries.stays", {"everyone": value.everyone}),
        Step("juries.off", {**one, "pictures": value.pictures, "error": f"{value.error:.2f}"}),
        Step("juries.off.whole", {"without": value.whole_without, "chosen": value.whole}),
        Step("juries.off.least", {"tried": f"{value.tried:.2f}", "least": f"{value.least:.2f}"}),
        Step("juries.off.home", {}),
    )

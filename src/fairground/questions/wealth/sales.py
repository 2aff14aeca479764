"""How much has been sold in England: the government's outturn of every council, and the answers of some.

One question from two files: the receipts that every council reported (`sources.council_finance`), and what
some answered when they were asked how many they sold. The count has a range; the pounds have none, only
definitions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

from fairground import places
from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer, Source, Step
from fairground.questions.wealth import disposals
from fairground.questions.wealth.disposals import METHOD, Councils, Receipts, Sold, Told, own_source
from fairground.questions.wealth.receipts import WITH_HOMES, WITHOUT_HOMES, Outturn, Unit, gathered, window
from fairground.sources.catalogue import source

__all__ = ["reproduced"]

YEAR = re.compile(r"(20\d\d)[-/](\d\d)", re.ASCII)


def reproduced(
    outturn: Sequence[Path | str],
    answers: str,
    *,
    first: str = "",
    last: str = "",
    claim: float | None = None,
    seed: int = 1,
    draws: int = 200,
    made_up: bool = False,
) -> Answer[Sold]:
    """Answer how much has been sold: how many assets with their range, how many pounds by each definition.

    Parameters
    ----------
    outturn : files of the capital outturn: the time series, workbooks of a year, or both; no year twice.
    answers : CSV of the councils that answered: code (of any date), one or more counts, and `quality`.
    first, last : financial years such as 2010/11, of the receipts beside which the counts are put; without
        them, all years of the files.
    claim : a total that somebody has stated. seed, draws : of the bootstrap.
    made_up : say that the files are an example, and name no publisher.

    Raises
    ------
    DataProblem : a file of the outturn has a fault. BadInput : years that the files do not hold; answers as
    in `disposals.sold`; a council and the one that took its place both answered.
    """
    held = gathered([Path(one) for one in outturn])
    years = _years(held, first, last)
    told, left = _by_unit(held, disposals.read_answers(answers))
    every = Councils(
        tuple(unit.id for unit in held.units),
        tuple(unit.council_class for unit in held.units),
        tuple(unit.region for unit in held.units),
        {which: held.by_unit(which, years) for which in (WITHOUT_HOMES, WITH_HOMES)},
    )
    value, steps = disposals.estimated(every, told, claim=claim, seed=seed, draws=draws)
    value = replace(value, receipts=held.grid(years[0], years[-1]))
    if made_up:
        steps = (replace(steps[0], code="sold.total.made-up"), *steps[1:])
    working = (*steps[:1], *_steps(held, value, left, made_up=made_up), *steps[1:])
    return Answer(value, METHOD, working, _sources(made_up))


def _sources(made_up: bool) -> tuple[Source, ...]:
    lists = (source("mysociety-councils-2025-07"), source("ons-cpi-2022-07"))
    if made_up:
        return (*lists, own_source("Made-up figures of the true shape: nobody sold these"))
    return (source("mhclg-capital-outturn"), *lists, own_source("The table of answers that was given"))


def _years(held: Outturn, first: str, last: str) -> list[str]:
    start, end = _year(first, "first", held.years[0]), _year(last, "last", held.years[-1])
    if start > end:
        raise BadInput("The first year is after the last", "first", first, f"{held.years[0]} to {end}")
    years = window(start, end)
    lacking = [year for year in years if year not in held.years]
    if lacking:
        raise BadInput(
            "The files do not hold this year", "first" if lacking[0] == start else "last", lacking[0],
            ", ".join(held.years),
        )  # fmt: skip
    return years


def _year(text: str, field: str, otherwise: str) -> str:
    if not text.strip():
        return otherwise
    found = YEAR.fullmatch(text.strip())
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise BadInput("This is no financial year", field, text, "such as 2010/11")
    return f"{found[1]}/{found[2]}"


def _by_unit(held: Outturn, told: Told) -> tuple[Told, int]:
    """Return the answers by unit, and how many units were left out because a part of them is silent."""
    unit_of = {code: unit for unit in held.units for code in unit.codes}
    answered: dict[str, set[str]] = {}
    for code, row in told.rows.items():
        answered.setdefault(_unit(code, row, unit_of).id, set()).add(code)
    whole = {unit.id: _whole(unit, answered[unit.id]) for unit in held.units if unit.id in answered}
    counts = {
        name: {
            id: sum(numbers[code] for code in answered[id])
            for id, complete in whole.items()
            if complete and all(code in numbers for code in answered[id])
        }
        for name, numbers in told.counts.items()
    }
    quality = {id: _worst(told.quality[code] for code in answered[id]) for id in whole}
    rows = {id: min(told.rows[code] for code in answered[id]) for id in whole}
    return Told(counts, quality, rows), sum(not complete for complete in whole.values())


def _unit(code: str, row: int, unit_of: Mapping[str, Unit]) -> Unit:
    try:
        after = places.descendants(places.known(code).code)
    except NotFound as fault:
        told = "No place has ever had this code"
        raise BadInput(told, "code", code, "such as E06000021", row, "answers") from fault
    if after[0] not in unit_of:
        raise BadInput("This council is not in the outturn", "code", code, "", row, "answers")
    return unit_of[after[0]]


def _worst(qualities: Iterable[str]) -> str:
    return max(qualities, key=disposals.QUALITY.index)


def _whole(unit: Unit, answered: Set[str]) -> bool:
    """Return whether every part of a unit answered: each council of now, or all that went into it."""
    return all(_covered(code, answered) for code in unit.codes)


def _covered(code: str, answered: Set[str]) -> bool:
    before = [change.old_code for change in places.predecessors(code) if change.kind != "divided"]
    if code not in answered:
        return bool(before) and all(_covered(old, answered) for old in before)
    twice = [old for old in before if _covered(old, answered)]
    if twice:
        told = "A council and one that went into it both answered: its sales would count twice"
        raise BadInput(told, "code", twice[0], f"either {code} or those before it", file="answers")
    return True


def _steps(held: Outturn, value: Sold, left: int, *, made_up: bool) -> list[Step]:
    known = [row for row in value.receipts if row.pounds is not None and row.prices == "cash"]
    pounds = [row.pounds for row in known if row.pounds is not None]
    steps = [Step("sold.made-up", {})] if made_up else []
    if known:
        facts = {"least": min(pounds), "most": max(pounds), "ways": len(pounds)}
        steps.append(Step("sold.pounds", facts))
    steps += [_receipts(row) for row in value.receipts]
    joined = [unit for unit in held.units if len(unit.codes) > 1]
    steps.append(Step("sold.units", {"units": len(held.units)}))
    steps += [Step("sold.joined", {"name": unit.name}) for unit in joined]
    if left:
        steps.append(Step("sold.part-answered", {"units": left}))
    if held.holes:
        worst = max(held.holes, key=lambda year: held.holes[year])
        lacking = {"years": len(held.holes), "year": worst, "councils": held.holes[worst]}
        steps.append(Step("sold.unknown.holes", lacking))
    return steps


def _receipts(row: Receipts) -> Step:
    facts = {"receipts": row.receipts, "first": row.first_year, "last": row.last_year, "years": row.years}
    if row.pounds is None:
        return Step("sold.unknown.receipts", {**facts, "prices": row.prices, "missing": row.missing})
    return Step("sold.receipts", {**facts, "prices": row.prices, "pounds": row.pounds})

"""How many assets were sold in all: the answers of some councils, and a figure that is known of all.

The engine is `wealth.property.estimation`. Every definition is shown beside the others: which count, which
known figure, which method. What silence could hide is said as the factor that would make a claim true.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Source, Step
from fairground.wealth.property import estimation

__all__ = ["sold"]

BEST = "separate-ratio"
METHOD = Method(
    "assets-sold",
    "Separate ratio by stratum, with the finite-population correction; jackknife and bootstrap beside it",
    "Cochran, Sampling Techniques (1977), 6.10; Rao and Wu (1988); Satterthwaite (1946)",
)
ABOUT = ("code", "name", "class")


@dataclass(frozen=True)
class Total:
    """A total by one definition and method, with its interval and three standard errors."""

    what_sold: str
    known_figure: str
    way: str
    total: float
    low: float
    high: float
    error: float
    jackknife: float
    bootstrap: float


@dataclass(frozen=True)
class Stratum:
    """How many councils of a class there are, how many answered, and what they counted."""

    stratum: str
    councils: int
    answered: int
    sold: float


@dataclass(frozen=True)
class Sold:
    """How many were sold in all, by the best method (`total`), by every other, and by stratum."""

    counted: str
    known: str
    councils: int
    answered: int
    told: float
    total: float
    low: float
    high: float
    claim: float | None
    silent_factor: float | None
    rows: tuple[Total, ...]
    strata: tuple[Stratum, ...]


def sold(
    councils: str, answers: str, *, claim: float | None = None, seed: int = 1, draws: int = 200
) -> Answer[Sold]:
    """Answer how many assets were sold in all, and what silence would have to hide for a claim to be true.

    Parameters
    ----------
    councils : CSV of every council: code, name, class, and one or more columns of figures known of all.
    answers : CSV of those that answered: code, and one or more columns of counts. Empty cells are silence.
    claim : a total that somebody has stated.
    seed, draws : of the bootstrap.

    Raises
    ------
    BadInput : a missing column, a code twice or not among the councils, text where a number must be, a
    negative number, or fewer than two answers; names file, row, field and value.
    """
    every = _rows(councils, "councils", ("code", "class"))
    told = _rows(answers, "answers", ("code",))
    codes = _codes(every, "councils")
    for row, line in enumerate(told, start=2):
        if line["code"] not in codes:
            raise BadInput("This council is not in the list of all", "code", line["code"], "", row, "answers")
    _codes(told, "answers")
    known = _columns(every, "councils")
    counts = _columns(told, "answers")
    found = {(count, figure): _survey(every, told, figure, count) for count in counts for figure in known}
    rows = tuple(
        _total(count, figure, estimation.estimate(s, method, seed=seed, draws=draws))
        for (count, figure), s in found.items()
        for method in estimation.METHODS
    )
    first = found[counts[0], known[0]]
    best = next(row for row in rows if row.way == BEST)
    factor = None if claim is None else estimation.tipping_point(first, claim, BEST)[2]
    value = Sold(
        counts[0], known[0], len(every), int(first.answered.sum()), float(first.y[first.answered].sum()),
        best.total, best.low, best.high, claim, factor, rows, _strata(every, told, counts[0]),
    )  # fmt: skip
    return Answer(value, METHOD, _steps(value, first, rows), (_source(),))


def _rows(text: str, file: str, needed: Sequence[str]) -> list[dict[str, str]]:
    read = csv.DictReader(io.StringIO(text))
    heads = [head.strip().casefold() for head in read.fieldnames or ()]
    for name in needed:
        if name not in heads:
            raise BadInput("The table lacks a column", name, ", ".join(heads), ", ".join(needed), 1, file)
    read.fieldnames = heads
    lines = []
    for row, line in enumerate(read, start=2):
        if None in line or None in line.values():
            raise BadInput("A row has too many or too few cells", "", None, f"{len(heads)} cells", row, file)
        lines.append({head: cell.strip() for head, cell in line.items()})
    return [line for line in lines if any(line.values())]


def _codes(lines: Sequence[Mapping[str, str]], file: str) -> set[str]:
    seen: set[str] = set()
    for row, line in enumerate(lines, start=2):
        if not line["code"] or line["code"] in seen:
            raise BadInput("Each council needs a code of its own", "code", line["code"], "", row, file)
        seen.add(line["code"])
    return seen


def _columns(lines: Sequence[Mapping[str, str]], file: str) -> tuple[str, ...]:
    found = tuple(name for name in (lines[0] if lines else {}) if name and name not in ABOUT)
    if not found:
        raise BadInput("The table has no column of numbers", "columns", ", ".join(ABOUT), "", 1, file)
    return found


def _survey(
    every: Sequence[Mapping[str, str]], told: Sequence[Mapping[str, str]], figure: str, count: str
) -> estimation.Survey:
    counted = _counted(told, count)
    known = [_number(line[figure], figure, row, "councils") for row, line in enumerate(every, 2)]
    for row, one in enumerate(known, start=2):
        if one is None:
            raise BadInput("A figure must be known of every council", figure, "", "a number", row, "councils")
    strata = [line["class"] or "not said" for line in every]
    return estimation.survey(
        strata, [one or 0.0 for one in known], [counted.get(line["code"]) for line in every]
    )


def _counted(told: Sequence[Mapping[str, str]], count: str) -> dict[str, float | None]:
    return {line["code"]: _number(line[count], count, row, "answers") for row, line in enumerate(told, 2)}


def _number(text: str, field: str, row: int, file: str) -> float | None:
    plain = text.replace(",", "").removeprefix("£")
    if not plain:
        return None
    try:
        found = Decimal(plain) if plain.isascii() else Decimal("nan")
    except InvalidOperation:
        found = Decimal("nan")
    if not found.is_finite() or found < 0 or found > 10**15:
        raise BadInput("This must be a number", field, text, "0 or more", row, file)
    return float(found)


def _total(count: str, figure: str, found: estimation.Estimate) -> Total:
    return Total(
        count, figure, found.method, found.total, found.low, found.high, found.error, found.jackknife,
        found.bootstrap,
    )  # fmt: skip


def _strata(
    every: Sequence[Mapping[str, str]], told: Sequence[Mapping[str, str]], count: str
) -> tuple[Stratum, ...]:
    answers = _counted(told, count)
    found: dict[str, list[float | None]] = {}
    for line in every:
        found.setdefault(line["class"] or "not said", []).append(answers.get(line["code"]))
    return tuple(
        Stratum(name, len(held), sum(one is not None for one in held), sum(one or 0.0 for one in held))
        for name, held in found.items()
    )


def _steps(value: Sold, s: estimation.Survey, rows: Sequence[Total]) -> tuple[Step, ...]:
    facts = {"total": value.total, "low": value.low, "high": value.high, "known": value.known}
    facts |= {"answered": value.answered, "councils": value.councils, "told": value.told}
    steps = [Step("sold.total", facts), Step("sold.answers", facts), Step("sold.method", facts)]
    steps += [Step("sold.merged", {"one": one, "other": other}) for one, other in s.merged]
    totals = [row.total for row in rows]
    steps.append(Step("sold.range", {"least": min(totals), "most": max(totals), "ways": len(rows)}))
    if value.claim is not None and value.silent_factor is not None:
        code = "inside" if value.low <= value.claim <= value.high else "outside"
        told = {"claim": value.claim, "factor": value.silent_factor}
        steps.append(Step(f"sold.claim.{code}", told))
        steps.append(Step("sold.tipping" if value.silent_factor > 0 else "sold.tipping.never", told))
    steps.append(Step("sold.unknown.silence", {}))
    steps.append(Step("sold.unknown.definition", {}))
    return tuple(steps)


def _source() -> Source:
    return Source(
        "own-answers", "The two tables that were given: every council, and those that answered",
        "the person who asks", "as given", "as their owners say", "",
    )  # fmt: skip

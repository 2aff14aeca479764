"""How many assets were sold in all: the answers of some councils, and a figure that is known of all.

The engine is `wealth.property.estimation`. Every definition is shown beside the others: which count, which
known figure, which method. What silence could hide is said as the factor that would make a claim true; who
answered and who did not is shown beside it (`wealth.property.response`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fairground import typed
from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Source, Step
from fairground.questions.own_table import OwnTable
from fairground.sources import sold_cells
from fairground.wealth.property import estimation
from fairground.wealth.property.response import Response, response

__all__ = ["Sold", "sold"]

BEST = "separate-ratio"
WEIGHTED = {"weighted": "stratified", "weighted-ratio": "separate-ratio"}  # the same, in weighting classes
METHOD = Method(
    "assets-sold",
    "Separate ratio by stratum, with the finite-population correction; jackknife and bootstrap beside it",
    "Cochran, Sampling Techniques (1977), 6.10; Rao and Wu (1988); Satterthwaite (1946); Little (1986)",
)
ABOUT = ("code", "name", "class", "region", "quality")
QUALITY = ("full", "partial", "poor")
MOST = 10**15
OWN = "The two tables that were given: every council, and those that answered"


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
class BalanceRow:
    """One thing known of every council: over all, over those that answered, and after weighting."""

    about: str
    among_all: float
    among_answers: float
    after_weighting: float


@dataclass(frozen=True)
class Receipts:
    """What councils were paid, by one definition: a sum over all of them, so without sampling error."""

    receipts: str
    first_year: str
    last_year: str
    years: int
    prices: str
    pounds: float | None
    missing: str


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
    r_indicator: float
    poor: int
    rows: tuple[Total, ...]
    strata: tuple[Stratum, ...]
    balance: tuple[BalanceRow, ...]
    receipts: tuple[Receipts, ...] = ()


@dataclass(frozen=True)
class Councils:
    """Every council: its class, its region, and each figure that is known of all, in one order."""

    codes: tuple[str, ...]
    strata: tuple[str, ...]
    regions: tuple[str, ...]
    figures: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class Told:
    """What was answered: for each thing that was counted, a number by code; and how good each answer is."""

    counts: Mapping[str, Mapping[str, float]]
    quality: Mapping[str, str]
    rows: Mapping[str, int]

    @property
    def poor(self) -> frozenset[str]:
        """The codes whose answers are too poor to count."""
        return frozenset(code for code, quality in self.quality.items() if quality == "poor")


def sold(
    councils: str, answers: str, *, claim: float | None = None, seed: int = 1, draws: int = 200
) -> Answer[Sold]:
    """Answer how many assets were sold in all, and what silence would have to hide for a claim to be true.

    Parameters
    ----------
    councils : CSV of every council: code, class, region if known, and one or more figures known of all.
    answers : CSV of those that answered: code, one or more columns of counts, and `quality` (full, partial or
        poor) if known. Empty cells are silence; a poor answer counts as silence in the headline.
    claim : a total that somebody has stated.
    seed, draws : of the bootstrap.

    Raises
    ------
    BadInput : a missing column, a code twice or not among the councils, text where a number must be, a
    negative number, or fewer than two answers; names file, row, field and value.
    """
    every, told = _councils(councils), read_answers(answers)
    for code, row in told.rows.items():
        if code not in every.codes:
            raise BadInput("This council is not in the list of all", "code", code, "", row, "answers")
    value, steps = estimated(every, told, claim=claim, seed=seed, draws=draws)
    return Answer(value, METHOD, steps, (own_source(OWN),))


def _councils(text: str) -> Councils:
    table = _table(text, "councils", ("code", "class"))
    codes = _codes(table)
    known = {name: _numbers(table, name) for name in _columns(table)}
    for name, cells in known.items():
        for row, one in zip(table.numbers, cells, strict=True):
            if one is None:
                raise BadInput(
                    "A figure must be known of every council", name, "", "a number", row, "councils"
                )
    strata = _texts(table, "class")
    regions = _texts(table, "region") if "region" in table.header else ("",) * len(codes)
    figures = {name: tuple(one or 0.0 for one in cells) for name, cells in known.items()}
    return Councils(
        codes,
        tuple(one or "not said" for one in strata),
        tuple(one or "not said" for one in regions),
        figures,
    )


def read_answers(text: str) -> Told:
    """Return the answers of a person's table.

    Raises
    ------
    BadInput : as `sold`; or a quality that is none of full, partial and poor.
    """
    table = _table(text, "answers", ("code",))
    codes = _codes(table)
    counts = {
        name: {code: one for code, one in zip(codes, _numbers(table, name), strict=True) if one is not None}
        for name in _columns(table)
    }
    quality = _texts(table, "quality") if "quality" in table.header else ("",) * len(codes)
    for row, one in zip(table.numbers, quality, strict=True):
        if one and one not in QUALITY:
            raise BadInput(
                "An answer has no such quality", "quality", one, ", ".join(QUALITY), row, "answers"
            )
    judged = {code: one or "full" for code, one in zip(codes, quality, strict=True)}
    return Told(counts, judged, dict(zip(codes, table.numbers, strict=True)))


def estimated(
    every: Councils, told: Told, *, claim: float | None, seed: int, draws: int
) -> tuple[Sold, tuple[Step, ...]]:
    """Return the totals by every definition and method, and the steps of the working."""
    counts = {name: _silent(held, told.poor) for name, held in told.counts.items()}
    name, known = next(iter(counts)), next(iter(every.figures))
    who = _who(every, counts[name])
    found = {(one, x): _survey(every, held, x) for one, held in counts.items() for x in every.figures}
    if told.poor:
        found[f"{name}, poor answers too", known] = _survey(every, told.counts[name], known)
    rows = tuple(
        row
        for (count, x), s in found.items()
        for row in _totals(count, x, s, _in_classes(every, who, s), seed=seed, draws=draws)
    )
    first = found[name, known]
    best = next(row for row in rows if row.way == BEST)
    factor = None if claim is None else estimation.tipping_point(first, claim, BEST)[2]
    value = Sold(
        name, known, len(every.codes), int(first.answered.sum()), float(first.y[first.answered].sum()),
        best.total, best.low, best.high, claim, factor, who.r_indicator, len(told.poor), rows,
        _strata(every, counts[name]),
        tuple(BalanceRow(b.about, b.all, b.answered, b.weighted) for b in who.balance),
    )  # fmt: skip
    return value, _steps(value, first, rows)


def _silent(held: Mapping[str, float], poor: frozenset[str]) -> Mapping[str, float]:
    return {code: one for code, one in held.items() if code not in poor}


def _survey(every: Councils, held: Mapping[str, float], figure: str) -> estimation.Survey:
    return estimation.survey(every.strata, every.figures[figure], [held.get(code) for code in every.codes])


def _who(every: Councils, held: Mapping[str, float]) -> Response:
    """Return how likely each council was to answer, by its class, its region and its first known figure."""
    kinds = {"class": every.strata}
    if len(set(every.regions)) > 1:
        kinds["region"] = every.regions
    known = next(iter(every.figures))
    answered = [code in held for code in every.codes]
    if not any(answered):
        raise BadInput("Too few have answered to estimate a total", "answers", 0, "2 or more")
    return response(answered, kinds, {known: every.figures[known]})


def _in_classes(every: Councils, who: Response, s: estimation.Survey) -> estimation.Survey:
    told = [None if one != one else one for one in s.y.tolist()]
    return estimation.survey(who.classes, s.x.tolist(), told)


def _totals(
    count: str, figure: str, s: estimation.Survey, classes: estimation.Survey, *, seed: int, draws: int
) -> list[Total]:
    ways = [(method, method, s) for method in estimation.METHODS]
    ways += [(way, method, classes) for way, method in WEIGHTED.items()]
    return [
        _total(count, figure, way, estimation.estimate(held, method, seed=seed, draws=draws))
        for way, method, held in ways
    ]


def _total(count: str, figure: str, way: str, found: estimation.Estimate) -> Total:
    return Total(
        count, figure, way, found.total, found.low, found.high, found.error, found.jackknife, found.bootstrap
    )


def _strata(every: Councils, held: Mapping[str, float]) -> tuple[Stratum, ...]:
    found: dict[str, list[float | None]] = {}
    for code, stratum in zip(every.codes, every.strata, strict=True):
        found.setdefault(stratum, []).append(held.get(code))
    return tuple(
        Stratum(name, len(all_), sum(one is not None for one in all_), sum(one or 0.0 for one in all_))
        for name, all_ in found.items()
    )


def _table(text: str, file: str, needed: Sequence[str]) -> OwnTable:
    table = OwnTable.read(text, file)
    found = replace(table, header=tuple(head.strip().casefold() for head in table.header))
    top = next(at for at, line in enumerate(text.splitlines(), start=1) if line.strip(" ,\t\ufeff"))
    for name in needed:
        if name not in found.header:
            raise BadInput(
                "The table lacks a column", name, ", ".join(found.header), ", ".join(needed), top, file
            )
    return found


def _texts(table: OwnTable, column: str) -> tuple[str, ...]:
    at = table.header.index(column)
    return tuple(row[at].strip() for row in table.rows)


def _codes(table: OwnTable) -> tuple[str, ...]:
    codes, seen = _texts(table, "code"), set[str]()
    for row, code in zip(table.numbers, codes, strict=True):
        if not code or code in seen:
            raise BadInput("Each council needs a code of its own", "code", code, "", row, table.name)
        seen.add(code)
    return codes


def _columns(table: OwnTable) -> tuple[str, ...]:
    found = tuple(name for name in table.header if name and name not in ABOUT)
    if not found:
        raise BadInput("The table has no column of numbers", "columns", ", ".join(ABOUT), "", 1, table.name)
    return found


def _numbers(table: OwnTable, column: str) -> list[float | None]:
    """Return a column of numbers; "nil" is none, and "not held" or "see attached" is silence."""
    found: list[float | None] = []
    for row, cell in zip(table.numbers, _texts(table, column), strict=True):
        words = cell.casefold() != "none" and not any(letter.isdigit() for letter in cell)
        told = sold_cells.pounds(cell) if words else cell  # "None" may mean either: a person says which
        try:
            found.append(float(typed.exact(told or cell, column, least=0, most=MOST)) if told != "" else None)
        except BadInput as fault:
            allowed = f"{fault.allowed}, nil, or an empty cell where nothing was told"
            raise replace(fault, allowed=allowed, row=row, file=table.name) from None
    return found


def _steps(value: Sold, s: estimation.Survey, rows: Sequence[Total]) -> tuple[Step, ...]:
    facts = {"total": value.total, "low": value.low, "high": value.high, "known": value.known}
    facts |= {"answered": value.answered, "councils": value.councils, "told": value.told}
    steps = [Step("sold.total", facts), Step("sold.answers", facts), Step("sold.method", facts)]
    steps += [Step("sold.merged", {"one": one, "other": other}) for one, other in s.merged]
    if value.poor:
        steps.append(Step("sold.poor", {"poor": value.poor}))
    totals = [row.total for row in rows]
    steps.append(Step("sold.range", {"least": min(totals), "most": max(totals), "ways": len(rows)}))
    steps.append(Step("sold.alike", {"r": value.r_indicator}))
    if value.claim is not None and value.silent_factor is not None:
        code = "inside" if value.low <= value.claim <= value.high else "outside"
        told = {"claim": value.claim, "factor": value.silent_factor}
        steps.append(Step(f"sold.claim.{code}", told))
        steps.append(Step("sold.tipping" if value.silent_factor > 0 else "sold.tipping.never", told))
    steps.append(Step("sold.unknown.silence", {}))
    steps.append(Step("sold.unknown.definition", {}))
    return tuple(steps)


def own_source(title: str) -> Source:
    """Return a person's own tables as a source."""
    return Source("own-answers", title, "the person who asks", "as given", "as their owners say", "")

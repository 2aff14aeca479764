"""Whether figures of the report Parallel lives hold when they are worked out again from what they cite.

Each claim names its check; each check returns every figure it could mean, from the edition cited and from the
newest one. The verdict follows the ladder in `wealth.inequality.claims`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fairground.errors import NotFound
from fairground.evidence import Answer, Method, Source, Step, merged
from fairground.sources import figures, international
from fairground.sources.catalogue import source
from fairground.tables import toml
from fairground.wealth.inequality import Checked, Claim, Recomputed, verdict

__all__ = ["check", "every"]

METHOD = Method(
    "claim-check",
    "The claim's figure worked out again from the source it cites and from the newest edition",
    "Fairground, docs/explanation/claims.md",
)
NORTH_EAST, SOUTH_EAST, LONDON = "E12000001", "E12000008", "E12000007"
Found = tuple[tuple[Recomputed, ...], tuple[Source, ...]]


def _claims() -> dict[str, Claim]:
    entries = toml("fairground.wealth.inequality", "claims.toml")
    return {
        id: Claim(id=id, said=entry.get("said"), **{k: v for k, v in entry.items() if k != "said"})
        for id, entry in entries.items()
    }


def _difference(
    indicator: str, period: str, better: str, worse: str, *, literal: bool, measure: str
) -> Found:
    high, low = (figures.figure(code, indicator, period=period) for code in (better, worse))
    if high is None or low is None:
        return (), ()
    return (Recomputed(measure, period, high.value - low.value, high.source.edition, literal),), (
        high.source,
    )


def _joined(*parts: Found) -> Found:
    return tuple(row for rows, _ in parts for row in rows), merged(*(cited for _, cited in parts))


def _healthy_life() -> Found:
    newest = figures.periods("hle_male")[-1]
    parts = []
    for sex, word in (("male", "Men"), ("female", "Women")):
        cited, revised = f"hle_{sex}_original", f"hle_{sex}"
        pair = f"{word}, South East less North East"
        parts += [
            _difference(cited, "2018-20", SOUTH_EAST, NORTH_EAST, literal=True, measure=pair),
            _difference(
                cited, "2018-20", LONDON, NORTH_EAST, literal=False, measure=f"{word}, London less North East"
            ),
            _difference(
                revised, "2018-20", SOUTH_EAST, NORTH_EAST, literal=False, measure=f"{pair}, revised"
            ),
            _difference(revised, newest, SOUTH_EAST, NORTH_EAST, literal=False, measure=f"{pair}, newest"),
        ]
    return _joined(*parts)


def _level(code: str, indicator: str, period: str, *, literal: bool, measure: str) -> Found:
    held = figures.figure(code, indicator, period=period)
    if held is None:
        return (), ()
    return (Recomputed(measure, period, held.value, held.source.edition, literal),), (held.source,)


def _wealth_of(code: str, name: str) -> Found:
    """Nothing is published for one person by region: the literal figures are Great Britain's."""
    return _joined(
        _level(
            "K03000001",
            "median_individual_wealth",
            "2018-20",
            literal=True,
            measure="One person, median, Great Britain (no regional figure is bundled)",
        ),
        _level(
            "K03000001",
            "mean_individual_wealth",
            "2018-20",
            literal=True,
            measure="One person, mean, Great Britain (no regional figure is bundled)",
        ),
        _level(
            code, "median_household_wealth", "2018-20", literal=False, measure=f"Household, median, {name}"
        ),
        _level(
            code,
            "median_household_wealth",
            "2020-22",
            literal=False,
            measure=f"Household, median, {name}, newest",
        ),
    )


def _wealth_ratio() -> Found:
    parts = []
    for period, literal in (("2018-20", True), ("2020-22", False)):
        low, high = (
            figures.figure(c, "median_household_wealth", period=period) for c in (NORTH_EAST, SOUTH_EAST)
        )
        if low and high:
            row = Recomputed(
                "North East over South East, household median",
                period,
                low.value / high.value,
                low.source.edition,
                literal,
            )
            parts.append(((row,), (low.source,)))
    return _joined(*parts)


def _league_table() -> Found:
    data = international.read()
    rows = []
    for level in ("TL2", "TL3"):
        for measure in international.MEASURES:
            table = zip(data.columns["country"], data.columns["level"], data.columns[measure], strict=True)
            values = {country: value for country, at, value in table if at == level}
            rank = 1 + sum(value > values["GBR"] for value in values.values())
            size = "large" if level == "TL2" else "small"
            name = f"{measure.replace('_', ' ')}, {size} regions, of {len(values)}"
            rows.append(Recomputed(name, "2019", float(rank), data.source.edition, True))
    return tuple(rows), (data.source,)


def _transport(start: int) -> Callable[[], Found]:
    """The sum over ten financial years from `start`, in cash with the population of each year."""

    def run() -> Found:
        years = [f"{year}/{(year + 1) % 100:02d}" for year in range(start, start + 10)]
        if not set(years) <= set(figures.periods("transport_spend_per_head")):
            return (), ()
        total = sum((_year_gap(year) for year in years), Fraction(0))
        cited = (source("hmt-cra-2005-2018"), source("ons-mye-start-year"))
        row = Recomputed(
            "Treasury figures, cash, people of each year",
            f"{years[0]} to {years[-1]}",
            float(total / 10**9),
            cited[0].edition,
            True,
        )
        return (row,), cited

    return run


def _year_gap(year: str) -> Fraction:
    from fairground.tables import rows

    spent = {
        r["area_code"]: Fraction(r["transport_total_gbp_m"]) * 10**6
        for r in rows("spending")
        if r["financial_year"] == year
    }
    people = {
        r["area_code"]: int(r["population"])
        for r in rows("populations")
        if r["year"] == year[:4] and r["series"] == "contemporary"
    }
    rate = spent[LONDON] / people[LONDON]
    return sum(
        (rate * people[code] - spent[code] for code in ("E12000001", "E12000002", "E12000003")), Fraction(0)
    )


CHECKS: dict[str, Callable[[], Found]] = {
    "healthy-life": _healthy_life,
    "north-east-wealth": lambda: _wealth_of(NORTH_EAST, "North East"),
    "south-east-wealth": lambda: _wealth_of(SOUTH_EAST, "South East"),
    "wealth-ratio": _wealth_ratio,
    "league-table": _league_table,
    "transport-2017": _transport(2008),
    "transport-2018": _transport(2007),
    "transport-2019": _transport(2010),
    "none": lambda: ((), ()),
}


def check(claim: str) -> Answer[Checked]:
    """Answer whether one claim holds.

    Parameters
    ----------
    claim : its id, e.g. "healthy-life-gap".

    Raises
    ------
    NotFound : no such claim; the ids are suggested.
    """
    claims = _claims()
    if claim not in claims:
        raise NotFound("We have no such claim", field="claim", value=claim, nearest=tuple(claims))
    made = claims[claim]
    rows, cited = CHECKS[made.check]()
    found = Checked(made.id, made.statement, verdict(made, rows), made.said, rows)
    return Answer(found, METHOD, _steps(made, found), merged((source("ippr-parallel-lives-2023"),), cited))


def _steps(made: Claim, found: Checked) -> tuple[Step, ...]:
    steps = [
        Step(f"claim.{found.verdict}", {"statement": made.statement}),
        Step("claim.implies", {"implies": made.implies, "cites": made.cites}),
    ]
    if found.rows:
        values = [row.value for row in found.rows]
        steps.append(
            Step(
                "claim.range",
                {
                    "said": made.said,
                    "low": min(values),
                    "high": max(values),
                    "unit": made.unit,
                    "count": len(values),
                },
            )
        )
    return tuple(steps)


@dataclass(frozen=True)
class Line:
    """One claim in the list: its verdict, what was said, and the range of recomputed figures."""

    id: str
    statement: str
    verdict: str
    said: float | None
    unit: str
    lowest: float | None
    highest: float | None


@dataclass(frozen=True)
class Lines:
    """Every claim that we hold."""

    rows: tuple[Line, ...]


def every() -> Answer[Lines]:
    """Answer which of the report's figures hold, each with the range of its recomputed figures."""
    answers = {id: check(id) for id in _claims()}
    claims = _claims()
    rows = tuple(_line(claims[id], answer.value) for id, answer in answers.items())
    facts = {
        "count": len(rows),
        **{
            word: _count(rows, word)
            for word in ("holds", "another-definition", "depends", "does-not-hold", "not-yet")
        },
    }
    facts = {key.replace("-", "_"): value for key, value in facts.items()}
    return Answer(
        Lines(rows), METHOD, (Step("claim.every", facts),), merged(*(a.sources for a in answers.values()))
    )


def _count(rows: Sequence[Line], word: str) -> int:
    return sum(row.verdict == word for row in rows)


def _line(made: Claim, found: Checked) -> Line:
    values = [row.value for row in found.rows]
    return Line(
        made.id,
        made.statement,
        found.verdict,
        made.said,
        made.unit,
        min(values, default=None),
        max(values, default=None),
    )

"""Whether figures of the report Parallel lives hold when they are worked out again from what they cite.

Each claim names its check (`claim_checks`); each check returns every figure it could mean, from the edition
cited and from the newest one. The verdict follows the ladder in `wealth.inequality.claims`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from fairground.errors import NotFound
from fairground.evidence import Answer, Method, Step, merged
from fairground.questions.wealth.claim_checks import CHECKS
from fairground.sources.catalogue import source
from fairground.tables import toml
from fairground.wealth.inequality import VERDICTS, Checked, Claim, Recomputed, verdict

__all__ = ["check", "every"]

METHOD = Method(
    "claim-check",
    "The claim's figure worked out again from the source it cites and from the newest edition",
    "Fairground, docs/explanation/claims.md",
)


@cache
def _claims() -> dict[str, Claim]:
    entries = toml("fairground.wealth.inequality", "claims.toml")
    return {id: Claim(**{"id": id, "said": None, **entry}) for id, entry in entries.items()}


def check(claim: str) -> Answer[Checked]:
    """Answer whether one claim holds.

    Parameters
    ----------
    claim : its id, e.g. "healthy-life-gap".

    Returns
    -------
    Answer with the verdict, and every figure that was worked out again as rows.

    Raises
    ------
    NotFound : no such claim; the ids are suggested.

    >>> from fairground.questions.wealth.claims import check
    >>> check("cluster-80m").value.verdict
    'holds'
    """
    claims = _claims()
    if claim not in claims:
        raise NotFound("We have no such claim", field="claim", value=claim, nearest=tuple(claims))
    made = claims[claim]
    rows, cited = CHECKS[made.check]()
    found = Checked(made.id, made.statement, made.by, verdict(made, rows), made.said, made.unit, rows)
    return Answer(found, METHOD, _steps(made, found), merged((source("ippr-parallel-lives-2023"),), cited))


def _steps(made: Claim, found: Checked) -> tuple[Step, ...]:
    page = Step("claim.page", {"page": made.page}) if made.page else Step("claim.page-not-seen")
    steps = [
        Step(f"claim.{found.verdict}", {"statement": made.statement}),
        Step(f"claim.by.{made.kind}", {"by": made.by}),
        page,
        Step("claim.cites", {"cites": made.cites}),
        Step("claim.implies", {"implies": made.implies}),
        *_ranges(made, found.rows),
    ]
    if made.unknown:
        steps.append(Step("claim.unknown", {"unknown": made.unknown}))
    return tuple(steps)


def _ranges(made: Claim, rows: Sequence[Recomputed]) -> tuple[Step, ...]:
    """The literal figures, the others and the newest, each as one line."""
    steps = []
    if made.said is not None:
        steps.append(Step("claim.said", {"said": made.said, "unit": made.unit}))
    for code, kept in (
        ("claim.literal.", [row for row in rows if row.literal]),
        ("claim.other.", [row for row in rows if not row.literal and not row.newest]),
        ("claim.newest.", [row for row in rows if row.newest]),
    ):
        values = [row.value for row in kept]
        if values:
            plural = "one" if min(values) == max(values) else "many"
            facts = {"low": min(values), "high": max(values), "unit": made.unit, "count": len(values)}
            facts["period"] = kept[-1].period
            steps.append(Step(code + plural, facts))
    return tuple(steps)


@dataclass(frozen=True)
class Line:
    """One claim in the list: its verdict, what was said, the recomputed range and the newest range."""

    id: str
    statement: str
    by: str
    verdict: str
    said: float | None
    unit: str
    lowest: float | None
    highest: float | None
    newest_lowest: float | None
    newest_highest: float | None


@dataclass(frozen=True)
class Lines:
    """Every claim that we hold."""

    rows: tuple[Line, ...]


def every() -> Answer[Lines]:
    """Answer which of the report's figures hold, each with the range of its recomputed figures.

    Returns
    -------
    Answer with one row for each claim, in the order of the register.

    >>> from fairground.questions.wealth.claims import every
    >>> {row.id: row.verdict for row in every().value.rows}["wealth-third"]
    'holds'
    """
    answers = [check(id) for id in _claims()]
    rows = tuple(_line(answer.value) for answer in answers)
    counts = {word.replace("-", "_"): sum(row.verdict == word for row in rows) for word in VERDICTS}
    steps = (Step("claim.every", {"count": len(rows), **counts}), Step("claim.ladder"))
    return Answer(Lines(rows), METHOD, steps, merged(*(answer.sources for answer in answers)))


def _line(found: Checked) -> Line:
    values = [row.value for row in found.rows]
    newest = [row.value for row in found.rows if row.newest]
    return Line(
        found.id,
        found.statement,
        found.by,
        found.verdict,
        found.said,
        found.unit,
        min(values, default=None),
        max(values, default=None),
        min(newest, default=None),
        max(newest, default=None),
    )

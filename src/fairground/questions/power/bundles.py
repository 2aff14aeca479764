"""Can a stranger count this vote again? Make the public bundle of a count, and check one.

The bundle is one JSON file; what is in it is described in `docs/reference/bundle.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fairground.evidence import Answer, Method, Source, Step
from fairground.power.budgeting import (
    Check,
    Privacy,
    Rule,
    Specification,
    privacy,
    rule_record,
    sealed,
    specification,
)
from fairground.power.budgeting import bundle as bundled
from fairground.power.budgeting import check as checked
from fairground.power.budgeting.signatures import fingerprint
from fairground.questions.power.elections import Poll
from fairground.sources.pabulib import source

__all__ = ["bundle", "frozen", "verify"]

METHOD = Method(
    "public-bundle",
    "Everything needed to count a vote again, in one file",
    "Participatory budgeting bundle, version 1: docs/reference/bundle.md",
)
SHOWN = 60


@dataclass(frozen=True)
class Bundled:
    """A bundle as text, its digest, and how far the ballots in it could be told apart."""

    text: str
    digest: str
    specification: str
    privacy: Privacy


@dataclass(frozen=True)
class Recounted:
    """What a bundle says beside what a second count gives; the rows are shortened, the steps are not.

    `key` is the public key that signed the closed log; empty where the vote was held on no site.
    """

    agree: bool
    rows: tuple[Check, ...]
    specification: str
    seal: str
    key: str = ""


def frozen(poll: Poll, chosen: Rule) -> Specification:
    """Return the specification of an election that was read from a file: one pot, open to all.

    >>> from fairground.questions.power import budgeting, bundles, elections
    >>> bundles.frozen(elections.read(elections.EXAMPLE), budgeting.rule()).pots[0].amount
    Fraction(100, 1)
    """
    election = poll.election
    projects = [
        {
            "id": p.id,
            "title": p.name,
            "cost": str(p.cost),
            "pot": "all",
            "rivals": p.rivals,
            "district": p.district,
        }
        for p in election.projects
    ]
    return specification(
        {
            "title": election.name,
            "currency": poll.currency,
            "pots": [{"id": "all", "name": "", "amount": str(election.budget), "districts": []}],
            "projects": projects,
            "ballot": {"kind": election.kind},
            "population": dict(election.population),
            "rule": rule_record(chosen),
        }
    )


def bundle(poll: Poll, chosen: Rule) -> Answer[Bundled]:
    """Answer with the public bundle of a count, and how private the ballots in it are.

    >>> from fairground.questions.power import budgeting, bundles, elections
    >>> bundles.bundle(elections.read(elections.EXAMPLE), budgeting.rule()).value.privacy.unique
    0
    """
    made = frozen(poll, chosen)
    text = bundled(made, poll.election.ballots)
    ballots = made.ballots(made.pots[0], poll.election.ballots)
    value = Bundled(text, _digest(text), made.digest, privacy(ballots))
    return Answer(value, METHOD, tuple(_made(value, chosen)), (source(poll.file),))


def _digest(text: str) -> str:
    head, _, tail = text.rpartition('"digest": "')
    return tail[:64] if head else ""


def _made(value: Bundled, chosen: Rule) -> Iterator[Step]:
    yield Step("budgeting.bundle.made", {"digest": value.digest, "specification": value.specification})
    yield Step("budgeting.bundle.rule", {"rule": chosen.known_method.name, "seal": chosen.seal})
    found = value.privacy
    facts = {"ballots": found.ballots, "different": found.different, "unique": found.unique}
    yield Step("budgeting.bundle.privacy", facts | {"small": found.small})


def verify(text: str, *, name: str = "bundle.json", published: str = "") -> Answer[Recounted]:
    """Answer whether counting a bundle again, with both counters, gives all that it says.

    Parameters
    ----------
    published : the SHA-256 of the specification as it was published when voting opened, if you have it.

    Raises
    ------
    BadInput : it cannot be read as a bundle.

    >>> from fairground.questions.power import budgeting, bundles, elections
    >>> made = bundles.bundle(elections.read(elections.EXAMPLE), budgeting.rule()).value.text
    >>> bundles.verify(made).value.agree
    True
    >>> bundles.verify(made.replace('"voters": 4', '"voters": 9')).value.agree
    False
    """
    lines = checked(text)
    said = {line.part: line.found for line in lines}
    digest, seal = said["SHA-256 of the specification"], said["seal of the rule"]
    if published:
        same = published.strip().lower() == digest
        lines = (*lines, Check("SHA-256 published when voting opened", published, digest, same))
    rows = tuple(replace(line, said=_short(line.said), found=_short(line.found)) for line in lines)
    key = next((line.found for line in lines if line.part == "key of the log"), "")
    value = Recounted(all(line.same for line in lines), rows, digest, seal, key)
    steps = (*_told(lines, value), *_signed(lines, value))
    return Answer(value, METHOD, steps, (_file(text, name),))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _told(lines: tuple[Check, ...], value: Recounted) -> Iterator[Step]:
    wrong = [line for line in lines if not line.same]
    facts: dict[str, Any] = {"checks": len(lines), "wrong": len(wrong), "seal": value.seal}
    yield Step("budgeting.bundle.differs" if wrong else "budgeting.bundle.same", facts)
    for line in wrong:
        yield Step(*_difference(line))


def _signed(lines: tuple[Check, ...], value: Recounted) -> Iterator[Step]:
    """Tell what the signature of the closed log proves, and what it does not."""
    signed = [line for line in lines if line.part.startswith("signature of the ")]
    if not signed:
        yield Step("budgeting.bundle.unsigned", {})
        return
    code = "budgeting.bundle.signed" if all(line.same for line in signed) else "budgeting.bundle.forged"
    yield Step(code, {"fingerprint": fingerprint(value.key), "specification": value.specification})
    yield Step("budgeting.bundle.key", {"key": value.key})


def _difference(line: Check) -> tuple[str, Mapping[str, Any]]:
    if not line.part.startswith("winners"):
        return "budgeting.bundle.wrong", {"part": line.part, "said": line.said, "found": line.found}
    said, found = line.said.split(", "), line.found.split(", ")
    facts = {
        "part": line.part,
        "extra": ", ".join(sorted(set(said) - set(found))) or "none",
        "missing": ", ".join(sorted(set(found) - set(said))) or "none",
    }
    if set(said) == set(found):
        return "budgeting.bundle.order", {"part": line.part, "said": line.said, "found": line.found}
    return "budgeting.bundle.winners", facts


def _file(text: str, name: str) -> Source:
    digest = sealed(text)
    return Source(
        f"bundle-{digest[:16]}", "Public bundle of a participatory budget", "whoever published it",
        f"{name}, SHA-256 of its text as JSON {digest}", "as its publisher says", "docs/reference/bundle.md",
    )  # fmt: skip

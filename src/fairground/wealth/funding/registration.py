"""A formula and its inputs, sealed before anyone has seen what they give.

The registration holds the formula as canonical JSON and a SHA-256 digest of each input column. Whoever
has the same inputs can run it again and must get the same pence. Reference: National Audit Office,
"Supporting local economic growth" (2022), on principles that were fixed after the bidders were known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fairground.errors import BadInput
from fairground.evidence import canonical, digest
from fairground.wealth.funding.allocation import Allocation
from fairground.wealth.funding.formula import Areas, Formula, allocate


@dataclass(frozen=True)
class Sealed:
    """The name of an input and the digest of its values."""

    name: str
    digest: str


@dataclass(frozen=True)
class Registration:
    """A formula in canonical JSON with the digests of its inputs, and one digest over both."""

    formula: str
    inputs: tuple[Sealed, ...]
    digest: str


def seal(areas: Areas) -> tuple[Sealed, ...]:
    """Return the digest of each input column; the order of the places does not matter."""
    columns: dict[str, Any] = {
        name: getattr(areas, name)
        for name in ("names", "groups", "populations", "cost", "behind", "base", "previous", "capacity")
    }
    for column in areas.indicators:
        columns[column.id] = column.values
    found = [
        Sealed(name, digest(canonical(sorted(zip(areas.codes, values, strict=True)))))
        for name, values in columns.items()
        if values
    ]
    level = [Sealed("level", digest(canonical(areas.level)))] if areas.level is not None else []
    return tuple(sorted([*found, *level], key=lambda sealed: sealed.name))


def register(formula: Formula, areas: Areas) -> Registration:
    """Return the registration of a formula and its inputs; nothing is computed."""
    text, inputs = canonical(formula), seal(areas)
    return Registration(text, inputs, digest(text + canonical(inputs)))


def result_digest(found: Allocation) -> str:
    """Return the SHA-256 of each place's code and pence: equal digests mean equal pence."""
    return digest(canonical(sorted(zip(found.problem.codes, found.pence, strict=True))))


def replay(registration: Registration, formula: Formula, areas: Areas) -> Allocation:
    """Return the allocation of a registered formula, after proving that nothing has changed.

    Raises
    ------
    BadInput : the registration was altered, or the formula or an input differs; names which.
    """
    if registration.digest != digest(registration.formula + canonical(registration.inputs)):
        raise BadInput("The registration was altered after it was sealed", "digest", registration.digest)
    if canonical(formula) != registration.formula:
        raise BadInput(
            "This is not the registered formula",
            "formula",
            digest(canonical(formula)),
            digest(registration.formula),
        )
    then = {item.name: item.digest for item in registration.inputs}
    now = {item.name: item.digest for item in seal(areas)}
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) != now.get(name):
            raise BadInput(
                f"The input '{name}' is not the one that was registered",
                name,
                now.get(name, "missing"),
                then.get(name, "no such input"),
            )
    return allocate(formula, areas)

"""What would mend targets that no jury meets: what to change, what it costs, and how many it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fairground.evidence import Step
from fairground.power.juries import Pool, Quotas, Repair, Target, unreachable

__all__ = ["Mending"]


@dataclass(frozen=True)
class Mending:
    """One target of one repair: what it is and what it would have to be.

    Parameters
    ----------
    reached : how many of the pool could then be drawn.
    """

    repair: int
    feature: str
    value: str
    least: int
    most: int
    least_instead: int
    most_instead: int
    reached: int = 0


def sum_steps(targets: Sequence[Target], size: int) -> list[Step]:
    """Name each feature whose numbers cannot add up to the jury, and say by how much."""
    steps = []
    for feature in dict.fromkeys(target.feature for target in targets):
        here = [target for target in targets if target.feature == feature]
        least, most = sum(t.low for t in here), sum(t.high for t in here)
        if not least <= size <= most:
            code = "juries.sum.least" if least > size else "juries.sum.most"
            total = least if least > size else most
            steps.append(Step(code, {
                "feature": feature, "total": total, "size": size, "off": abs(total - size),
            }))  # fmt: skip
    return steps


def reached(pool: Pool, quotas: Quotas, repair: Repair) -> int:
    """Return how many people could be drawn if the targets were changed in this way."""
    after = {(c.before.feature, c.before.value): c.after for c in repair.changes}
    mended = Quotas(quotas.size, tuple(after.get((t.feature, t.value), t) for t in quotas.targets))
    return len(pool.volunteers) - len(unreachable(pool, mended))


def mendings(mend: Sequence[Repair], people: Sequence[int]) -> list[Mending]:
    """Return each target of each repair, with how many people could then be drawn."""
    return [
        Mending(
            number,
            c.before.feature,
            c.before.value,
            c.before.low,
            c.before.high,
            c.after.low,
            c.after.high,
            many,
        )
        for number, (repair, many) in enumerate(zip(mend, people, strict=True), start=1)
        for c in repair.changes
    ]


def changes(repair: Repair) -> str:
    """Return in words what a repair changes."""
    told = ((c.before, c.after) for c in repair.changes)
    return "; ".join(f"{b.feature} {b.value} from {_span(b)} to {_span(a)}" for b, a in told)


def _span(target: Target) -> str:
    """Return the bounds of a target in words: 3; 3–5."""
    return str(target.low) if target.low == target.high else f"{target.low}–{target.high}"

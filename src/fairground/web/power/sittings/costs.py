"""What a jury cost, for everyone: in all, for what, for each session; in steps that single nobody out.

Rule 1: what is new of one kind for one session is shown once five members or more had it, all of it at once.
Rule 2: what is left over, of whatever kind and session, is shown once it is of five members or more together,
as one sum that is not told apart. Until then it waits, for good if it must.
So whatever is added to the page at any moment is a sum of what five members or more had.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fairground.questions.power.small_counts import LEAST
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings import bridge
from fairground.web.power.sittings.models import TIME, CostsShown, PaidFor, Payment, Session

REST, NONE = "rest", "none"  # what is not told apart; what is for no session
Line = tuple[Payment, int]
Who = tuple[int, object]  # a seat, and which of its members


@dataclass(frozen=True)
class Costs:
    """Whole pence: in all, by what for, by session (or words), and how many members were paid.

    `times` says how often time was paid, `enough` how often it reached the real living wage; `shown_at` is
    the day of the last step.
    """

    pence: int
    kinds: tuple[tuple[str, int], ...]
    sessions: tuple[tuple[Session | str, int], ...]
    members: int
    times: int
    enough: int
    shown_at: Any = None

    @property
    def of_a_member(self) -> int:
        """What one member had on average, in whole pence."""
        return round(Fraction(self.pence, self.members)) if self.members else 0

    @property
    def short(self) -> int:
        """How often pay for time was less than the real living wage."""
        return self.times - self.enough

    @property
    def few_short(self) -> bool:
        """Say whether so few were short that their number is not told."""
        return 0 < self.short < LEAST

    @property
    def few_enough(self) -> bool:
        """Say whether so few had enough that their number is not told."""
        return 0 < self.enough < LEAST


def costs(jury: Jury) -> Costs:
    """Return what everyone may see of what a jury cost."""
    steps = list(CostsShown.objects.filter(jury=jury))
    kinds, by_session = _added(step.kinds for step in steps), _added(step.sessions for step in steps)
    labels = dict(PaidFor.choices)
    at: list[tuple[Session | str, int]] = [
        (one, by_session[str(one.pk)]) for one in jury.sessions.all() if by_session.get(str(one.pk))
    ]
    none, rest = by_session.get(NONE, 0), by_session.get(REST, 0)
    last = steps[-1] if steps else None
    return Costs(
        sum(step.pence for step in steps),
        (
            *((str(labels[kind]), kinds[kind]) for kind in labels if kinds.get(kind)),
            *([("Not told apart", rest)] if rest else []),
        ),
        (*at, *([("For no session", none)] if none else []), *([("Not told apart", rest)] if rest else [])),
        last.members if last else 0, last.times if last else 0, last.enough if last else 0,
        last.at if last else None,
    )  # fmt: skip


def waiting(jury: Jury) -> int:
    """Return how many lines wait until five members are concerned."""
    return len(_new(jury))


def show(jury: Jury) -> CostsShown | None:
    """Show everyone what is new and may be shown; else nothing changes."""
    told, rest = _parted(_new(jury))
    new = told + rest
    if not new:
        return None
    before = CostsShown.objects.filter(jury=jury).last()
    fresh = CostsShown.objects.create(
        jury=jury, pence=sum(pence for _, pence in new),
        kinds=_sums([(line.kind, pence) for line, pence in told], rest),
        sessions=_sums([(str(line.session_id or NONE), pence) for line, pence in told], rest),
        **_counts(jury, new, before),
    )  # fmt: skip
    marked = [line.pk for line, _ in new]
    jury.payments.filter(pk__in=marked, shown__isnull=False).update(struck_shown=fresh)
    jury.payments.filter(pk__in=marked, shown=None).update(shown=fresh)
    return fresh


def _parted(new: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines that may be shown by kind and session, and those of which only their sum may."""
    cells: dict[tuple[str, int | None], list[Line]] = defaultdict(list)
    for line, pence in new:
        cells[line.kind, line.session_id].append((line, pence))
    told = [one for cell in cells.values() if _many(cell) for one in cell]
    rest = [one for cell in cells.values() if not _many(cell) for one in cell]
    return told, rest if _many(rest) else []


def _many(lines: Sequence[Line]) -> bool:
    return len({_who(line) for line, _ in lines}) >= LEAST


def _sums(told: Sequence[tuple[str, int]], rest: Sequence[Line]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for group, pence in told:
        sums[group] += pence
    return dict(sums) | ({REST: sum(pence for _, pence in rest)} if rest else {})


def _counts(jury: Jury, new: list[Line], before: CostsShown | None) -> dict[str, int]:
    """Return how many members were paid, and how often enough; the latter stays where few are concerned."""
    marked = {line.pk for line, _ in new}
    told = [line for line in jury.payments.filter(struck_at=None) if line.shown_id or line.pk in marked]
    counts = {"members": len({_who(line) for line in told})}
    if len({_who(line) for line, _ in new if line.kind in TIME}) < LEAST:
        kept = (before.times, before.enough) if before else (0, 0)
        return counts | dict(zip(("times", "enough"), kept, strict=True))
    paid = bridge.wages(jury)
    return counts | {"times": len(paid), "enough": sum(one.wage.enough for one in paid)}


def _new(jury: Jury) -> list[Line]:
    """Return the lines that everyone's page does not have yet, struck ones with what they take away."""
    added = [(line, line.pence) for line in jury.payments.filter(shown=None, struck_at=None)]
    gone = jury.payments.filter(shown__isnull=False, struck_at__isnull=False, struck_shown=None)
    return added + [(line, -line.pence) for line in gone]


def _who(line: Payment) -> Who:
    return line.seat, line.member_id


def _added(steps: Iterable[dict[str, int]]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for step in steps:
        for group, pence in step.items():
            found[group] += pence
    return dict(found)

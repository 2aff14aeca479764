"""What a jury cost, for everyone: in all, for each session, for each seat; and for what, by no small group.

A kind of payment that fewer than five seats had is added to "Something else", so that nobody is found by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Sum

from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.models import PaidFor, Session

FEWEST = 5


@dataclass(frozen=True)
class Costs:
    """Whole pence: in all, by what for, by session (None: outside one), and how many seats were paid."""

    pence: int
    kinds: tuple[tuple[str, int], ...]
    sessions: tuple[tuple[Session | None, int], ...]
    seats: int

    @property
    def of_a_seat(self) -> int:
        """What one seat cost on average, in whole pence."""
        return round(Fraction(self.pence, self.seats)) if self.seats else 0


def costs(jury: Jury) -> Costs:
    """Return what a jury cost, without lines that were struck out."""
    lines = jury.payments.filter(struck_at=None)
    by_kind = lines.order_by().values("kind").annotate(pence=Sum("pence"), seats=Count("seat", distinct=True))
    by_session = dict(lines.order_by().values_list("session").annotate(pence=Sum("pence")))
    at: list[Session | None] = [one for one in jury.sessions.all() if one.pk in by_session]
    at += [None] if None in by_session else []
    whole = lines.aggregate(pence=Sum("pence"), seats=Count("seat", distinct=True))
    return Costs(
        whole["pence"] or 0,
        _kinds({row["kind"]: (row["pence"], row["seats"]) for row in by_kind}),
        tuple((one, by_session[one.pk if one else None]) for one in at),
        whole["seats"],
    )


def _kinds(found: dict[str, tuple[int, int]]) -> tuple[tuple[str, int], ...]:
    shown = {
        kind: pence for kind, (pence, seats) in found.items() if seats >= FEWEST and kind != PaidFor.OTHER
    }
    rest = sum(pence for kind, (pence, _) in found.items() if kind not in shown)
    listed = [(str(label), shown[kind]) for kind, label in PaidFor.choices if kind in shown]
    return (*listed, (str(PaidFor.OTHER.label), rest)) if rest else tuple(listed)

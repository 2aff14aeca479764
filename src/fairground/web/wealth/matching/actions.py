"""Asking for a merge, working it out, answering about a pair and taking an answer back.

*Rule 1* Whoever keeps one of the two registers may merge them, if they may see the other. *Rule 2* Working
out again keeps every answer. *Rule 3* Every answer, and every answer taken back, is an audit event.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput, FairgroundError
from fairground.web.audit.actions import record
from fairground.web.jobs.actions import ask
from fairground.web.wealth.matching import bridge
from fairground.web.wealth.matching.models import Merge, Pair, Said, Stage
from fairground.web.wealth.register.models import Register
from fairground.web.wealth.register.permissions import may, may_see

AT_ONCE = 2_000  # assets of both: more are worked out behind the page


def may_merge(user: Any, first: Register, second: Register) -> bool:
    """Return whether `user` may merge two registers and answer about their pairs."""
    sees = may_see(user, first) and may_see(user, second)
    return sees and (may(user, "asset.change", first) or may(user, "asset.change", second))


def _need(user: Any, first: Register, second: Register) -> None:
    if not may_merge(user, first, second):
        raise PermissionDenied


def need_merge(user: Any, merge: Merge) -> None:
    """Refuse whoever may not answer about the pairs of a merge."""
    _need(user, merge.first, merge.second)


def start(
    first: Register, second: Register, *, by: Any, only_district: str = "", only_kind: str = "", **more: Any
) -> Merge:
    """Ask for two registers to be merged, or what they have in one district or of one kind.

    Those that are already have their merge.

    Raises
    ------
    BadInput : one register twice, or one without such assets.
    """
    _need(by, first, second)
    if first.pk == second.pk:
        raise BadInput("Choose two different registers", "second", second.title)
    only = {"only_district": only_district, "only_kind": only_kind}
    made = Merge(first=first, second=second, asked_by=by, **only, **more)
    for field, register in (("first", first), ("second", second)):
        if not made.shown(register).exists():
            what = (
                "This register has no such assets"
                if any(only.values())
                else "This register has no assets yet"
            )
            raise BadInput(what, field, register.title)
    before = Merge.objects.filter(first=first, second=second, **only).first()
    if before is not None:
        return before
    with transaction.atomic():
        made.save(force_insert=True)
        facts = {"first": str(first.pk), "second": str(second.pk)} | {k: v for k, v in only.items() if v}
        record("matching.start", by=by, subject=str(made.pk), **facts)
    return learn(made, by=by)


def learn(merge: Merge, *, by: Any) -> Merge:
    """Work the links out again from the answers so far: now, or behind the page where the lists are long."""
    _need(by, merge.first, merge.second)
    size = sum(merge.shown(register).count() for register in (merge.first, merge.second))
    if size > bridge.MOST:
        raise BadInput("These registers are too long to be merged here", "second", f"{size:,} assets")
    if size <= AT_ONCE:
        return run(merge)
    with transaction.atomic():
        Merge.objects.filter(pk=merge.pk).update(stage=Stage.ASKED, problem="")
        ask("merge", by=by, merge=str(merge.pk))
    merge.refresh_from_db()
    return merge


def run(merge: Merge, report: Callable[[int], None] = lambda percent: None) -> Merge:
    """Work a merge out; what people said stays, and what nobody looked at is made anew."""
    answers = [
        (str(one), str(two), said)
        for one, two, said in merge.pairs.exclude(said="").values_list("first_id", "second_id", "said")
    ]
    lists = [merge.shown(register) for register in (merge.first, merge.second)]
    shown = {str(pk) for assets in lists for pk in assets.values_list("pk", flat=True)}
    known = [one for one in answers if one[0] in shown and one[1] in shown]
    try:
        rows, counts = bridge.work_out(lists[0], lists[1], known, seed=len(answers) + 1, report=report)
    except FairgroundError as error:
        Merge.objects.filter(pk=merge.pk).update(stage=Stage.FAILED, problem=str(error))
        merge.refresh_from_db()
        return merge
    report(95)
    _keep(merge, rows, counts)
    merge.refresh_from_db()
    return merge


@transaction.atomic
def _keep(merge: Merge, rows: list[bridge.Row], counts: dict[str, int]) -> None:
    Merge.objects.select_for_update().get(pk=merge.pk)
    merge.pairs.filter(said="").delete()
    said = {(str(p.first_id), str(p.second_id)): p for p in merge.pairs.all()}
    made = []
    for row in rows:
        old = said.get((row.first, row.second))
        if old is None:
            made.append(
                Pair(
                    merge=merge, first_id=row.first, second_id=row.second, probability=row.probability,
                    suggested=row.suggested,
                    points=row.points, turn=row.turn, proposed=row.proposed, because=list(row.because),
                )
            )  # fmt: skip
    Pair.objects.bulk_create(made)
    Merge.objects.filter(pk=merge.pk).update(
        stage=Stage.DONE, counts=counts, problem="", done_at=timezone.now()
    )


@transaction.atomic
def answer(pair: Pair, said: str, *, by: Any) -> Pair:
    """Say whether two assets are the same, or take that back (nothing said).

    Raises
    ------
    BadInput : an answer that there is not.
    """
    _need(by, pair.merge.first, pair.merge.second)
    if said not in Said.values:
        raise BadInput(
            "This is no answer about a pair", "said", said, "yes, no, unsure, part, whole, or nothing"
        )
    held = Pair.objects.select_for_update().get(pk=pair.pk)
    if held.said != said:
        now = timezone.now() if said else None
        Pair.objects.filter(pk=pair.pk).update(said=said, said_by=by if said else None, said_at=now)
        facts = {"first": str(pair.first_id), "second": str(pair.second_id), "was": held.said, "is": said}
        record("matching.answer", by=by, subject=str(pair.merge_id), **facts)
    pair.refresh_from_db()
    return pair

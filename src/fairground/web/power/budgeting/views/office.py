"""The officers' page of a round: what waits for whom, tables in and out, the page for committee."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fairground.errors import BadInput
from fairground.formulas import guarded
from fairground.web.participation.permissions import may
from fairground.web.power.budgeting import bridge
from fairground.web.power.budgeting.actions import projects
from fairground.web.power.budgeting.actions.voting import open_voting
from fairground.web.power.budgeting.guide import next_steps, quiet
from fairground.web.power.budgeting.overview import overview, standings, waiting
from fairground.web.power.budgeting.setup_forms import ImportForm, VoteForm
from fairground.web.power.budgeting.views.acting import answered, found


@login_required
def dashboard(request: Any, slug: str) -> HttpResponse:
    """Show what waits for whom, and every tool of the round."""
    round = found(request, slug, "round.watch")
    facts = {"round": round, "waiting": waiting(round), "manages": may(request.user, "round.manage", round)}
    facts["next_steps"] = next_steps(round) if facts["manages"] else []
    facts["quiet"] = quiet(round)
    facts["assesses"] = may(request.user, "projects.assess", round)
    facts["merges"] = may(request.user, "ideas.merge", round)
    return render(request, "budgeting/office.html", {**facts, **overview(round, request.user)})


@login_required
def report(request: Any, slug: str) -> HttpResponse:
    """Show one page for committee, made for printing."""
    round = found(request, slug, "round.watch")
    rows = round.projects.select_related("pot").prefetch_related("spending", "milestones")
    facts = {"round": round, "waiting": waiting(round), "rows": rows, **overview(round, request.user)}
    facts["standings"] = standings(round)
    return render(request, "budgeting/report.html", facts)


@login_required
def vote(request: Any, slug: str) -> HttpResponse:
    """Freeze pots, projects and rule, and let the vote open on its day."""
    round = found(request, slug, "round.manage")
    return answered(
        request,
        VoteForm(request.POST or None),
        lambda facts: open_voting(round, by=request.user, choices=facts),
        then=reverse("budgeting:vote", args=[slug]),
        said="Everything that people vote on is frozen.",
        round=round,
        template="budgeting/vote.html",
        paper=getattr(round, "paper", None),
        phase=round.dated().get("ballot"),
        projects=round.projects.filter(feasible=True).exclude(published_at=None).select_related("pot"),
    )


@login_required
def ideas_file(request: Any, slug: str) -> HttpResponse:
    """Send the ideas as CSV, without their authors."""
    round = found(request, slug, "round.watch")
    heads = (
        "id",
        "title",
        "words",
        "standing",
        "pot",
        "place_name",
        "latitude",
        "longitude",
        "written_at",
        "went_to",
        "reason",
    )
    rows = (
        (
            idea.pk,
            idea.title,
            idea.words,
            idea.standing,
            idea.pot,
            idea.place_name,
            idea.latitude,
            idea.longitude,
            idea.written_at.isoformat(),
            " ".join(str(m.target_id) for m in idea.went_to.all() if m.undone_at is None),
            " | ".join(ruling.reason for ruling in idea.rulings.all() if ruling.taken_back_at is None),
        )
        for idea in round.ideas.select_related("pot").prefetch_related("went_to", "rulings")
    )
    return table(f"{slug}-ideas.csv", heads, rows)


@login_required
def projects_file(request: Any, slug: str) -> HttpResponse:
    """Send the projects as CSV; the import reads it again."""
    round = found(request, slug, "round.watch")
    heads = (
        "id",
        "title",
        "pot",
        "summary",
        "cost",
        "place_name",
        "latitude",
        "longitude",
        "feasible",
        "reason",
        "published",
        "chosen",
        "spent",
    )
    rows = (
        (
            one.pk,
            one.title,
            one.pot,
            one.summary,
            pounds(one.cost_pence),
            one.place_name,
            one.latitude,
            one.longitude,
            {True: "yes", False: "no", None: ""}[one.feasible],
            one.reason,
            "yes" if one.published_at else "no",
            "yes" if one.won_at else "no",
            pounds(one.spent_pence),
        )
        for one in round.projects.select_related("pot").prefetch_related("spending")
    )
    return table(f"{slug}-projects.csv", heads, rows)


@login_required
def election_file(request: Any, slug: str) -> HttpResponse:
    """Send the projects as a Pabulib file."""
    round = found(request, slug, "round.watch")
    answer = HttpResponse(bridge.election_file(round), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}.pb"'
    return answer


@login_required
def take_in(request: Any, slug: str) -> HttpResponse:
    """Read a table of projects; keep it whole, or say every fault by row and field and keep nothing."""
    round = found(request, slug, "projects.assess")
    pots = {pot.name: pot for pot in round.pots.all()}

    def do(facts: dict[str, Any]) -> None:
        content = facts["file"].read(2_000_001)
        if len(content) > 2_000_000:
            raise BadInput("The table is too large", "file", facts["file"].name, "at most 2 MB")
        rows, faults = bridge.rows_of(content, file=facts["file"].name, pots=set(pots))
        if faults:
            raise BadInput(
                "\n".join(["Nothing was taken in. Mend these and try again:", *faults[:50]]), "table"
            )
        projects.take_in(round, [(pots[row.pot], row) for row in rows], by=request.user)

    return answered(
        request,
        ImportForm(request.POST or None, request.FILES or None),
        do,
        then=reverse("budgeting:office", args=[slug]),
        said="The table is taken in. Nobody else sees a project before its finding is published.",
        title="Take in a table of projects",
        button="Take in",
        round=round,
        files=True,
        lead=f"Pots of this round: {', '.join(pots) or 'none yet'}.",
    )


def table(name: str, heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """Return a CSV file; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write("\ufeff")
    write = csv.writer(answer)
    write.writerow(heads)
    write.writerows([_cell(value) for value in row] for row in rows)
    return answer


def _cell(value: Any) -> str:
    return "" if value is None else str(guarded(value))


def pounds(pence: int | None) -> str:
    """Return pence as pounds with two digits."""
    return "" if pence is None else f"{pence // 100}.{pence % 100:02d}"

"""What a jury hears: its sides and experts, the evidence, and what its members asked."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404

from fairground.web import throttle
from fairground.web.power.sittings import hearing
from fairground.web.power.sittings.actions import evidence as acts
from fairground.web.power.sittings.actions.once import RUN
from fairground.web.power.sittings.forms import evidence as forms
from fairground.web.power.sittings.forms.parts import WhyForm
from fairground.web.power.sittings.models import Evidence, Question, Standing, Witness
from fairground.web.power.sittings.views.acting import acted, document_of, found, page, send, to

SUGGEST = throttle.Limit(
    "suggest", 6, throttle.HOUR, "6 suggestions came from your network in an hour. Wait, then try again"
)


def heard(request: Any, slug: str) -> HttpResponse:
    """Show whom the jury hears, for which side, and whom it does not."""
    jury = found(request, slug)
    sessions, rows = hearing.balance(jury)
    people = jury.witnesses.select_related("side", "session")
    facts = {
        "sessions": sessions, "rows": rows, "unheard": hearing.unheard(rows),
        "heard": people.filter(standing=Standing.ACCEPTED),
        "refused": people.filter(standing=Standing.REFUSED),
        "waiting": people.filter(standing=Standing.SUGGESTED), "open": acts.takes_suggestions(jury),
    }  # fmt: skip
    return page(request, "hearing", jury, **facts)


def suggest(request: Any, slug: str) -> HttpResponse:
    """Suggest somebody whom the jury should hear; no account is needed."""
    jury = found(request, slug)
    if not acts.takes_suggestions(jury):
        raise Http404(slug)

    def do(got: dict[str, Any]) -> None:
        got.pop("website")
        throttle.need_patience(request, SUGGEST)
        acts.suggest(jury, **got)
        throttle.count(request, SUGGEST)

    return acted(
        request, jury, forms.SuggestForm(request.POST or None, jury=jury), do, then=to("hearing", slug),
        said="Thank you. The officers decide on it, and say here why.",
        title="Whom should the jury hear?", button="Suggest them",
        lead="You need no account. Nothing you write is shown before an officer has decided on it.",
    )  # fmt: skip


@login_required
def add_side(request: Any, slug: str) -> HttpResponse:
    """Say that the question has a side."""
    jury = found(request, slug, RUN)
    return acted(
        request, jury, forms.SideForm(request.POST or None),
        lambda got: acts.add_side(jury, by=request.user, **got),
        then=to("hearing", slug), said="The side is added.", title="A side of the question", button="Add it",
    )  # fmt: skip


@login_required
def add_witness(request: Any, slug: str) -> HttpResponse:
    """Put an expert on the list whom nobody suggested on this site."""
    jury = found(request, slug, RUN)

    def do(got: dict[str, Any]) -> None:
        first = {name: got[name] for name in ("side", "speaks_for", "why", "source", "token")}
        acts.accept(acts.suggest(jury, by=request.user, **first), by=request.user, **got)

    return acted(
        request, jury, forms.NewWitnessForm(request.POST or None, jury=jury), do, then=to("hearing", slug),
        said="They are on the list.", title="Somebody whom the jury hears", button="Put them on the list",
    )  # fmt: skip


@login_required
def accept(request: Any, slug: str, pk: int) -> HttpResponse:
    """Put somebody who was suggested on the list, or change what it says of them."""
    jury = found(request, slug, RUN)
    witness = get_object_or_404(Witness, pk=pk, jury=jury)
    first = forms.AcceptForm.first(witness)
    return acted(
        request, jury, forms.AcceptForm(request.POST or None, jury=jury, initial=first),
        lambda got: acts.accept(witness, by=request.user, **got), then=to("hearing", slug),
        said="They are on the list.", title="Somebody whom the jury hears", button="Put them on the list",
        lead="Everyone reads this as you write it here.",
    )  # fmt: skip


@login_required
def refuse(request: Any, slug: str, pk: int) -> HttpResponse:
    """Decide that somebody is not heard."""
    jury = found(request, slug, RUN)
    witness = get_object_or_404(Witness, pk=pk, jury=jury)
    return acted(
        request, jury, forms.RefuseForm(request.POST or None),
        lambda got: acts.refuse(witness, by=request.user, **got), then=to("hearing", slug),
        said="It is decided. Only the side and your reason are kept.",
        title="Decide that somebody is not heard", button="They are not heard",
        lead=f"Suggested: {witness.speaks_for}. {witness.why}",
    )  # fmt: skip


def read(request: Any, slug: str) -> HttpResponse:
    """Show the evidence, and what the jury asked."""
    jury = found(request, slug)
    facts = {
        "evidence": jury.evidence.select_related("session", "witness", "side"),
        "questions": jury.questions.select_related("session", "witness").prefetch_related("replies"),
    }
    return page(request, "evidence", jury, **facts)


def file(request: Any, slug: str, pk: int) -> FileResponse:
    """Send the file of a piece of evidence."""
    return send(get_object_or_404(Evidence, pk=pk, jury=found(request, slug)))


@login_required
def add(request: Any, slug: str) -> HttpResponse:
    """Add a piece of evidence."""
    jury = found(request, slug, RUN)
    return acted(
        request, jury, forms.EvidenceForm(request.POST or None, request.FILES or None, jury=jury),
        lambda got: acts.add_evidence(jury, by=request.user, **document_of(got)),
        then=to("evidence", slug), said="The evidence is added. Everyone can read it.",
        title="Evidence for the jury", button="Add it", files=True,
    )  # fmt: skip


@login_required
def remove(request: Any, slug: str, pk: int) -> HttpResponse:
    """Take a piece of evidence off."""
    jury = found(request, slug, RUN)
    held = get_object_or_404(Evidence, pk=pk, jury=jury)
    return acted(
        request, jury, WhyForm(request.POST or None),
        lambda got: acts.remove_evidence(held, by=request.user, **got),
        then=to("evidence", slug), said="It is taken off.", title=f"Take off: {held.title}",
        button="Take it off",
    )  # fmt: skip


@login_required
def ask(request: Any, slug: str) -> HttpResponse:
    """Write down what the jury asked."""
    jury = found(request, slug, RUN)
    return acted(
        request, jury, forms.QuestionForm(request.POST or None, jury=jury),
        lambda got: acts.ask(jury, by=request.user, **got),
        then=to("evidence", slug), said="The question is kept.", title="What the jury asked",
        button="Keep it",
    )  # fmt: skip


@login_required
def reply(request: Any, slug: str, pk: int) -> HttpResponse:
    """Write down what was answered."""
    jury = found(request, slug, RUN)
    question = get_object_or_404(Question, pk=pk, jury=jury)
    return acted(
        request, jury, forms.ReplyForm(request.POST or None),
        lambda got: acts.reply(question, by=request.user, **got),
        then=to("evidence", slug), said="The answer is kept.", title="What was answered", button="Keep it",
        lead=question.words,
    )  # fmt: skip

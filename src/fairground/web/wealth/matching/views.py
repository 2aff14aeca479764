"""The pages of merging: choose two registers, see the links, answer about a pair, learn from the answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from fairground.errors import BadInput
from fairground.web.answers import in_words, put_beside
from fairground.web.wealth.matching import actions, bridge
from fairground.web.wealth.matching.forms import SaidForm, StartForm
from fairground.web.wealth.matching.models import PARTS, Merge, Pair, Said, joined, seen
from fairground.web.wealth.register.bridge import place_name
from fairground.web.wealth.register.models import Register
from fairground.web.wealth.register.permissions import may_see

PAGE = 25
ANSWERS = (
    (Said.YES, "Yes, the same"), (Said.NO, "No"), (Said.PART, "The second is a part of the first"),
    (Said.WHOLE, "The first is a part of the second"), (Said.UNSURE, "I cannot tell"),
)  # fmt: skip


def _merge(request: Any, pk: UUID) -> Merge:
    """Return a merge if this person may see both of its registers."""
    found = get_object_or_404(Merge.objects.select_related("first", "second"), pk=pk)
    if not (may_see(request.user, found.first) and may_see(request.user, found.second)):
        raise Http404(str(pk))
    return found


@login_required
def index(request: Any) -> HttpResponse:
    """Choose two registers to merge, and find the merges there are."""
    seen = [r.pk for r in Register.objects.all() if may_see(request.user, r)]
    form = StartForm(request.POST or None, registers=Register.objects.filter(pk__in=seen))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.start(**form.cleaned_data, by=request.user)
        except BadInput as error:
            put_beside(form, error)
        else:
            return redirect("matching:merge", made.pk)
    merges = Merge.objects.filter(first__in=seen, second__in=seen).select_related("first", "second")
    facts = {"form": form, "merges": merges}
    return render(request, "matching/index.html", facts, status=400 if form.is_bound else 200)


def one(request: Any, pk: UUID) -> HttpResponse:
    """Show both lists side by side: what is linked, why, and what the first list does not have."""
    merge = _merge(request, pk)
    pairs = merge.pairs.filter(seen()).select_related("first", "second").order_by("second__name", "pk")
    linked, parts = pairs.filter(joined()), pairs.filter(said__in=PARTS)
    page = Paginator(linked, PAGE).get_page(request.GET.get("page"))
    placed = pairs.filter(joined() | Q(said__in=PARTS) | (Q(said="") & ~Q(proposed="")))
    proposed = pairs.filter(said="").exclude(proposed="")
    alone = merge.shown(merge.second).exclude(pk__in=placed.values("second")).order_by("name")
    facts = {
        "merge": merge, "page": page, "alone": alone[:100], "alone_count": alone.count(), "parts": parts,
        "proposed": proposed[:100], "proposed_count": proposed.count(),
        "district": place_name(merge.only_district) if merge.only_district else "",
        "answers": merge.pairs.exclude(said="").count(),
        "waiting": pairs.filter(said="").exclude(turn=None).count(),
        "merges": actions.may_merge(request.user, merge.first, merge.second),
    }  # fmt: skip
    return render(request, "matching/merge.html", facts)


@login_required
def ask(request: Any, pk: UUID) -> HttpResponse:
    """Go to the next pair that a person should look at, or back to the links where none is left."""
    merge = _merge(request, pk)
    actions.need_merge(request.user, merge)
    turn = merge.pairs.filter(seen(), said="").exclude(turn=None).order_by("turn").first()
    if turn is None:
        messages.success(request, "You have looked at every pair. Let the site learn from your answers.")
        return redirect("matching:merge", merge.pk)
    return redirect("matching:pair", merge.pk, turn.pk)


@login_required
@require_POST
def learn(request: Any, pk: UUID) -> HttpResponse:
    """Work the links out again from the answers."""
    merge = _merge(request, pk)
    try:
        done = actions.learn(merge, by=request.user)
    except BadInput as error:
        messages.error(request, in_words(error))
        return redirect("matching:merge", merge.pk)
    said = "The links are worked out anew." if done.stage == "done" else "The links are being worked out."
    messages.success(request, said)
    return redirect("matching:merge", merge.pk)


def pair(request: Any, pk: UUID, pair: int) -> HttpResponse:
    """Show two assets side by side, why they may be one, and take an answer or take it back."""
    merge = _merge(request, pk)
    pairs = merge.pairs.filter(seen()).select_related("first", "second", "merge")
    held = get_object_or_404(pairs, pk=pair)
    if request.method == "POST":
        form = SaidForm(request.POST)
        said = form.cleaned_data["said"] if form.is_valid() else "?"
        return _answered(request, held, said)
    speaks_for, against = bridge.reasons(held.points)
    facts = {
        "merge": merge, "pair": held, "speaks_for": speaks_for, "against": against,
        "merges": actions.may_merge(request.user, merge.first, merge.second),
        "answers": sorted(ANSWERS, key=lambda one: one[0] != held.proposed), "why": bridge.why(held.because),
        "last": _last(request, merge),
        "left": pairs.filter(said="").exclude(turn=None).count(),
    }  # fmt: skip
    return render(request, "matching/pair.html", facts)


def _last(request: Any, merge: Merge) -> Pair | None:
    """Return the pair that this person answered about last, so that it can be taken back."""
    if not request.user.is_authenticated:
        return None
    mine = merge.pairs.filter(seen(), said_by=request.user).select_related("first", "second")
    return mine.order_by("-said_at").first()


def _answered(request: Any, held: Pair, said: str) -> HttpResponse:
    try:
        actions.answer(held, said, by=request.user)
    except BadInput as error:
        messages.error(request, in_words(error))
        return redirect("matching:pair", held.merge_id, held.pk)
    if not said:
        messages.success(request, "Your answer is taken back.")
        return redirect("matching:pair", held.merge_id, held.pk)
    messages.success(request, "Your answer is kept.")
    return redirect("matching:ask", held.merge_id)

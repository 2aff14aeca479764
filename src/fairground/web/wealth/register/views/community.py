"""What people add, what becomes of it, and letters to those who follow."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairground.errors import BadInput
from fairground.web import throttle
from fairground.web.answers import put_beside
from fairground.web.power.budgeting.photographs import MOST_BYTES, cleaned
from fairground.web.wealth.register import forms as ours
from fairground.web.wealth.register.actions import contributions, following
from fairground.web.wealth.register.bridge import districts
from fairground.web.wealth.register.models import Asset, Contribution, Register
from fairground.web.wealth.register.permissions import may, may_decide, may_decide_appeal
from fairground.web.wealth.register.views.acting import answered, asset_of, pressed, register_of

FOLLOW = throttle.Limit(
    "follow", 10, throttle.HOUR,
    "10 letters were asked for from your network in the last hour. Try again in an hour",
)  # fmt: skip

KINDS: dict[str, tuple[type[forms.Form], str, str]] = {
    "correction": (ours.CorrectionForm, "Say what is wrong", "What is wrong"),
    "knowledge": (ours.KnowledgeForm, "Tell what you know", "What people know"),
    "photo": (ours.PhotoForm, "Add a photograph", "A photograph"),
    "nomination": (ours.NominationForm, "Say that it matters to you", "A nomination"),
}
CHECKED = "Somebody checks it first. Your name is not shown. You are told what was decided, and why."
NOMINATED = (
    "This tells everyone that your group cares. It is not a nomination in law: the page of the asset leads "
    "to the form for that."
)


@login_required
def add(request: Any, pk: UUID, kind: str) -> HttpResponse:
    """Add something to an asset."""
    asset = asset_of(request, pk, "contribution.send")
    if kind not in KINDS:
        raise Http404(kind)
    made, title, _ = KINDS[kind]
    form = made(request.POST or None, request.FILES or None)
    lead = f"{NOMINATED} {CHECKED}" if kind == "nomination" else CHECKED

    def do(got: dict[str, Any]) -> str:
        file = got.pop("file", None)
        photo = cleaned(file.read(MOST_BYTES + 1)) if file else None
        sent = contributions.send(asset.register, by=request.user, kind=kind, asset=asset, photo=photo, **got)
        return reverse("register:contribution", args=[sent.pk])

    return answered(
        request, form, do, then=reverse("register:asset", args=[pk]), said="Thank you. It waits for a check.",
        title=f"{title}: {asset.name}", button="Send", register=asset.register, lead=lead,
        files=kind == "photo",
    )  # fmt: skip


@login_required
def missing(request: Any, slug: str) -> HttpResponse:
    """Name something that is not on the register."""
    register = register_of(request, slug, "contribution.send")

    def do(got: dict[str, Any]) -> str:
        if (got["latitude"] is None) != (got["longitude"] is None):
            raise BadInput("A place needs its latitude and its longitude", "latitude")
        sent = contributions.send(register, by=request.user, kind="missing", **got)
        return reverse("register:contribution", args=[sent.pk])

    return answered(
        request, ours.MissingForm(request.POST or None), do, then=reverse("register:register", args=[slug]),
        said="Thank you. It waits for a check.", title="Something that is not on the register",
        button="Send", register=register, lead=CHECKED,
    )  # fmt: skip


@login_required
def mine(request: Any) -> HttpResponse:
    """Show what I sent, and what became of it."""
    sent = Contribution.objects.filter(author=request.user).select_related("asset", "register")
    return render(request, "register/mine.html", {"sent": sent})


@login_required
def one(request: Any, pk: UUID) -> HttpResponse:
    """Show one thing that was sent, to its author and to those who check."""
    sent = _sent(request, pk)
    facts = {
        "sent": sent, "register": sent.register, "mine": sent.author_id == request.user.pk,
        "decides": may_decide(request.user, sent) and sent.standing == "waiting",
        "decides_appeal": may_decide_appeal(request.user, sent) and sent.appealed_at and not sent.appeal_at,
        "photo": getattr(sent, "photo", None),
    }  # fmt: skip
    return render(request, "register/contribution.html", facts)


def _sent(request: Any, pk: UUID) -> Contribution:
    found = Contribution.objects.select_related("asset", "register")
    sent = get_object_or_404(found, pk=pk)
    if sent.author_id != request.user.pk and not may(request.user, "contribution.decide", sent.register):
        raise Http404(str(pk))
    return sent


@login_required
def decide(request: Any, pk: UUID) -> HttpResponse:
    """Decide about something, or about the appeal against that."""
    sent = _sent(request, pk)
    again = sent.appealed_at is not None
    if not (may_decide_appeal if again else may_decide)(request.user, sent):
        raise PermissionDenied

    def do(got: dict[str, Any]) -> None:
        yes, reason = got["accepted"] == "yes", got["reason"]
        if again:
            contributions.decide_appeal(sent, by=request.user, granted=yes, reason=reason)
        else:
            contributions.decide(sent, by=request.user, accepted=yes, reason=reason)

    return answered(
        request, ours.DecideForm(request.POST or None), do, then=reverse("register:contribution", args=[pk]),
        said="Decided. Its author is told.", title="Decide the appeal" if again else "Decide about this",
        button="Decide", register=sent.register, lead=f"{sent.value}\n{sent.words}".strip(),
    )  # fmt: skip


@login_required
def appeal(request: Any, pk: UUID) -> HttpResponse:
    """Ask for another look."""
    sent = _sent(request, pk)
    if sent.author_id != request.user.pk:
        raise PermissionDenied
    return answered(
        request, ours.AppealForm(request.POST or None),
        lambda got: contributions.appeal(sent, by=request.user, **got),
        then=reverse("register:contribution", args=[pk]), said="Somebody else will look at it.",
        title="Ask for another look", button="Send", register=sent.register,
        lead=f"The reason that was given: {sent.reason}",
    )  # fmt: skip


@login_required
@require_POST
def withdraw(request: Any, pk: UUID) -> HttpResponse:
    """Take back what I sent."""
    sent = _sent(request, pk)
    back = reverse("register:contribution", args=[pk])
    return pressed(
        request, lambda: contributions.withdraw(sent, by=request.user), then=back, said="It is taken back."
    )


def follow(request: HttpRequest) -> HttpResponse:
    """Ask to be written to when something changes."""
    asset, register, district, name = _followed(request)
    form = ours.FollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if throttle.count(request, FOLLOW) > FOLLOW.most:
                raise BadInput(FOLLOW.words)
            following.ask(form.cleaned_data["email"], asset=asset, register=register, district=district)
            return render(request, "register/follow_asked.html", {"name": name})
        except BadInput as fault:
            put_beside(form, fault)
    facts = {"form": form, "name": name, "asset": asset, "register": register, "district": district}
    return render(request, "register/follow.html", facts, status=400 if form.is_bound else 200)


def _followed(request: HttpRequest) -> tuple[Asset | None, Register | None, str, str]:
    asked = request.GET
    try:
        pk = UUID(asked["asset"]) if asked.get("asset") else None
    except ValueError as fault:
        raise Http404("no such asset") from fault
    if pk is not None:
        asset = asset_of(request, pk)
        return asset, None, "", asset.name
    if asked.get("register"):
        register = register_of(request, asked["register"])
        return None, register, "", register.title
    district = asked.get("district", "")
    name = dict(districts()).get(district)
    if name is None:
        raise Http404("nothing to follow")
    return None, None, district, f"public property in {name}"


def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes to letters: a button, so that a program that opens every link of a letter says nothing."""
    return _by_letter(request, token, following.confirm, "confirm")


def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the letters, at a press."""
    return _by_letter(request, token, following.stop, "stop")


def _by_letter(request: HttpRequest, token: str, do: Any, what: str) -> HttpResponse:
    follow = following.known(token)
    name = following.name_of(follow) if follow else ""
    if request.method == "POST" and follow:
        do(follow)
        return render(request, "register/letter_done.html", {"name": name, "what": what})
    status = 200 if follow else 404
    return render(
        request, "register/letter.html", {"name": name, "what": what, "follow": follow}, status=status
    )

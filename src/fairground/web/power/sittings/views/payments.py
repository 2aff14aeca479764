"""What members of a jury were paid: line by line for its officers, added up for everyone."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from fairground.web.power.sittings import bridge
from fairground.web.power.sittings.actions import payments as acts
from fairground.web.power.sittings.actions.payments import KEEP
from fairground.web.power.sittings.costs import costs, waiting
from fairground.web.power.sittings.forms.parts import WhyForm
from fairground.web.power.sittings.forms.payments import PaymentForm
from fairground.web.power.sittings.members import members
from fairground.web.power.sittings.models import Payment
from fairground.web.power.sittings.tables import as_csv
from fairground.web.power.sittings.views.acting import acted, found, page, text_file, to

A_PAGE = 50  # lines
HEADS = (
    "seat",
    "volunteer",
    "session",
    "what for",
    "pounds",
    "hours",
    "paid on",
    "reference",
    "struck out because",
)


def cost(request: Any, slug: str) -> HttpResponse:
    """Show what a jury cost, added up, and whether pay for time reaches the real living wage."""
    jury = found(request, slug)
    facts: dict[str, Any] = {"costs": costs(jury), "few": waiting(jury) > 0}
    facts |= {"rate": bridge.rate_today(jury), "london": bridge.in_london(jury.round.place_code)}
    return page(request, "cost", jury, **facts)


@login_required
def lines(request: Any, slug: str) -> HttpResponse:
    """Show the payments line by line, and which are under the real living wage."""
    jury = found(request, slug, KEEP)
    rows = jury.payments.select_related("session", "member__volunteer")
    if request.GET.get("format") == "csv":
        return text_file(_table(rows), "text/csv; charset=utf-8", "payments.csv")
    short = [one for one in bridge.wages(jury) if not one.wage.enough]
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    facts = {"lines": shown, "short": short, "rate": bridge.rate_today(jury), "waiting": waiting(jury)}
    return page(request, "payments", jury, **facts)


@login_required
def add(request: Any, slug: str) -> HttpResponse:
    """Write down a payment."""
    jury = found(request, slug, KEEP)
    form = PaymentForm(request.POST or None, jury=jury, there=members(jury, to=request.user))

    def do(got: dict[str, Any]) -> None:
        acts.pay(jury, got.pop("keys"), by=request.user, **got)

    return acted(
        request, jury, form, do, then=to("payments", slug), said="The payment is written down.",
        title="A payment", button="Write it down",
    )  # fmt: skip


@login_required
def strike(request: Any, slug: str, pk: int) -> HttpResponse:
    """Strike out a payment that was wrong."""
    jury = found(request, slug, KEEP)
    line = get_object_or_404(Payment, pk=pk, jury=jury)
    return acted(
        request, jury, WhyForm(request.POST or None), lambda got: acts.strike(line, by=request.user, **got),
        then=to("payments", slug), said="The line is struck out.",
        title=f"Strike out a payment to seat {line.seat}", button="Strike it out",
    )  # fmt: skip


def _table(rows: Any) -> str:
    return as_csv(HEADS, [
        [
            one.seat, one.volunteer,
            one.session.number if one.session else "", one.get_kind_display(),
            f"{one.pence // 100}.{one.pence % 100:02d}", f"{one.minutes / 60:.2f}" if one.minutes else "",
            one.paid_on.isoformat(), one.reference, one.struck_why,
        ]
        for one in rows
    ])  # fmt: skip

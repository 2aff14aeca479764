"""Says by email that councils are late: to those who run the campaign, once for each council.

The row is kept before the email goes. Where no email can be sent, the row is opened again and all is tried
the next time; where some could, the others are written down. Where the machine stops in between, the email is
lost and never sent twice; the page of the campaign shows who is late in any case.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from fairground.web.accounts.models import ENGLAND, RoleGrant
from fairground.web.accounts.permissions import BY_NAME
from fairground.web.audit.actions import record
from fairground.web.wealth.requests import bridge
from fairground.web.wealth.requests.actions import RUN
from fairground.web.wealth.requests.models import Campaign, CouncilRequest


def tell_of_late(today: date) -> int:
    """Tell of each council that has become late, and return how many emails were sent."""
    return sum(_tell(campaign, today) for campaign in Campaign.objects.filter(fictional=False))


@transaction.atomic
def _tell(campaign: Campaign, today: date) -> int:
    waiting = CouncilRequest.objects.select_for_update().filter(campaign=campaign, told_late_on=None)
    late = [one for one in waiting if bridge.stands(one, today) == "overdue"]
    to = runners(campaign.place_code)
    if not (late and to):
        return 0
    CouncilRequest.objects.filter(pk__in=[one.pk for one in late]).update(told_late_on=today)
    record("requests.late", by=None, subject=campaign.slug, councils=[one.code for one in late])
    names = [one.name for one in late]
    keys = [one.pk for one in late]
    transaction.on_commit(lambda: _write(campaign, names, to, keys))
    return len(to)


def runners(place_code: str) -> list[str]:
    """Return the email addresses of those who run the campaigns of a place."""
    grants = RoleGrant.objects.filter(
        revoked_at=None, place_code__in=[place_code, ENGLAND], role__in=BY_NAME[RUN].roles
    ).select_related("user")
    return sorted({grant.user.email for grant in grants if grant.user.is_active})


def _write(campaign: Campaign, names: list[str], to: list[Any], keys: list[int]) -> None:
    page = settings.SITE_ADDRESS + reverse("requests:campaign", args=[campaign.slug])
    listed = "\n".join(f"- {name}" for name in names)
    text = f"These councils had to answer by {bridge.last_day(campaign):%-d %B %Y}:\n\n{listed}\n\n{page}\n"
    failed = sum(not _sent(f"Late: {campaign.title}", text, one) for one in to)
    if failed == len(to):
        CouncilRequest.objects.filter(pk__in=keys, outcome="").update(told_late_on=None)
    if failed:
        record("requests.late.unsent", by=None, subject=campaign.slug, emails=failed)


def _sent(subject: str, text: str, to: str) -> bool:
    """Send an email, and say whether it went."""
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [to])
    except OSError:  # also every error of SMTP
        return False
    return True

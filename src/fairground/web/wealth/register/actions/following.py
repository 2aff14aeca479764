"""Following by email: asked for, confirmed from the letter, told what changed, stopped at once.

Nobody is written to before they confirmed. A letter names what changed and holds the link that stops it; who
follows what is known to nobody else and is in no audit event.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage, send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.wealth.register.models import Asset, Follow, Register
from fairground.web.wealth.register.news import changes_of, lines

SALT = "fairground.register.follow"
UNCONFIRMED = timedelta(days=7)
MOST_UNCONFIRMED = 3  # things that one address may follow without having said yes
MOST_LETTERS, A_DAY = 3, timedelta(days=1)  # letters in a day to an address that has not said yes
LISTED = 20


@transaction.atomic
def ask(
    email: str, *, asset: Asset | None = None, register: Register | None = None, district: str = ""
) -> None:
    """Ask to follow something: a letter with a link to confirm goes out.

    What the page says is the same in each case, so that nobody learns who follows what.
    """
    if sum(map(bool, (asset, register, district))) != 1:
        raise BadInput("Follow one thing: an asset, a register or a district")
    email = email.strip().lower()
    thing = {"asset": asset, "register": register, "district_code": district}
    open_ones = Follow.objects.filter(email=email, confirmed_at=None)
    known = Follow.objects.filter(email=email, **thing).first()
    if known is None and open_ones.count() >= MOST_UNCONFIRMED:
        return  # somebody types another person's address again and again
    now = timezone.now()
    today = open_ones.filter(asked_at__gt=now - A_DAY).count()
    if known is None and today < MOST_LETTERS:
        _send_confirmation(Follow.objects.create(email=email, **thing))
    elif known is not None and known.confirmed_at is None and now - known.asked_at > A_DAY:
        Follow.objects.filter(pk=known.pk).update(asked_at=now)
        _send_confirmation(known)
    record("follow.ask", by=None)


def _send_confirmation(follow: Follow) -> None:
    name = name_of(follow)
    address = settings.SITE_ADDRESS + reverse("register:confirm", args=[token(follow)])
    text = (
        f"Somebody, we hope you, asked us to write to this address when something changes about {name}.\n\n"
        f"To say yes: {address}\n\nIf it was not you, do nothing. We forget the address in seven days.\n"
    )
    subject, sender = f"Follow {name}?"[:150], settings.DEFAULT_FROM_EMAIL
    to = [follow.email]
    transaction.on_commit(lambda: send_mail(subject, text, sender, to, fail_silently=True))


def token(follow: Follow) -> str:
    """Return the words by which the links in our letters know who follows what."""
    return signing.dumps(str(follow.pk), salt=SALT)


def known(text: str) -> Follow | None:
    """Return what a link is about, or None where it was stopped, forgotten or altered."""
    try:
        pk = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    return Follow.objects.select_related("asset", "register").filter(pk=pk).first()


@transaction.atomic
def confirm(follow: Follow) -> None:
    """Begin to write; twice changes nothing."""
    now = timezone.now()
    if Follow.objects.filter(pk=follow.pk, confirmed_at=None).update(confirmed_at=now, told_until=now):
        record("follow.confirm", by=None)


@transaction.atomic
def stop(follow: Follow) -> None:
    """Stop writing, and forget the address."""
    Follow.objects.filter(pk=follow.pk).delete()
    record("follow.stop", by=None)


def name_of(follow: Follow) -> str:
    """Return what is followed, in words."""
    from fairground.web.wealth.register.bridge import place_name

    if follow.asset is not None:
        return str(follow.asset.name)
    if follow.register is not None:
        return str(follow.register.title)
    return f"public property in {place_name(follow.district_code)}"


def write_letters(report: Callable[[int], Any] = lambda percent: None) -> int:
    """Write to each who follows something that changed since their last letter; return how many letters."""
    every = list(Follow.objects.exclude(confirmed_at=None).select_related("asset", "register"))
    written = 0
    for n, follow in enumerate(every):
        report(100 * n // max(1, len(every)))
        now = timezone.now()
        found = changes_of(asset=follow.asset, register=follow.register, district=follow.district_code)
        found = found.filter(at__gt=follow.told_until, at__lte=now)
        count = found.count()
        claimed = Follow.objects.filter(pk=follow.pk, told_until=follow.told_until).update(told_until=now)
        if count and claimed:
            written += _told(follow, lines(found[:LISTED]), count, now)
    return written


def _told(follow: Follow, told: list[str], count: int, now: datetime) -> int:
    """Write a letter, and return 1; where the mail cannot be sent, it is tried again with the next ones."""
    try:
        _write(follow, told, count)
    except OSError:  # also every error of SMTP
        Follow.objects.filter(pk=follow.pk, told_until=now).update(told_until=follow.told_until)
        return 0
    return 1


def _write(follow: Follow, told: list[str], count: int) -> None:
    name = name_of(follow)
    stop_at = settings.SITE_ADDRESS + reverse("register:stop", args=[token(follow)])
    more = f"\nAnd {count - len(told):,} more.\n" if count > len(told) else ""
    text = f"What changed about {name}:\n\n" + "\n".join(f"- {one}" for one in told) + "\n" + more
    text += f"\nSee it: {settings.SITE_ADDRESS}{address_of(follow)}\n\nTo stop these letters: {stop_at}\n"
    headers = {"List-Unsubscribe": f"<{stop_at}>"}
    letter = EmailMessage(
        f"News of {name}"[:150], text, settings.DEFAULT_FROM_EMAIL, [follow.email], headers=headers
    )
    letter.send()


def address_of(follow: Follow) -> str:
    """Return the page of what is followed."""
    if follow.asset is not None:
        return reverse("register:asset", args=[follow.asset.pk])
    if follow.register is not None:
        return reverse("register:register", args=[follow.register.slug])
    return f"{reverse('register:index')}?district={follow.district_code}"


def forget_unconfirmed(now: datetime) -> int:
    """Forget the addresses of those who did not confirm within seven days."""
    count, _ = Follow.objects.filter(confirmed_at=None, asked_at__lt=now - UNCONFIRMED).delete()
    return count


def follows_of(user: Any) -> list[dict[str, Any]]:
    """Return what a person's own address follows, for the export of their account."""
    every = Follow.objects.filter(email=user.email.lower()).select_related("asset", "register")
    return [{"what": name_of(one), "asked_at": one.asked_at.isoformat()} for one in every]


def forget(user: Any) -> None:
    """Forget what a person's own address follows."""
    Follow.objects.filter(email=user.email.lower()).delete()

"""What a volunteer is told when an officer wrote something down for them: nothing is done behind their back.

The email goes where they said that they can be reached, as it was before the change. Of a made-up jury nobody
is written to.
"""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse

from fairground.errors import FairgroundError
from fairground.web.accounts import mailbox
from fairground.web.power.juries.models import Recruitment, Volunteer
from fairground.web.power.juries.told import Told, read


def reach(person: Volunteer) -> Told | None:
    """Return where somebody can be told something; None where nothing can be read of them."""
    try:
        return read(person) if person.sealed else None
    except FairgroundError:
        return None


def by_an_officer(person: Volunteer, to: Told | None, what: str) -> None:
    """Tell somebody by email, once it is certain, what an officer did: "took you out of those who …"."""
    jury = person.jury
    if to is None or not to.email or jury.round.fictional:
        return
    contact = Recruitment.objects.filter(jury=jury).values_list("contact", flat=True).first()
    text = (
        f"Dear {to.name},\n\nAn officer of this jury {what}: {jury.round.title}.\n\n"
        "If you asked for that, you need do nothing. If you did not, say so at once"
        f"{f': {contact}' if contact else '.'}\n\n"
        f"The jury: {settings.SITE_ADDRESS}{reverse('juries:jury', args=[jury.round.slug])}\n"
    )
    about = mailbox.about(f"jury {jury.pk} volunteer {person.number}")
    letter = EmailMessage(
        f"Written down for you: {jury.round.title}", text, settings.DEFAULT_FROM_EMAIL, [to.email],
        headers=about,
    )  # fmt: skip
    transaction.on_commit(lambda: letter.send(fail_silently=True))

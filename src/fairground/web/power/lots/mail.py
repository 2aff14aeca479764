"""What people who were drawn are written: by letter or email, without a word of what they told us.

An email names the jury, the day and a code. Nothing in it says how old somebody is or where they live.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse

from fairground.web.accounts import mailbox
from fairground.web.power.juries import sealing
from fairground.web.power.juries.actions.letters import plan_of
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.told import read
from fairground.web.power.lots.bridge import code_text
from fairground.web.power.lots.models import Seat

PRINTED = "django.core.mail.backends.console.EmailBackend"


@dataclass(frozen=True)
class Invitation:
    """A letter to somebody who was drawn: where it goes, the code of the answer, and how it can go."""

    number: int
    name: str
    address: str
    postcode: str
    email: str
    phone: str
    code: str


def code_of(seat: Seat) -> str:
    """Return the code by which somebody answers: made from the jury's key, so that it need not be kept."""
    return code_text(sealing.digest(seat.jury, f"invitation {seat.pk}"))


def invitation(seat: Seat) -> Invitation:
    """Return the letter of a seat; only for the jury's officers.

    Raises
    ------
    Impossible : the pool is erased.
    """
    told = read(seat.volunteer)
    return Invitation(
        seat.volunteer.number, told.name, told.address, told.postcode, told.email, told.phone, code_of(seat)
    )


def answer_address(seat: Seat) -> str:
    """Return where somebody answers."""
    return settings.SITE_ADDRESS + reverse("lots:invitation", args=[seat.jury.round.slug])


def send(seat: Seat, *, again: bool = False) -> bool:
    """Send the invitation of a seat, or a reminder, where there is an email address; say whether it went.

    A site without a mail server prints its emails into its log, where no name may stand: it sends none.
    """
    letter = invitation(seat)
    if not letter.email or settings.EMAIL_BACKEND == PRINTED:
        return False
    day = f"{seat.answer_by:%-d %B %Y}"
    begins = "You have not answered us yet." if again else "You have been drawn by lot."
    text = (
        f"Dear {letter.name},\n\n{begins} There is a place for you on this jury: {seat.jury.round.title}.\n\n"
        f"Please say yes or no by {day}. If you do not answer by then, somebody else is drawn.\n\n"
        f"Answer here: {answer_address(seat)}\nYour code: {letter.code}\n\n"
        "You need not give a reason if you say no.\n"
    )
    contact = plan_of(seat.jury).contact
    text += (
        f"\nWould you rather not do this online, or do you have a question? {contact}\n" if contact else ""
    )
    subject = f"{'Please answer' if again else 'You have been drawn'}: {seat.jury.round.title}"
    about = mailbox.about(f"{about_jury(seat.jury)} volunteer {letter.number}")
    sent = EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [letter.email], headers=about)
    return bool(sent.send(fail_silently=True))


def about_jury(jury: Jury) -> str:
    """Return what the emails of a jury are about, for the demo's mailbox."""
    return f"jury {jury.pk}"


def forget(jury: Jury, number: int | None = None) -> None:
    """Delete what the demo's mailbox keeps of a jury, or of one volunteer, once the erasure is certain."""
    subject = about_jury(jury) + (f" volunteer {number}" if number is not None else "")
    transaction.on_commit(lambda: mailbox.forget(subject))

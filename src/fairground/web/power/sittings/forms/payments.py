"""What an officer is asked about a payment."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from fairground.web.power.budgeting.fields import Pounds, choice, day
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.forms.parts import Once, text, ticks
from fairground.web.power.sittings.members import Member
from fairground.web.power.sittings.models import PaidFor

EVERYONE, THERE, TICKED = "everyone", "there", "ticked"


class PaymentForm(Once):
    """One payment, to one member or the same to many."""

    who = forms.ChoiceField(
        label="Who is paid?",
        choices=[
            (EVERYONE, "Everyone who sits on the jury now"),
            (THERE, "Everyone who was at the session that I choose below"),
            (TICKED, "Those whom I tick here"),
        ],
        widget=forms.RadioSelect,
    )
    members = ticks(
        "Members", hint="Only needed if you tick who is paid. Who left can still be paid what they are owed"
    )
    kind = choice("What for?", PaidFor.choices)
    session = choice("For which session?", required=False)
    pence = Pounds("How much to each of them, in pounds?", hint="For example 85.50")
    hours = forms.DecimalField(
        label="For how many hours?", help_text="Only where hours are paid. For example 6.5", required=False,
        max_digits=4, decimal_places=2, min_value=Decimal("0.1"), max_value=24,
        widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "decimal"}),
    )  # fmt: skip
    paid_on = day("On which day was it paid?")
    reference = text(
        "Reference of the payment", hint="Only officers see it. No names", required=False, most=60
    )

    def __init__(self, *args: Any, jury: Jury, there: Sequence[Member], **more: Any) -> None:
        super().__init__(*args, **more)
        self.there = there
        self.sessions = {str(one.pk): one for one in jury.sessions.filter(called_off_at=None)}
        listed = [(pk, str(one)) for pk, one in self.sessions.items()]
        self.fields["session"].choices = [("", "None of them"), *listed]  # type: ignore[attr-defined]
        self.fields["members"].choices = [(one.key, one.words) for one in there]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Turn who is paid into the members that are meant, and hours into whole minutes."""
        facts = dict(super().clean() or {})
        who, session, ticked = facts.pop("who", None), facts.get("session"), facts.pop("members", [])
        if who == THERE and session is None:
            self.add_error("session", "Choose the session: everyone who was there is paid.")
        if who == TICKED and not ticked:
            self.add_error("members", "Tick who is paid.")
        at = {(one.seat, one.member_id) for one in session.attendance.all()} if session else set()
        keys = {
            EVERYONE: [one.key for one in self.there if not one.left],
            THERE: [one.key for one in self.there if (one.seat, one.row.pk if one.row else None) in at],
            TICKED: ticked,
        }.get(who, [])
        if who in (EVERYONE, THERE) and not keys and not self.errors:
            self.add_error("who", "There is nobody: write down first who was there, or who said yes.")
        hours = facts.pop("hours", None)
        return facts | {"keys": keys, "minutes": round(hours * 60) if hours else None}

    def clean_session(self) -> Any:
        """Return the session itself."""
        return self.sessions.get(self.cleaned_data["session"])

"""What an officer is asked about a payment."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from fairground.errors import BadInput
from fairground.web.answers import in_words
from fairground.web.power.budgeting.fields import Pounds, choice, day
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings import seats
from fairground.web.power.sittings.forms.parts import Once, text
from fairground.web.power.sittings.models import PaidFor


class PaymentForm(Once):
    """One payment, to one seat or the same to many."""

    seats = text("Which seats?", hint="For example 7, or 1-24 for everyone", most=2000)
    kind = choice("What for?", PaidFor.choices)
    session = choice("For which session?", required=False)
    pence = Pounds("How much to each seat, in pounds?", hint="For example 85.50")
    hours = forms.DecimalField(
        label="For how many hours?", help_text="Only where hours are paid. For example 6.5", required=False,
        max_digits=4, decimal_places=2, min_value=Decimal("0.1"), max_value=24,
        widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "decimal"}),
    )  # fmt: skip
    paid_on = day("On which day was it paid?")
    reference = text(
        "Reference of the payment", hint="Only officers see it. No names", required=False, most=60
    )

    def __init__(self, *args: Any, jury: Jury, **more: Any) -> None:
        super().__init__(*args, **more)
        self.most = jury.size
        self.sessions = {str(one.pk): one for one in jury.sessions.filter(called_off_at=None)}
        listed = [(pk, str(one)) for pk, one in self.sessions.items()]
        self.fields["session"].choices = [("", "None of them"), *listed]  # type: ignore[attr-defined]

    def clean_seats(self) -> tuple[int, ...]:
        """Return the seats as numbers."""
        try:
            return seats.read(self.cleaned_data["seats"], most=self.most)
        except BadInput as fault:
            raise forms.ValidationError(in_words(fault)) from fault

    def clean_session(self) -> Any:
        """Return the session itself."""
        return self.sessions.get(self.cleaned_data["session"])

    def minutes(self) -> int | None:
        """Return the hours as whole minutes."""
        hours = self.cleaned_data.get("hours")
        return round(hours * 60) if hours else None

"""The forms of the property pages: a case as an address carries it, and the event to add to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from fairground.web.wealth.funding.fields import choice_field
from fairground.web.wealth.property import bridge


def _day(label: str, hint: str) -> forms.DateField:
    widget = forms.DateInput(
        attrs={"class": "govuk-input govuk-input--width-10", "type": "date"}, format="%Y-%m-%d"
    )
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        widget=widget,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": "Give a day, such as 2026-09-01 or 01/09/2026"},
    )


class CaseForm(forms.Form):
    """A case: the procedure, its events, the day to look at, and a supposed start where one is needed."""

    procedure = choice_field("Procedure")
    events = forms.CharField(
        label="What happened", required=False, max_length=20_000, widget=forms.HiddenInput()
    )
    on = _day("Look at the day", "Today if you leave it empty")
    in_force_from = _day("Suppose that the law began on", "Only for a law that is not in force yet")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["procedure"].choices = bridge.choices()  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """Take today where no day was given."""
        found: date = self.cleaned_data["on"] or timezone.localdate()
        return found


class AddForm(forms.Form):
    """One more event: what happened, on which day, and whether its reasons were given."""

    kind = forms.ChoiceField(label="What happened?", widget=forms.RadioSelect())
    day = _day("On which day?", "For example 2026-09-01 or 01/09/2026")
    given = forms.BooleanField(
        label="The reasons were given in writing",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )

    def __init__(self, *args: Any, may: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.event_id, one.next_event) for one in may]  # type: ignore[attr-defined]
        self.fields["day"].required = True
        self.fields["day"].error_messages["required"] = "Give the day on which it happened"
        self.fields["kind"].error_messages["required"] = "Choose what happened"

    def as_told(self) -> bridge.Told:
        """Return the event as the address carries it."""
        got = self.cleaned_data
        return bridge.Told(got["kind"], got["day"], "given" if got["given"] else "")

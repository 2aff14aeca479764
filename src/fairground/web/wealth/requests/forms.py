"""The forms of requests: a new campaign, what a council did, a list that it sent, a claim."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify

from fairground.errors import FairgroundError
from fairground.web.answers import put_beside
from fairground.web.power.budgeting.fields import Line
from fairground.web.wealth.requests import bridge
from fairground.web.wealth.requests.models import Campaign, CouncilRequest, Outcome

INPUT = {"class": "govuk-input"}
SHORT = {"class": "govuk-input govuk-input--width-10"}
LARGEST = 20_000_000


def _day(label: str, hint: str, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateInput(attrs={**SHORT, "type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "invalid": "Give a day, such as 2026-09-01 or 01/09/2026",
            "required": "Give the day, such as 2026-09-01",
        },
    )


def _words(
    label: str, hint: str = "", *, most: int = 120, attrs: dict[str, str] | None = None
) -> forms.CharField:
    return Line(
        label=label,
        help_text=hint,
        max_length=most,
        widget=forms.TextInput(attrs=attrs or INPUT),
        error_messages={"required": f"Fill in: {label.lower().rstrip('?')}"},
    )


class CampaignForm(forms.Form):
    """A new campaign: for whom, which councils, which years, from which day."""

    title = _words("What is it called?", "For example: What did councils in the North East sell?")
    place = _words("For which place?", "A place in which you have a role", attrs=INPUT)
    councils = forms.CharField(
        label="Which councils?",
        help_text="One name or code on each line",
        max_length=40_000,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 8}),
        error_messages={"required": "Name the councils, one on each line"},
    )
    first_year = _words("First financial year", "For example 2010/11", most=7, attrs=SHORT)
    last_year = _words("Last financial year", "For example 2024/25", most=7, attrs=SHORT)
    sent_on = _day(
        "When are the letters sent?", "The twenty working days are counted from here", required=True
    )

    def clean(self) -> dict[str, Any]:
        """Find the place and the councils, and an address that is free."""
        got = super().clean() or {}
        if self.errors:
            return got
        try:
            got["place_code"] = bridge.place_code(got["place"])
        except FairgroundError:
            self.add_error("place", "We know no place of that name")
            return got
        try:
            years = {"first": got["first_year"], "last": got["last_year"]}
            got["councils"] = bridge.councils(got["councils"], sent=got["sent_on"], **years)
        except FairgroundError as fault:
            put_beside(self, fault)
        got["slug"] = slugify(got["title"])[:60].strip("-")
        if not got["slug"] or Campaign.objects.filter(slug=got["slug"]).exists():
            self.add_error("title", "Another campaign has this name, or it has no letters: choose another")
        return got

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        names = ("title", "slug", "place_code", "first_year", "last_year", "sent_on", "councils")
        return {name: self.cleaned_data[name] for name in names}


class NoteForm(forms.Form):
    """What a council did with the request."""

    acknowledged_on = _day("When did it say that it has the request?", "Leave empty if it did not")
    outcome = forms.ChoiceField(
        label="What came of it?",
        required=False,
        choices=[("", "Nothing yet"), *Outcome.choices],
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"invalid_choice": "Choose what came of it"},
    )
    ended_on = _day("On which day?", "The day of the answer or refusal")
    said_number = forms.IntegerField(
        label="How many did it sell, if it gave only a number?",
        required=False,
        min_value=0,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Give a whole number, 0 or more",
            "min_value": "Give a whole number, 0 or more",
            "max_value": "Give a whole number up to 1,000,000",
        },
    )

    def __init__(self, *args: Any, request: CouncilRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, Any]:
        """Refuse days and an outcome that do not go together."""
        got = super().clean() or {}
        if not self.errors:
            try:
                bridge.checked(self.request, **got)
            except FairgroundError as fault:
                put_beside(self, fault)
        return got


class ListForm(forms.Form):
    """A list that a council sent."""

    file = forms.FileField(
        label="The list",
        help_text="CSV, Excel or OpenDocument, up to 20 MB, in any layout",
        widget=forms.ClearableFileInput(attrs={"class": "govuk-file-upload"}),
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
    received_on = _day("When did it come?", "Today if you leave it empty")

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign

    def clean_received_on(self) -> date:
        """Take today where no day was given, and refuse a day before the letters."""
        found: date = self.cleaned_data["received_on"] or timezone.localdate()
        if found < self.campaign.sent_on:
            raise forms.ValidationError("This is before the letters were sent")
        return found

    def clean(self) -> dict[str, Any]:
        """Read the list; what cannot be read is said beside the file."""
        got = super().clean() or {}
        file = got.get("file")
        if file is None or self.errors:
            return got
        if file.size > LARGEST:
            self.add_error("file", "The file is larger than 20 MB")
            return got
        try:
            got["read"] = bridge.read(self.campaign, file.read(), file.name)
        except FairgroundError as fault:
            self.add_error("file", str(fault))
        return got


class BackForm(forms.Form):
    """Why a list is taken back."""

    because = _words("Why is it taken back?", most=300)


class ClaimForm(forms.Form):
    """A total that somebody has stated."""

    claim = forms.FloatField(
        label="A total that somebody states",
        required=False,
        min_value=0,
        max_value=1e9,
        widget=forms.TextInput(attrs={**SHORT, "inputmode": "numeric"}),
        error_messages={
            "invalid": "Give a number, such as 75000",
            "min_value": "Give a number, 0 or more",
            "max_value": "Give a number up to 1,000,000,000",
        },
    )

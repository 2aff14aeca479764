"""What officers fill in about letters: the plan, the words, and the addresses."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.errors import BadInput
from fairground.web.answers import in_words
from fairground.web.power.budgeting.fields import long, text
from fairground.web.power.juries import bridge
from fairground.web.power.juries.first_stage import Part, parts_of, read_parts, write_parts
from fairground.web.power.juries.letters import MAY, MOST, WORDS


class PlanForm(forms.Form):
    """How many letters, how many answers, what they say."""

    letters = forms.IntegerField(
        label="How many letters", min_value=0, max_value=1_000_000,
        widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "numeric"}),
    )  # fmt: skip
    answering = forms.DecimalField(
        label="Of 100 letters, how many bring a volunteer?", min_value=0.01, max_value=100, decimal_places=2,
        help_text="3 to 5 is usual for letters about a jury",
        widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "decimal"}),
    )  # fmt: skip
    sender = text("Who signs the letter", required=False, most=200)
    contact = text("Phone and address for those who do not use the internet", required=False, most=200)
    pay = text(
        "What do members get for their time?", required=False, most=300,
        hint="For example: £90 for each day, the way there and back, and care for children or others",
    )  # fmt: skip
    words = long(
        "The words of the letter", most=3000, rows=18,
        hint="Gaps that are filled: " + ", ".join(f"${name}" for name in MAY),
    )  # fmt: skip

    @staticmethod
    def first(plan: Any) -> dict[str, Any]:
        """Return what the form shows first."""
        return {
            "letters": plan.letters, "answering": plan.answering, "sender": plan.sender,
            "contact": plan.contact, "pay": plan.pay, "words": plan.words or WORDS,
        }  # fmt: skip


class PartsForm(forms.Form):
    """How many letters go to which part of the place."""

    letters = forms.IntegerField(
        label="How many letters", min_value=1, max_value=1_000_000,
        widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "numeric"}),
    )  # fmt: skip
    parts = long(
        "The parts of the place", most=6000, rows=6,
        hint="One on each line: its name, how many addresses, and of 100 letters how many bring a volunteer. "
        "If you know it, how many grown-ups live at an address. For example: Hanley, 9000, 2.5, 1.8",
    )  # fmt: skip
    way_to_share = forms.ChoiceField(label="How are the letters shared out?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["way_to_share"].choices = bridge.letter_ways()  # type: ignore[attr-defined]

    def clean_parts(self) -> list[Part]:
        """Return the parts."""
        try:
            return read_parts(self.cleaned_data["parts"])
        except BadInput as fault:
            raise forms.ValidationError(in_words(fault)) from fault

    @staticmethod
    def first(plan: Any) -> dict[str, Any]:
        """Return what the form shows first."""
        return {
            "letters": plan.letters or "", "parts": write_parts(parts_of(plan)),
            "way_to_share": plan.way_to_share,
        }  # fmt: skip


class AddressesForm(forms.Form):
    """Where letters go: a list of addresses, or only how many."""

    file = forms.FileField(
        label="A list of addresses (CSV, Excel or OpenDocument)", required=False,
        help_text="Columns: address; area if you want to count by area; letter for a second letter. Not kept",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.xlsx,.ods"}),
    )  # fmt: skip
    number = forms.IntegerField(
        label="Or how many letters without an address", required=False, min_value=1, max_value=MOST,
        widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "numeric"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for one of both."""
        facts = dict(super().clean() or {})
        if not self.errors and not facts.get("file") and not facts.get("number"):
            self.add_error("file", "Choose a list of addresses, or say how many letters")
        return facts

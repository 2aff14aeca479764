"""What officers fill in about a pool: find somebody, take a table along, give a new code."""

from __future__ import annotations

from django import forms

from fairground.web.power.budgeting.fields import text
from fairground.web.power.juries.actions.erasure import LEAST_WORDS
from fairground.web.power.juries.person_forms import radios

CSV, ODS = "csv", "ods"


class FindForm(forms.Form):
    """Whom an officer looks for."""

    words = text("Name, email, phone or postcode", hint="At least three letters of it", most=100)


class ExportForm(forms.Form):
    """Which table, and why."""

    format = radios("Which file?", [(CSV, "CSV, for any program"), (ODS, "OpenDocument spreadsheet (.ods)")])
    names = radios(
        "What is in it?",
        [("no", "Numbers and answers only"), ("yes", "Names, addresses and needs too")],
        hint="A file leaves this site and is not erased with the pool. Numbers are enough to draw a jury",
    )
    reason = text(
        "Why are names needed?",
        required=False,
        most=300,
        hint="Only if you choose names. It is kept in the log",
    )

    def clean(self) -> dict[str, object]:
        """Ask for a reason where names are wanted."""
        facts = dict(super().clean() or {})
        if facts.get("names") == "yes" and len(str(facts.get("reason") or "").strip()) < 5:
            self.add_error("reason", "Say why names are needed")
        return facts


class EraseForm(forms.Form):
    """Why a pool is erased before its day; `sure` is only on the second page."""

    why = text("Why is it erased now?", hint="It is kept in the log. No names", most=300)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput())

    def clean_why(self) -> str:
        """Ask for some words."""
        why = str(self.cleaned_data["why"]).strip()
        if len(why) < LEAST_WORDS:
            raise forms.ValidationError("Say why, in a few words")
        return why


class SureForm(forms.Form):
    """That an officer has made sure who somebody is."""

    sure = forms.BooleanField(
        label="I have asked questions, and I am sure that this is the volunteer",
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )

"""The fields that the forms of a budget are made of: words, choices, days, numbers, amounts in pounds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from fairground import typed
from fairground.errors import BadInput

MOST_PENCE = 10**14
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)  # a calendar ends: 9999-12-31 has no day after
YEARS = "Give a day of the years 1900 to 2199."


class Line(forms.CharField):
    """Words on one line: a line break, which no browser sends from such a box, becomes a space."""

    def to_python(self, value: Any) -> str:
        """Return the words with one space between them, so that they fit the subject of an email."""
        return " ".join((super().to_python(value) or "").split())


def text(
    label: str, *, hint: str = "", required: bool = True, most: int = 100, mode: str = "text"
) -> forms.CharField:
    """Return a field of this kind in the look of the site."""
    widget = forms.TextInput(attrs={"class": "govuk-input", "inputmode": mode})
    return Line(label=label, help_text=hint, required=required, max_length=most, widget=widget)


def long(
    label: str, *, hint: str = "", required: bool = True, most: int = 1000, rows: int = 4
) -> forms.CharField:
    """Return a field of this kind in the look of the site."""
    widget = forms.Textarea(attrs={"class": "govuk-textarea", "rows": rows})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most, widget=widget)


def choice(label: str, choices: Any = (), *, required: bool = True, hint: str = "") -> forms.ChoiceField:
    """Return a field of this kind in the look of the site."""
    widget = forms.Select(attrs={"class": "govuk-select"})
    return forms.ChoiceField(label=label, choices=choices, widget=widget, required=required, help_text=hint)


def radios(label: str, choices: Any) -> forms.ChoiceField:
    """Return a choice of which every answer is in sight and none is made beforehand."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect())


def box(label: str, *, required: bool = False, unticked: str = "") -> forms.BooleanField:
    """Return a box to tick."""
    widget = forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"})
    told = {"required": unticked} if unticked else {}
    return forms.BooleanField(label=label, required=required, widget=widget, error_messages=told)


def day(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    """Return a field of this kind in the look of the site."""
    widget = forms.DateInput(attrs={"class": "govuk-input", "type": "date"}, format="%Y-%m-%d")
    years = [MinValueValidator(FIRST_DAY, YEARS), MaxValueValidator(LAST_DAY, YEARS)]
    return forms.DateField(label=label, widget=widget, required=required, help_text=hint, validators=years)


def number(label: str, hint: str, *, most: int) -> forms.IntegerField:
    """Return a field of this kind in the look of the site."""
    widget = forms.TextInput(attrs={"class": "govuk-input", "inputmode": "numeric"})
    return forms.IntegerField(
        label=label, help_text=hint, required=False, min_value=1, max_value=most, widget=widget
    )


class Pounds(forms.CharField):
    """An amount typed in pounds, as people write it, cleaned to whole pence."""

    def __init__(self, label: str, *, hint: str = "For example 25,000", required: bool = True) -> None:
        widget = forms.TextInput(attrs={"class": "govuk-input", "inputmode": "decimal"})
        super().__init__(label=label, help_text=hint, required=required, max_length=24, widget=widget)

    def clean(self, value: Any) -> Any:
        """Return whole pence, or None where nothing was typed and nothing is needed."""
        given = str(super().clean(value))
        if not given:
            return None
        try:
            pence = typed.pounds(given, "") * 100
        except BadInput:
            pence = Fraction(0)
        if pence.denominator != 1 or not 0 < pence <= MOST_PENCE:
            raise forms.ValidationError(
                f'"{given}" is not an amount in pounds. Write it in digits, such as 25,000, £25k or 1,250.50.'
            )
        return int(pence)

"""The kinds of field that the forms of the funding pages are made of.

Their look is that of https://design-system.service.gov.uk/components/text-input/ and of select.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms


def choice_field(label: str) -> forms.ChoiceField:
    """Return a list to choose one from; the form fills in the choices."""
    return forms.ChoiceField(label=label, widget=forms.Select(attrs={"class": "govuk-select"}))


def text_field(
    label: str, *, hint: str = "", required: bool = True, mode: str = "text", most: int = 100
) -> forms.CharField:
    """Return a field for a line of text or a number."""
    widget = forms.TextInput(attrs={"class": "govuk-input", "inputmode": mode})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most, widget=widget)


class WholeNumber(forms.IntegerField):
    """A whole number in the digits 0 to 9, as commands read it: no other script, no underscore."""

    def to_python(self, value: Any) -> int | None:
        """Return the number, or say beside the field that this is none."""
        if isinstance(value, str) and value.strip() and not re.fullmatch(r"[+-]?[0-9]{1,30}", value.strip()):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

"""The forms of the funding pages."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.web.wealth.funding import bridge


def _choice(label: str, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=help_text, widget=forms.Select(attrs={"class": "govuk-select"})
    )


class CounterfactualForm(forms.Form):
    """Whose rate, for whom, on what, over which years."""

    areas = _choice("Which regions")
    at = _choice("At the rate of which region")
    function = _choice("Which spending")
    first = _choice("From financial year")
    last = _choice("To financial year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "areas": [*bridge.GROUPS, *bridge.regions()],
            "at": bridge.regions(),
            "function": bridge.FUNCTIONS,
            "first": bridge.years(),
            "last": bridge.years(),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

"""The forms of the green-space pages."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.web.opportunity.greenspace import bridge
from fairground.web.opportunity.models import Question
from fairground.web.opportunity.sending import SentForm
from fairground.web.wealth.funding.fields import choice_field, text_field


class CoverageForm(forms.Form):
    """Which place, by which rule."""

    map = choice_field("Place")
    rule = choice_field("By which rule")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["map"].choices = bridge.places()  # type: ignore[attr-defined]
        self.fields["rule"].choices = bridge.rules()  # type: ignore[attr-defined]


class SendForm(SentForm, CoverageForm):
    """A file of homes, or of one site's boundary, to be held against a rule."""

    asks = Question.GREENSPACE
    starting = staticmethod(bridge.starting)
    field_order = ("file", "purpose", "map", "rule")

    def asked(self) -> dict[str, str]:
        """Return which place the file is held against, by which rule."""
        return {"place": self.cleaned_data["map"], "rule": self.cleaned_data["rule"]}


class CheckForm(CoverageForm):
    """Which place, which spot in it, by which rule."""

    at = text_field(
        "Postcode, or latitude and longitude", hint="For example ZZ1 2AA, or 54.6180, 2.0010. Or drop a pin."
    )
    field_order = ("map", "at", "rule")

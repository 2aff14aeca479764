"""The form of the neighbourhood pages."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.web.opportunity.neighbourhoods import bridge
from fairground.web.wealth.funding.fields import choice_field


class ScoreForm(forms.Form):
    """Which place, by which way of travelling, by which definition."""

    map = choice_field("Place")
    mode = choice_field("How people travel")
    preset = choice_field("By which definition")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["map"].choices = bridge.places()  # type: ignore[attr-defined]
        self.fields["mode"].choices = bridge.MODES  # type: ignore[attr-defined]
        self.fields["preset"].choices = bridge.definitions()  # type: ignore[attr-defined]

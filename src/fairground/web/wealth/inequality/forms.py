"""The forms of the inequality pages: which indicator, which period."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.web.wealth.inequality import bridge


class IndicatorForm(forms.Form):
    """Choose an indicator and a period; the level (region or district) is set by the page."""

    level = "region"
    indicator = forms.ChoiceField(
        label="What to compare", widget=forms.Select(attrs={"class": "govuk-select"})
    )
    period = forms.ChoiceField(
        label="Period",
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        help_text="Leave it at newest to see the latest figures",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = bridge.choices(self.level)  # type: ignore[attr-defined]
        periods = [(period, period) for period in bridge.all_periods(self.level)]
        self.fields["period"].choices = [("", "Newest"), *periods]  # type: ignore[attr-defined]


class DistrictIndicatorForm(IndicatorForm):
    """The same for districts."""

    level = "district"

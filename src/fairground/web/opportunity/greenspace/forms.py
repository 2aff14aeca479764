"""The forms of the green-space pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms

from fairground.web.opportunity.actions import ENDINGS
from fairground.web.opportunity.greenspace import bridge
from fairground.web.opportunity.models import Purpose
from fairground.web.wealth.funding.fields import choice_field, text_field

MOST_BYTES = 200_000_000


class CoverageForm(forms.Form):
    """Which place, by which rule."""

    map = choice_field("Place")
    rule = choice_field("By which rule")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["map"].choices = bridge.places()  # type: ignore[attr-defined]
        self.fields["rule"].choices = bridge.rules()  # type: ignore[attr-defined]


class SendForm(CoverageForm):
    """A file of homes, or of one site's boundary, to be checked behind the page."""

    purpose = choice_field("What the file holds")
    file = forms.FileField(
        label="The file",
        help_text="CSV with latitude and longitude (or easting and northing), or GeoJSON. At most 200 MB.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ",".join(ENDINGS)}),
    )
    field_order = ("file", "purpose", "map", "rule")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = Purpose.choices  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Refuse files of another kind, and those that are too large."""
        file = self.cleaned_data["file"]
        if Path(file.name).suffix.lower() not in ENDINGS:
            raise forms.ValidationError(f"“{file.name}” has another ending. Allowed: {', '.join(ENDINGS)}.")
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                f"The file has {file.size / 1e6:,.0f} MB. At most 200 MB can be sent."
            )
        return file

    def facts(self) -> dict[str, Any]:
        """Return what is kept of the file besides its content."""
        file, chosen = self.cleaned_data["file"], self.cleaned_data
        ending = Path(file.name).suffix.lower()
        named = {"name": Path(file.name).name[:200], "ending": ending}
        return named | {"place": chosen["map"], "rule": chosen["rule"], "purpose": chosen["purpose"]}


class CheckForm(CoverageForm):
    """Which place, which spot in it, by which rule."""

    at = text_field(
        "Postcode, or latitude and longitude", hint="For example ZZ1 2AA, or 54.6180, 2.0010. Or drop a pin."
    )
    field_order = ("map", "at", "rule")

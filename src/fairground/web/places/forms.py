"""The form of the place search."""

from __future__ import annotations

from django import forms


class SearchForm(forms.Form):
    """What a person types to find a place."""

    q = forms.CharField(
        label="Your place",
        max_length=100,
        error_messages={"required": "Type the name of a place, such as Stoke-on-Trent"},
    )

"""What the forms of sittings are made of: forms that count once, addresses, times, files, reasons."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from fairground.web.power.budgeting.fields import long, text

AGAIN = "Load this page again, then send the form once more"


class Once(forms.Form):
    """A form that does its work once, however often it is sent."""

    token = forms.UUIDField(widget=forms.HiddenInput(), error_messages={"invalid": AGAIN, "required": AGAIN})

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["token"].initial = uuid.uuid4


class WhyForm(forms.Form):
    """The reason of an act."""

    why = text("Why?", hint="Everyone can read this", most=300)


def web(label: str, *, hint: str = "", required: bool = False) -> forms.CharField:
    """Return a box for the address of a page elsewhere; what is wrong with it is said where it is kept."""
    return text(label, hint=hint or "It begins with https://", required=required, most=500, mode="url")


def clock(label: str) -> forms.TimeField:
    """Return a box for a time of the day."""
    widget = forms.TimeInput(attrs={"class": "govuk-input", "type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget)


def ticks(label: str, *, hint: str = "") -> forms.MultipleChoiceField:
    """Return boxes to tick, none of which need be."""
    widget = forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"})
    return forms.MultipleChoiceField(label=label, help_text=hint, required=False, widget=widget)


def upload(label: str, hint: str) -> forms.FileField:
    """Return a box for a file; what it is is read off its content where it is kept."""
    widget = forms.FileInput(attrs={"class": "govuk-file-upload"})
    return forms.FileField(label=label, help_text=hint, required=False, widget=widget)


class HeldForm(Once):
    """Something to read: its title, and a file or an address."""

    title = text("What is it called?", most=200)
    file = upload(
        "A file", "A PDF, an .odt or .docx document, plain text or a picture. At most 20 MB, no macros"
    )
    address = web("Or the web address where it can be read")


__all__ = ["HeldForm", "Once", "WhyForm", "clock", "long", "text", "ticks", "upload", "web"]

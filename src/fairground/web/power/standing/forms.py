"""What an officer is asked about a standing jury and its next rotation."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.web.power.budgeting.fields import long, number, text
from fairground.web.power.juries.forms import JuryForm
from fairground.web.power.standing.models import Rotation


class StandingForm(forms.Form):
    """How a jury stays."""

    title = text("Name of the standing jury", hint="For example Redcar standing jury", most=120)
    summary = long("What is it for?", hint="Two or three sentences that everybody understands", most=2000)
    leave = number(
        "How many people leave each time?", "For example 8 of 24: then each sits three times", most=1000
    )
    cooling = forms.IntegerField(
        label="How many rotations must go by before somebody who left can be drawn again?",
        help_text="0 or more",
        min_value=0,
        max_value=50,
        widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["leave"].required = True


class RotationForm(JuryForm):
    """The words and days of the jury of those who come; its size and the rest follow from the last one."""

    size = letter_needed = one_of_an_address = least_age = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **more: Any) -> None:
        forms.Form.__init__(self, *args, **more)

    @staticmethod
    def words(last: Rotation) -> dict[str, Any]:
        """Return what the form shows first: the words of the rotation before."""
        jury, title = last.jury, last.standing.title
        told = {name: getattr(jury, name) for name in ("question", "remit", "decider")}
        return told | {"title": f"{title}, rotation {last.number + 1}"[:120], "summary": jury.round.summary}

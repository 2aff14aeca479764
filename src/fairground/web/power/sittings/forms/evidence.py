"""What is asked about sides, experts, evidence, questions and replies."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.web.power.budgeting.fields import choice, number
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.forms.parts import HeldForm, Once, long, text
from fairground.web.power.sittings.models import Source, Standing, Witness

NONE = ("", "None of these")


class OfJury(forms.Form):
    """A form whose choices are a jury's own sides, sessions and experts; what is chosen is the row itself."""

    def __init__(self, *args: Any, jury: Jury, **more: Any) -> None:
        super().__init__(*args, **more)
        heard = jury.witnesses.filter(standing=Standing.ACCEPTED)
        self.rows = {"side": jury.sides.all(), "session": jury.sessions.all(), "witness": heard}
        for name in self.rows.keys() & self.fields.keys():
            choices = [(str(row.pk), str(row)) for row in self.rows[name]]
            field: Any = self.fields[name]
            field.choices = choices if field.required else [NONE, *choices]

    def clean(self) -> dict[str, Any]:
        """Put the rows in the place of their numbers."""
        facts = dict(super().clean() or {})
        for name in self.rows.keys() & facts.keys():
            facts[name] = next((row for row in self.rows[name] if str(row.pk) == facts[name]), None)
        return facts


class SideForm(forms.Form):
    """A side of the question."""

    name = text("A side of the question", hint="For example: people who ride the bus at night", most=80)
    about = text("What is this side’s concern?", required=False, most=300)


class SuggestForm(OfJury, Once):
    """Somebody whom the jury should hear, as anyone may suggest them."""

    side = choice("Which side do they speak for?")
    speaks_for = text(
        "Who are they, or whom do they speak for?", hint="For example: a drivers’ union", most=200
    )
    name = text("Their name, if you know it", hint="Never shown unless they agree", required=False, most=120)
    why = long("Why should the jury hear them?", most=1000)
    website = forms.CharField(required=False, widget=forms.HiddenInput())

    def clean_website(self) -> str:
        """Refuse what only a machine fills in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Leave this box empty. It is there to find machines")
        return ""


class AcceptForm(OfJury):
    """An expert on the hearing list, as everyone will read it."""

    side = choice("Which side do they speak for?")
    speaks_for = text("Who are they, or whom do they speak for?", most=200)
    name = text("Name", required=False, most=120)
    named = forms.BooleanField(
        label="They agreed that their name is shown to everyone",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )
    interests = long(
        "What do they gain or lose?", hint="As they declare it. Write “none” if there is nothing", most=1000
    )
    invited_by = text("Who invited them?", hint="A body or a part, never a person’s name", most=120)
    why = long("Why were they chosen?", most=1000)
    session = choice("At which session are they heard?", required=False)

    @staticmethod
    def first(witness: Witness) -> dict[str, Any]:
        """Return what the form shows first of somebody."""
        names = ("speaks_for", "name", "named", "interests", "invited_by", "why")
        rows = {"side": witness.side_id, "session": witness.session_id or ""}
        return {name: getattr(witness, name) for name in names} | rows


class NewWitnessForm(Once, AcceptForm):
    """An expert whom the officers put on the list themselves."""

    source = choice("Who suggested them?", [one for one in Source.choices if one[0] != Source.PUBLIC])


class RefuseForm(forms.Form):
    """Why somebody is not heard."""

    reason = text("Why are they not heard?", hint="Everyone can read this. Name nobody", most=500)


class EvidenceForm(OfJury, HeldForm):
    """Something that the jury read or was shown."""

    summary = long("What does it say, in plain words?", most=3000)
    source = text("Who made it, and where does it come from?", most=300)
    year = number("Of which year is it?", "For example 2025", most=9999)
    licence = text(
        "Under which licence?",
        hint="For example Open Government Licence 3.0, or: all rights reserved",
        most=120,
    )
    session = choice("Shown at which session?", required=False)
    witness = choice("From which expert?", required=False)
    side = choice("Does it speak for one side?", required=False)
    field_order = [
        "title",
        "summary",
        "source",
        "year",
        "licence",
        "session",
        "witness",
        "side",
        "file",
        "address",
    ]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["year"].required = True


class QuestionForm(OfJury, Once):
    """What the jury asked."""

    words = long("What did the jury ask?", hint="Without who of it asked", most=1000)
    witness = choice("Whom did it ask?", required=False)
    session = choice("At which session?", required=False)


class ReplyForm(Once):
    """What was answered."""

    words = long("What was answered?", most=4000)
    given_by = text("Who answered?", hint="A body or a part, such as the council’s bus team", most=200)

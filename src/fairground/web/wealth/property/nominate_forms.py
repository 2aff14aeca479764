"""The questions of a nomination, one on each page; what is typed stays in the session until it is sent.

What a nomination must contain: SI 2012/2421, regulation 6, as the councils' own forms ask for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from fairground.errors import FairgroundError
from fairground.web.power.budgeting.fields import long, text
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.case_forms import Once, radios


class KindForm(forms.Form):
    """What kind of body the group is."""

    kind = radios("What is your group?")

    def __init__(self, *args: Any, told: Mapping[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [(one.id, one.name) for one in kept.nominators()]  # type: ignore[attr-defined]
        self.fields["kind"].error_messages["required"] = "Choose what your group is"


class GroupForm(forms.Form):
    """What the group is called, and what the law asks of a body of its kind."""

    group = text("What is your group called?", most=120)
    members = forms.IntegerField(
        label="How many members does it have?",
        min_value=0,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "numeric"}),
    )
    surplus = radios(
        "If money is left over, is it shared out among the members?",
        [("no", "No, it goes to what the group is for"), ("yes", "Yes")],
    )

    def __init__(self, *args: Any, told: Mapping[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.body = kept.nominator(str(told.get("kind")))
        if self.body is None or not self.body.members:
            del self.fields["members"]
        else:
            most = f"A group of this kind needs {self.body.members} who are on the register of electors"
            self.fields["members"].help_text = f"{most} here or next door"
        if self.body is None or not self.body.no_surplus:
            del self.fields["surplus"]

    def clean(self) -> dict[str, Any]:
        """Say which rule a group of this kind does not meet, and what it can do."""
        facts = dict(super().clean() or {})
        if self.body is None:
            return facts
        shares = facts.get("surplus") == "yes"
        members = facts.get("members", self.body.members)
        lacks = self.body.lacks(members=members, shares_surplus=shares)
        if "members" in lacks and "members" not in self.errors:
            self.add_error(
                "members",
                f"A group of this kind needs {self.body.members} members ({self.body.provision}). "
                "Find more, or ask the parish council or a charity to nominate",
            )
        if "no-surplus" in lacks:
            self.add_error(
                "surplus",
                f"A group that shares out what is left over may not nominate ({self.body.provision}). "
                "Its rules can be changed, or another group can nominate",
            )
        return facts


class Told(forms.Form):
    """A question that needs nothing of what was told before."""

    def __init__(self, *args: Any, told: Mapping[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)


class ConnectionForm(Told):
    """How the group belongs here."""

    connection = long(
        "What does your group do here?",
        most=1500,
        hint="It must work in this council’s area or the one next to it",
    )


class WhatForm(Told):
    """Which building or land."""

    title = text(
        "What is it called?", most=120, hint="Such as The Jolly Potter, or the field behind Hope Street"
    )
    where = text("Where is it?", most=200, hint="A street and a postcode")
    place = text("Which council is it in?", hint="Such as Stoke-on-Trent")

    def clean_place(self) -> str:
        """Return the name of the council's area as the register has it."""
        try:
            return kept.place_of(self.cleaned_data["place"])[1]
        except FairgroundError as fault:
            raise forms.ValidationError(str(fault)) from fault


class BoundariesForm(Told):
    """Where it begins and ends."""

    boundaries = long(
        "Where does it begin and end?",
        most=1500,
        hint="Such as: the building, its yard and the car park",
    )


class UseForm(Told):
    """Whether people use it now."""

    use = radios(
        "Do people use it for the good of the community?",
        [("now", "Yes, now"), ("past", "Not now, but in the recent past")],
        hint="For example to meet, to play, to learn, to worship or to do sport",
    )


class WhyForm(Told):
    """Why it should be on the list."""

    why = long(
        "Who uses it, and what for? How can that go on?", most=5000, rows=8,
        hint="Where it is not used now: how could it be used again soon? Please name no private people",
    )  # fmt: skip


class OwnersForm(Told):
    """What the group knows of owners and occupiers."""

    known_owners = long(
        "Who owns it, and who is in it now?", most=1500, required=False,
        hint="Names and addresses, as far as you know them. Only the council’s officers see this. It is "
        "deleted after the case closes",
    )  # fmt: skip


class SendForm(Once):
    """The last look."""

    true = forms.BooleanField(
        label="What we say is true as far as we know, and our group has agreed to send it",
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )


@dataclass(frozen=True)
class Step:
    """One page of the nomination: the last word of its address, its title, and its form."""

    slug: str
    title: str
    form: type[forms.Form]


STEPS: tuple[Step, ...] = (
    Step("kind", "Your group", KindForm),
    Step("group", "The name of your group", GroupForm),
    Step("connection", "What your group does here", ConnectionForm),
    Step("what", "The building or land", WhatForm),
    Step("boundaries", "Where it begins and ends", BoundariesForm),
    Step("use", "How people use it", UseForm),
    Step("why", "Why it matters", WhyForm),
    Step("owners", "Owners and occupiers", OwnersForm),
)
BY_SLUG = {step.slug: step for step in STEPS}

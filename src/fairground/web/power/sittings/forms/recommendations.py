"""What an officer is asked about recommendations, votes, minorities, answers and what was done."""

from __future__ import annotations

from typing import Any

from django import forms

from fairground.web.power.budgeting.fields import choice, day
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.forms.parts import Once, long, text, web
from fairground.web.power.sittings.models import FollowUp, Kind, Recommendation, Response, State


def whole(label: str, hint: str = "", *, least: int = 0, most: int = 1000) -> forms.IntegerField:
    """Return a box for a whole number that may be nothing."""
    widget = forms.TextInput(attrs={"class": "govuk-input", "inputmode": "numeric"})
    return forms.IntegerField(label=label, help_text=hint, min_value=least, max_value=most, widget=widget)


class WordsForm(Once):
    """The words of a recommendation."""

    title = text("In one line", hint="For example: a bus every hour until midnight", most=150)
    words = long("What does the jury recommend?", hint="In the words of its members", most=3000)
    reasons = long("Why?", most=4000)


class NewForm(WordsForm):
    """A new recommendation."""

    threshold = whole(
        "How many of those there must be for it, in percent?",
        "50 or more. It needs more for than against, too",
        least=50, most=100,
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["threshold"].initial = 50


class RewordForm(WordsForm):
    """Other words for a recommendation."""

    why = text("Why are the words changed?", most=300)

    @staticmethod
    def first(one: Recommendation) -> dict[str, Any]:
        """Return what the form shows first."""
        now = one.wording
        return {"title": now.title, "words": now.words, "reasons": now.reasons} if now else {}


class VoteForm(forms.Form):
    """How a recommendation was voted on."""

    session = choice("At which session?")
    votes_for = whole("How many were for it?")
    against = whole("How many were against it?")
    abstained = whole("How many said that they do not decide?")

    def __init__(self, *args: Any, jury: Jury, **more: Any) -> None:
        super().__init__(*args, **more)
        self.sessions = {str(one.pk): one for one in jury.sessions.exclude(present=None)}
        listed = [(pk, f"{one} ({one.present} were there)") for pk, one in self.sessions.items()]
        self.fields["session"].choices = listed  # type: ignore[attr-defined]

    def clean_session(self) -> Any:
        """Return the session itself."""
        return self.sessions[self.cleaned_data["session"]]


class MinorityForm(Once):
    """What some members say who see it another way."""

    words = long("What do they say?", hint="In their words. Name nobody", most=3000)
    people = whole("How many members say so?", least=1)


class PublishForm(forms.Form):
    """That an officer has read the report as it will be."""

    sure = forms.BooleanField(
        label="I have read all of it. It can be published, and never changed again",
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
        error_messages={"required": "Read what will be public, then tick that you have read it."},
    )


class CorrectionForm(Once):
    """What turned out to be wrong in a report."""

    words = long("What is wrong, and what is right?", most=2000)


class RespondForm(Once):
    """What the body that decides answered."""

    kind = choice("What is the answer?", Kind.choices)
    reason = long("Why?", hint="Everyone can read this", most=4000)
    will_do = long(
        "What will be done?", hint="Needed if it is accepted, or in part", required=False, most=3000
    )
    by_when = day("By when?", hint="Needed unless it is rejected", required=False)
    given_by = text("Who answered?", hint="A body, such as the council’s cabinet", most=200)
    decided_on = day("On which day was this decided?")
    why = text(
        "Why is the answer given anew?", hint="Needed if there is an answer already", required=False, most=300
    )

    def __init__(self, *args: Any, last: Response | None, **more: Any) -> None:
        super().__init__(*args, **more)
        if last is None:
            del self.fields["why"]


class FollowForm(Once):
    """What was done, as it stood on a day."""

    state = choice("How far is it done?", State.choices)
    words = long("What was done, or why was it not?", most=3000)
    day = day("On which day was it so?")
    who = text("Who says so?", hint="A body or a group, never a person’s name", most=200)
    address = web("Where can it be seen?")
    supersedes = choice("Does this take the place of an entry that was wrong?", required=False)
    why = text("If so, what was wrong?", required=False, most=300)

    def __init__(self, *args: Any, entries: list[FollowUp], **more: Any) -> None:
        super().__init__(*args, **more)
        self.entries = {str(one.pk): one for one in entries}
        listed = [(pk, f"{one.get_state_display()}, {one.day:%-d %B %Y}") for pk, one in self.entries.items()]
        self.fields["supersedes"].choices = [("", "No"), *listed]  # type: ignore[attr-defined]
        if not entries:
            del self.fields["supersedes"], self.fields["why"]

    def clean_supersedes(self) -> FollowUp | None:
        """Return the entry itself."""
        return self.entries.get(self.cleaned_data["supersedes"])


class SentForm(Once):
    """On which day a letter was sent."""

    sent_on = day("On which day was it sent?")

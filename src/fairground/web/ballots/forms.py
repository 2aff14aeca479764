"""What voters type: who they are, and their marks, with each fault beside the field it belongs to.

The ballot is read here from the fields of the page and checked by the engine's own rules through the bridge.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.safestring import mark_safe

from fairground.errors import BadInput
from fairground.report.charts import Point, points
from fairground.web.ballots import bridge
from fairground.web.ballots.actions import Voter
from fairground.web.ballots.models import Paper
from fairground.web.ballots.specification import Pot, Project, Specification

KINDS = {
    "approval": "Tick every project you want.",
    "k-approval": "Tick the projects you want most.",
    "points": "Give more points to what you want more.",
    "ranking": "Write 1 beside the project that you want most, 2 beside the next.",
}


class CodeForm(forms.Form):
    """The code on a letter or on a printed ballot."""

    code = forms.CharField(
        max_length=60,
        label="The code on your letter",
        help_text="16 letters and digits",
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class NumberForm(forms.Form):
    """A voter's number and postcode."""

    number = forms.CharField(max_length=40, label="Your number on the roll")
    postcode = forms.CharField(
        max_length=10, label="Your postcode", widget=forms.TextInput({"autocomplete": "postal-code"})
    )


class PersonForm(forms.Form):
    """What somebody says who is not on a roll: where they live, and that they are old enough."""

    postcode = forms.CharField(
        max_length=10, label="Your postcode", widget=forms.TextInput({"autocomplete": "postal-code"})
    )
    old_enough = forms.BooleanField(
        error_messages={"required": "You can vote only if you are old enough. Tick the box if you are"}
    )

    def __init__(self, *args: Any, needs_postcode: bool, least_age: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["old_enough"].label = f"I am {least_age} or older"
        if not needs_postcode:
            del self.fields["postcode"]
        if not least_age:
            del self.fields["old_enough"]


class RollForm(forms.Form):
    """The council's file of who may vote."""

    file = forms.FileField(
        label="The roll (CSV, Excel or OpenDocument)",
        help_text="Columns: number, name, address, postcode, district, born (2001-12-31)",
    )

    def table(self) -> tuple[str, str] | None:
        """Return the table as text, and the name of the file with its sheet."""
        try:
            return bridge.text_of(
                self.cleaned_data["file"].read(), self.cleaned_data["file"].name[:80], "number"
            )
        except BadInput as fault:
            self.add_error("file", str(fault))
            return None


class SlipsForm(forms.Form):
    """How many ballots to print, and for people of which district where pots differ."""

    count = forms.IntegerField(min_value=1, max_value=2000, label="How many ballots")
    district = forms.ChoiceField(
        required=False, label="For which district", widget=forms.Select({"class": "govuk-select"})
    )

    def __init__(self, *args: Any, paper: Paper, **more: Any) -> None:
        super().__init__(*args, **more)
        pots = bridge.specification_of(paper).pots
        districts = sorted({name for pot in pots for name in pot.districts})
        named = [("", "Only the pots of everybody"), *((name, name) for name in districts)]
        self.fields["district"].choices = named  # type: ignore[attr-defined]
        if not districts:
            del self.fields["district"]


class HandOutForm(forms.Form):
    """A printed ballot and the voter who gets it."""

    serial = forms.IntegerField(
        min_value=1, label="Number of the ballot", help_text="It stands beside its code"
    )
    number = forms.CharField(
        max_length=40,
        label="The voter’s number on the roll",
        help_text="Look twice: it cannot be changed. If it was wrong, put this ballot aside and give another",
    )


class RenewForm(forms.Form):
    """The voter whose letter got lost."""

    number = forms.CharField(
        max_length=40,
        label="Number on the roll of the voter whose letter got lost",
        help_text="The lost letter is worth nothing from then on. The voter still has one ballot",
    )


class BatchForm(forms.Form):
    """A batch of envelopes."""

    name = forms.CharField(max_length=60, label="Name of the batch", help_text="Such as: library box 1")
    envelopes = forms.IntegerField(min_value=1, max_value=100_000, label="Envelopes counted by hand")


class SetAsideForm(forms.Form):
    """Envelopes of a batch that hold no ballot that can count."""

    number = forms.IntegerField(
        min_value=0, max_value=100_000, label="Envelopes without a ballot that can count"
    )
    reason = forms.CharField(
        max_length=300, required=False, label="Why", help_text="Such as: one empty, one torn. Name nobody"
    )


@dataclass
class Line:
    """A project on the sheet: its number there, what was typed, and what is wrong with it."""

    number: int
    project: Project
    cost: str
    name: str
    typed: str = ""
    errors: list[str] = field(default_factory=list)


@dataclass
class Section:
    """A pot on the sheet, with its projects in the voter's order."""

    pot: Pot
    amount: str
    form: bridge.BallotForm
    lines: list[Line]
    errors: list[str] = field(default_factory=list)
    left: str = ""

    @property
    def rules(self) -> str:
        """What may be marked here, in words, before anything is marked."""
        form, told = self.form, []
        if form.ceiling is not None:
            told.append(f"What you tick may cost {self.amount} together.")
        if form.points is not None:
            told.append(f"You have {form.points} points to give.")
        if form.points is not None and form.most_each is not None:
            told.append(f"At most {form.most_each} points for one project.")
        if form.most is not None:
            told.append("At most one project." if form.most == 1 else f"At most {form.most} projects.")
        return " ".join(told)


class Sheet:
    """A voter's ballot as a page shows it and as the page sends it back.

    Parameters
    ----------
    data : the fields that were sent; None shows the marks of `before`.
    as_printed : in the order of the paper, as printed ballots have it, not in an order of the voter's own.
    """

    def __init__(
        self,
        paper: Paper,
        voter: Voter,
        *,
        data: Any = None,
        before: bridge.AllMarks | None = None,
        as_printed: bool = False,
    ) -> None:
        self.paper, self.voter, self.data = paper, voter, data
        self.specification = bridge.specification_of(paper)
        self.kind = str(paper.specification["ballot"]["type"])
        self.how = KINDS[self.kind]
        order = [project.id for project in self.specification.projects]
        if not as_printed:
            order = bridge.shuffled(order, seed=voter.pseudonym)
        self.sections = _sections(paper, self.specification, voter, order)
        self._type(before or {})
        self.marks = {section.pot.id: self._marks(section) for section in self.sections}
        if data is not None:
            self._judge()
        for section in self.sections:
            section.left = _left(section, self.marks[section.pot.id], self.specification)

    @property
    def is_sound(self) -> bool:
        """Whether the ballot can be cast as it is."""
        return not any(s.errors or any(line.errors for line in s.lines) for s in self.sections)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is marked in any pot."""
        return not any(marks.projects for marks in self.marks.values())

    @property
    def counts_down(self) -> bool:
        """Whether there is something to have left: money, points or ticks."""
        return any(section.left for section in self.sections)

    @property
    def chosen(self) -> list[tuple[Section, list[Line]]]:
        """The marked projects of each pot; of a ranking the best first."""
        found = []
        for section in self.sections:
            by_id = {line.project.id: line for line in section.lines}
            found.append((section, [by_id[id] for id in self.marks[section.pot.id].projects]))
        return found

    @property
    def map(self) -> str:
        """Where the projects are, as SVG, numbered as on the sheet; nothing where none has a place."""
        placed = [
            Point(line.number, one.latitude, one.longitude, one.title, f"#{line.name}")
            for section in self.sections
            for line in section.lines
            if (one := line.project).latitude is not None and one.longitude is not None
        ]
        return mark_safe(points(placed, title="Map of where the projects are"))

    @property
    def elsewhere(self) -> list[Line]:
        """The projects that have no place on the map."""
        return [line for s in self.sections for line in s.lines if line.project.latitude is None]

    def _type(self, before: bridge.AllMarks) -> None:
        for section in self.sections:
            marks = before.get(section.pot.id, bridge.Marks(()))
            for line in section.lines:
                if self.data is not None:
                    line.typed = str(self.data.get(line.name, "")).strip()[:10]
                elif line.project.id in marks.projects:
                    place = marks.projects.index(line.project.id)
                    typed = {"points": marks.points[place : place + 1], "ranking": (place + 1,)}
                    line.typed = str(typed.get(self.kind, ("on",))[0])

    def _marks(self, section: Section) -> bridge.Marks:
        marked = [line for line in section.lines if line.typed not in ("", "0")]
        if self.kind not in ("points", "ranking"):
            return bridge.Marks(tuple(sorted(line.project.id for line in marked)))
        for line in marked:
            if not (line.typed.isascii() and line.typed.isdecimal()):
                line.errors.append(f'Write a whole number. You wrote "{line.typed}"')
        good = [line for line in marked if not line.errors]
        if self.kind == "points":
            good.sort(key=lambda line: line.project.id)
            points = tuple(int(line.typed) for line in good)
            return bridge.Marks(tuple(line.project.id for line in good), points)
        good.sort(key=lambda line: int(line.typed))
        for one, two in pairwise(good):
            if int(one.typed) == int(two.typed):
                two.errors.append(f"Two projects have the number {two.typed}. Give each its own")
        return bridge.Marks(tuple(line.project.id for line in good))

    def _judge(self) -> None:
        for pot, told in bridge.faults(self.paper, self.voter.district, self.marks).items():
            section = next(s for s in self.sections if s.pot.id == pot)
            for fault in told:
                line = next((one for one in section.lines if one.project.id == fault.field), None)
                words = f"{fault.what}. You gave {fault.value}; allowed: {fault.allowed}."
                (line.errors if line else section.errors).append(words)


def _sections(paper: Paper, said: Specification, voter: Voter, order: list[str]) -> list[Section]:
    by_id = {project.id: n for n, project in enumerate(said.projects)}
    found, number = [], 0
    for pot in said.pots_of(voter.district):
        lines = []
        for id in order:
            project = said.projects[by_id[id]]
            if project.pot == pot.id:
                number += 1
                lines.append(Line(number, project, bridge.pounds(project.cost_pence), f"mark-{by_id[id]}"))
        form = bridge.form_of(paper.specification, pot)
        found.append(Section(pot, bridge.pounds(pot.amount_pence), form, lines))
    return found


def _left(section: Section, marks: bridge.Marks, said: Specification) -> str:
    form = section.form
    if form.ceiling is None and form.points is None and form.most is None:
        return ""
    left = form.left(marks, costs=said.costs(section.pot.id))
    if form.ceiling is not None:
        return f"{bridge.pounds(left)} left" if left >= 0 else f"{bridge.pounds(-left)} too much"
    thing = "point" if form.points is not None else "project"
    many = "" if abs(left) == 1 else "s"
    return f"{left} {thing}{many} left" if left >= 0 else f"{-left} {thing}{many} too many"

"""Whom a jury must hold, row by row: a feature, an answer, its share of the place, the least and the most.

Rows that are left empty count for nothing, so that a row is taken out by clearing it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, cast

from django import forms

from fairground.errors import BadInput
from fairground.web.power.budgeting.fields import long, text
from fairground.web.power.juries.actions.juries import Asked, Value
from fairground.web.power.juries.models import Feature, Jury, features_of

MOST_ROWS = 120
SPARE = 6  # empty rows at the end


class RowForm(forms.Form):
    """One answer and how many of the jury must have given it."""

    feature = text("Feature", required=False, most=60)
    value = text("Answer", required=False, most=100)
    share = text("Share of the place, %", required=False, most=12, mode="decimal")
    least = text("Least", required=False, most=6, mode="numeric")
    most = text("Most", required=False, most=6, mode="numeric")

    def clean_share(self) -> Decimal | None:
        """Return a share from 0 to 1, or None."""
        typed = str(self.cleaned_data["share"]).rstrip("% ")
        if not typed:
            return None
        try:
            share = Decimal(typed) / 100
        except InvalidOperation:
            share = Decimal("NaN")
        if not share.is_finite() or not 0 <= share <= 1:
            raise forms.ValidationError(f'"{typed}" is not a percentage, such as 27 or 27.5')
        return round(share, 6)

    def clean_least(self) -> int | None:
        """Return a whole number, or None."""
        return self._whole("least")

    def clean_most(self) -> int | None:
        """Return a whole number, or None."""
        return self._whole("most")

    def _whole(self, name: str) -> int | None:
        typed = str(self.cleaned_data[name])
        if typed and not (typed.isascii() and typed.isdigit()):
            raise forms.ValidationError(f'"{typed}" is not a whole number, such as 5')
        return int(typed) if typed else None

    def clean(self) -> dict[str, Any]:
        """Ask for both names where there is one, and for the most to be at least the least."""
        facts = dict(super().clean() or {})
        for name, words in (("feature", "Name the feature"), ("value", "Name the answer")):
            if name not in self.errors and not facts.get(name) and any(facts.values()):
                self.add_error(name, words)
        least, most = facts.get("least"), facts.get("most")
        if least is not None and most is not None and most < least:
            self.add_error("most", f"The most cannot be below the least, {least}")
        return facts

    @property
    def told(self) -> bool:
        """Say whether the row says anything."""
        return bool(self.cleaned_data.get("feature"))


if TYPE_CHECKING:  # Django's own class takes no parameter when it runs
    FormSet = forms.BaseFormSet[RowForm]
else:
    FormSet = forms.BaseFormSet


class BaseRows(FormSet):
    """All rows of a jury's targets."""

    def clean(self) -> None:
        """Refuse the same answer twice, named by its row."""
        seen: dict[tuple[str, str], int] = {}
        for number, form in enumerate(self.forms, 1):
            if form.errors or not form.told:
                continue
            key = (form.cleaned_data["feature"].casefold(), form.cleaned_data["value"].casefold())
            if key in seen:
                form.add_error("value", f"This answer stands in row {seen[key]} too")
            seen.setdefault(key, number)

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows that say something."""
        return [form.cleaned_data for form in self.forms if form.told]


Rows = cast(
    "type[BaseRows]",
    forms.formset_factory(
        RowForm,
        formset=BaseRows,
        extra=SPARE,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 20,
        validate_max=True,
    ),
)


def first_rows(jury: Jury) -> list[dict[str, Any]]:
    """Return the rows as they are kept."""
    return [
        row(feature.name, value.name, value.share, value.least, value.most)
        for feature in features_of(jury)
        for value in feature.values.all()
    ]


def row(
    feature: str, value: str, share: Decimal | None, least: int | None, most: int | None
) -> dict[str, Any]:
    """Return a row as the form shows it."""
    percent = "" if share is None else f"{share * 100:f}".rstrip("0").rstrip(".") if share else "0"
    return {
        "feature": feature, "value": value, "share": percent,
        "least": "" if least is None else str(least), "most": "" if most is None else str(most),
    }  # fmt: skip


def as_typed(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows as the form shows them again, so that empty ones come after them."""
    return [row(*(one[name] for name in ("feature", "value", "share", "least", "most"))) for one in rows]


def filled(rows: Sequence[dict[str, Any]], size: int) -> list[dict[str, Any]]:
    """Return the rows with the least and the most that a share gives: rounded down, and rounded up."""
    found = []
    for one in rows:
        least, most, share = one["least"], one["most"], one["share"]
        if share is not None:
            least = int((share * size).to_integral_value(ROUND_FLOOR))
            most = int((share * size).to_integral_value(ROUND_CEILING))
        found.append(row(one["feature"], one["value"], share, least, most))
    return found


def asked(rows: Sequence[dict[str, Any]], size: int, before: Sequence[Feature]) -> list[Asked]:
    """Return the rows as they are kept; a feature keeps its question, a new one gets a plain one."""
    known = {feature.name: feature for feature in before}
    found = []
    for name in dict.fromkeys(one["feature"] for one in rows):
        mine = [one for one in rows if one["feature"] == name]
        values = tuple(
            Value(one["value"], one["least"] or 0, size if one["most"] is None else one["most"], one["share"])
            for one in mine
        )
        kept = known.get(name)
        question = kept.question if kept else f"{name}: what is true for you?"
        found.append(Asked(name, question, values, kept.hint if kept else "", kept.source if kept else ""))
    return found


def mended(before: Sequence[Feature], numbers: str) -> list[Asked]:
    """Return the features with the numbers of a mend in place of theirs; `numbers` as the page sent them.

    Raises
    ------
    BadInput : they are not of these features and answers, as where the page is older than the targets.
    """
    known = {(one.name, v.name) for one in before for v in one.values.all()}
    try:
        anew = {(str(f), str(v)): (int(least), int(most)) for f, v, least, most in json.loads(numbers)}
    except (TypeError, ValueError, OverflowError, RecursionError):
        anew = {}
    if not anew or not set(anew) <= known:
        raise BadInput("The targets have changed since this page was shown. Look at the pool again")
    return [
        Asked(
            one.name,
            one.question,
            tuple(
                Value(v.name, *anew.get((one.name, v.name), (v.least, v.most)), v.share)
                for v in one.values.all()
            ),
            one.hint,
            one.source,
        )
        for one in before
    ]


def targets(rows: Sequence[dict[str, Any]], size: int) -> list[tuple[str, str, int, int]]:
    """Return the rows as the engine is asked about them."""
    return [
        (one.name, value.name, value.least, value.most)
        for one in asked(rows, size, [])
        for value in one.values
    ]


class TableForm(forms.Form):
    """A table of targets: pasted, or as a file."""

    pasted = long(
        "Paste a table", required=False, most=20_000, rows=8,
        hint="With the headings feature, value, min and max; share too, if you have it",
    )  # fmt: skip
    file = forms.FileField(
        label="Or choose a file (CSV, Excel or OpenDocument)", required=False,
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.xlsx,.ods"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for one of both."""
        facts = dict(super().clean() or {})
        if not self.errors and not facts.get("pasted") and not facts.get("file"):
            self.add_error("pasted", "Paste a table or choose a file")
        return facts

    def content(self) -> tuple[bytes, str]:
        """Return the table's bytes and its name."""
        file = self.cleaned_data.get("file")
        if file:
            return file.read(), file.name[:80]
        return str(self.cleaned_data["pasted"]).encode(), "what you pasted"


class QuestionsForm(forms.Form):
    """How each feature is asked, with a hint, and where its shares come from."""

    def __init__(self, *args: Any, features: Sequence[Feature], **more: Any) -> None:
        super().__init__(*args, **more)
        for one in features:
            at = one.position
            self.fields[f"question{at}"] = text(f"{one.name}: the question", most=200)
            self.fields[f"hint{at}"] = text(f"{one.name}: a hint", most=300, required=False)
            self.fields[f"source{at}"] = text(
                f"{one.name}: where the shares come from",
                most=300,
                required=False,
                hint="Such as Census 2021, TS007A",
            )
            for name in ("question", "hint", "source"):
                self.fields[f"{name}{at}"].initial = getattr(one, name)

    def anew(self, features: Sequence[Feature]) -> list[Asked]:
        """Return the features with their new words."""
        facts = self.cleaned_data
        return [
            Asked(
                one.name, facts[f"question{one.position}"],
                tuple(Value(v.name, v.least, v.most, v.share) for v in one.values.all()),
                facts[f"hint{one.position}"], facts[f"source{one.position}"],
            )
            for one in features
        ]  # fmt: skip

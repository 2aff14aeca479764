"""The pages that take a file and give its result, whatever is asked of it: their form, and what is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from fairground.errors import FairgroundError
from fairground.web.opportunity import maps, sent_homes
from fairground.web.opportunity.actions import ENDINGS, ask_for_check, keep
from fairground.web.opportunity.models import Purpose, Question, SentFile
from fairground.web.wealth.funding.fields import choice_field

MOST_BYTES = 200_000_000


class SentForm(forms.Form):
    """A file of homes, or of one site's boundary, to be checked behind the page."""

    asks: Question
    starting: Callable[[], dict[str, str]]
    file = forms.FileField(
        label="The file",
        help_text="CSV with latitude and longitude (or easting and northing), or GeoJSON. At most 200 MB.",
        widget=forms.FileInput(
            attrs={
                "class": "govuk-file-upload",
                "accept": ",".join(ENDINGS),
                "data-fg-most": MOST_BYTES,
                "data-fg-too-large": "This file has more than 200 MB. Send it in parts, or a smaller one.",
            }
        ),
    )
    purpose = choice_field("What the file holds")

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

    def asked(self) -> dict[str, str]:
        """Return what is asked of the file, in the names of its row: place, rule, mode."""
        raise TypeError("each form says what is asked of its file")

    def facts(self) -> dict[str, Any]:
        """Return what is kept of the file besides its content."""
        file = self.cleaned_data["file"]
        named = {"name": Path(file.name).name[:200], "ending": Path(file.name).suffix.lower()}
        return named | {"purpose": self.cleaned_data["purpose"], "asks": self.asks} | self.asked()


@login_required
def send(request: Any, form_of: type[SentForm]) -> HttpResponse:
    """Take a file that somebody sends, ask for its check behind the page; or show what is wrong with it."""
    form = form_of(request.POST or None, request.FILES or None, initial=form_of.starting())
    if request.method == "POST" and form.is_valid():
        sent = keep(form.cleaned_data["file"].chunks(), sent_by=request.user, **form.facts())
        try:
            sent_homes.looked_at(sent)
            return redirect("jobs:one", pk=ask_for_check(sent, by=request.user).pk)
        except FairgroundError as error:
            sent.path.unlink(missing_ok=True)
            form.add_error("file", str(error))
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "opportunity/send.html", {"form": form}, status=status)


@login_required
def result(request: Any, pk: UUID, kind: str, asks: Question) -> Any:
    """Give what was found of each home that the reader sent, as a file.

    Raises
    ------
    Http404 : the file is another person's, was asked something else, or holds no such result.
    """
    sent = get_object_or_404(SentFile, pk=pk, sent_by=request.user, asks=asks)
    path = sent.results / f"homes.{kind.rpartition('.')[2]}"
    known = {**maps.KINDS, "svg": maps.FILES["svg"]}
    if kind not in known or not path.is_file():
        raise Http404(kind)
    return maps.rows(path, known[kind], kind)

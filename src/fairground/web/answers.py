"""How an answer becomes a page: one shape for all, with its downloads.

A view gives a form and a question; `page` asks it when the form is filled in and right, puts what is wrong
beside its field when it is not, and renders. `?format=csv` and `?format=json` give the same answer as a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from fairground import report
from fairground.errors import BadInput, FairgroundError
from fairground.evidence import Answer
from fairground.report.numbers import count, number
from fairground.report.words import column, say

NUMBERS = int | float | Fraction | Decimal
FILES = {"csv": ("text/csv; charset=utf-8", report.as_csv), "json": ("application/json", report.as_json)}


def page(
    request: HttpRequest,
    template: str,
    form: forms.Form,
    ask: Callable[..., Answer[Any]],
    *,
    charts: Callable[[Any], Mapping[str, str]] | None = None,
    **context: Any,
) -> HttpResponse:
    """Render a question page: the form, and the answer once the form is right."""
    answer = asked(form, ask)
    if answer is not None and request.GET.get("format") in FILES:
        return download(answer, request.GET["format"], name=template.split("/")[-1].removesuffix(".html"))
    if answer is not None:
        context |= shape(request, answer)
        context["charts"] = drawings(charts, answer) if charts else {}
    status = 400 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def drawings(charts: Callable[[Any], Mapping[str, str]], answer: Answer[Any]) -> dict[str, SafeString]:
    """Return an answer's charts by their captions, ready to put in a page."""
    return {caption: drawn(svg) for caption, svg in charts(answer.value).items()}


def drawn(svg: str) -> SafeString:
    """Mark a chart as safe to put in a page: `report.charts` escapes every word in it."""
    return mark_safe(svg)


def asked(form: forms.Form, ask: Callable[..., Answer[Any]]) -> Answer[Any] | None:
    """Return the answer, or None where the form is empty or wrong; what is wrong is put on the form."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return ask(**form.cleaned_data)
    except FairgroundError as error:
        field = error.field if isinstance(error, BadInput) and error.field in form.fields else None
        form.add_error(field, str(error))
        return None


def download(answer: Answer[Any], format: str, *, name: str) -> HttpResponse:
    """Return an answer as a file."""
    kind, write = FILES[format]
    response = HttpResponse(write(answer), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="fairground-{name}.{format}"'
    return response


def shape(request: HttpRequest, answer: Answer[Any]) -> dict[str, Any]:
    """Return what the answer template needs: headline, table, working, unknowns, sources, downloads."""
    names, rows = report.as_table(answer)
    steps = answer.steps[1:]
    query = request.GET.copy()
    query.pop("format", None)
    return {
        "answer": answer,
        "headline": report.headline(answer),
        "heads": [(column(name), _numeric(rows, place)) for place, name in enumerate(names)],
        "rows": [[(cell_text(cell), isinstance(cell, NUMBERS)) for cell in row] for row in rows],
        "working": [say(step) for step in steps if ".unknown" not in step.code],
        "unknowns": [say(step) for step in steps if ".unknown" in step.code],
        "downloads": [
            (name, "?" + "&".join(filter(None, (query.urlencode(), f"format={name}")))) for name in FILES
        ],
    }


def _numeric(rows: tuple[tuple[Any, ...], ...], place: int) -> bool:
    return any(isinstance(row[place], NUMBERS) for row in rows)


def cell_text(value: Any) -> str:
    """Return a table cell as people read it."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return count(value)
    return number(value) if isinstance(value, float | Fraction | Decimal) else str(value)

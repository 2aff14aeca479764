"""How an answer becomes what a page shows: headline, charts, table, working, sources, downloads.

Every page of every area uses this one way, so that no page can leave out where its numbers come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from fairground import report
from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer
from fairground.report.numbers import number
from fairground.report.words import column
from fairground.sources import catalogue

__all__ = ["BadInput", "Chart", "NotFound", "explain", "page", "present", "sources"]


@dataclass(frozen=True)
class Chart:
    """A drawing with its title; `svg` was written by `fairground.report.charts`, which escapes all words."""

    title: str
    drawing: str

    @property
    def svg(self) -> str:
        """Return the drawing as safe markup."""
        return mark_safe(self.drawing)


def _cell(value: Any, link: str = "") -> dict[str, Any]:
    if value is None or value == "":
        return {"words": "not known", "numeric": False, "link": ""}
    if isinstance(value, bool):
        return {"words": "yes" if value else "no", "numeric": False, "link": ""}
    if isinstance(value, float | Fraction | Decimal):
        return {"words": number(value), "numeric": True, "link": link}
    if isinstance(value, date):
        return {"words": f"{value:%-d %B %Y}", "numeric": False, "link": link}
    shown = f"{value:,}" if isinstance(value, int) else str(value)
    return {"words": shown, "numeric": isinstance(value, int), "link": link}


def present(answer: Answer[Any], *, caption: str, charts: tuple[Chart, ...] = (), link: str = "") -> dict[str, Any]:
    """Return what the answer template shows; `link` is an address with {0} for a row's first cell."""
    names, rows = report.as_table(answer)
    numeric = [any(isinstance(row[i], int | float | Fraction) for row in rows) for i in range(len(names))]
    heads = [{"words": column(n), "numeric": m} for n, m in zip(names, numeric, strict=True)]
    cells = [
        [_cell(cell, link.format(row[0]) if link and not i else "") for i, cell in enumerate(row)] for row in rows
    ]
    return {
        "headline": report.headline(answer),
        "working": report.working(answer),
        "charts": charts,
        "table": {"caption": caption, "heads": heads, "rows": cells},
        "method": answer.method,
        "sources": answer.sources,
    }


def page(request: HttpRequest, answer: Answer[Any], facts: dict[str, Any], template: str = "answer.html", **shown: Any) -> HttpResponse:
    """Return an answer as a page, or as CSV or JSON where `?format=` asks for it."""
    wanted = request.GET.get("format", "")
    if wanted == "json":
        return HttpResponse(report.as_json(answer), content_type="application/json")
    if wanted == "csv":
        found = HttpResponse(report.as_csv(answer), content_type="text/csv; charset=utf-8")
        found["Content-Disposition"] = 'attachment; filename="fairground.csv"'
        return found
    downloads = {}
    for kind in ("csv", "json"):
        query = request.GET.copy()
        query["format"] = kind
        downloads[kind] = "?" + query.urlencode()
    return render(request, template, {**facts, "shown": present(answer, **shown), "downloads": downloads})


def explain(form: Any, fault: Exception) -> None:
    """Put an error beside the field that it names, or on top of the form."""
    name = getattr(fault, "field", "")
    form.add_error(name if name in form.fields else None, str(fault))


def sources() -> tuple[Any, ...]:
    """Return every source in the catalogue."""
    return catalogue.sources()

"""How an answer becomes a page: one shape for all, with its downloads.

A view gives a form and a question; `page` asks it when the form is filled in and right, puts what is wrong
beside its field when it is not, and renders. `?format=csv` and `?format=json` give the same answer as a file;
`?format=chart.svg&chart=1` and `?format=chart.png&chart=1` give its first chart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from fairground import report
from fairground.errors import BadInput, FairgroundError
from fairground.evidence import Answer
from fairground.report.charts import alone, png
from fairground.report.numbers import count
from fairground.report.words import column, column_format, say

NUMBERS = int | float | Fraction | Decimal
NAMED = {
    "indicator": "measure",
    "need": "name",
    "id": "statement",
    "procedure": "name",
}  # a column of ids, and the one that says them in words: files keep both
CHARTS = {"chart.svg": "image/svg+xml", "chart.png": "image/png"}
FILES = {"csv": ("text/csv; charset=utf-8", report.as_csv), "json": ("application/json", report.as_json)}


class Drawing(SafeString):
    """A chart to put in a page, and the names and addresses of the same as files."""

    files: tuple[tuple[str, str], ...] = ()


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
    if request.GET.get("format") in FILES:
        return file(request, form, ask, name=template.split("/")[-1].removesuffix(".html"))
    answer = asked(form, ask)
    if answer is not None and charts and request.GET.get("format") in CHARTS:
        return chart_file(request, charts(answer.value), answer)
    if answer is not None:
        context |= shape(request, answer)
        context["charts"] = drawings(request, charts(answer.value)) if charts else {}
    status = 400 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def drawings(request: HttpRequest, charts: Mapping[str, str]) -> dict[str, Drawing]:
    """Return charts by their captions, ready to put in a page, each with its files."""
    found = {}
    for number, (caption, svg) in enumerate(charts.items(), 1):
        found[caption] = Drawing(svg)
        found[caption].files = tuple(
            (kind.rpartition(".")[2], _address(request, kind, f"chart={number}")) for kind in CHARTS
        )
    return found


def drawn(svg: str) -> Drawing:
    """Mark a chart as safe to put in a page: `report.charts` escapes every word in it."""
    return Drawing(svg)


def chart_file(request: HttpRequest, charts: Mapping[str, str], answer: Answer[Any]) -> HttpResponse:
    """Return the chart that the address asks for as a file, with its caption and its sources.

    Raises
    ------
    Http404 : there is no such chart.
    """
    kind, number = request.GET["format"], request.GET.get("chart", "1")
    chosen = dict(enumerate(charts.items(), 1)).get(int(number) if number.isdecimal() else 0)
    if chosen is None:
        raise Http404(number)
    sources = [
        f"{one.title}. {one.publisher}. Edition: {one.edition}. {one.licence}. {one.note}".strip(" .") + "."
        for one in answer.sources
    ]
    svg = alone(chosen[1], caption=chosen[0], sources=sources)
    response = HttpResponse(png(svg) if kind == "chart.png" else svg, content_type=CHARTS[kind])
    ending = kind.rpartition(".")[2]
    response["Content-Disposition"] = f'attachment; filename="fairground-chart-{number}.{ending}"'
    return response


def asked(form: forms.Form, ask: Callable[..., Answer[Any]]) -> Answer[Any] | None:
    """Return the answer, or None where the form is empty or wrong; what is wrong is put on the form."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return ask(**form.cleaned_data)
    except FairgroundError as error:
        put_beside(form, error)
        return None


def put_beside(form: forms.Form, error: FairgroundError) -> None:
    """Put what is wrong beside the field it is about, or above the form where it is about no one field."""
    if isinstance(error, BadInput) and error.field in form.fields:
        form.add_error(error.field, in_words(error))
    else:
        form.add_error(None, in_words(error))


def in_words(error: FairgroundError) -> str:
    """Return what is wrong as a page says it: without the name by which the program knows a field."""
    return str(replace(error, field="") if isinstance(error, BadInput) else error)


def file(
    request: HttpRequest, form: forms.Form, ask: Callable[..., Answer[Any]], *, name: str
) -> HttpResponse:
    """Return the answer as the file that the address asks for, or what is wrong as problem details."""
    answer = asked(form, ask)
    if answer is None:
        return problem("BadInput", faults(form), status=422)
    return download(answer, request.GET["format"], name=name, part=request.GET.get("table", ""))


def faults(form: forms.Form) -> str:
    """Return what is wrong with a form in one line, each fault led by its field."""
    if not form.is_bound:
        return "; ".join(f"{name}: is needed" for name, field in form.fields.items() if field.required)
    told = {field: " ".join(map(str, lines)) for field, lines in form.errors.items()}
    return "; ".join(line if field == "__all__" else f"{field}: {line}" for field, line in told.items())


def problem(title: str, detail: str, *, status: int) -> JsonResponse:
    """Return problem details for a machine, by RFC 9457."""
    told = {"title": title, "status": status, "detail": detail}
    return JsonResponse(told, status=status, content_type="application/problem+json")


def files(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the addresses at which this page's answer can be had as a file: CSV and JSON."""
    return [(name, _address(request, name)) for name in FILES]


def download(answer: Answer[Any], format: str, *, name: str, part: str = "") -> HttpResponse:
    """Return an answer as a file; `part` names a table other than the rows, for CSV."""
    kind, write = FILES[format]
    if format == "csv" and part in report.parts(answer.value):
        name, text = f"{name}-{part}", report.as_csv(answer, part)
    else:
        text = write(answer)
    response = HttpResponse(text, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="fairground-{name}.{format}"'
    return response


def shape(request: HttpRequest, answer: Answer[Any]) -> dict[str, Any]:
    """Return what the answer template needs: headline, table, working, unknowns, sources, downloads."""
    steps = answer.steps[1:]
    heads, rows = _table(answer, "rows")
    return {
        "answer": answer,
        "headline": report.headline(answer),
        "heads": heads,
        "rows": rows,
        "tables": [
            {
                "title": column(part),
                "heads": heads,
                "rows": rows,
                "csv": _address(request, "csv", f"table={part}"),
            }
            for part in report.parts(answer.value)
            for heads, rows in [_table(answer, part)]
        ],
        "working": [say(step) for step in steps if ".unknown" not in step.code],
        "unknowns": [say(step) for step in steps if ".unknown" in step.code],
        "downloads": files(request),
    }


def _address(request: HttpRequest, format: str, part: str = "") -> str:
    query = request.GET.copy()
    for name in ("format", "table", "chart"):
        query.pop(name, None)
    return "?" + "&".join(filter(None, (query.urlencode(), f"format={format}", part)))


def _table(answer: Answer[Any], part: str) -> tuple[list[tuple[str, bool]], list[list[tuple[str, bool]]]]:
    """Return headings and cells, each with whether it stands as a number; leave out ids that have a name.

    Codes and ids come last where there are names, so that a narrow screen shows who got what.
    """
    names, rows = report.as_table(answer, part)
    shown = [place for place, name in enumerate(names) if NAMED.get(name) not in names]
    if "name" in names:
        shown.sort(key=lambda place: names[place] in ("code", "id"))
    heads = [(column(names[place]), _numeric(rows, place)) for place in shown]
    cells = [
        [
            (cell_text(row[place], names[place]), number if row[place] is None else _number(row[place]))
            for place, (_, number) in zip(shown, heads, strict=True)
        ]
        for row in rows
    ]
    return heads, cells


def _numeric(rows: tuple[tuple[Any, ...], ...], place: int) -> bool:
    return any(_number(row[place]) for row in rows)


def _number(value: Any) -> bool:
    return isinstance(value, NUMBERS)


def cell_text(value: Any, name: str = "") -> str:
    """Return a table cell as people read it."""
    plain = isinstance(value, int) and not isinstance(value, bool) and not column_format(name)
    return count(value) if plain else report.cell_text(value, name)

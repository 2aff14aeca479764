"""How marks on the ground become a map in a page, and files: SVG and GeoJSON."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse

from fairground.report.charts import ground, png, shapes, sheet
from fairground.web.answers import drawn
from fairground.web.opportunity import sent_map

FILES = {"geojson": "application/geo+json", "svg": "image/svg+xml", "png": "image/png"}

KINDS = {
    "parquet": "application/vnd.apache.parquet",
    "gpkg": "application/geopackage+sqlite3",
    "homes.geojson": "application/geo+json",
    "homes.csv": "text/csv; charset=utf-8",
}
NAMES = {
    "parquet": "GeoParquet",
    "gpkg": "GeoPackage",
    "homes.geojson": "GeoJSON",
    "homes.csv": "CSV",
}


def shown(
    request: HttpRequest, scene: Any, *, pin: str = "", more: Mapping[str, str] | None = None, side: str = ""
) -> dict[str, Any]:
    """Return what `components/map.html` needs.

    pin : the id of the field that a dropped pin fills. more : further kinds of file that the page gives.
    side : which of several maps of a page it is, in the addresses of its files.
    """
    still = sheet(scene.marks, title=scene.title, told=scene.told, within=scene.within)
    return {
        "title": scene.title,
        "svg": drawn(still.svg),
        "key": [(drawn(sample), words) for sample, words in still.key],
        "shapes": address(request, "geojson", side),
        "basemap": settings.BASEMAP,
        "credit": settings.BASEMAP_CREDIT,
        "pin": pin,
        "files": [
            ("GeoJSON", address(request, "geojson", side)),
            ("SVG", address(request, "svg", side)),
            ("PNG", address(request, "png", side)),
        ],
        "rows": [(NAMES[kind], address(request, kind)) for kind in more or ()],
    }


def address(request: HttpRequest, format: str, side: str = "") -> str:
    """Return the address of this page's map as a file; `side` says which where there are several."""
    query = request.GET.copy()
    query["format"] = format
    if side:
        query["side"] = side
    return "?" + query.urlencode()


def file(scene: Any, format: str, *, name: str, note: str) -> HttpResponse:
    """Return the map as a file. `note`: what must be said of the place, such as that it is made up."""
    told = f"{scene.told} {note}".strip()
    if format == "geojson":
        content: str | bytes = shapes(scene.marks, note=note)
    else:
        svg = ground(scene.marks, title=scene.title, told=told, within=scene.within)
        content = png(svg) if format == "png" else svg
    response = HttpResponse(content, content_type=FILES[format])
    response["Content-Disposition"] = f'attachment; filename="fairground-{name}.{format}"'
    return response


def map_of(sent: Any) -> dict[str, str]:
    """Return the address of the map of homes that were sent, and its key in words; empty without a map."""
    if not (sent.results / sent_map.FILE).is_file():
        return {}
    return {
        "address": reverse(f"{sent.asks}:result", args=[sent.pk, "svg"]),
        "said": sent_map.SAID[sent.asks],
    }


def results_of(sent: Any) -> list[tuple[str, str]]:
    """Return the kinds and addresses of the files with what was found of each home that was sent."""
    if not sent.results.is_dir():
        return []
    return [(NAMES[kind], reverse(f"{sent.asks}:result", args=[sent.pk, kind])) for kind in KINDS]


def rows(content: bytes | Path, kind: str, format: str) -> Any:
    """Return a file with a row for each home, or another file of a page."""
    name = format if "." in format else f"homes.{format}"
    if isinstance(content, Path):
        file = content.open("rb")
        return FileResponse(file, content_type=kind, as_attachment=True, filename=f"fairground-{name}")
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="fairground-{name}"'
    return response

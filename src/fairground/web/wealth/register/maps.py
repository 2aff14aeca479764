"""The map of assets: a still drawing for everyone, and the same places gathered on a moving map."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fairground.report.charts import Mark, ground, shapes
from fairground.web.answers import drawn
from fairground.web.opportunity.maps import address
from fairground.web.wealth.register.models import Asset, Kind
from fairground.web.wealth.register.news import visible

NEAR = 0.004  # degrees of latitude: some 450 metres
MOST = 20_000  # assets on one map: more is a file, not a page
LAYER = {Kind.BUILDING: "asset-building", Kind.LAND: "asset-land"}
OTHER = "asset-other"
WANTED = ("pk", "name", "kind", "latitude", "longitude")


def shown(request: HttpRequest, found: QuerySet[Asset], *, title: str) -> dict[str, Any] | None:
    """Return what `components/map.html` needs, or None where no asset has a place."""
    marks = _marks(_placed(found))
    if not marks:
        return None
    title += f" (the first {MOST:,})" if len(marks) == MOST else ""
    told = f"{len(marks):,} places. The list on this page says the same."
    return {
        "title": title,
        "svg": drawn(ground(marks, title=title, told=told)),
        "shapes": address(request, "map"),
        "basemap": settings.BASEMAP,
        "credit": settings.BASEMAP_CREDIT,
    }


def gathered(found: QuerySet[Asset]) -> HttpResponse:
    """Return the places for the moving map: one point each, with its page; near ones are drawn as one."""
    rows = _placed(found)
    whole = json.loads(shapes(_marks(rows)))
    whole["cluster"] = True
    whole["features"] = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {"layer": LAYER.get(Kind(kind), OTHER), "is": str(Kind(kind).label), "name": name,
                           "href": reverse("register:asset", args=[pk])},
        }
        for pk, name, kind, lat, lon in rows
    ]  # fmt: skip
    return HttpResponse(json.dumps(whole, ensure_ascii=False), content_type="application/geo+json")


def around(asset: Asset) -> str:
    """Return a still map of an asset among its neighbours on the register; empty where it has no place."""
    if asset.latitude is None or asset.longitude is None:
        return ""
    up, across = NEAR, NEAR * 1.7  # degrees of longitude are shorter here
    box = {
        "latitude__range": (asset.latitude - up, asset.latitude + up),
        "longitude__range": (asset.longitude - across, asset.longitude + across),
    }
    near = visible().filter(register=asset.register, **box).exclude(pk=asset.pk)
    spot = (asset.longitude, asset.latitude)
    marks = [*_marks(_placed(near)), Mark("door", ((spot,),), asset.name)]
    corners = [(spot[0] + side * across, spot[1] + side * up) for side in (-1, 1)]
    told = f"{asset.name} and {len(marks) - 1} more from the register near it."
    return drawn(ground(marks, title=f"Where {asset.name} is", told=told, within=corners))


def _placed(found: QuerySet[Asset]) -> list[tuple[Any, str, str, float, float]]:
    return list(found.exclude(latitude=None).order_by().values_list(*WANTED)[:MOST])


def _marks(rows: Iterable[tuple[Any, str, str, Any, Any]]) -> list[Mark]:
    return [Mark(LAYER.get(Kind(kind), OTHER), (((lon, lat),),), name) for _, name, kind, lat, lon in rows]

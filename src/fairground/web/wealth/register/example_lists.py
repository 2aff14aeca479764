"""Made-up lists of what three real councils own, in layouts that councils use, for demo and trials.

Nothing on them is real: names are put together from common words, postcodes end in letters that Royal Mail
does not use there (C, I, K, M, O, V), numbers of properties begin with 999. Only the names of towns are real,
and the points lie near them. The same seed gives the same lists.

Three layouts: Hastings as CSV in Excel's old encoding with titles above the headings; Redcar and Cleveland as
an Excel workbook with eastings and northings; Stoke-on-Trent as GeoJSON.
"""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from fairground.places import national_grid

UNUSED = "CIKMOV"  # never the last letters of a postcode
STREETS = (
    "High Street",
    "Church Lane",
    "Mill Lane",
    "Station Road",
    "Queens Road",
    "Park Avenue",
    "Chapel Street",
    "Albert Street",
    "Victoria Road",
    "Market Place",
    "School Lane",
    "Cliff Road",
    "Garden Street",
    "North Parade",
    "Union Street",
    "Marsh Road",
    "Kiln Lane",
    "Foundry Street",
    "Harbour Road",
    "Orchard Way",
)
# What there is: words of the name, use, land only, and how many of 100.
SORTS = (
    ("Library", "Library", False, 5),
    ("Community Centre", "Community centre", False, 8),
    ("Children’s Centre", "Children’s centre", False, 4),
    ("Town Hall", "Offices", False, 1),
    ("Depot", "Depot", False, 3),
    ("Sports Pavilion", "Sports pavilion", False, 6),
    ("Public Toilets", "Public toilets", False, 4),
    ("Primary School", "School", False, 9),
    ("Shops", "Shops let to traders", False, 7),
    ("Museum", "Museum", False, 1),
    ("Recreation Ground", "Recreation ground", True, 12),
    ("Allotments", "Allotments", True, 10),
    ("Car Park", "Car park", True, 9),
    ("Cemetery", "Cemetery", True, 2),
    ("Open Space", "Open space", True, 14),
    ("Playground", "Playground", True, 5),
)
THINGS = (
    ("Portrait of a mayor, oil on canvas", "Painting"),
    ("Mayor’s chain and badge", "Regalia"),
    ("Oak council table with 24 chairs", "Furniture"),
    ("Bronze figure of a fisherman", "Sculpture"),
    ("The relief fund of 1911", "Trust fund"),
)
HOLDS = ("Occupied by local authority", "Leasehold", "Licence", "Vacant", "Ground lease")


@dataclass(frozen=True)
class Town:
    """A council, its letters, and the middles of its neighbourhoods: name, latitude, longitude, postcode."""

    council: str
    prefix: str
    hoods: tuple[tuple[str, float, float, str], ...]


HASTINGS = Town(
    "Hastings Borough Council",
    "HA",
    (
        ("Old Town", 50.8575, 0.5935, "TN34"),
        ("Town Centre", 50.8572, 0.5790, "TN34"),
        ("St Leonards", 50.8575, 0.5470, "TN38"),
        ("Ore", 50.8730, 0.6080, "TN35"),
        ("Hollington", 50.8770, 0.5480, "TN38"),
        ("Silverhill", 50.8690, 0.5570, "TN37"),
    ),
)
REDCAR = Town(
    "Redcar and Cleveland Borough Council",
    "RC",
    (
        ("Redcar", 54.6120, -1.0680, "TS10"),
        ("Dormanstown", 54.6050, -1.0990, "TS10"),
        ("Marske", 54.5890, -1.0210, "TS11"),
        ("Saltburn", 54.5800, -0.9740, "TS12"),
        ("Guisborough", 54.5350, -1.0560, "TS14"),
        ("Eston", 54.5600, -1.1470, "TS6"),
        ("South Bank", 54.5810, -1.1740, "TS6"),
        ("Loftus", 54.5540, -0.8890, "TS13"),
    ),
)
STOKE = Town(
    "Stoke-on-Trent City Council",
    "ST",
    (
        ("Hanley", 53.0250, -2.1770, "ST1"),
        ("Burslem", 53.0450, -2.1980, "ST6"),
        ("Tunstall", 53.0610, -2.2130, "ST6"),
        ("Stoke", 53.0040, -2.1840, "ST4"),
        ("Fenton", 52.9980, -2.1600, "ST4"),
        ("Longton", 52.9880, -2.1330, "ST3"),
        ("Bentilee", 53.0130, -2.1290, "ST2"),
        ("Meir", 52.9740, -2.1060, "ST3"),
    ),
)


@dataclass(frozen=True)
class Made:
    """One made-up asset."""

    number: str
    uprn: str
    name: str
    use: str
    land: bool | None
    house: str
    street: str
    hood: str
    postcode: str
    latitude: float | None
    longitude: float | None
    tenure: str
    held: str
    value: int | None
    condition: str


def made(town: Town, count: int, *, seed: int) -> list[Made]:
    """Return so many made-up assets of a town, the few things that can be moved last."""
    dice = random.Random(f"{town.prefix}{seed}")
    sorts = [one for one in SORTS for _ in range(one[3])]
    found = [_one(town, n, dice.choice(sorts), dice) for n in range(1, count - len(THINGS) + 1)]
    for n, (name, use) in enumerate(THINGS, len(found) + 1):
        number, value = f"{town.prefix}{n:05d}", dice.randrange(2, 90) * 1000
        kept = "", "Town Hall", town.hoods[0][0], "", None, None
        found.append(Made(number, "", name, use, None, *kept, "", "", value, dice.choice("ABC")))
    return found


def _one(town: Town, n: int, sort: tuple[str, str, bool, int], dice: random.Random) -> Made:
    words, use, land, _ = sort
    hood, lat, lon, area = dice.choice(town.hoods)
    street, house = dice.choice(STREETS), "" if land else str(dice.randrange(1, 180))
    vacant, placed = dice.random() < 0.04, dice.random() < 0.95
    postcode = f"{area} {dice.randrange(1, 9)}{dice.choice(UNUSED)}{dice.choice(UNUSED)}"
    name = (
        f"Land at {street}"
        if words == "Open Space" and dice.random() < 0.5
        else f"{street.split()[0]} {words}"
    )
    spot = (
        (round(lat + dice.gauss(0, 0.0022), 6), round(lon + dice.gauss(0, 0.0038), 6))
        if placed
        else (None, None)
    )
    return Made(
        f"{town.prefix}{n:05d}",
        f"999{dice.randrange(10**9):09d}" if dice.random() < 0.7 else "",
        f"{name}, {hood}",
        use,
        land,
        "" if vacant else house,
        "" if vacant else street,
        hood,
        area if vacant else postcode,
        spot[0],
        spot[1],
        "Leasehold" if dice.random() < 0.08 else "Freehold",
        "Vacant" if vacant else dice.choice(HOLDS[:3]),
        dice.randrange(1, 2_000) * 1000 if dice.random() < 0.6 else None,
        dice.choice("ABCD") if not land else "",
    )


CSV_HEADS = (
    "UPRN,Unique Asset ID,Name of the building/land,Street number,Street,Post town,Post Code,Latitude,"
    "Longitude,Tenure,Tenure detail,Land only,Asset type,Valuation,Valuation date,Condition grade"
)
BOOK_HEADS = (
    "Asset Ref,Property Name,Property Address,Postcode,Eastings,Northings,Ownership,Occupancy,Property Type,"
    "UPRN,Asset of Community Value,Book Value,Organisation"
)


def as_csv(town: Town, rows: Sequence[Made], year: int) -> bytes:
    """Return a list as a council saves it from Excel: titles above, its old encoding, shortened addresses."""
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\r\n")
    write.writerows(
        [[f"{town.council}: land and property assets (made up)"], [f"Published April {year}"], []]
    )
    write.writerow(CSV_HEADS.split(","))
    write.writerows(_csv_row(one, year) for one in rows)
    return text.getvalue().encode("cp1252", errors="replace")


def _csv_row(one: Made, year: int) -> list[object]:
    where = [one.house, one.street, one.hood, one.postcode, one.latitude, one.longitude]
    land = {True: "Yes", False: "No", None: ""}[one.land]
    worth = [f"£{one.value:,}", f"31/03/{year}"] if one.value else ["", ""]
    return [
        one.uprn,
        one.number,
        one.name,
        *where,
        one.tenure,
        one.held,
        land,
        one.use,
        *worth,
        one.condition,
    ]


def as_workbook(town: Town, rows: Sequence[Made]) -> bytes:
    """Return a list as an Excel workbook (ECMA-376), places in metres of the National Grid."""
    table: list[list[object]] = [list(BOOK_HEADS.split(","))]
    for n, one in enumerate(rows):
        spot = ["", ""]
        if one.longitude is not None and one.latitude is not None:
            spot = _grid(one.longitude, one.latitude)
        address = ", ".join(filter(None, (f"{one.house} {one.street}".strip(), one.hood)))
        listed = "Yes" if n % 90 == 7 else "No"
        more = [one.tenure, one.held, one.use, one.uprn, listed, one.value or "", town.council]
        table.append([one.number, one.name, address, one.postcode, *spot, *more])
    return _workbook(table)


def as_geojson(town: Town, rows: Sequence[Made]) -> bytes:
    """Return a list as GeoJSON, as a council's map shows it."""
    features = [
        {
            "type": "Feature",
            "geometry": None
            if one.longitude is None
            else {"type": "Point", "coordinates": [one.longitude, one.latitude]},
            "properties": {
                "asset_id": one.number,
                "site_name": one.name,
                "street": f"{one.house} {one.street}".strip(),
                "town": one.hood,
                "postcode": one.postcode,
                "uprn": one.uprn or None,
                "tenure": one.tenure,
                "category": one.use,
                "council": town.council,
                "land_or_building": {True: "Land", False: "Building", None: None}[one.land],
            },
        }
        for one in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _grid(longitude: float, latitude: float) -> list[str]:
    spot = national_grid.metres(longitude, latitude)
    return [f"{spot.x[0]:.1f}", f"{spot.y[0]:.1f}"]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FIXED = (1980, 1, 1, 0, 0, 0)  # the same rows give the same file


def _workbook(table: Sequence[Sequence[object]]) -> bytes:
    rows = "".join(f'<row r="{n}">{"".join(map(_cell, row))}</row>' for n, row in enumerate(table, 1))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
        '<sheet name="Assets" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATED}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, FIXED), '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'

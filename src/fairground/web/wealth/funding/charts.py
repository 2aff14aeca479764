"""The charts of the funding pages: from the value of an answer to drawings by their captions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fairground import places
from fairground.report.charts import Bar, Square, Tile, bars, districts, lines, tiles
from fairground.report.numbers import pounds


def counterfactual(value: Any) -> Mapping[str, str]:
    """Draw the two rates, and the spread of all the ways of counting."""
    rates = [
        Bar("The regions you chose", float(value.own_rate)),
        Bar("The region you compare with", float(value.other_rate), marked=True),
    ]
    found = {
        "Pounds for each person, each year": bars(
            rates, title="Spending for each person each year", write=lambda v: pounds(round(v))
        )
    }
    if value.low >= 0:
        ways = [
            Bar("Lowest of all ways to count", float(value.low)),
            Bar("The way you chose", float(value.chosen.extra), marked=True),
            Bar("Highest of all ways to count", float(value.high)),
        ]
        found["How much more, in all"] = bars(ways, title="The difference over all years", write=pounds)
    return found


def award(value: Any) -> Mapping[str, str]:
    """Draw the award beside public investment per head, and the formula beside the award."""
    year = [
        Bar("The award", float(value.per_head_per_year), marked=True),
        Bar(f"Public investment, {value.region}", float(value.region_per_head)),
        Bar("Public investment, London", float(value.london_per_head)),
    ]
    fair = [
        Bar("The award", float(value.per_head), marked=True),
        Bar("A formula of need", float(value.formula_per_head)),
    ]
    return {
        "For each person, each year": bars(year, title="Pounds for each person each year", write=pounds),
        "For each person, in all": bars(
            fair, title="The award and the formula, pounds a person", write=pounds
        ),
    }


def scheme(value: Any) -> Mapping[str, str]:
    """Draw what each person gets where a scheme shares a pot between regions; nothing for other rules."""
    rows = [row for row in value.rows if hasattr(row, "per_head")]
    if not 1 < len(rows) <= 9:
        return {}
    title = "Pounds for each person, by this rule"
    drawn = [Bar(row.name, float(row.per_head)) for row in rows]
    return {title: bars(drawn, title=title, write=lambda v: pounds(round(v, 2)))}


def formula(value: Any) -> Mapping[str, str]:
    """Draw the regions as tiles and as bars."""
    squares = []
    for row in value.regions:
        at = places.get(row.code).tile
        if at:
            squares.append(Tile(row.region, at[0], at[1], row.per_head, pounds(round(row.per_head, 2))))
    rows = [Bar(row.region, row.per_head) for row in value.regions]
    return {
        "Pounds for each person, by region": tiles(
            squares, title="Pounds for each person, map of the regions"
        ),
        "The same, most first": bars(
            rows, title="Pounds for each person by region", write=lambda v: pounds(round(v, 2))
        ),
        "Pounds for each person, district by district: 1 is the fifth that gets least, 5 the fifth that gets "
        "most": _map(value.rows),
        "Districts that get most, and least, for each person": _ends(value.rows),
    }


def _map(rows: Any) -> str:
    """Draw each district as a square with the number of its fifth."""
    held = [(row, places.get(row.code).tile) for row in rows]
    squares = [Square(row.name, row.region, *at, row.per_head) for row, at in held if at]
    return districts(squares, title="Pounds for each person, map of the districts", write=_to_pennies)


def _ends(rows: Any, count: int = 6) -> str:
    """Draw the districts at both ends: winners marked, losers plain."""
    shown = [*rows[:count], *rows[-count:]]
    drawn = [Bar(row.name, row.per_head, marked=row.against_equal_share > 0) for row in shown]
    title = f"The {count} districts that get most and the {count} that get least for each person"
    return bars(drawn, title=title, write=lambda v: pounds(round(v, 2)))


def sensitivity(value: Any) -> Mapping[str, str]:
    """Draw how many districts gain, lose or depend on the choices."""
    rows = [
        Bar("Almost always more than an equal share", value.gain, marked=True),
        Bar("It depends on the choices", value.depends),
        Bar("Almost always less", value.lose),
    ]
    return {"How many districts": bars(rows, title="How sure the result is, in districts", write=str)}


def explanation(value: Any) -> Mapping[str, str]:
    """Draw the place beside the average."""
    rows = [Bar(value.name, float(value.per_head), marked=True), Bar("The average", float(value.mean))]
    title = f"Pounds for each person: {value.name} and the average"
    return {"Pounds for each person": bars(rows, title=title, write=_to_pennies)}


def merger(value: Any) -> Mapping[str, str]:
    """Draw what the councils get apart and together."""
    rows = [Bar("Apart", value.apart_pence / 100), Bar("Together", value.together_pence / 100, marked=True)]
    return {"Pounds in all": bars(rows, title="What the councils get, apart and together", write=pounds)}


def path(value: Any) -> Mapping[str, str]:
    """Draw the years of one place as a line, or the regions in the first year and the last as bars."""
    first, last = 1, value.years
    if len({row.code for row in value.rows}) == 1 and last > 1:
        title = f"{value.rows[0].name}: pounds for each person, year by year"
        points = [(str(row.year), row.per_head) for row in value.rows]
        return {title: lines(points, title=title, write=lambda v: pounds(round(v)))}
    found = {}
    for year in dict.fromkeys((first, last)):
        rows = [Bar(row.name, row.per_head) for row in value.rows if row.year == year]
        title = f"Pounds for each person in year {year}"
        found[title] = bars(rows, title=title, write=_to_pennies)
    return found


def _to_pennies(amount: float) -> str:
    return pounds(round(amount, 2))

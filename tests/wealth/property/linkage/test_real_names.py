"""A real council's list: is each asset found by the name that its own address gives it?"""

import json

import pytest

from fairground.wealth.property import linkage as engine

pytestmark = [pytest.mark.shared, pytest.mark.slow]


def found_by_other_name(folder, *, postcode):
    """Return the share of assets whose likeliest partner is themselves, and how many there are."""
    told = json.loads((folder / "data/property/lancashire_property_assets.json").read_text("utf-8"))["assets"]
    names, others = [], []
    for row in told:
        other = row["address"].partition(",")[0].strip()
        code = row["postcode"] or "" if postcode else ""
        if other:
            names.append(engine.Entry(row["id"], row["name"], postcode=code))
            others.append(engine.Entry(row["id"], other, postcode=code))
    pairs = engine.prepare(engine.Listing.of("names", names), engine.Listing.of("addresses", others))
    best = {one.second: one.first for one in engine.link(pairs, surely=1e-9).links}
    return sum(best.get(one.id) == one.id for one in names) / len(names), len(names)


def test_lancashire_assets_are_found_by_their_other_name_and_postcode(shared):
    share, number = found_by_other_name(shared, postcode=True)
    assert number > 1_200
    assert share >= 0.9


def test_lancashire_assets_are_found_by_name_alone_as_well_as_any_measure_of_names_does(shared):
    assert found_by_other_name(shared, postcode=False)[0] >= 0.75

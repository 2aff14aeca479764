"""The demo's made-up lists: the same each time, read without a hand in three layouts, and not real."""

import pytest

from fairground.sources import asset_lists
from fairground.web.wealth.register import example_lists as lists

MADE = {
    "a.csv": lambda rows: lists.as_csv(lists.HASTINGS, rows, 2026),
    "a.xlsx": lambda rows: lists.as_workbook(lists.HASTINGS, rows),
    "a.geojson": lambda rows: lists.as_geojson(lists.HASTINGS, rows),
}


@pytest.mark.parametrize("name", MADE)
def test_a_made_up_list_is_the_same_each_time_and_is_read_without_a_fault(name, tmp_path):
    rows = lists.made(lists.HASTINGS, 80, seed=1)
    content = MADE[name](rows)
    assert content == MADE[name](lists.made(lists.HASTINGS, 80, seed=1))
    (tmp_path / name).write_bytes(content)
    found = asset_lists.read(tmp_path / name)
    assert (len(found.assets), found.faults) == (80, [])
    assert [one.said["id"] for one in found.assets] == [one.number for one in rows]
    for one, said in zip(rows, found.assets, strict=True):
        assert (said.latitude is None) == (one.latitude is None)
        if one.latitude is not None:
            assert said.latitude == pytest.approx(one.latitude, abs=1e-5)


def test_no_postcode_of_a_made_up_list_can_be_a_real_one():
    """Royal Mail leaves C, I, K, M, O and V out of the last two letters."""
    for town in (lists.HASTINGS, lists.REDCAR, lists.STOKE):
        whole = [one.postcode for one in lists.made(town, 300, seed=2) if " " in one.postcode]
        assert len(whole) > 200
        assert all(set(text[-2:]) <= set("CIKMOV") for text in whole)

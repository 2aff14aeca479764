"""The definitions of a neighbourhood: referenced, editable, and the same after a trip through a file."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput, NotFound
from fairground.networks import profile
from fairground.opportunity.neighbourhoods import Need, preset, preset_of, presets


def test_there_and_back_in_twenty_minutes_is_800_metres_each_way_on_foot():
    # Town and Country Planning Association, The 20-Minute Neighbourhood (2021)
    assert preset("there-and-back").minutes * profile("walk").metres_per_minute == 800.0


def test_all_fourteen_needs_of_a_day_are_in_the_first_definition():
    assert [need.id for need in presets()[0].needs] == [
        "food", "school", "gp", "pharmacy", "green", "play", "post", "bank", "library", "community", "pub",
        "stop", "sports", "jobs",
    ]  # fmt: skip


@pytest.mark.parametrize("one", presets(), ids=lambda one: one.id)
def test_a_definition_survives_a_round_trip_through_its_file(one):
    assert preset_of(tomllib.loads(one.written())) == one
    assert one.reference.strip()


texts = st.text(min_size=1, max_size=12).filter(str.strip)
needs = st.builds(
    Need,
    id=st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(str.isidentifier),
    name=texts,
    minutes=st.floats(0.5, 60),
    weight=st.floats(0.01, 1000),
    where=st.lists(
        st.dictionaries(texts, st.lists(texts, min_size=1, max_size=2).map(tuple), min_size=1, max_size=2),
        min_size=1,
        max_size=2,
    ).map(tuple),
)


@pytest.mark.slow
@given(st.lists(needs, min_size=1, max_size=3, unique_by=lambda need: need.id), texts)
def test_any_definition_of_ones_own_survives_the_round_trip_too(own, name):
    held = {
        n.id: {"name": n.name, "minutes": n.minutes, "weight": n.weight, "where": list(n.where)} for n in own
    }
    table = {"name": name, "minutes": 10.0, "reference": "Ours", "needs": list(held), "need": held}
    made = preset_of(table)
    assert [(need.id, need.name, need.where) for need in made.needs] == [(n.id, n.name, n.where) for n in own]
    assert preset_of(tomllib.loads(made.written())) == made


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ({"needs": ["food"], "reference": ""}, "reference"),
        ({"needs": [], "reference": "Ours"}, "needs"),
        ({"needs": ["food", "food"], "reference": "Ours"}, "needs"),
        ({"needs": ["food"], "reference": "Ours", "minutes": 0}, "need.food.minutes"),
        ({"needs": ["food"], "reference": "Ours", "minutes": "ten"}, "minutes"),
        ({"needs": ["food"], "reference": "Ours", "minuts": 9}, "preset"),
        ({"needs": ["food"], "reference": "Ours", "need": {"food": {"weight": -1}}}, "need.food.weight"),
        ({"needs": ["food"], "reference": "Ours", "need": {"food": {"where": "bakery"}}}, "need.food.where"),
        ({"needs": ["food"], "reference": "Ours", "need": {"pub": {}}}, "need"),
    ],
)
def test_a_wrong_definition_names_the_field(table, field):
    with pytest.raises(BadInput) as fault:
        preset_of(table)
    assert fault.value.field == field


def test_a_need_that_nobody_knows_is_not_found():
    with pytest.raises(NotFound):
        preset_of({"needs": ["moonshine"], "reference": "Ours"})
    with pytest.raises(NotFound):
        preset("nowhere")

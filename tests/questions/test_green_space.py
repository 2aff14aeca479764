"""Green space near one site and near many homes, in the made-up town."""

import json

import pyarrow.parquet
import pyogrio
import pytest
import shapely
from click.testing import CliRunner

from fairground.cli import fairground
from fairground.errors import BadInput, DataProblem, NotFound
from fairground.questions.opportunity.green_coverage import coverage
from fairground.questions.opportunity.greenspace import check
from fairground.report import as_csv, as_text

DOOR = (54.62, 2.0)
SITE = {"type": "Polygon", "coordinates": [[[2.0, 54.62], [2.001, 54.62], [2.001, 54.621], [2.0, 54.62]]]}


@pytest.fixture
def streets(doggerby):
    return doggerby / "town.osm.pbf"


def written(path, geometry, **more):
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature], **more}), "utf-8")
    return path


def told(streets, **asked):
    return check(streets, at=asked.pop("at", DOOR), **asked).value


def test_the_command_prints_metres_and_pass_under_value(streets):
    asked = ["opportunity", "greenspace", "check", "--streets", str(streets), "--at", "54.62,2.0", "--json"]
    value = json.loads(CliRunner().invoke(fairground, asked, catch_exceptions=False).stdout)["value"]
    assert isinstance(value["metres"], float)
    assert value["pass"] is True
    assert value["reason"] == "within"


def test_a_failing_site_still_has_its_true_distance(streets):
    value = told(streets, limit=100)
    assert value["pass"] is False
    assert value["metres"] == told(streets)["metres"] > 100
    assert value["margin"] == 100 - value["metres"]


def test_a_rule_changes_pass_and_never_metres(streets):
    ours, local = told(streets), told(streets, rule_id="ags-local")
    assert (ours["pass"], local["pass"]) == (True, False)
    assert ours["metres"] == local["metres"]
    assert local["rule_metres"] > 300


def test_every_answer_has_five_measures_for_each_size_and_they_stand_in_order(streets):
    rows = told(streets)["rows"]
    assert len(rows) == 15
    for start in range(0, 15, 5):
        edge, _, entrance, kerb, door = (row.metres for row in rows[start : start + 5])
        assert edge <= entrance + 2 <= door + 2
        assert kerb <= door


def test_the_route_is_as_long_as_the_walk(streets):
    from pyproj import Geod

    value = told(streets)
    longitude, latitude = zip(*value["route"], strict=True)
    assert sum(Geod(ellps="WGS84").line_lengths(longitude, latitude)) == pytest.approx(
        value["metres"], abs=0.05
    )


def test_a_new_entrance_beside_the_others_never_makes_the_walk_longer(streets):
    value = told(streets, at=(54.6188408, 2.0057132))
    assert value["new_path_metres"] <= value["new_entrance_metres"] + 1e-9


def test_private_green_counts_only_when_it_is_asked_for(streets):
    less, more = told(streets), told(streets, include=("golf", "allotments", "private", "schools", "sports"))
    assert more["edge_metres"] <= less["edge_metres"]


def test_a_wheelchair_never_goes_a_shorter_way_than_feet(streets):
    value = told(streets)
    assert value["wheel_metres"] is None or value["wheel_metres"] >= value["wheel_metres_if_passable"]
    assert value["wheel_metres_if_passable"] >= value["metres"] - 1e-9


def test_a_boundary_is_judged_by_its_worst_corner(streets, tmp_path):
    value = check(streets, boundary=written(tmp_path / "site.geojson", SITE)).value
    assert value["nearest_metres"] < value["metres"]
    corners = [told(streets, at=(lat, lon))["metres"] for lon, lat in SITE["coordinates"][0]]
    assert value["metres"] == pytest.approx(max(corners), abs=0.001)


def test_a_postcode_is_found_in_a_file(streets, doggerby):
    value = check(streets, postcode="zz11aa", postcodes=doggerby / "postcodes.csv").value
    assert value["metres"] > 0
    with pytest.raises(NotFound, match="not in the file"):
        check(streets, postcode="ZZ9 9XX", postcodes=doggerby / "postcodes.csv")


def test_green_spaces_of_a_file_replace_those_of_the_map(streets, tmp_path):
    park = {"type": "Polygon", "coordinates": [[[2.0, 54.62], [2.002, 54.62], [2.002, 54.621], [2.0, 54.62]]]}
    value = told(streets, at=(54.6202, 2.0015), green=written(tmp_path / "green.geojson", park))
    assert value["inside"]
    assert (value["metres"], value["pass"]) == (0, True)


@pytest.mark.parametrize(
    ("at", "said"), [((2.0, 54.62), "swap"), ((53.0, 4.0), "not on this map"), ((91, 0), "globe")]
)
def test_a_place_in_the_sea_or_with_its_numbers_swapped_is_refused(streets, at, said):
    with pytest.raises(BadInput, match=said):
        check(streets, at=at)


def test_a_boundary_in_another_system_or_that_crosses_itself_is_refused(streets, tmp_path):
    ring = [[331000, 188000], [331100, 188000], [331100, 188100], [331000, 188000]]
    with pytest.raises(DataProblem, match="not in degrees"):
        check(streets, boundary=written(tmp_path / "m.geojson", {"type": "Polygon", "coordinates": [ring]}))
    bow = [[2, 54.62], [2.001, 54.621], [2.001, 54.62], [2, 54.621], [2, 54.62]]
    with pytest.raises(DataProblem, match="crosses itself"):
        check(streets, boundary=written(tmp_path / "b.geojson", {"type": "Polygon", "coordinates": [bow]}))


def test_a_boundary_that_names_its_system_is_laid_on_the_same_place(streets, tmp_path):
    from pyproj import Transformer

    metres = Transformer.from_crs(4326, 3857, always_xy=True)
    ring = [list(metres.transform(*place)) for place in SITE["coordinates"][0]]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    moved = written(tmp_path / "w.geojson", {"type": "Polygon", "coordinates": [ring]}, crs=crs)
    plain = written(tmp_path / "p.geojson", SITE)
    one, other = (check(streets, boundary=file).value["metres"] for file in (moved, plain))
    assert one == pytest.approx(other, abs=0.01)


def test_homes_without_a_shape_are_counted_and_listed(streets, tmp_path):
    file = tmp_path / "homes.geojson"
    shapes = [
        None,
        {"type": "Point", "coordinates": [2.0, 54.62]},
        {
            "type": "Polygon",
            "coordinates": [[[float("nan"), 54.62], [2, 54.62], [2, 54.63], [float("nan"), 54.62]]],
        },
    ]
    features = [{"type": "Feature", "properties": {}, "geometry": one} for one in shapes]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    value = coverage(streets, file).value
    assert (value.homes, value.left_out) == (1, 2)
    assert [(fault.row, fault.field) for fault in value.rejected] == [(1, "geometry"), (3, "geometry")]
    with pytest.raises(DataProblem, match="no shapes"):
        check(streets, at=DOOR, green=written(tmp_path / "green.geojson", shapes[2]))


def test_one_site_is_one_site(streets):
    with pytest.raises(BadInput, match="one of a point"):
        check(streets)
    with pytest.raises(BadInput, match="one of a point"):
        check(streets, at=DOOR, postcode="ZZ1 1AA")


def test_every_home_of_a_list_has_the_answer_that_it_has_alone(streets, tmp_path):
    places = [(54.62, 2.0), (54.6188408, 2.0057132), (54.6215, 1.9953), (54.6175, 2.0021)]
    rows = "".join(f"h{n},{lat},{lon}\n" for n, (lat, lon) in enumerate(places))
    (tmp_path / "homes.csv").write_text("Home ID,Lat,Lng\n" + rows, "utf-8")
    seen = []
    coverage(streets, tmp_path / "homes.csv", each=lambda block, _: seen.append(block))
    alone = [told(streets, at=place) for place in places]
    assert seen[0].metres.tolist() == pytest.approx([one["metres"] for one in alone], abs=1e-6)
    assert [{1: True, 0: False, -1: None}[v] for v in seen[0].verdict.tolist()] == [o["pass"] for o in alone]
    assert seen[0].block.id == ("h0", "h1", "h2", "h3")


def test_the_shares_of_every_measure_add_up_to_all_the_homes(streets, doggerby):
    value = coverage(streets, doggerby / "homes.csv").value
    assert {row.passing + row.failing + row.unknown for row in value.rows} == {value.people}
    assert value.homes == value.read == 2_441
    assert sum(row.people for row in value.neighbourhoods) == value.people
    assert len(value.furthest) == 20


def test_neighbourhoods_give_tenths_and_a_gradient_from_a_table_or_from_shapes(streets, doggerby):
    table, shapes = (
        coverage(streets, doggerby / "homes.csv", areas=doggerby / name).value
        for name in ("areas.csv", "areas.geojson")
    )
    assert sum(row.people for row in table.deciles) == table.people
    assert table.gradients[4].bounded_index == pytest.approx(shapes.gradients[4].bounded_index, abs=0.05)
    assert table.gradients[4].bounded_index_least <= table.gradients[4].bounded_index


def test_what_is_chosen_helps_at_least_as_much_as_one_place_after_another(streets, doggerby):
    answer = coverage(streets, doggerby / "homes.csv", choose=2)
    step = next(step for step in answer.steps if step.code == "greenspace.choose.space")
    assert step.facts["greedy"] <= step.facts["people"] <= step.facts["bound"] + 1e-6
    assert len(answer.value.suggestions) == 4


def test_rows_that_cannot_be_used_are_counted_and_listed(streets, tmp_path):
    rows = ["Lat,Lon", "54.62,2.0", "north,2.0", "54.62", "95,2.0", "10,10", ",2.0"]
    (tmp_path / "homes.csv").write_text("\n".join(rows), "utf-8")
    value = coverage(streets, tmp_path / "homes.csv").value
    assert (value.read, value.homes, value.left_out) == (6, 1, 5)
    assert [(fault.row, fault.field) for fault in value.rejected] == [
        (3, "Lat"),
        (4, ""),
        (5, "Lat"),
        (6, "place"),
        (7, "Lat"),
    ]


def test_postcodes_count_for_the_people_of_their_areas_and_the_answer_says_so(streets, doggerby):
    postcodes, areas = doggerby / "postcodes.csv", doggerby / "areas.geojson"
    alike, weighted = coverage(streets, postcodes), coverage(streets, postcodes, areas=areas)
    assert alike.value.homes_from == weighted.value.homes_from == "postcodes"
    assert [step.code for step in alike.steps[1:2]] == ["greenspace.postcodes.alike"]
    assert "greenspace.postcodes.areas" in {step.code for step in weighted.steps}
    assert alike.value.people == alike.value.homes == weighted.value.homes
    features = json.loads(areas.read_text("utf-8"))["features"]
    people = {one["properties"]["name"]: one["properties"]["people"] for one in features}
    got = {row.group: row.people for row in weighted.value.neighbourhoods}
    assert got.pop("not said", 0) == 0  # outside every area nobody is counted
    assert got == {name: pytest.approx(people[name]) for name in got}
    assert weighted.value.people == pytest.approx(sum(people[name] for name in got))


def test_postcodes_with_people_of_their_own_keep_them(streets, tmp_path):
    (tmp_path / "p.csv").write_text("Postcode,Lat,Lon,People\nZZ1 1AA,54.62,2.0,30\n", "utf-8")
    answer = coverage(streets, tmp_path / "p.csv")
    assert (answer.value.people, answer.steps[1].code) == (30, "greenspace.postcodes.own")


def test_eastings_say_how_well_they_are_known_and_degrees_have_no_such_doubt(streets, tmp_path):
    from pyproj import Transformer

    near = told(streets)["metres"]
    east, north = Transformer.from_crs(4326, 27700, always_xy=True).transform(*reversed(DOOR))
    (tmp_path / "grid.csv").write_text(f"postcode,easting,northing\nZZ1 1AA,{east},{north}\n", "utf-8")
    (tmp_path / "degrees.csv").write_text("postcode,lat,lon\nZZ1 1AA,54.62,2.0\n", "utf-8")
    asked = {"streets": streets, "postcode": "ZZ1 1AA", "postcodes": tmp_path / "grid.csv"}
    close, clear = check(**asked, limit=near + 0.5), check(**asked, limit=near + 100)
    doubt = close.value["place_doubt_metres"]
    if doubt:  # without Ordnance Survey's table of shifts
        assert "greenspace.doubt.too-close" in {step.code for step in close.steps}
        assert "greenspace.doubt" in {step.code for step in clear.steps}
        counted = coverage(streets, tmp_path / "grid.csv", limit=near + 0.5)
        assert {"metres": doubt, "count": 1} in [step.facts for step in counted.steps]
    else:
        assert not [step for step in close.steps if "doubt" in step.code]
    plain = check(**(asked | {"postcodes": tmp_path / "degrees.csv"}), limit=near + 0.5)
    assert not [step for step in plain.steps if "doubt" in step.code]


def test_homes_in_which_nobody_lives_are_an_error(streets, tmp_path):
    (tmp_path / "p.csv").write_text("Lat,Lon,People\n54.62,2.0,0\n", "utf-8")
    with pytest.raises(DataProblem, match="Nobody lives"):
        coverage(streets, tmp_path / "p.csv")


def test_a_file_without_places_and_a_map_without_homes_say_what_is_missing(streets, tmp_path):
    (tmp_path / "homes.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(DataProblem, match="latitude and longitude"):
        coverage(streets, tmp_path / "homes.csv")


def written_homes(streets, homes, out):
    asked = ["--streets", str(streets), "--homes", str(homes), "--out", str(out)]
    shown = CliRunner().invoke(fairground, ["opportunity", "greenspace", "coverage", *asked])
    assert shown.exit_code == 0, shown.output
    return out


@pytest.mark.parametrize("ending", ["csv", "parquet", "gpkg", "geojson"])
def test_each_homes_answer_is_written_whole_in_a_form_that_others_open(streets, doggerby, tmp_path, ending):
    out = written_homes(streets, doggerby / "homes.csv", tmp_path / f"homes.{ending}")
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    if ending == "csv":
        assert len(out.read_text("utf-8").splitlines()) == 2_442
    elif ending == "parquet":
        about = json.loads(pyarrow.parquet.read_schema(out).metadata[b"geo"])["columns"]["geometry"]
        points = shapely.from_wkb(pyarrow.parquet.read_table(out)["geometry"].to_pylist())
        assert about["bbox"] == list(shapely.total_bounds(points))
        assert about["crs"]["id"] == {"authority": "OGC", "code": "CRS84"}
        assert len(points) == 2_441
    else:
        meta, _, points, _ = pyogrio.raw.read(out)
        assert (len(points), meta["crs"]) == (2_441, "EPSG:4326")


def test_a_home_named_like_a_formula_is_written_so_that_no_spreadsheet_runs_it(streets, tmp_path):
    (tmp_path / "homes.csv").write_text("id,lat,lon\n=1+1,54.62,2.0\n", "utf-8")
    out = written_homes(streets, tmp_path / "homes.csv", tmp_path / "told.csv")
    heads, row = (line.split(",") for line in out.read_text("utf-8").splitlines())
    assert row[heads.index("home")] == "'=1+1"


def test_no_file_is_left_when_the_homes_cannot_be_used(streets, tmp_path):
    homes, out = tmp_path / "homes.csv", tmp_path / "told.parquet"
    homes.write_text("id,lat,lon\na,50.0,10.0\n", "utf-8")
    asked = ["--streets", str(streets), "--homes", str(homes), "--out", str(out)]
    shown = CliRunner().invoke(fairground, ["opportunity", "greenspace", "coverage", *asked])
    assert shown.exit_code != 0
    assert [path.name for path in tmp_path.iterdir()] == ["homes.csv"]


def test_the_answers_are_shown_as_text_and_as_a_table(streets):
    answer = check(streets, at=DOOR)
    assert "on foot from the door" in as_text(answer)
    assert as_csv(answer).splitlines()[0] == "measure,hectares,metres,verdict,space"

"""Small maps drawn by a stranger: every number was worked out by hand on squared paper.

The street runs 1,200 metres due north from the corner of the sheet. A door at (20, 250) is 20 metres east of
it. A footpath leaves the street at 400 and runs 100 metres east to the west side of a park of one hectare: so
the walk is 20 + 150 + 100 = 270 metres. Places in a PBF are whole ten-millionths of a degree, about a
centimetre, so numbers are asked for to 5 centimetres.
"""

import math

import pytest

from tests.opportunity.sheet import Sheet, asked, checked, place

DOOR = (20, 250)
PARK = (100, 350, 200, 450)


def near(metres):
    return pytest.approx(metres, abs=0.05)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "drawn.osm.pbf"


def with_park(*, into=150, path=None, **tags):
    """Return a sheet with the park and, where `into` is given, a path that ends that far east."""
    sheet = Sheet()
    sheet.box(*PARK, leisure="park", name="Drawn Park", **tags)
    if into:
        sheet.way((0, 400), (into, 400), **(path or {"highway": "footway"}))
    return sheet


def test_a_gate_on_the_ring_at_the_end_of_a_path_is_a_known_way_in(file):
    sheet = Sheet()
    sheet.box(*PARK, through=[400], leisure="park")
    sheet.point(100, 400, barrier="gate")
    sheet.way((0, 400), (100, 400), highway="footway")
    found = checked(sheet, file, *DOOR)
    assert (found["metres"], found["pass"], found["way_in"]) == (near(270), True, "known")
    assert found["edge_metres"] == near(math.hypot(80, 100))
    assert found["entrance_metres"] == near(math.hypot(80, 150))
    assert found["door_step_metres"] == near(20)


def test_a_path_that_crosses_the_ring_is_an_inferred_way_in(file):
    found = checked(with_park(), file, *DOOR)
    assert (found["metres"], found["pass"], found["way_in"]) == (near(270), True, "inferred")


def test_a_private_gate_leaves_the_crossing_that_is_open(file):
    """The gate at 370 is private; the path at 400 goes in: 20 + 150 + 100."""
    sheet = with_park()
    sheet.point(100, 370, barrier="gate", access="private")
    sheet.way((0, 370), (100, 370), highway="footway")
    found = checked(sheet, file, *DOOR)
    assert (found["metres"], found["way_in"]) == (near(270), "inferred")


@pytest.mark.parametrize(
    ("into", "path"),
    [
        (None, None),
        (90, None),
        (100, None),
        (150, {"highway": "footway", "access": "private"}),
        (150, {"highway": "footway", "bridge": "yes", "layer": "1"}),
        (150, {"highway": "construction"}),
        (150, {"highway": "service", "service": "driveway", "access": "private"}),
    ],
    ids=["no path", "10 m short", "up to the ring", "private", "bridge", "not built", "private driveway"],
)
def test_a_park_near_by_without_a_mapped_way_in_is_unknown(file, into, path):
    """The edge is hypot(80, 100) = 128 metres away, within 300, and nothing else can be reached."""
    found = checked(with_park(into=into, path=path), file, *DOOR)
    assert (found["metres"], found["pass"], found["reason"]) == (None, None, "no-way-in")
    assert found["hidden_metres"] == near(math.hypot(80, 100))


def test_a_park_without_a_way_in_that_is_further_than_the_limit_is_a_plain_no(file):
    """From (20, 900) the edge is hypot(80, 450) = 457 metres away."""
    found = checked(with_park(into=None), file, 20, 900)
    assert (found["metres"], found["pass"], found["reason"]) == (None, False, "nothing-reachable")
    assert found["edge_metres"] == near(math.hypot(80, 450))


@pytest.mark.parametrize("tags", [{"access": "private"}, {"access": "customers"}, {"foot": "no"}])
def test_land_that_is_shut_is_no_green_space_for_everybody(file, tags):
    found = checked(with_park(**tags), file, *DOOR)
    assert (found["metres"], found["pass"], found["edge_metres"]) == (None, False, None)


def test_a_park_of_split_ways_with_a_lake_in_it_is_one_site_less_the_lake(file):
    """100 by 100 metres less 20 by 20 is 0.96 hectares; the path goes in at (100, 400) as before."""
    sheet = Sheet()
    one = sheet.way((100, 350), (200, 350), (200, 450))
    two = sheet.way((200, 450), (100, 450), (100, 350))
    hole = sheet.box(140, 420, 160, 440)
    sheet.joined(("w", one, "outer"), ("w", two, "outer"), ("w", hole, "inner"), leisure="park")
    sheet.way((0, 400), (150, 400), highway="path")
    found = checked(sheet, file, *DOOR)
    assert (found["metres"], found["pass"]) == (near(270), True)
    assert found["space_hectares"] == pytest.approx(0.96, rel=2e-3)


def test_the_limit_itself_passes_and_a_hair_less_does_not(file):
    """20 + 180 + 100 = 300 from (20, 220)."""
    found = checked(with_park(), file, 20, 220)
    assert found["metres"] == near(300)
    exact = found["metres"]
    assert checked(with_park(), file, 20, 220, "--limit", repr(exact))["pass"] is True
    assert checked(with_park(), file, 20, 220, "--limit", repr(math.nextafter(exact, 0)))["pass"] is False


def test_a_walk_that_is_too_long_is_told_all_the_same(file):
    """20 + 350 + 100 = 470 from (20, 50), and its edge is hypot(80, 300) = 310 away."""
    found = checked(with_park(), file, 20, 50)
    assert (found["metres"], found["pass"], found["reason"]) == (near(470), False, "too-far")
    assert found["margin"] == near(-170)


BARRIERS = [{"waterway": "river"}, {"railway": "rail"}, {"waterway": "canal"}]


@pytest.mark.parametrize("tags", BARRIERS, ids=["river", "rail", "canal"])
def test_a_park_over_a_river_or_railway_is_reached_by_its_bridge_only(file, tags):
    """The bridge at 1,000: 20 + 750 + 60 to (60, 1000), back 600 along the far bank to 400, 40 in: 1,470."""
    sheet = with_park(into=None)
    sheet.way((30, -100), (30, 1300), **tags)
    sheet.way((60, 1000), (60, 400), (150, 400), highway="footway")
    sheet.way((0, 1000), (60, 1000), highway="footway", bridge="yes", layer="1")
    sheet.point(0, 1000)
    sheet.ways[0][1].insert(3, sheet.point(0, 1000))
    found = checked(sheet, file, *DOOR)
    assert (found["metres"], found["pass"]) == (near(20 + 750 + 60 + 600 + 40), False)


@pytest.mark.parametrize("gate", [True, False], ids=["with a gate", "without a gate"])
@pytest.mark.parametrize("tags", BARRIERS, ids=["river", "rail", "canal"])
def test_a_park_over_a_river_or_railway_without_a_bridge_is_never_a_pass(file, tags, gate):
    sheet = Sheet()
    sheet.box(*PARK, through=[400], leisure="park")
    sheet.way((30, -500), (30, 1700), **tags)
    sheet.way((60, 700), (60, 400), (100, 400), (150, 400), highway="footway")
    if gate:
        sheet.point(100, 400, barrier="gate")
    found = checked(sheet, file, *DOOR)
    assert found["metres"] is None
    assert found["pass"] is not True


def test_nobody_steps_over_a_lake_to_a_nearer_street(file):
    """Over the lake a street would be 20 metres away; on the door's own bank it is 40: 40 + 150 + 100."""
    sheet = with_park()
    sheet.way((0, 100), (60, 100), (60, 600), highway="residential")
    water = sheet.way((45, 150), (50, 150), (50, 390), (45, 390), (45, 150))
    sheet.joined(("w", water, "outer"), natural="water")
    found = checked(sheet, file, 40, 250)
    assert found["door_step_metres"] == near(40)
    assert found["metres"] == near(290)


def test_an_island_of_40_metres_by_the_door_is_not_walked_from(file):
    """The island runs past the door, 5 metres off; the walk begins on the street: 60 + 150 + 100 = 310."""
    sheet = with_park()
    sheet.way((55, 230), (55, 270), highway="footway")
    found = checked(sheet, file, 60, 250)
    assert (found["metres"], found["pass"]) == (near(310), False)


def test_steps_on_the_only_way_are_walked_but_not_wheeled(file):
    sheet = with_park(into=None)
    sheet.way((0, 400), (40, 400), highway="footway", surface="asphalt")
    sheet.way((40, 400), (60, 400), highway="steps")
    sheet.way((60, 400), (150, 400), highway="footway", surface="asphalt")
    found = checked(sheet, file, *DOOR)
    assert (found["metres"], found["pass"]) == (near(270), True)
    assert (found["wheel_metres"], found["wheel_metres_if_passable"]) == (None, None)
    assert found["wheel_pass"] is False


@pytest.mark.parametrize(
    ("barrier", "sure", "perhaps"),
    [("stile", None, None), ("kissing_gate", None, 270), ("gate", 270, 270)],
)
def test_a_way_in_over_a_stile_is_for_walkers_only(file, barrier, sure, perhaps):
    sheet = Sheet()
    sheet.box(*PARK, through=[400], leisure="park")
    sheet.point(100, 400, barrier=barrier)
    sheet.way((0, 400), (100, 400), (150, 400), highway="footway", surface="asphalt")
    found = checked(sheet, file, *DOOR)
    assert (found["metres"], found["pass"], found["way_in"]) == (near(270), True, "known")
    assert found["wheel_metres"] == (sure and near(sure))
    assert found["wheel_metres_if_passable"] == (perhaps and near(perhaps))


def test_a_firm_way_is_wheeled_and_one_that_nobody_described_is_unknown(file):
    firm = checked(with_park(path={"highway": "footway", "surface": "asphalt"}), file, *DOOR)
    assert (firm["wheel_metres"], firm["wheel_pass"]) == (near(270), True)
    silent = checked(with_park(), file.with_name("silent.osm.pbf"), *DOOR)
    assert (silent["wheel_metres_if_passable"], silent["wheel_pass"]) == (near(270), None)


def test_a_door_inside_a_park_is_there_already(file):
    found = checked(with_park(), file, 150, 420)
    assert (found["metres"], found["pass"], found["inside"]) == (0.0, True, True)


@pytest.mark.parametrize("oneway", ["yes", "-1"])
def test_people_on_foot_walk_one_way_streets_both_ways(file, oneway):
    sheet = with_park()
    sheet.ways[0][2]["oneway"] = oneway
    assert checked(sheet, file, *DOOR)["metres"] == near(270)


def test_of_two_streets_between_the_same_corners_the_shorter_is_taken(file):
    """The second way from (0, 250) to (0, 400) bends through (-100, 250) and (-100, 400): 350 and not 150."""
    sheet = with_park()
    sheet.way((0, 250), (-100, 250), (-100, 400), (0, 400), highway="residential")
    assert checked(sheet, file, *DOOR)["metres"] == near(270)


def test_a_door_on_a_loop_goes_round_the_shorter_way(file):
    """A square loop of 200 metres hangs on the end of a path, 50 metres west of the street at 400.

    From (-60, 550), 10 metres west of its east side: 10, down 150, then 50 and 100 east.
    """
    sheet = with_park(into=None)
    sheet.way((-50, 400), (0, 400), (150, 400), highway="footway")
    sheet.way((-50, 400), (-50, 600), (-250, 600), (-250, 400), (-50, 400), highway="residential")
    assert checked(sheet, file, -60, 550)["metres"] == near(10 + 150 + 50 + 100)


def test_a_locked_gate_in_the_way_closes_it_and_an_open_one_does_not(file):
    sheet = with_park(into=None)
    sheet.way((0, 400), (50, 400), (150, 400), highway="footway")
    sheet.point(50, 400, barrier="gate")
    assert checked(sheet, file, *DOOR)["metres"] == near(270)
    sheet.point(50, 400, locked="yes")
    shut = checked(sheet, file.with_name("shut.osm.pbf"), *DOOR)
    assert (shut["metres"], shut["pass"]) == (None, None)


def test_two_halves_of_a_park_that_touch_are_one_site_for_the_size_floor(file):
    """Each is half a hectare; the path enters the western one only."""
    sheet = Sheet()
    sheet.box(100, 350, 150, 450, leisure="park", name="West")
    sheet.box(150, 350, 200, 450, leisure="recreation_ground")
    sheet.way((0, 400), (120, 400), highway="footway")
    found = checked(sheet, file, *DOOR, "--min-hectares", "0.9")
    assert (found["metres"], found["pass"]) == (near(270), True)


@pytest.mark.parametrize("frame", [None, (-50, -50, 300, 1250)], ids=["no box in the header", "a box"])
def test_where_the_map_ends_does_not_change_the_answer(file, frame):
    sheet = with_park()
    latitude, longitude = place(*DOOR)
    sheet.write(file, frame=frame)
    shown = asked("check", "--streets", file, f"--at={latitude},{longitude}")
    assert shown.exit_code == 0
    assert "270 metres from the door" in shown.output
    assert "ends less than 300 metres" in shown.output


@pytest.mark.slow
@pytest.mark.parametrize("written", ["--at={a},{b}", "--at={a}, {b}", "--at= {a} ,{b} "])
def test_a_place_may_be_written_with_spaces_and_below_zero(file, written):
    latitude, longitude = place(*DOOR)
    with_park().write(file)
    shown = asked("check", "--streets", file, written.format(a=latitude, b=longitude), "--json")
    assert shown.exit_code == 0, shown.output
    apart = asked("check", "--streets", file, "--at", f"{latitude},{longitude}", "--json")
    assert apart.output == shown.output


@pytest.mark.parametrize(
    ("at", "word"),
    [
        ("-2.9,51.5", "swap"),
        ("51.0,-5.0", "500 metres"),
        ("91,0", "no place on the globe"),
        ("51.5", "two numbers"),
        ("51.5,-2.9,3", "two numbers"),
        ("fifty,two", "number"),
        ("nan,-2.9", "number"),
        ("51.5,inf", "number"),
        ("51.5;-2.9", "two numbers"),
        (",", "number"),
    ],
)
def test_a_place_that_is_none_is_told_plainly(file, at, word):
    with_park().write(file)
    shown = asked("check", "--streets", file, f"--at={at}")
    assert shown.exit_code != 0
    assert word in told(shown)


def told(shown):
    """Return what was said; a fault that is not ours fails the test."""
    fault = shown.exception
    assert fault is None or isinstance(fault, SystemExit) or type(fault).__module__ == "fairground.errors", (
        fault
    )
    return " ".join(f"{shown.output} {fault or ''}".split())


def test_a_map_without_a_park_says_no_and_one_without_a_street_is_refused(file):
    bare = checked(Sheet(), file, *DOOR)
    assert (bare["metres"], bare["pass"], bare["reason"]) == (None, False, "nothing-reachable")
    fields = Sheet(street=False)
    fields.box(*PARK, leisure="park")
    shown = asked("check", "--streets", fields.write(file.with_name("f.osm.pbf")), "--at=51.5,-2.9")
    assert shown.exit_code != 0
    assert "no streets" in told(shown)


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda data: data[: len(data) // 2], "cut short"),
        (lambda data: b"", "empty"),
        (lambda data: b"latitude,longitude\n1,2\n", "no OpenStreetMap extract"),
        (None, "cannot be read"),
    ],
    ids=["cut short", "empty", "text", "missing"],
)
@pytest.mark.parametrize("question", ["check", "coverage"])
def test_a_file_that_is_no_map_is_told_plainly(file, question, make, word):
    with_park().write(file)
    if make:
        file.write_bytes(make(file.read_bytes()))
    else:
        file.unlink()
    shown = asked(question, "--streets", file, *(["--at=51.5,-2.9"] if question == "check" else []))
    assert shown.exit_code != 0
    assert word in told(shown)
    assert file.name in told(shown)


def fenced(west):
    """Return a park whose only gate lies on its far side, a long way round.

    Its west side is so many metres east of the street, from 200 to 300. A path leaves the street at 1,200,
    goes 400 metres east, comes south to 250 and goes back to the gate at 300. From the door at (-20, 250)
    that is 20 + 950 + 400 + 950 + 100 metres.
    """
    sheet = Sheet()
    sheet.box(west, 200, 300, 300, leisure="park", name="Fenced Park")
    sheet.way((0, 1200), (400, 1200), (400, 250), (300, 250), highway="footway")
    sheet.point(300, 250, barrier="gate")
    return sheet


def test_one_new_entrance_opens_the_side_along_the_street(file):
    """Ten metres from the street: 20 to it, 10 more to a gap in the fence right across, to half a metre."""
    found = checked(fenced(10), file, -20, 250)
    assert (found["metres"], found["pass"]) == (near(2420), False)
    assert found["new_entrance_metres"] == pytest.approx(30, abs=0.3)
    assert found["new_entrance_space"] == "Fenced Park"
    latitude, longitude = place(10, 250)
    assert found["new_entrance_latitude"] == pytest.approx(latitude, abs=4e-6)
    assert found["new_entrance_longitude"] == pytest.approx(longitude, abs=4e-6)


def test_where_the_fence_is_too_far_for_an_entrance_one_new_path_reaches_it(file):
    """Sixty metres from the street no gap in the fence helps; a path of 60 metres does."""
    found = checked(fenced(60), file, -20, 250)
    assert found["metres"] == near(2420)
    assert found["new_path_metres"] == pytest.approx(80, abs=0.3)
    assert found["new_entrance_metres"] > 2000  # only on the far side does a way run beside the fence

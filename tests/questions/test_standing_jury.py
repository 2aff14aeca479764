"""Rotations of a standing jury, from the table of its history to the table of all who have sat."""

import csv
import io

import pytest

from fairground import report
from fairground.errors import BadInput, Impossible
from fairground.questions.power import jury_checks, standing
from fairground.questions.power.jury_history import read_history
from fairground.questions.power.lottery_file import read_lottery
from fairground.questions.power.volunteers import read_pool, read_shares, read_targets
from tests.cli.jury_example import HISTORY, POOL, ROWS, TARGETS
from tests.workbooks import ods, xlsx


@pytest.fixture
def folder(tmp_path):
    for name, text in (("pool.csv", POOL), ("targets.csv", TARGETS), ("history.csv", HISTORY)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def _rotate(folder, value="9, 18, 26", pool="pool.csv", **options):
    targets, source = read_targets(folder / "targets.csv")
    given = {"leave": 2, "cooling": 2, "values": [value], "secret": "s", **options}
    return standing.rotate(
        read_history(folder / "history.csv", targets), read_pool(folder / pool, targets), targets, source, 4,
        shares=read_shares(folder / "targets.csv"), **given,
    )  # fmt: skip


def _keep(folder, files):
    (folder / "history.csv").write_text(files.history, "utf-8")


def test_a_rotation_keeps_the_jury_to_its_targets_and_says_who_comes_and_goes(folder):
    answer, files = _rotate(folder)
    value = answer.value
    assert set(value.leaving) | set(value.staying) == {"012", "015", "016", "017"}
    assert len(value.leaving) == len(value.staying) == len(value.drawn) == 2
    assert sorted(value.panel) == sorted((*value.staying, *value.drawn))
    by_id = {row[:3]: row.split(",")[1:3] for row in ROWS}
    for row in value.rows:
        on = sum(row.value in by_id[id] for id in value.panel)
        sat = on + sum(row.value in by_id[id] for id in value.leaving)
        assert (row.on_jury, row.ever) == (on, sat)
        assert row.off_share == pytest.approx(sat - row.share * 6)
    assert "Rotation 2: 2 people leave the jury" in report.headline(answer)
    assert "High Street" not in files.council + files.public + files.history


def test_the_new_history_holds_the_rotation_and_the_next_one_reads_it(folder):
    answer, files = _rotate(folder)
    rows = list(csv.DictReader(io.StringIO(files.history)))
    assert {r["id"] for r in rows if r["left"] == "2"} == set(answer.value.leaving)
    new = [r for r in rows if r["rotation"] == "2"]
    assert {r["id"] for r in new if r["drawn"] == "yes"} == set(answer.value.drawn)
    assert sum(float(r["chance"]) for r in new) == pytest.approx(2, abs=1e-6)
    _keep(folder, files)
    later, _ = _rotate(folder, "7")
    assert later.value.number == 3
    assert not set(later.value.drawn) & {*answer.value.leaving, *answer.value.panel}
    assert {one.rotation for one in later.value.over_time} == {1, 2, 3}


def test_after_many_rotations_nobody_sits_twice_too_soon_and_every_value_has_its_share(folder):
    (folder / "history.csv").write_text("", "utf-8")
    left_at, off = {}, []
    for number in range(1, 8):
        answer, files = _rotate(folder, str(number))
        _keep(folder, files)
        assert answer.value.number == number
        assert all(number - left_at.get(id, -9) >= 2 for id in answer.value.drawn)
        left_at |= dict.fromkeys(answer.value.leaving, number)
        off.append(answer.value.farthest)
    assert max(off) <= 1


def test_an_early_leaver_makes_one_place_more(folder):
    answer, _ = _rotate(folder, gone=["012"])
    assert answer.value.gone == ("012",)
    assert len(answer.value.drawn) == 3
    assert "Left before their time: 012." in report.working(answer)


def test_nobody_who_lives_with_somebody_on_the_jury_is_drawn(folder):
    home = [
        line.replace(line.split(",")[3], "1 Mill Lane").replace("1AB", "1AA")
        for line in POOL.splitlines()[1:]
    ]
    text = "\n".join([POOL.splitlines()[0], *home[:18], *POOL.splitlines()[19:]]) + "\n"
    (folder / "together.csv").write_text(text, "utf-8")
    value = _rotate(folder, pool="together.csv")[0].value
    assert value.people == 2
    assert set(value.drawn) == {"018", "019"}


def test_a_share_may_differ_from_the_middle_of_the_target(folder):
    lines = TARGETS.splitlines()
    parts = ["share", "0.5", "25%", "1/4", "50%", "0.5"]
    (folder / "targets.csv").write_text("\n".join(map(",".join, zip(lines, parts, strict=True))), "utf-8")
    rows = _rotate(folder)[0].value.rows
    assert [row.share for row in rows] == pytest.approx([0.5, 0.25, 0.25, 0.5, 0.5])


def test_the_draw_of_the_new_people_can_be_made_again_and_counted(folder):
    answer, files = _rotate(folder)
    whole, public = read_lottery(files.council, "l"), read_lottery(files.public, "d")
    source = read_targets(folder / "targets.csv")[1]
    assert set(whole.drawn().jury) == set(answer.value.drawn)
    assert jury_checks.again(public, source).value.number == answer.value.draw.number
    assert jury_checks.look(whole, source).value.agree


def test_whoever_waited_with_less_than_an_equal_chance_counts_as_behind(folder):
    for number in range(2):
        answer, files = _rotate(folder, str(number))
        _keep(folder, files)
    assert any("less than an equal chance" in line for line in report.working(answer))


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_history_may_be_a_spreadsheet(folder, write):
    rows = [line.split(",") for line in HISTORY.splitlines()]
    name = f"history.{write.__name__}"
    (folder / name).write_bytes(write({"Notes": [["x"]], "History": rows}))
    found = read_history(folder / name, read_targets(folder / "targets.csv")[0]).history
    assert set(found.members) == {"012", "015", "016", "017"}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("1,003,16-29", "1,003,teen", "row 5.*'age'.*no target.*16-29, 30-59, 60"),
        ("1,003,16-29,Man,0.2,no,", "1,003,16-29,Man,2,no,", "row 5.*'chance'"),
        ("1,003,16-29,Man,0.2,no,", "1,003,16-29,Man,0.2,perhaps,", "row 5.*yes or no"),
        ("1,003,16-29,Man,0.2,no,", "1,003,16-29,Man,0.2,no,2", "row 5.*Only somebody who was drawn"),
        ("1,003,16-29,Man,0.2,no,", "one,003,16-29,Man,0.2,no,", "row 5.*'rotation'"),
        ("1,003,", "1,004,", "twice at one rotation"),
        (",chance,", ",odds,", "no such column.*chance"),
    ],
    ids=["value", "chance", "drawn", "left", "rotation", "twice", "column"],
)
def test_a_history_is_refused_by_row(folder, old, new, what):
    (folder / "history.csv").write_text(HISTORY.replace(old, new), "utf-8")
    with pytest.raises(BadInput, match=what):
        read_history(folder / "history.csv", read_targets(folder / "targets.csv")[0])


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"leave": 0}, "No place is free"),
        ({"leave": -1}, "below nought"),
        ({"leave": 9}, "9 would leave"),
        ({"gone": ["000"]}, "not on the jury"),
    ],
    ids=["nobody leaves", "below nought", "too many", "stranger"],
)
def test_a_rotation_that_cannot_be_is_refused(folder, options, what):
    with pytest.raises((BadInput, Impossible), match=what):
        _rotate(folder, **options)


def test_shares_that_do_not_add_up_are_refused(folder):
    lines = TARGETS.splitlines()
    parts = ["share", "0.5", "0.5", "0.5", "0.5", "0.5"]
    (folder / "targets.csv").write_text("\n".join(map(",".join, zip(lines, parts, strict=True))), "utf-8")
    with pytest.raises(BadInput, match="add up to 1"):
        _rotate(folder)

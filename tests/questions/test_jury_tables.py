"""Tables of a jury as they come: flexible bounds of the peer’s targets, text of Windows, odd spreadsheets."""

import pytest

from fairground.errors import BadInput
from fairground.power.juries import Quotas, Target, unreachable
from fairground.questions.power.juries import select
from fairground.questions.power.jury_checks import check
from fairground.questions.power.volunteers import read_pool, read_targets
from fairground.report import say

CLASH = "feature,value,min,max,min_flex,max_flex\nage,young,3,4,{young},6\nage,old,3,3,{old},-1\n"


def pool_file(folder, people, name="pool.csv", encoding="utf-8"):
    file = folder / name
    file.write_text("id,age,spot\n" + "".join(f"{n},{age},{town}\n" for n, age, town in people), encoding)
    return file


def people(young=2, old=9):
    return [(n, "young" if n < young else "old", "Whitby") for n in range(young + old)]


def checked(folder, young, old, size=6, pool=None):
    (folder / "targets.csv").write_text(CLASH.format(young=young, old=old), "utf-8")
    targets, source = read_targets(folder / "targets.csv")
    read = read_pool(pool_file(folder, pool or people()), targets)
    return check(read, targets, source, size)


def test_flexible_bounds_are_read_and_a_repair_stays_within_them(tmp_path):
    answer = checked(tmp_path, "2", "")
    said = " ".join(map(say, answer.steps))
    assert not answer.value.possible
    mended = {(row.value, row.least_instead, row.most_instead) for row in answer.value.rows}
    assert {("young", 2, 4), ("old", 3, 4)} <= mended
    assert all(row.least_instead >= 2 for row in answer.value.rows if row.value == "young")
    assert "stays within min_flex and max_flex" in said


def test_every_sum_that_cannot_be_met_is_named_with_what_would_mend_it(tmp_path):
    wanted = (
        Target("age", "young", 5, 6), Target("age", "old", 4, 6),
        Target("spot", "Whitby", 0, 3), Target("spot", "Hull", 0, 2),
    )  # fmt: skip
    read = read_pool(pool_file(tmp_path, people()), wanted)
    said = list(map(say, check(read, wanted, read.source, 6).steps))
    assert "age ask for at least 9 people, and the jury has 6 places. Lower the least numbers by 3" in said[0]
    assert (
        "spot allow 5 people at most, and the jury has 6 places. Raise the greatest numbers by 1" in said[1]
    )


def test_a_repair_says_how_many_it_brings_within_reach(tmp_path):
    wanted = (Target("age", "young", 3, 4), Target("age", "old", 3, 3), Target("spot", "Whitby", 0, 5),
              Target("spot", "Hull", 0, 6))  # fmt: skip
    read = read_pool(pool_file(tmp_path, people()), wanted)
    answer = check(read, wanted, read.source, 6)
    for row in answer.value.rows:
        mend = {(r.feature, r.value): r for r in answer.value.rows if r.repair == row.repair}
        after = [
            Target(t.feature, t.value, r.least_instead, r.most_instead)
            if (r := mend.get((t.feature, t.value))) else t for t in wanted
        ]  # fmt: skip
        assert row.reached == 11 - len(unreachable(read.pool, Quotas(6, tuple(after)))) > 0
    assert "of 11 people could then be drawn" in " ".join(map(say, answer.steps))


def test_where_no_change_within_them_mends_it_that_is_said(tmp_path):
    said = " ".join(map(say, checked(tmp_path, "3", "").steps))
    assert "No change within min_flex and max_flex" in said
    assert "Way 1" not in said


def test_too_few_people_are_not_blamed_on_flexible_bounds(tmp_path):
    said = " ".join(map(say, checked(tmp_path, "3", "", pool=people(1, 2)).steps))
    assert "max_flex of the table mends it" not in said
    assert "3 people may be drawn" in said


def test_a_draw_says_that_flexible_bounds_change_nothing_in_it(tmp_path):
    (tmp_path / "targets.csv").write_text(
        "feature,value,min,max,min_flex,max_flex\nage,young,1,2,0,4\nage,old,2,3,0,4\n", "utf-8"
    )
    targets, source = read_targets(tmp_path / "targets.csv")
    assert targets[0] == Target("age", "young", 1, 2, 0, 4)
    answer, _ = select(read_pool(pool_file(tmp_path, people()), targets), targets, source, 4,
                       values=("1",), secret="s")  # fmt: skip
    assert "change nothing in a draw" in " ".join(map(say, answer.steps))


def test_whoever_can_be_on_no_jury_is_named_with_the_targets_that_are_in_the_way(tmp_path):
    (tmp_path / "pool.csv").write_text(
        "id,age,address\na,old,1 Mill St\nb,young,1 Mill Street\nc,young,2 Mill St\nd,young,3 Mill St\n",
        "utf-8",
    )
    targets = (Target("age", "old", 1, 2), Target("age", "young", 0, 2))
    for homes, why in ((True, "no jury with b on it, and at most one person of an address"), (False, "")):
        read = read_pool(tmp_path / "pool.csv", targets, households=homes)
        drawn, _ = select(read, targets, read.source, 2, values=("1",), secret="s")
        for answer in (drawn, check(read, targets, read.source, 2)):
            said = " ".join(map(say, answer.steps))
            assert why in said
            assert ("could meet age old (1 to 2)" in said) == homes


@pytest.mark.parametrize("cell", ["16 to 24", "16  To 24", "16—24", "16 - 24"])
def test_a_band_is_read_however_it_is_written(tmp_path, cell):
    (tmp_path / "pool.csv").write_text(f"Ref. no.;Age: \n1;{cell}\n", "utf-8-sig")
    found = read_pool(tmp_path / "pool.csv", [Target("Age", "16–24", 0, 1)])
    assert found.pool.volunteers[0].values == ("16–24",)


@pytest.mark.parametrize(("young", "field"), [("4", "min_flex"), ("x", "min_flex"), ("1.5", "min_flex")])
def test_a_flexible_bound_that_is_none_is_refused_by_its_row(tmp_path, young, field):
    with pytest.raises(BadInput) as fault:
        checked(tmp_path, young, "")
    assert (fault.value.field, fault.value.row, fault.value.file) == (field, 2, "targets.csv")


def test_text_of_windows_is_read_and_the_source_says_so(tmp_path):
    (tmp_path / "targets.csv").write_text(
        "feature,value,min,max\nspot,Whitby – süd,1,1\nspot,Hull,1,1\n", "cp1252"
    )
    targets, source = read_targets(tmp_path / "targets.csv")
    assert targets[0].value == "Whitby – süd"
    assert source.title == "targets.csv, read as Windows-1252"
    rows = [(1, "x", "Whitby – süd"), (2, "x", "Hull")]
    read = read_pool(pool_file(tmp_path, rows, encoding="cp1252"), targets)
    assert read.pool.volunteers[0].values == ("Whitby – süd",)
    assert "Windows-1252" in read.source.title


@pytest.mark.parametrize(
    "content", [b"id,age\n1,\x81", b"id,age\n1,\xe9\x00\x07"], ids=["unknown", "control"]
)
def test_what_is_no_text_of_windows_either_is_refused(tmp_path, content):
    (tmp_path / "pool.csv").write_bytes(content)
    with pytest.raises(BadInput, match="UTF-8"):
        read_pool(tmp_path / "pool.csv", (Target("age", "x", 0, 1),))


FLATS = (
    "Flat 2a, 14 High St",
    "14 High Street Flat 2A",
    "FLAT 2A 14 HIGH STREET",
    "14 High St., Apartment 2a",
)


def test_people_of_one_flat_are_one_household_in_any_order_of_writing(tmp_path):
    text = "id,age,address,postcode\n" + "".join(
        f'{n},x,"{address}",TS10 1{"aa" if n % 2 else "AA"}\n'
        for n, address in enumerate((*FLATS, "Flat 2b, 14 High St"))
    )
    (tmp_path / "pool.csv").write_text(text, "utf-8")
    people = read_pool(tmp_path / "pool.csv", (Target("age", "x", 1, 1),)).pool.volunteers
    assert len({person.household for person in people[:4]}) == 1
    assert people[4].household != people[0].household

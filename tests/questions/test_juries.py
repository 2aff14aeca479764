"""Pools as people send them, and the answers about a draw."""

import json

import pytest

from fairground import report
from fairground.errors import BadInput
from fairground.questions.power import juries, jury_alternates, jury_checks
from fairground.questions.power.lottery_file import read_lottery
from fairground.questions.power.people_tables import alike
from fairground.questions.power.volunteers import read_pool, read_shares, read_staying, read_targets
from fairground.report.words import say
from tests.cli.jury_example import POOL, TARGETS, files
from tests.workbooks import ods, xlsx

SOURCE = read_targets  # named so that each test says where its source comes from


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pool.csv").write_text(POOL, "utf-8")
    (tmp_path / "targets.csv").write_text(TARGETS, "utf-8")
    return tmp_path


def _read(folder, text, name="pool.csv", **options):
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_pool(folder / name, read_targets(folder / "targets.csv")[0], **options)


def test_a_messy_file_is_read_as_it_was_meant(folder):
    lines = POOL.replace(",", " ; ").replace("16-29", "16 – 29").replace("Woman", "WOMAN ").splitlines()
    text = "\ufeff\n" + "\r\n".join([lines[0].upper(), *lines[1:], lines[5], " ; ;", ""])
    found, plain = (
        _read(folder, text),
        read_pool(folder / "pool.csv", read_targets(folder / "targets.csv")[0]),
    )
    assert [(p.id, p.values) for p in found.pool.volunteers] == [
        (p.id, p.values) for p in _read(folder, POOL).pool.volunteers
    ]
    assert found.quality.dropped == {"the same row again": 1}
    assert found.quality.mended["written in another way"] > 10
    assert found.pool.volunteers[3].id == "003"
    assert plain.address_columns == ("address", "postcode")


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_spreadsheet_is_read_too(folder, write):
    rows = [line.split(",") for line in POOL.splitlines()]
    found = _read(folder, write({"Notes": [["hello"]], "Pool": rows}), f"pool.{write.__name__}")
    assert len(found.pool.volunteers) == 20


@pytest.mark.parametrize(
    ("cell", "band"),
    [
        ("2026-11-10", "10-11"),
        ("10-Nov", "10-11"),
        ("Nov-10", "10-11"),
        ("2026-12-10 00:00:00", "10-12"),
        ("10/11/2026", "10-11"),
        ("05/09/26", "5-9"),
        ("01/10/2014", "10-14"),
        ("09/05/2026 00:00", "5–9"),
    ],
)
def test_a_band_that_a_spreadsheet_took_for_a_date_is_a_band_again(tmp_path, cell, band):
    (tmp_path / "targets.csv").write_text(f"feature,value,min,max\nage,{band},0,2\nage,older,0,2\n", "utf-8")
    (tmp_path / "pool.csv").write_text(f"id,age\n1,{cell}\n2,older\n", "utf-8")
    found = read_pool(tmp_path / "pool.csv", read_targets(tmp_path / "targets.csv")[0])
    assert found.pool.volunteers[0].values == (band,)
    assert found.quality.mended == {"a band that was taken for a date": 1}


def test_everything_that_is_wrong_is_named_at_once_by_row(folder):
    lines = POOL.splitlines()
    lines[2] = lines[2].replace("30-59", "forty")
    lines[5] = lines[5].replace("004", "")
    lines[8] = lines[8].replace("007", "001")
    with pytest.raises(BadInput) as wrong:
        _read(folder, "\n".join(lines), barred=["nobody"])
    said = str(wrong.value)
    assert "4 things must be mended" in said
    for part in (
        "row 3, age: “forty” is none of 16-29, 30-59, 60+",
        "row 6 has no id",
        "rows 3 and 9 have the same id 001",
        "nobody has the id nobody",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "no rows"),
        ("id,age\n", "no rows"),
        ("id,age,sex,address,postcode\n1,16-29,Woman,a,b,more\n", "more cells than there are headings"),
        ("name,age,sex\n1,16-29,Woman\n", "no such column: “id”, or .*“code”. Its columns are name, age,"),
        ("id,age\n1,16-29\n", "no such column"),
        ("id,age,sex,sex\n1,16-29,Woman,Man\n", "Two columns have one name"),
        (b"id,age,sex\n1,\x81\x9d,Woman\n", "UTF-8"),
    ],
    ids=["empty", "headings", "long", "no id", "no sex", "twice", "bytes"],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(folder, text, what):
    with pytest.raises(BadInput, match=what):
        _read(folder, text)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("age,,1,2", "empty"),
        ("age,old,one,2", "number"),
        ("age,old,1.5,2", "whole"),
        ("age,old,3,2", "below the least"),
        ("age,young,0,1", "two targets; the other is in row 2"),
        ("AGE, Young ,0,1", "two targets; the other is in row 2"),
    ],
)
def test_targets_are_refused_by_row(tmp_path, row, what):
    (tmp_path / "targets.csv").write_text(f"feature,value,min,max\nage,young,1,2\n{row}\n", "utf-8")
    with pytest.raises(BadInput, match=what) as wrong:
        read_targets(tmp_path / "targets.csv")
    assert wrong.value.row == 3


def test_a_feature_that_is_written_in_two_ways_is_one(tmp_path):
    file = tmp_path / "targets.csv"
    file.write_text("feature,value,min,max,share\nAge,16–24,0,2,0.5\nage ,older,0,2,0.5\n", "utf-8")
    assert [t.feature for t in read_targets(file)[0]] == ["Age", "Age"]
    assert [s.feature for s in read_shares(file)] == ["Age", "Age"]


def test_an_empty_cell_is_called_empty(folder):
    with pytest.raises(BadInput, match="1 thing must be mended: row 3, age: the cell is empty; it must be"):
        _read(folder, POOL.replace("001,30-59", "001, "))


def test_a_table_of_the_peer_in_utf_16_is_read(folder):
    heads = "nationbuilder_id,age,sex,address1,postcode"
    text = "\n".join([heads, *POOL.splitlines()[1:]]).replace(",", "\t")
    (folder / "targets.csv").write_text(
        "category,name,min,max,min_flex,max_flex\n"
        + "".join(f"{line},0,4\n" for line in TARGETS.splitlines()[1:]),
        "utf-8",
    )
    found = _read(folder, text.encode("utf-16"))
    assert found.pool.volunteers == _read(folder, POOL).pool.volunteers


def test_a_pool_smaller_than_the_jury_is_said_to_be(folder):
    (folder / "targets.csv").write_text("feature,value,min,max\nage,16-29,0,9\nage,30-59,0,9\n", "utf-8")
    targets, source = read_targets(folder / "targets.csv")
    read = _read(folder, "id,age\n1,16-29\n2,30-59\n3,30-59\n")
    steps = jury_checks.check(read, targets, source, 4).steps
    said = " ".join(say(step) for step in steps)
    assert "3 people may be drawn, and the jury has 4 places" in said


@pytest.mark.parametrize("text", ["id,age\n1,2\n", '{"format": "fairground-jury-draw-1", "numb', "[" * 9999])
def test_what_is_no_lottery_at_all_is_refused_without_jargon(text):
    with pytest.raises(BadInput, match="This is not a lottery that Fairground wrote") as wrong:
        read_lottery(text, "draw.json")
    assert "Error(" not in str(wrong.value)


def test_people_who_must_or_may_not_be_drawn_are_kept_to(folder):
    targets, source = read_targets(folder / "targets.csv")
    read = read_pool(folder / "pool.csv", targets, certain=["003"], barred=["004", "005"])
    answer, _ = juries.select(read, targets, source, 4, values=["7"], secret="s")
    chances = answer.value.probabilities
    assert chances["003"] == pytest.approx(1)
    assert "004" not in chances
    assert "003" in answer.value.panel
    assert sum(chances.values()) == pytest.approx(4)


def test_the_answer_says_who_was_drawn_and_proves_itself(folder):
    targets, source = read_targets(folder / "targets.csv")
    answer, made = juries.select(
        read_pool(folder / "pool.csv", targets), targets, source, 4, values=["9, 18"], secret="s", juries=50
    )
    value = answer.value
    assert len(value.panel) == 4
    assert {p.feature: sum(q.on_jury for q in value.rows if q.feature == p.feature) for p in value.rows} == {
        "age": 4,
        "sex": 4,
    }
    assert value.certificate.verified
    assert value.certificate.gap < 1e-6
    assert f"Jury number {value.number}" in report.headline(answer)
    assert "High Street" not in made.council + made.public
    assert not any(id in made.public for id in ('"003"', "TS10"))


def test_the_public_file_draws_the_same_jury_again_and_a_changed_one_is_seen(folder):
    made = files(folder)
    whole, public = read_lottery(made.council, "l"), read_lottery(made.public, "d")
    source = read_targets(folder / "targets.csv")[1]
    assert jury_checks.again(public, source).value.number == jury_checks.again(whole, source).value.number
    assert jury_checks.look(whole, source).value.agree
    assert jury_checks.look(public, source).value.agree
    held = json.loads(made.public)
    held["numbered"][3], held["numbered"][4] = held["numbered"][4], held["numbered"][3]
    if held["numbered"][3] == held["numbered"][4]:
        held["numbered"][3] = held["numbered"][3][::-1]
    bent = read_lottery(json.dumps(held), "d")
    assert not jury_checks.again(bent, source).value.agree
    assert not jury_checks.look(bent, source).value.agree


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda h: h["people"][0].__setitem__(4, 0.9), "chance"),
        (lambda h: h["juries"][0].__setitem__(0, 0.9), "sum"),
        (lambda h: h["targets"][0].__setitem__(2, 2), "target"),
        (lambda h: h["levels"].pop(), "proof"),
        (lambda h: h["levels"][0].__setitem__(2, [9.0] * len(h["levels"][0][2])), "proof"),
    ],
    ids=["chance", "weight", "target", "no proof", "forged proof"],
)
def test_a_councils_file_that_was_bent_is_found_out(folder, change, what):
    held = json.loads(files(folder).council)
    change(held)
    looked = jury_checks.look(read_lottery(json.dumps(held), "l"), read_targets(folder / "targets.csv")[1])
    assert not looked.value.agree
    assert any(what in row.what for row in looked.value.rows)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": "fairground-jury-lottery-1"}',
        '{"format": "fairground-jury-draw-1", "numbered": []}',
        "[" * 3000,
    ],
    ids=["empty", "list", "object", "no parts", "no juries", "deep"],
)
def test_what_is_no_lottery_is_refused(text):
    with pytest.raises(BadInput):
        read_lottery(text, "file.json")


@pytest.mark.parametrize(
    ("kind", "part", "value"),
    [
        ("public", "size", float("inf")),
        ("public", "size", 10**400),
        ("public", "chances", {}),
        ("public", "numbered", [["\ud800"]]),
        ("council", "size", float("inf")),
        ("council", "features", ["a", "b"]),
        ("council", "juries", [[10**400, [0]]]),
        ("council", "levels", [[0.5, [float("inf")], [1.0], [], []]]),
    ],
)
def test_a_part_that_no_lottery_holds_is_refused_in_words(folder, kind, part, value):
    held = json.loads(getattr(files(folder), kind))
    with pytest.raises(BadInput):
        read_lottery(json.dumps({**held, part: value}), "lottery.json")


def test_a_seal_that_does_not_fit_the_councils_juries_is_refused(folder):
    held = json.loads(files(folder).council)
    held["numbered"][0], held["numbered"][-1] = held["numbered"][-1], held["numbered"][0][::-1]
    held["numbered"][1] = held["numbered"][0]
    with pytest.raises(BadInput, match="seal"):
        read_lottery(json.dumps(held), "file.json").drawn()


def test_targets_that_clash_are_told_with_ways_to_mend_them(folder):
    targets = (
        (folder / "targets.csv")
        .read_text()
        .replace("sex,Woman,2,2", "sex,Woman,4,4")
        .replace("Man,2,2", "Man,0,0")
    )
    (folder / "clash.csv").write_text(targets + "age,90+,0,0\n", "utf-8")
    wanted, source = read_targets(folder / "clash.csv")
    pool = POOL.replace(",Woman,", ",Man,", 8)
    answer = jury_checks.check(_read(folder, pool), wanted, source, 4)
    assert not answer.value.possible
    assert answer.value.clash
    assert answer.value.rows
    assert "meets every target" in report.headline(answer)


def test_sums_that_cannot_be_met_are_told_as_an_answer(folder):
    wanted, source = read_targets(folder / "targets.csv")
    answer = jury_checks.check(read_pool(folder / "pool.csv", wanted), wanted, source, 9)
    assert not answer.value.possible
    assert "age allow 6 people at most, and the jury has 9 places. Raise" in report.headline(answer)


def test_who_does_not_come_is_replaced_so_that_the_whole_jury_meets_its_targets(folder):
    lottery = read_lottery(files(folder).council, "l")
    source = read_targets(folder / "targets.csv")[1]
    drawn = lottery.drawn().jury
    answer, _ = juries.replace(lottery, source, drawn[:2], [], values=["3"], secret="s")
    came = answer.value.panel
    assert len(came) == 2
    assert not set(came) & set(drawn)
    whole = {*drawn[2:], *came}
    people = [p for p in lottery.pool.volunteers if p.id in whole]
    for target in lottery.quotas.targets:
        at = lottery.pool.features.index(target.feature)
        assert target.low <= sum(p.values[at] == target.value for p in people) <= target.high
    again, _ = juries.replace(lottery, source, drawn[:2], came, values=["3"], secret="s")
    assert not set(again.value.panel) & set(came)


def test_nobody_is_replaced_who_was_not_there_and_nobody_from_a_public_file(folder):
    made, source = files(folder), read_targets(folder / "targets.csv")[1]
    lottery = read_lottery(made.council, "l")
    absent = next(p.id for p in lottery.pool.volunteers if p.id not in lottery.drawn().jury)
    for left, what in (([absent], "not on the jury"), ([], "Nobody has left"), (["nobody"], "has this id")):
        with pytest.raises(BadInput, match=what):
            juries.replace(lottery, source, left, values=["3"], secret="s")
    with pytest.raises(BadInput, match="public file"):
        juries.replace(read_lottery(made.public, "d"), source, ["x"], values=["3"], secret="s")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda h: h.update(rule="fairest"), "no such rule"),
        (lambda h: h["targets"][0].__setitem__(3, 10**400), "No jury is so large"),
    ],
    ids=["rule", "target"],
)
def test_a_councils_file_with_a_rule_or_a_target_that_cannot_be_is_refused(folder, change, what):
    held = json.loads(files(folder).council)
    change(held)
    with pytest.raises(BadInput, match=what):
        read_lottery(json.dumps(held), "l")


def test_alternates_of_a_councils_file_are_measured_and_a_table_says_who_tends_to_stay(folder):
    lottery, source = read_lottery(files(folder).council, "l"), read_targets(folder / "targets.csv")[1]
    (folder / "stays.csv").write_text("Feature;value;stays\nage;16 – 29;50%\nsex;man;0.9\n", "utf-8")
    staying, _ = read_staying(folder / "stays.csv", 0.8, lottery.quotas.targets)
    assert staying.factors == {("age", "16-29"): 0.5, ("sex", "Man"): 0.9}
    value = jury_alternates.step_in(lottery, (source,), 2, staying).value
    assert value.chosen < value.without
    assert value.least <= value.tried
    assert not set(value.alternates) & set(value.jury)
    with pytest.raises(BadInput, match="public file"):
        jury_alternates.step_in(read_lottery(files(folder).public, "d"), (source,), 2)


@pytest.mark.parametrize(
    ("row", "what"),
    [("age,90+,0.5", "no target"), ("age,60+,1.5", "stays"), ("age,60+,", "stays"), ("sex,Man,0.9", "twice")],
)
def test_a_table_of_who_stays_is_refused_by_row(folder, row, what):
    (folder / "stays.csv").write_text(f"feature,value,stays\nsex,Man,0.9\n{row}\n", "utf-8")
    with pytest.raises(BadInput, match=what) as wrong:
        read_staying(folder / "stays.csv", 0.9, read_targets(folder / "targets.csv")[0])
    assert wrong.value.row == 3


def test_who_would_be_drawn_next_is_told_when_somebody_is_replaced(folder):
    lottery, source = read_lottery(files(folder).council, "l"), read_targets(folder / "targets.csv")[1]
    drawn = lottery.drawn().jury
    answer, _ = juries.replace(lottery, source, drawn[:1], [], values=["3"], secret="s")
    following = answer.value.following
    assert 1 <= len(following) <= 3
    assert set(answer.value.panel) not in [set(one) for one in following]
    assert len({frozenset(one) for one in following}) == len(following)
    assert not {id for one in following for id in one} & set(drawn)
    assert ", ".join(following[0]) in report.as_text(answer)


@pytest.mark.parametrize("rule", ["minimax", "goldilocks", "nash"])
def test_a_rule_with_a_bound_proves_itself_and_a_bent_bound_is_found_out(folder, rule):
    targets, source = read_targets(folder / "targets.csv")
    read = read_pool(folder / "pool.csv", targets)
    answer, made = juries.select(read, targets, source, 4, rule=rule, values=["7"], secret="s", juries=50)
    assert answer.value.certificate.gap < 1e-4
    looked = jury_checks.look(read_lottery(made.council, "l"), source)
    assert looked.value.agree
    assert "This is proven: no lottery" in report.as_text(looked)
    held = json.loads(made.council)
    for bent in ([[], [], 1.0, 1.0], [[[0, 1.0]], [[1, 1.0]], 1e-300, 1.0]):
        again = jury_checks.look(read_lottery(json.dumps({**held, "bound": bent}), "l"), source)
        assert not again.value.agree
    del held["bound"]
    assert not jury_checks.look(read_lottery(json.dumps(held), "l"), source).value.agree


def test_a_cell_of_nothing_but_spaces_is_read_once():
    assert alike(f"16 – 24{' ' * 100_000}x - ") == "16-24 x-"

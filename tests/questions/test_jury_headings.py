"""Pools and targets in the shapes of the tools they come from, with made-up people.

The headings are those of sortition-algorithms, OpenDLP, NationBuilder, the replication of Flanigan et al.
(2021), a Decidim module, two Scandinavian tools, forms of Google and Microsoft, and councils' own lists.
"""

import json

import pytest

from fairground.errors import BadInput
from fairground.power.juries import Target
from fairground.questions.power.jury_checks import check
from fairground.questions.power.panels import read_panel
from fairground.questions.power.volunteers import Asked, read_pool, read_shares, read_targets
from fairground.report import say
from tests.questions.test_jury_workbooks import changed
from tests.workbooks import ods, xlsx

WANTED = [("age", "16-29", 3, 4), ("age", "30+", 4, 5), ("sex", "Man", 4, 4), ("sex", "Woman", 4, 4)]
AGES, SEXES = ("16-29", "30+"), ("Man", "Woman")
PEOPLE = [(f"p{n}", AGES[n % 5 > 1], SEXES[n % 2], f"{n} Mill Lane", "TS10 1AA") for n in range(30)]
POOL = "id,age,sex,address,postcode\n" + "".join(",".join(row) + "\n" for row in PEOPLE)


def targets(folder, text, size=8, name="targets.csv"):
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_targets(folder / name, size)[0]


def pool(folder, text, name="pool.csv", wanted=None, **asked):
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_pool(
        folder / name, wanted or targets(folder, plain("feature,value,min,max")), asked=Asked(**asked)
    )


def plain(heads, rows=WANTED):
    return heads + "\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)


def told(steps):
    return " ".join(map(say, steps))


def of(found):
    return [(one.feature, one.value, one.low, one.high) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        plain("feature,value,min,max"),
        plain("category,name,min,max"),
        plain("category,feature,min,max"),
        plain("Characteristic,Option,Lower bound,Upper bound"),
        plain("Category,Value,Minimum,Maximum"),
        plain("Criterion,Answer,At least,At most"),
        plain("cat,level,lower,upper"),
        plain("category,name,suggest min,Current #,min,max", [(f, v, "", "", a, b) for f, v, a, b in WANTED]),
        plain("Targets of our jury,,,\n\nFeature:,Value:,Min.,Max.", WANTED),
        plain("feature,value,min,max,min_flex,max_flex", [(*row, 0, 0) for row in WANTED]),
        plain("feature,value,min,max").replace(",", "\t").encode("utf-16"),
        plain("feature,value,target", [(f, v, f"{a}-{b}") for f, v, a, b in WANTED]),
        plain("feature,value,min,max", [WANTED[0], ("", *WANTED[1][1:]), WANTED[2], ("", *WANTED[3][1:])]),
    ],
)  # fmt: skip
def test_every_way_to_head_targets_is_read_alike(tmp_path, text):
    assert of(targets(tmp_path, text)) == WANTED


@pytest.mark.parametrize("write", [xlsx, ods])
def test_merged_features_titles_and_totals_of_a_spreadsheet_are_read_as_they_look(tmp_path, write):
    rows = [["Our jury"], [], ["Category", "Name", "Min", "Max"], ["age", "16-29", 3, 4], [None, "30+", 4, 5]]
    rows += [["Total", None, 7, 9], ["sex", "Man", 4, 4], [None, "Woman", 4, 4], ["sex", "Total", 8, 8]]
    found = targets(tmp_path, write({"T": rows}), name=f"t.{write.__name__}")
    assert of(found) == WANTED
    assert "Left out of the targets, 2 rows: a total." in told(found.told)
    assert "2 targets without a feature were read as of the feature above" in told(found.told)


def test_rows_of_notes_are_left_out_and_counted(tmp_path):
    notes = [("", "", "", "", ""), ("", "Income target?", "", "", ""), ("Ask the mayor", "", "", "", "soon")]
    found = targets(tmp_path, plain("category,name,min,max,Notes", [*[(*r, "") for r in WANTED], *notes]))
    assert of(found) == WANTED
    assert told(found.told) == "Left out of the targets, 2 rows: words without numbers."


@pytest.mark.parametrize("row", ["age,16-29,,4", "age,16-29,,", ",16-29,1,2"])
def test_a_target_that_lacks_something_is_no_note(tmp_path, row):
    with pytest.raises(BadInput) as fault:
        targets(tmp_path, f"feature,value,min,max\n{row}\n")
    assert fault.value.row == 2


SHARES = [("age", "16-29", 0.4), ("age", "30+", 0.6), ("sex", "Man", 0.49), ("sex", "Woman", 0.51)]
IN_PEOPLE = [("age", "16-29", 3, 4), ("age", "30+", 4, 5), ("sex", "Man", 3, 4), ("sex", "Woman", 4, 5)]


@pytest.mark.parametrize(
    "text",
    [
        plain("feature,value,share", SHARES),
        plain("category,name,percentage", [(f, v, f"{s * 100:g}") for f, v, s in SHARES]),
        plain("category,name,%", [(f, v, f"{s * 100:g}%") for f, v, s in SHARES]),
        plain("feature,value,min,max", [(f, v, f"{s:.0%}", f"{s:.0%}") for f, v, s in SHARES]),
        plain("feature,value,min,max", [(f, v, s, s) for f, v, s in SHARES]),
    ],
)
def test_shares_become_people_rounded_down_and_up_and_that_is_said(tmp_path, text):
    found = targets(tmp_path, text)
    assert of(found) == IN_PEOPLE
    assert "For a jury of 8 each is rounded down to the least number of people, and up" in told(found.told)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (plain("feature,value,share", SHARES[:3]), "The shares of sex do not add up"),
        (plain("feature,value,min,max", [("age", "x", "40%", "5")]), "The other targets are shares"),
        (plain("feature,value,share", [("age", "x", "half")]), "must be a number"),
        (plain("feature,value,min,max", [("age", "x", "1.5", "2")]), "must be a whole number"),
    ],
)
def test_a_share_that_cannot_be_is_refused(tmp_path, text, what):
    with pytest.raises(BadInput, match=what):
        targets(tmp_path, text)


def test_shares_without_the_size_of_the_jury_are_refused(tmp_path):
    with pytest.raises(BadInput, match="how many people sit on the jury is not known"):
        targets(tmp_path, plain("feature,value,share", SHARES), size=0)


def test_criteria_in_json_are_read(tmp_path):
    held = {
        "sex": {"values": {"Man": 4, "Woman": [4, 4]}, "weight": 1},
        "age": {"values": {"16-29": {"min": 3, "max": 4}}},
    }
    found = targets(tmp_path, json.dumps(held), name="criteria.json")
    assert of(found) == [("sex", "Man", 4, 4), ("sex", "Woman", 4, 4), ("age", "16-29", 3, 4)]


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "{}", '{"age": 3}', '{"age": {"values": 3}}', "[" * 99_999, "7"],
    ids=["open", "list", "empty", "number", "values", "deep", "seven"],
)
def test_json_of_another_shape_is_refused_in_words(tmp_path, text):
    with pytest.raises(BadInput, match=r"no JSON|no criteria|no targets"):
        targets(tmp_path, text, name="criteria.json")


@pytest.mark.parametrize(
    ("heads", "homes"),
    [
        ("id,age,sex,address,postcode", ("address", "postcode")),
        ("nationbuilder_id,age,sex,primary_address1,zip_royal_mail", ("primary address1", "zip royal mail")),
        ("unique_id,age,sex,primary_address1,primary_zip", ("primary address1", "primary zip")),
        ("external_id,age,sex,Address Line 1,Postal Code", ("address line 1", "postal code")),
        ("Respondent ID,Age,Sex,House name/number,Post code", ("house name/number", "post code")),
        ("Unique reference number,AGE,SEX,Your address,Your postcode", ("your address", "your postcode")),
        ("URN,age,sex,email address,household size", ()),
        ("ID number,age,sex,house type,town or village", ()),
    ],
)
def test_ids_and_addresses_are_found_under_the_headings_of_other_tools(tmp_path, heads, homes):
    found = pool(tmp_path, POOL.replace("id,age,sex,address,postcode", heads))
    assert found.address_columns == homes
    assert [person.id for person in found.pool.volunteers] == [row[0] for row in PEOPLE]


def test_a_column_of_ids_with_another_name_can_be_named_and_rows_can_be_numbered(tmp_path):
    text = POOL.replace("id,", "Timestamp,", 1)
    with pytest.raises(BadInput, match="named with --id, or --id row"):
        pool(tmp_path, text)
    assert pool(tmp_path, text, id_column="timestamp").pool.volunteers[0].id == "p0"
    assert pool(tmp_path, text, id_column="row").pool.volunteers[0].id == "row 2"


def test_an_age_is_put_in_its_band_and_none_that_lies_in_two_or_none(tmp_path):
    ages = {"16-29": "22", "30+": "71"}
    text = "id,age,sex\n" + "".join(f"{id},{ages[age]},{sex}\n" for id, age, sex, *_ in PEOPLE)
    found = pool(tmp_path, text)
    assert [p.values[0] for p in found.pool.volunteers] == [row[1] for row in PEOPLE]
    assert "30 cells read as meant: an age, put in its band" in told(found.told)
    two = [Target("age", "16-30", 0, 1), Target("age", "30+", 0, 1)]
    for age in ("15", "30", "131"):
        with pytest.raises(BadInput, match=f"row 2, age: “{age}” is none of"):
            pool(tmp_path, f"id,age\n1,{age}\n", wanted=two)


def test_answers_without_a_target_are_named_by_all_their_rows_with_a_way_out(tmp_path):
    text = (
        POOL.replace("p3,30+,", "p3,Prefer not to say,")
        .replace("p5,16-29", "p5,")
        .replace("p8,30+", "p8,prefer not to say")
    )
    with pytest.raises(BadInput) as fault:
        pool(tmp_path, text)
    said = str(fault.value)
    assert "row 5, age: “Prefer not to say” is none of 16-29, 30+" in said
    assert "row 7, age: the cell is empty" in said
    assert "or a row for the other answer among the targets (its least may be 0)" in said
    with_it = targets(tmp_path, plain("feature,value,min,max", [*WANTED, ("age", "Prefer not to say", 0, 8)]))
    mended = pool(tmp_path, text.replace("p5,", "p5,16-29"), wanted=with_it)
    assert sum(p.values[0] == "Prefer not to say" for p in mended.pool.volunteers) == 2


def test_a_target_for_people_who_are_not_there_is_said(tmp_path):
    wanted = targets(tmp_path, plain("feature,value,min,max", [*WANTED, ("sex", "Other", 0, 1)]))
    assert "Nobody in the pool has what these targets name: sex Other." in told(
        pool(tmp_path, POOL, wanted=wanted).told
    )


def test_what_is_in_doubt_about_homes_is_asked_and_the_officer_answers(tmp_path):
    text = (
        "id,age,sex,address,postcode\na,16-29,Man,14 High St,TS10 1AA\n"
        'b,30+,Man,"Flat 2, 14 High Street",ts101aa\n'
        "c,30+,Woman,TS10 1AA,\n"
        + "".join(f"h{n},30+,Woman,St Mary's Care Home,TS10 1AB\n" for n in range(7))
    )
    found = pool(tmp_path, text)
    said = told(found.told)
    assert "1 set of people could live together" in said
    assert ": a and b." in said
    assert "1 person tell" not in said.replace("The addresses of 1 person tell no home", "")
    assert "7 people give one address" in said
    assert len({p.household for p in found.pool.volunteers}) == 4
    answered = pool(tmp_path, text, one_home=[("a", "b"), ("b", "c")], own_home=["h3"])
    homes = {p.id: p.household for p in answered.pool.volunteers}
    assert homes["a"] == homes["b"] == homes["c"] != ""
    assert {homes[f"h{n}"] for n in range(7)} == {""}
    assert "could live together" not in told(answered.told)
    assert "give one address" not in told(answered.told)


def test_an_answer_about_somebody_who_is_not_there_or_in_two_ways_is_refused(tmp_path):
    with pytest.raises(BadInput, match="nobody has the id q"):
        pool(tmp_path, POOL, one_home=[("p1", "q")])
    with pytest.raises(BadInput, match="with others and alone"):
        pool(tmp_path, POOL, one_home=[("p1", "p2")], own_home=["p2"])


def test_check_says_what_select_says_of_the_tables(tmp_path):
    found = pool(tmp_path, POOL)
    wanted = targets(tmp_path, plain("feature,value,min,max"))
    for size in (8, 6):  # with six places the least numbers add up to too many
        steps = check(found, wanted, found.source, size).steps
        assert [step for step in steps if step in found.told] == list(found.told) != []


NOUGHTS = '<numFmts count="1"><numFmt numFmtId="164" formatCode="000"/></numFmts><cellXfs count="3">'


def test_a_number_that_is_shown_with_noughts_is_read_as_it_is_shown(tmp_path):
    table = [["id", "age", "sex"], [7, "16-29", "Man"], [1234, "30+", "Woman"]]
    book = changed(xlsx({"P": table}), '<cellXfs count="2">', NOUGHTS)
    book = changed(book, "</cellXfs>", '<xf numFmtId="164"/></cellXfs>')
    for at in ("A2", "A3"):
        book = changed(book, f'<c r="{at}">', f'<c r="{at}" s="2">')
    assert [p.id for p in pool(tmp_path, book, "p.xlsx").pool.volunteers] == ["007", "1234"]
    plain_cell = 'office:value-type="float" office:value="7">'
    as_office = 'office:value-type="float" office:value="7" calcext:value-type="float"><text:p>007</text:p>'
    sheet = changed(ods({"P": table}), plain_cell, as_office)
    assert [p.id for p in pool(tmp_path, sheet, "p.ods").pool.volunteers] == ["007", "1234"]


def test_other_readers_of_the_same_tables_know_the_same_headings(tmp_path):
    (tmp_path / "panel.csv").write_text(POOL.replace("id,", "external_id,", 1), "utf-8")
    assert read_panel(tmp_path / "panel.csv").people.features == ("age", "sex")
    targets(tmp_path, plain("Category,Name,Lower,Upper,Share", [(*row, "1/2") for row in WANTED]))
    assert {float(one.part) for one in read_shares(tmp_path / "targets.csv")} == {0.5}


def test_nobody_both_must_and_may_not_be_drawn(tmp_path):
    with pytest.raises(BadInput, match="p3 must be on the jury, and may not be drawn"):
        pool(tmp_path, POOL, certain=["p3"], barred=["p3", "p4"])

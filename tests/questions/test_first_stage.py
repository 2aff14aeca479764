"""Letters and the pool to expect, from tables of addresses and rates as people send them."""

import csv
import io

import pytest

from fairground import report
from fairground.errors import BadInput
from fairground.questions.power import first_stage
from fairground.questions.power.addresses import read_addresses, read_rates
from fairground.questions.power.volunteers import read_shares, read_targets
from tests.cli.jury_example import ADDRESSES, RATES, TARGETS
from tests.workbooks import xlsx


@pytest.fixture
def folder(tmp_path):
    for name, text in (("addresses.csv", ADDRESSES), ("rates.csv", RATES), ("targets.csv", TARGETS)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def _letters(folder, rates=True, by=("area",), **options):
    read = read_addresses(folder / "addresses.csv", by)
    known = read_rates(folder / "rates.csv", by) if rates else None
    return first_stage.letters(read, known, **{"number": 30, "values": ["9, 18, 26"], **options})


def _expect(folder, **options):
    targets, source = read_targets(folder / "targets.csv")
    read, known = (
        read_addresses(folder / "addresses.csv", ["area"]),
        read_rates(folder / "rates.csv", ["area"]),
    )
    given = {"number": 60, "pools": 60, **options}
    return first_stage.expect(
        read, known, targets, source, 4, shares=read_shares(folder / "targets.csv"), **given
    )


def test_letters_go_to_the_addresses_that_the_values_choose_and_to_no_others(folder):
    answer, text = _letters(folder)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [int(row["letter"]) for row in rows] == list(range(1, 31))
    for part in answer.value.rows:
        assert sum(row["area"] == part.part_of_place for row in rows) == part.letters
    known = {tuple(row.values()) for row in csv.DictReader(io.StringIO(ADDRESSES))}
    assert {tuple(row.values())[1:] for row in rows} <= known
    assert text == _letters(folder)[1]
    assert text != _letters(folder, values=["7"])[1]
    assert "30 letters go to 120 addresses" in report.headline(answer)


def test_one_household_gets_one_letter_however_its_address_is_written(folder):
    again = "1 HIGH ST.;TS100AA;north\n2, High Street; TS10 0AA ;south\n"
    text = ADDRESSES.replace(",", ";").replace("address;", "Address line 1;") + again
    (folder / "addresses.csv").write_text(text, "utf-8")
    answer, sent = _letters(folder, number=120)
    assert answer.value.again == 2
    assert answer.value.letters == len(sent.splitlines()) - 1 == 120
    assert any("2 addresses were there already" in line for line in report.working(answer))


def test_without_rates_a_guess_is_used_and_said(folder):
    answer, _ = _letters(folder, rates=False, way="equal")
    assert any("a guess between two published ones" in line for line in report.working(answer))
    assert {row.answer_rate for row in answer.value.rows} == {0.02}
    plain, _ = _letters(folder, rates=False, by=())
    assert [row.part_of_place for row in plain.value.rows] == ["everywhere"]


def test_who_says_the_rates_is_said(folder):
    assert any("our letters of 2025" in line for line in report.working(_letters(folder)[0]))
    (folder / "rates.csv").write_text("area,rate\nnorth,40%\nsouth,1/5\n", "utf-8")
    assert any("does not say" in line for line in report.working(_letters(folder)[0]))


def test_the_fewest_letters_for_targets_bring_as_many_as_asked_for(folder):
    targets, source = read_targets(folder / "targets.csv")
    answer, _ = _letters(folder, number=0, times=2.0, targets=targets, target_source=source)
    makeup = {"north": 0.2, "south": 0.3}
    young = sum(row.to_expect * makeup[row.part_of_place] for row in answer.value.rows)
    assert young >= 2 * 1.5 - 0.1
    assert answer.value.way == "targets"
    assert source in answer.sources


def test_the_answer_about_a_pool_adds_up(folder):
    value = _expect(folder).value
    by_feature = {}
    for row in value.rows:
        by_feature[row.feature] = by_feature.get(row.feature, 0.0) + row.to_expect
        assert row.few_people <= row.to_expect <= row.many_people
    assert by_feature == pytest.approx({"age": value.expected, "sex": value.expected})
    assert sum(part.of_address * n for part, n in zip(value.strata, (80, 40), strict=True)) == pytest.approx(
        4
    )
    for part, people in zip(value.strata, (1.8, 2.1), strict=True):
        assert part.of_address == pytest.approx(part.letter_chance * part.answer_rate * part.if_volunteer)
        assert part.of_resident == pytest.approx(part.of_address / people)
    assert value.fills_least <= value.fills <= value.fills_most


def test_a_feature_that_is_a_part_of_the_place_is_what_its_volunteers_have(folder):
    (folder / "targets.csv").write_text("feature,value,min,max\narea,North,1,3\narea,South,1,3\n", "utf-8")
    value = _expect(folder, way="equal").value
    assert [row.to_expect for row in value.rows] == pytest.approx([40 * 0.4, 20 * 0.2])


def test_the_same_seed_gives_the_same_pools(folder):
    assert _expect(folder, seed=5).to_json() == _expect(folder, seed=5).to_json()


def test_addresses_may_be_a_spreadsheet(folder):
    rows = [line.split(",") for line in ADDRESSES.splitlines()]
    (folder / "addresses.xlsx").write_bytes(xlsx({"Notes": [["x"]], "All": rows}))
    assert sum(map(len, read_addresses(folder / "addresses.xlsx", ["area"]).strata.values())) == 120


def test_letters_that_a_spreadsheet_would_run_are_led_by_an_apostrophe(folder):
    (folder / "addresses.csv").write_text('address,area\n"=cmd|1 High Street",north\n', "utf-8")
    (folder / "rates.csv").write_text("area,rate\nnorth,40%\n", "utf-8")
    assert "'=cmd|1 High Street" in _letters(folder, number=1)[1]


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        ("addresses.csv", "address,postcode,area", "where,code,area", "no column of addresses"),
        (
            "addresses.csv",
            "\n3 High Street,TS10 0AA,south",
            "\n3 High Street,TS10 0AA,",
            "row 4.*'area'.*empty",
        ),
        ("addresses.csv", "address,postcode,area", "address,postcode,ward", "no such column.*area"),
        ("rates.csv", "north,0.4", "north,forty", "row 2.*'rate'"),
        ("rates.csv", "north,0.4,1.8", "north,0.4,two", "row 2.*'people'"),
        ("rates.csv", "south,", "north,", "row 3.*there twice"),
        ("rates.csv", "south,", "east,", "has no rate.*'south'"),
        ("rates.csv", "0.2,0.4,0.4", "0.2,0.4,0.9", "north.*add up to 1"),
        ("rates.csv", "north,0.4", "north,0", "above 0"),
    ],
    ids=["address", "empty", "column", "rate", "people", "twice", "missing", "makeup", "nought"],
)
def test_tables_that_cannot_be_used_are_refused_by_row(folder, file, old, new, what):
    (folder / file).write_text((folder / file).read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(BadInput, match=what):
        _expect(folder)


def test_somebody_must_say_how_many_letters(folder):
    with pytest.raises(BadInput, match="How many letters"):
        _letters(folder, number=0)
    with pytest.raises(BadInput, match="1 to 120 addresses"):
        _letters(folder, number=121)


def _deciles(folder, codes):
    from fairground.sources.deprivation import NAMES

    heads = [names[0].replace("*", "") for names in NAMES.values()]
    rows = []
    for rank, (code, decile) in enumerate(codes, start=1):
        cells = dict.fromkeys(NAMES, "0.1") | {
            "code": code, "name": "X 001A", "district": "E06000021", "imd_rank": str(rank),
            "imd_decile": str(decile), "people": "1500", "imd_score": str(90 - rank),
        }  # fmt: skip
        rows.append(",".join(cells.values()))
    (folder / "file7.csv").write_text("\n".join([",".join(f'"{h}"' for h in heads), *rows]) + "\n", "utf-8")


def test_deciles_come_from_the_indices_of_deprivation_by_neighbourhood(folder):
    _deciles(folder, [("E01014371", 1), ("E01014372", 9)])
    rows = [f"{n} Mill Lane,ST1 1AA,E0101437{1 + n % 2}" for n in range(20)]
    (folder / "addresses.csv").write_text("\n".join(["address,postcode,LSOA", *rows]) + "\n", "utf-8")
    read = read_addresses(folder / "addresses.csv", ["decile"], folder / "file7.csv")
    assert {name: len(rows) for name, rows in read.strata.items()} == {("1",): 10, ("9",): 10}
    assert any("Deprivation" in source.title for source in read.sources)
    (folder / "addresses.csv").write_text("address,lsoa\n1 Mill Lane,E01999999\n", "utf-8")
    with pytest.raises(BadInput, match=r"row 2.*no such neighbourhood.*E01999999"):
        read_addresses(folder / "addresses.csv", ["decile"], folder / "file7.csv")

"""The national estimate from the outturn and the answers: units, definitions, windows, refusals."""

import pytest

from fairground import report
from fairground.errors import BadInput, DataProblem
from fairground.evidence import Answer
from fairground.questions.wealth.example_sales import example
from fairground.questions.wealth.receipts import WITH_HOMES, WITHOUT_HOMES, gathered
from fairground.questions.wealth.sales import reproduced

HEAD = "PeriodCode,ONS_Code,LA_Name,EandR1_houstot_rectot,EandR1_alltot_rectot\n"
ALLERDALE, CARLISLE, COPELAND, CUMBRIA = "E07000026", "E07000028", "E07000029", "E10000006"
CUMBERLAND, FURNESS, STOKE = "E06000063", "E06000064", "E06000021"
BEFORE = f"""201103,{ALLERDALE},Allerdale,10,100
201103,{CARLISLE},Carlisle,0,50
201103,{STOKE},Stoke,30,40
"""


def write(folder, text, name="outturn.csv"):
    path = folder / name
    path.write_text(HEAD + text, "utf-8")
    return path


def test_districts_are_added_up_into_the_council_that_took_their_place(tmp_path):
    held = gathered([write(tmp_path, BEFORE + f"202403,{CUMBERLAND},Cumberland,1,7\n")])
    assert [unit.id for unit in held.units] == [STOKE, CUMBERLAND]
    paid = dict(zip([unit.id for unit in held.units], held.by_unit(WITH_HOMES, held.years), strict=True))
    assert paid == {STOKE: 40_000, CUMBERLAND: 157_000}
    assert dict(held.holes) != {}


def test_a_divided_county_joins_those_that_came_after_it_and_that_is_said(tmp_path):
    lines = BEFORE + f"201103,{CUMBRIA},Cumbria,0,900\n202403,{FURNESS},Westmorland,0,5\n"
    held = gathered([write(tmp_path, lines)])
    assert [unit.codes for unit in held.units] == [(STOKE,), (CUMBERLAND, FURNESS)]
    assert held.by_unit(WITHOUT_HOMES, ["2010/11"]) == (10_000, 1_040_000)


def test_homes_can_be_taken_off_and_prices_brought_to_the_last_year(tmp_path):
    lines = f"201103,{STOKE},Stoke,30,40\n201203,{STOKE},Stoke,0,10\n"
    grid = gathered([write(tmp_path, lines)]).grid("2010/11", "2011/12")
    sums = {(row.receipts, row.prices): row.pounds for row in grid if row.years == 2}
    assert sums[WITH_HOMES, "cash"] == 50_000
    assert sums[WITHOUT_HOMES, "cash"] == 20_000
    assert sums[WITHOUT_HOMES, "real"] == pytest.approx(20_432, abs=20)  # 10,000 × 4.3% dearer, and 10,000
    twelve = [row for row in grid if row.years == 12]
    assert all(row.pounds is None and "2012/13 to 2021/22" in row.missing for row in twelve)


def test_a_council_and_year_in_two_files_are_refused(tmp_path):
    first, again = write(tmp_path, BEFORE), write(tmp_path, BEFORE.splitlines()[0] + "\n", "more.csv")
    with pytest.raises(DataProblem, match=r"in outturn\.csv already"):
        gathered([first, again])


def test_a_code_of_no_place_is_refused(tmp_path):
    with pytest.raises(DataProblem, match="No council in England"):
        gathered([write(tmp_path, "201103,E06999999,Nowhere,0,1\n")])


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    made = example()
    path = tmp_path_factory.mktemp("sales") / "outturn.csv"
    path.write_text(made.outturn, "utf-8")
    return path, made.answers, reproduced([path], made.answers, claim=75_000, draws=10, made_up=True)


@pytest.mark.slow
def test_the_headline_of_made_up_files_says_that_they_are(whole):
    assert report.headline(whole[2]).startswith("Made up: about ")


@pytest.mark.slow
def test_the_whole_estimate_comes_from_two_files(whole):
    _, answers, answer = whole
    value = answer.value
    assert value.councils == 314
    assert value.answered + value.poor <= len(answers.splitlines()) - 1
    assert value.low < value.total < value.high
    assert {(row.first_year, row.last_year) for row in value.receipts} == {
        ("2010/11", "2022/23"), ("2010/11", "2021/22"),
    }  # fmt: skip
    assert Answer.from_json(answer.to_json()) == answer
    working = report.working(answer)
    assert "made up" in working[0]
    assert any("no sampling error" in line for line in working)
    assert any(line.startswith("Cumberland with Westmorland and Furness") for line in working)


def small(folder):
    """Return an outturn of four councils and of what is now Cumberland, and Westmorland and Furness."""
    lines = "".join(f"201103,E0600000{n},Made up {n},{n},{9 * n}\n" for n in (1, 2, 3, 4))
    lines += f"202403,{CUMBERLAND},Cumberland,1,7\n202403,{FURNESS},Westmorland,0,5\n"
    lines += BEFORE.replace(STOKE, "E06000005") + f"201103,{CUMBRIA},Cumbria,0,900\n"
    lines += f"201103,{COPELAND},Copeland,0,60\n"
    return [write(folder, lines + "".join(f"20{n}03,E06000001,Made up 1,0,1\n" for n in range(12, 25)))]


BASE = "code,sold\nE06000001,4\nE06000002,5\n"


def test_an_answer_of_one_part_of_a_joined_area_counts_as_silence(tmp_path):
    files = small(tmp_path)
    one = reproduced(files, f"{BASE}{CUMBERLAND},3\n", draws=2)
    both = reproduced(files, f"{BASE}{CUMBERLAND},3\n{FURNESS},4\n", draws=2)
    assert (one.value.councils, one.value.answered, both.value.answered) == (6, 2, 3)
    assert both.value.told == one.value.told + 7
    assert any("1 area answered in part only" in line for line in report.working(one))


def test_answers_of_those_that_went_into_a_council_stand_for_it(tmp_path):
    rows = "".join(f"{code},2\n" for code in (ALLERDALE, CARLISLE, COPELAND))
    assert reproduced(small(tmp_path), f"{BASE}{rows}{FURNESS},4\n", draws=2).value.told == 19


@pytest.mark.parametrize(
    ("answers", "how", "said"),
    [
        (f"{BASE}{CUMBERLAND},3\n{ALLERDALE},1\n{CARLISLE},1\n{COPELAND},1\n", {}, "both answered"),
        (f"{BASE}E06999999,3\n", {}, "ever had this code"),
        (f"{BASE}{STOKE},3\n", {}, "not in the outturn"),
        (BASE, {"first": "2008/09"}, "do not hold this year"),
        (BASE, {"last": "2020"}, "no financial year"),
        (BASE, {"first": "2019/20", "last": "2011/12"}, "after the last"),
        ("code,sold,quality\nE06000001,4,good\n", {}, "no such quality"),
    ],
    ids=["twice", "unknown", "elsewhere", "too early", "no year", "backwards", "quality"],
)
def test_answers_that_do_not_fit_the_outturn_are_refused(tmp_path, answers, how, said):
    with pytest.raises(BadInput, match=said):
        reproduced(small(tmp_path), answers, draws=2, **how)


def test_the_made_up_files_are_the_same_for_a_seed():
    assert example(7) == example(7)
    assert all("Made-up figures" in line for line in example(7).answers.splitlines()[1:])

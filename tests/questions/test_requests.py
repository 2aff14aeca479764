"""A campaign of requests: letters, dates, where each stands, the public table, and the estimate anew."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from fairground import report
from fairground.cli import fairground
from fairground.errors import BadInput
from fairground.evidence import Answer
from fairground.questions.wealth import requests
from tests.questions.test_sales import small

ON = date(2027, 1, 10)
TABLE = "code,name,sent,acknowledged,outcome,ended,sold\n"
LIST = (
    b"Asset,Postcode,Date of sale,Price,Buyer\n"
    b"=Hall,TS1 1AA,01/05/2015,500,J Brown\nBarn,TS1 1AB,02/05/2015,,Acme Ltd\n"
)


def stand(lines, answers=None, **how):
    return requests.chased(TABLE + lines, answers or {}, on=ON, **how)


def test_each_council_is_named_in_full_and_must_answer_by_one_day():
    answer = requests.asked(
        "name\nStoke-on-Trent\nKent\n", sent=date(2026, 12, 1), first="2010/11", last="2024/25"
    )
    assert [row.name for row in answer.value.rows] == ["Stoke-on-Trent City Council", "Kent County Council"]
    assert report.headline(answer) == "2 councils are asked. Each must answer by 31 December 2026."


@pytest.mark.parametrize(
    ("table", "field", "row"),
    [
        ("town\nStoke\n", "code", 1),
        ("code\nE06999999\n", "code", 2),
        ("name\nNowhere at all\n", "name", 2),
        ("name\nNorth East\n", "name", 2),
        ("code\nE06000021\n\nE06000021\n", "code", 4),
        ("code,email\nE06000021,nobody\n", "email", 2),
    ],
    ids=["column", "code", "name", "region", "twice", "email"],
)
def test_a_wrong_list_of_councils_is_named_by_row_and_field(table, field, row):
    with pytest.raises(BadInput) as told:
        requests.asked(table, sent=ON, first="2010/11", last="2024/25")
    assert (told.value.file, told.value.field, told.value.row) == ("councils", field, row)


def test_the_letter_asks_for_all_that_is_needed_and_for_no_name():
    text = report.words.say(
        requests.letter("Kent County Council", first="2010", last="2025", asker="A", contact="a@example.org")
    )
    for word in (
        "Kent County Council",
        "UPRN",
        "price",
        "valued",
        "postcode",
        "Freedom of Information Act 2000",
    ):
        assert word in text
    assert "do not give the names of people" in text


def test_where_each_request_stands_and_what_was_told():
    lines = (
        "E06000021,,2026-12-01,,,,\nE06000003,,2026-12-01,,,,\nE07000062,,2026-12-01,2026-12-02,refused,2026-12-20,\n"
        "E10000016,,2026-12-01,,answered,2027-01-04,0\nE06000001,,,,,,\n"
    )
    answer = stand(lines, {"E06000021": (LIST, "E06000021.csv")})
    value = answer.value
    assert [row.request_state for row in value.rows] == [
        "partial",
        "overdue",
        "refused",
        "answered",
        "to-send",
    ]
    assert [row.assets_sold for row in value.rows] == [2, None, None, 0, None]
    assert value.rows[1].days_late == 10
    assert (value.rows[0].answer_code, value.rows[3].answer_code) == ("partial-no-price", "number-only")
    assert Answer.from_json(answer.to_json()) == answer


def test_the_public_table_holds_no_person_and_no_formula():
    value = stand("E06000021,,2026-12-01,,,,\n", {"E06000021": (LIST, "E06000021.csv")}).value
    text = requests.public_table(value)
    assert "Brown" not in text
    assert "Acme Ltd" in text
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["asset"] for row in rows] == ["'=Hall", "Barn"]
    assert requests.answers_table(value).splitlines()[1] == "E06000021,Stoke-on-Trent City Council,2,partial"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("E06000021,,yesterday,,,,\n", "sent"),
        ("E06000021,,2026-12-01,,lost,2026-12-05,\n", "outcome"),
        ("E06000021,,2026-12-01,,answered,,\n", "ended"),
        ("E06000021,,2026-12-01,,,,many\n", "sold"),
    ],
    ids=["day", "outcome", "ended", "sold"],
)
def test_a_wrong_cell_of_the_campaign_is_named(line, field):
    with pytest.raises(BadInput) as told:
        stand(line)
    assert (told.value.file, told.value.row, told.value.field) == ("campaign", 2, field)


def test_an_answer_of_a_council_that_was_not_asked_is_refused():
    with pytest.raises(BadInput, match="was not asked"):
        stand("E06000021,,2026-12-01,,,,\n", {"E06000003": (LIST, "E06000003.csv")})


def test_no_cell_of_a_campaign_is_run_by_a_spreadsheet(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("to-ask.csv").write_text("code,email\nE06000021,=HYPERLINK(1)@example.org\n")
    asked = ["wealth", "property", "ask", "--councils", "to-ask.csv", "--out", "all", "--sent", "2026-12-01"]
    assert CliRunner().invoke(fairground, asked, catch_exceptions=False).exit_code == 0
    assert ",'=HYPERLINK(1)@example.org," in Path("all/campaign.csv").read_text()
    chased = ["wealth", "property", "chase", "all", "--on", "2027-01-10"]
    assert CliRunner().invoke(fairground, chased, catch_exceptions=False).exit_code == 0


def test_from_the_letters_to_the_estimate_by_commands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("to-ask.csv").write_text("code\n" + "".join(f"E0600000{n}\n" for n in range(1, 5)))
    asked = ["wealth", "property", "ask", "--councils", "to-ask.csv", "--out", "all", "--sent", "2026-12-01"]
    done = CliRunner().invoke(fairground, asked, catch_exceptions=False)
    assert done.exit_code == 0
    assert sorted(path.name for path in Path("all").iterdir()) == [
        "answers",
        "campaign.csv",
        "deadlines.ics",
        "letters",
    ]
    assert len(list(Path("all/letters").iterdir())) == 4
    again = CliRunner().invoke(fairground, asked)
    assert isinstance(again.exception, BadInput)
    Path("all/answers/E06000001.csv").write_bytes(LIST)
    Path("all/answers/E06000002-stockton.csv").write_bytes(LIST)
    outturn = small(tmp_path)[0]
    chased = ["wealth", "property", "chase", "all", "--on", "2027-01-10", "--outturn", str(outturn)]
    shown = CliRunner().invoke(fairground, chased, catch_exceptions=False).output
    assert "2 of 4 councils had answered" in shown
    assert "95 times in 100" in shown
    assert Path("all/public.csv").read_text().count("Acme Ltd") == 2
    assert Path("all/deadlines.ics").read_text().count("BEGIN:VEVENT") == 2
    shutil.copy("all/answers/E06000001.csv", "all/answers/E06000001-again.csv")
    assert isinstance(CliRunner().invoke(fairground, chased).exception, BadInput)

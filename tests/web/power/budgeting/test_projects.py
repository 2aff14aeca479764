"""Projects: worked out in private, published with a reason, taken in from tables, paid for in whole pence."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairground.errors import BadInput


@pytest.fixture
def project(town):
    from fairground.web.power.budgeting.actions.projects import add_project

    def make(title="Seats", cost=None, reason="Asked the highways team"):
        from fairground.web.power.budgeting.actions.projects import assess

        made = add_project(town.round, by=town.asif, pot=town.pot, title=title, summary=f"{title}.")
        if cost:
            assess(made, by=town.asif, feasible=True, cost_pence=cost, reason=reason)
        return made

    return make


def test_a_finding_is_seen_by_nobody_outside_before_it_is_published(town, project, client):
    from fairground.web.power.budgeting.actions.projects import publish_findings, take_back_finding

    seats = project(cost=12345)
    page = f"/power/budgeting/{town.round.slug}/projects/{seats.pk}/"
    assert "Asked the highways team" not in client.get(page).content.decode()
    assert publish_findings(town.round, by=town.asif) == 1
    assert "£123.45" in client.get(page).content.decode()
    take_back_finding(seats, by=town.asif, reason="The price was old")
    assert "£123.45" not in client.get(page).content.decode()
    assert publish_findings(town.round, by=town.asif) == 1


def test_a_project_costs_no_more_than_its_pot_allows_and_a_possible_one_has_a_price(town, project):
    with pytest.raises(BadInput, match="at most £25,000"):
        project("Too dear", cost=2_500_001)
    from fairground.web.power.budgeting.actions.projects import assess

    with pytest.raises(BadInput, match="needs a cost"):
        assess(project("Free"), by=town.asif, feasible=True, cost_pence=None, reason="x")


def test_a_table_is_taken_in_whole_or_its_faults_are_named_by_row_and_field(town, client):
    client.force_login(town.asif)
    address = f"/power/budgeting/{town.round.slug}/office/import/"
    wrong = b"title,pot,summary,cost,latitude,longitude\nSeats,Whole city,Six,1200.50,,\n,Nowhere,x,abc,99,\n"
    shown = client.post(address, {"file": SimpleUploadedFile("p.csv", wrong)})
    assert shown.status_code == 400
    text = shown.content.decode()
    for words in ("row 3", "&#x27;title&#x27;", "Nowhere", "abc", "&#x27;latitude&#x27;"):
        assert words in text, words
    assert town.round.projects.count() == 0
    right = b'\xef\xbb\xbfTitle,Pot,Summary,Cost\nSeats,Whole city,Six,"1,200.50"\n'
    assert client.post(address, {"file": SimpleUploadedFile("p.csv", right)}).status_code == 302
    assert town.round.projects.get().cost_pence == 120_050


def taken_in(client, town, table):
    address = f"/power/budgeting/{town.round.slug}/office/import/"
    return client.post(address, {"file": SimpleUploadedFile("p.csv", table.encode())})


def test_a_table_that_goes_out_comes_in_again_with_what_was_found(town, project, client):
    from fairground.web.power.budgeting.actions.projects import publish_findings

    project(cost=12_345)
    publish_findings(town.round, by=town.asif)
    client.force_login(town.asif)
    heads = "title,pot,summary,cost,feasible,reason\n"
    rows = "Trees,Whole city,Ten,£500,,\nTunnel,Whole city,Deep,,No,Not our land\n"
    assert taken_in(client, town, heads + rows).status_code == 302
    sent = client.get(f"/power/budgeting/{town.round.slug}/office/projects.csv").content.decode("utf-8-sig")
    filled = sent.replace("Ten,500.00,,,,,,", "Ten,500.00,,,,yes,The ground is ours,")
    assert filled != sent
    assert taken_in(client, town, filled).status_code == 302
    found = {one.title: (one.feasible, one.cost_pence, one.reason) for one in town.round.projects.all()}
    assert found["Trees"] == (True, 50_000, "The ground is ours")
    assert found["Tunnel"] == (False, None, "Not our land")
    assert town.round.projects.filter(published_at=None).count() == 2


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Seats,Whole city,Six,5,perhaps,x", "Can this be done?"),
        ("Seats,Whole city,Six,5,yes,", "needs yes or no, and a reason"),
        ("Seats,Whole city,Six,5,,Because", "needs yes or no, and a reason"),
        ("Seats,Whole city,Six,,yes,Ours", "no amount in pounds"),
        ("Seats,Whole city,Six,30000,yes,Ours", "row 2"),
    ],
)
def test_a_finding_of_a_table_that_is_wrong_is_named_and_nothing_is_taken_in(row, told, town, client):
    client.force_login(town.asif)
    shown = taken_in(client, town, f"title,pot,summary,cost,feasible,reason\n{row}\n")
    assert shown.status_code == 400
    assert told in shown.content.decode()
    assert not town.round.projects.exists()


def test_a_row_about_a_project_cannot_change_what_else_is_told_of_it(town, project, client):
    client.force_login(town.asif)
    row = f"{project('Seats').pk},Chairs,Whole city,Six,5,yes,Found\n"
    shown = taken_in(client, town, "id,title,pot,summary,cost,feasible,reason\n" + row)
    assert "The project with this id is" in shown.content.decode()
    assert town.round.projects.get().feasible is None


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe", b"title\nx\n", b'title,pot,summary,cost\n"open', b"a" * 2_100_000]
)
def test_a_file_that_is_no_table_of_projects_is_told_in_words(content, town, client):
    client.force_login(town.asif)
    address = f"/power/budgeting/{town.round.slug}/office/import/"
    assert client.post(address, {"file": SimpleUploadedFile("p.csv", content)}).status_code == 400


def test_the_tables_that_go_out_hold_every_row_and_no_formula_for_a_spreadsheet(town, project, idea, client):
    from fairground.sources import pabulib
    from fairground.web.power.budgeting.actions.projects import publish_findings

    idea("=HYPERLINK(1)")
    project(cost=12345), project("Trees", cost=500)
    publish_findings(town.round, by=town.asif)
    client.force_login(town.officer)
    office = f"/power/budgeting/{town.round.slug}/office/"
    ideas = list(csv.DictReader(io.StringIO(client.get(office + "ideas.csv").content.decode("utf-8-sig"))))
    assert [row["title"] for row in ideas] == ["'=HYPERLINK(1)"]
    assert "rita" not in client.get(office + "ideas.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(client.get(office + "projects.csv").content.decode("utf-8-sig"))))
    assert {row["title"]: row["cost"] for row in rows} == {"Seats": "123.45", "Trees": "5.00"}
    election = pabulib.parse(client.get(office + "election.pb").content.decode())
    assert {row[2]: row[1] for row in election.projects.rows()} == {"Seats": "123.45", "Trees": "5"}
    assert election.meta["budget"] == "100000"


def test_spending_above_the_price_needs_a_reason_and_a_struck_line_counts_no_more(town, project):
    from fairground.web.power.budgeting.actions.delivery import spend, strike
    from fairground.web.power.budgeting.actions.projects import publish_findings, record_winners

    seats = project(cost=1000)
    publish_findings(town.round, by=town.asif)
    town.at(town.round, "delivery")
    facts = {"by": town.bina, "what": "Wood", "spent_on": date(2026, 5, 1)}
    with pytest.raises(BadInput, match="was not chosen"):
        spend(seats, amount_pence=1, **facts)
    record_winners(town.round, [str(seats.pk)], by=town.officer)
    seats.refresh_from_db()
    first = spend(seats, amount_pence=1000, **facts)
    with pytest.raises(BadInput, match=r"£0\.01 above the price"):
        spend(seats, amount_pence=1, **facts)
    strike(first, by=town.bina)
    assert spend(seats, amount_pence=1000, **facts).over_reason == ""
    assert spend(seats, amount_pence=1, over_reason="A nail broke", **facts).over_reason == "A nail broke"


def test_a_table_of_projects_may_be_a_spreadsheet_with_a_title_above(town, client):
    from tests.workbooks import xlsx

    client.force_login(town.asif)
    address = f"/power/budgeting/{town.round.slug}/office/import/"
    heads, wrong = ["Title", "Pot", "Summary", "Cost"], ["Seats", "Whole city", "Six", "much"]
    sheets = {"Read me": [["Hello"]], "Ideas": [["Our ideas"], [None], heads, wrong]}
    shown = client.post(address, {"file": SimpleUploadedFile("ideas.xlsx", xlsx(sheets))})
    assert "ideas.xlsx, sheet “Ideas”, row 4" in shown.content.decode()
    sheets["Ideas"][3][3] = 1200.5
    assert client.post(address, {"file": SimpleUploadedFile("i.xlsx", xlsx(sheets))}).status_code == 302
    assert town.round.projects.get().cost_pence == 120_050

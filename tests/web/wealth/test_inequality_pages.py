"""The inequality pages show what was asked, say what cannot be, and mark a verdict without colour."""

import pytest

from fairground.questions.wealth import claims
from fairground.web.wealth.inequality import bridge

pytestmark = pytest.mark.django_db
HOME = "/wealth/inequality/"


def body(client, address, status=200):
    page = client.get(HOME + address)
    assert page.status_code == status
    return page.content.decode()


@pytest.mark.parametrize("id", [id for id, _ in bridge.choices("gap")])
def test_the_gap_of_every_indicator_has_a_page_now_and_over_time(client, id):
    assert "<svg" in body(client, f"gap/?indicator={id}")
    assert "<svg" in body(client, f"gap-over-time/?indicator={id}")


@pytest.mark.slow
@pytest.mark.parametrize("id", [id for id, _ in bridge.choices("decompose")])
def test_the_split_of_every_indicator_has_a_page_now_and_over_time(client, id):
    assert "<svg" in body(client, f"decompose/?indicator={id}")
    assert "<svg" in body(client, f"over-time/?indicator={id}")


@pytest.mark.slow
@pytest.mark.parametrize("id", [id for id, _ in bridge.choices("convergence")])
def test_convergence_of_every_indicator_has_a_page_with_both_ways_to_count(client, id):
    page = body(client, f"convergence/?indicator={id}")
    assert "If each place counts once" in page
    assert "If each person counts once" in page


def test_a_standing_page_shows_ranges_and_never_one_table(client):
    page = body(client, "standing/?place=Stoke-on-Trent")
    assert "There is no single league table" in page
    assert "Worst rank in any period" in page
    assert "no single true rank" in page


def test_a_standing_page_year_by_year(client):
    assert "over 12 periods North East stood" in body(client, "standing/north-east/?indicator=hle_female")


def test_an_empty_standing_page_asks_for_a_place(client):
    page = body(client, "standing/")
    assert "Your place" in page
    assert "The answer" not in page


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("standing/?place=atlantis", "no place of that name"),
        ("standing/?place=England", "a region or a district of today"),
        ("standing/?place=london&indicator=median_household_wealth", "North East, South East"),
        ("gap/?indicator=hle_female&period=1997", "2022-24"),
        ("gap/?indicator=happiness", "is not in the list"),
        ("convergence/?indicator=level3_plus_share", "is not in the list"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(client, address, told):
    assert told in body(client, address, 400)


@pytest.mark.slow
def test_the_list_of_claims_says_each_verdict_in_words(client):
    page = body(client, "claims/")
    for row in claims.every().value.rows:
        assert f'href="/wealth/inequality/claims/{row.id}/"' in page
    for verdict in bridge.MARKS:
        assert bridge.label(verdict) in page


def test_claims_can_be_read_by_verdict(client):
    """Closed groups keep a phone's page short; the address opens one of them, or all."""
    assert body(client, "claims/").count("fg-claims-of") == body(client, "claims/?verdict=all").count(
        " open>"
    )
    one = body(client, "claims/?verdict=holds")
    assert one.count(" open>") == 1
    assert 'id="holds" open>' in one
    body(client, "claims/?verdict=maybe", 404)


@pytest.mark.parametrize("id", [row.id for row in claims.every().value.rows])
def test_each_claim_has_a_page_with_its_verdict_and_what_it_rests_on(client, id):
    page = body(client, f"claims/{id}/")
    assert bridge.label(claims.check(id).value.verdict) in page
    assert "What it rests on" in page
    assert "Who says so" in page


def test_a_claim_that_cannot_be_checked_says_why(client):
    page = body(client, "claims/stoke-56m/")
    assert "What we do not know" in page
    assert "Which fund it was" in page


def test_a_claim_that_nobody_made_is_not_found(client):
    body(client, "claims/the-moon/", 404)


@pytest.mark.parametrize(
    "address",
    [
        "gap/?indicator=gdhi_per_head&period=2023&level=district",
        "gap-over-time/?indicator=hle_male",
        "decompose/?indicator=all_capital_per_head",
        "over-time/?indicator=gdhi_per_head",
        "convergence/?indicator=gva_per_hour",
        "standing/E12000001/?indicator=hle_female",
        "indicators/",
        "claims/",
        "claims/cluster-80m/",
    ],
)
def test_the_api_gives_the_same_answer_under_the_same_path(client, address):
    more = "&" if "?" in address else "?"
    page = client.get(f"{HOME}{address}{more}format=json").json()
    assert client.get(f"/api{HOME}{address}").json() == page


def test_the_api_refuses_what_does_not_exist(client):
    assert client.get(f"/api{HOME}convergence/?indicator=happiness").status_code == 422
    assert client.get(f"/api{HOME}gap/?level=parish").status_code == 422


def test_a_table_of_a_page_shows_names_and_its_file_keeps_the_ids(client):
    page = "/places/stoke-on-trent/"
    assert "imd2025_average_score" not in client.get(page).content.decode()
    assert "imd2025_average_score" in client.get(page, {"format": "csv"}).content.decode()


def test_the_table_of_claims_shows_no_code_and_its_files_keep_it(client):
    page = client.get("/wealth/inequality/claims/").content.decode()
    assert page.count("The claim checker") >= 2
    assert ">healthy-life-gap<" not in page
    assert 'scope="col" class="govuk-table__header">Id<' not in page
    file = client.get("/wealth/inequality/claims/?format=csv").content.decode()
    assert file.splitlines()[1].startswith("healthy-life-gap,")

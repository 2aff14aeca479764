"""The funding pages: what they show, what they refuse beside its field, and what can be taken away."""

import csv
import io

import pytest

pytestmark = pytest.mark.django_db
RATE = "/wealth/funding/counterfactual/"


def test_the_counterfactual_shows_the_range_and_each_region(client):
    body = client.get(RATE, {"first": "2007/08", "last": "2016/17"}).content.decode()
    assert "£60.13 billion" in body
    assert "£64.98 billion" in body
    assert "Region by region" in body
    assert "£56.47 billion and £70.83 billion" in body


def test_the_second_table_downloads_by_its_name(client):
    text = client.get(RATE, {"format": "csv", "table": "areas"}).content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["region"] for row in rows[:3]] == ["North East", "North West", "Yorkshire and The Humber"]
    assert float(rows[0]["extra"]) > 10**9


def test_a_table_that_does_not_exist_gives_the_rows(client):
    text = client.get(RATE, {"format": "csv", "table": "secrets"}).content.decode()
    assert text.startswith("function,prices,people,")


def test_a_window_that_ends_before_it_starts_is_told_beside_its_field(client):
    answer = client.get(RATE, {"first": "2016/17", "last": "2008/09"})
    body = answer.content.decode()
    assert answer.status_code == 400
    assert 'id="id_last_error"' in body
    assert "field &#x27;" not in body


def test_every_scheme_has_a_page_that_works_its_rule(client):
    listed = client.get("/wealth/funding/schemes/")
    for row in listed.context["answer"].value.rows:
        body = client.get(f"/wealth/funding/schemes/{row.scheme}/").content.decode()
        assert "How we worked it out" in body
        assert "What we do not know" in body
    assert client.get("/wealth/funding/schemes/bidding/").status_code == 404


def test_a_score_over_100_is_told_beside_its_field(client):
    answer = client.get("/wealth/funding/schemes/levelling-up-index/", {"recovery": "101"})
    assert answer.status_code == 400
    assert 'id="id_recovery_error"' in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/wealth/funding/schemes/", 200),
        ("/api/wealth/funding/schemes/barnett/?nation=Scotland", 200),
        ("/api/wealth/funding/schemes/bidding/", 404),
        ("/api/wealth/funding/schemes/barnett/?amount=lots", 422),
        ("/api/wealth/funding/counterfactual/?areas=north&first=2007/08&last=2016/17&people=january", 200),
    ],
)
def test_the_api_gives_the_same_answers(client, address, status):
    assert client.get(address).status_code == status


FORMULA = {"pot": "8600000000", "imd2025_average_score": "1", "floor": "0.7", "cap": "1.6"}


def test_the_formula_page_shows_both_ends_the_range_and_how_it_is_rounded(client):
    body = client.get("/wealth/funding/formula/", {**FORMULA, "rounding": "webster"}).content.decode()
    assert "Districts that get most, and least" in body
    assert "almost always get more than an equal share" in body
    assert '<option value="webster" selected>' in body


def test_how_sure_is_a_page_of_its_own_with_a_row_for_every_district(client):
    page = "/wealth/funding/formula/sensitivity/"
    text = client.get(page, {**FORMULA, "format": "csv"}).content.decode()
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["region"]]
    assert len(rows) == 296
    assert all(int(row["low_pence"]) <= int(row["high_pence"]) for row in rows)


def test_a_weight_above_one_is_told_beside_its_field(client):
    answer = client.get("/wealth/funding/formula/", {"pot": "1000", "imd2025_average_score": "7"})
    assert answer.status_code == 400
    assert 'id="id_imd2025_average_score_error"' in answer.content.decode()


def test_the_stoke_award_says_where_it_stands_among_places_alike(client):
    asked = {"place": "Stoke-on-Trent", "amount": "56000000", "years": "5"}
    body = client.get("/wealth/funding/award/", asked).content.decode()
    assert "of those ten more than this award gives" in body
    assert "What we do not know" in body


PAGE = "/wealth/funding/formula/"


def test_a_formula_without_weights_has_the_weights_of_the_example_and_shows_them(client):
    bounds = {"pot": "8600000000", "floor": "0.7", "cap": "1.6"}
    whole = {**bounds, "imd2025_average_score": "0.5", "gva_per_hour": "0.5"}
    body = client.get(PAGE, bounds).content.decode()
    assert 'name="gva_per_hour" value="0.5"' in body
    assert client.get("/api" + PAGE, bounds).json() == client.get("/api" + PAGE, whole).json()


def test_a_limit_alone_is_not_passed_over(client):
    loose, tight = (client.get("/api" + PAGE, {"cap": cap}).json()["value"] for cap in ("1.6", "1.05"))
    assert loose["rows"] != tight["rows"]


def test_weights_that_do_not_add_up_are_told_beside_the_first_in_plain_words(client):
    answer = client.get(PAGE, {"pot": "5", "gva_per_hour": "0.5"})
    body = answer.content.decode()
    assert answer.status_code == 400
    assert '<a href="#id_gva_per_hour">The weights add up to 0.5. They must add up to 1.</a>' in body
    assert "field &#x27;" not in body


@pytest.mark.parametrize("weight", ["nan", "sNaN", "inf", "-inf", "1e999999999999"])
def test_a_weight_that_is_no_finite_number_is_told_beside_its_field(client, weight):
    answer = client.get(PAGE, {"gva_per_hour": weight, "imd2025_average_score": "0.5"})
    assert answer.status_code == 400
    assert 'id="id_gva_per_hour_error"' in answer.content.decode()


@pytest.mark.parametrize("pot", ["abc", "-1", "0", "0.001", ""])
def test_a_pot_that_is_no_sum_of_money_is_told_beside_its_field(client, pot):
    answer = client.get(PAGE, {"pot": pot})
    assert answer.status_code == 400
    assert 'id="id_pot_error"' in answer.content.decode()

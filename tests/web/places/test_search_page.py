"""The search page takes whatever people type."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed", ["", "   ", "🏴", "x" * 5_000, "%00", "\x00", "../../etc/passwd", "<script>"]
)
def test_what_cannot_be_a_name_is_answered_in_words(client, typed):
    shown = client.get("/places/", {"q": typed})
    assert shown.status_code in (200, 400)
    assert "<script>" not in shown.content.decode()


@pytest.mark.parametrize("typed", ["W06000015", "Cardiff", "East Surrey"])
def test_what_is_no_place_of_ours_is_not_found(client, typed):
    assert client.get("/places/", {"q": typed}).status_code == 200


@pytest.mark.parametrize("typed", ["STOKE", "e06000021", "stoke on trent", "Stoke-on-Trent City Council"])
def test_a_sure_name_goes_straight_to_the_place(client, typed):
    shown = client.get("/places/", {"q": typed})
    assert shown.status_code == 302
    assert shown["Location"] == "/places/stoke-on-trent/"


@pytest.mark.parametrize("slug", ["%F0%9F%8F%B4", "x" * 3_000, "w06000015", "E06000999"])
def test_an_address_of_no_place_is_not_found(client, slug):
    assert client.get(f"/places/{slug}/").status_code == 404


def test_the_page_of_a_place_leads_to_its_own_region_at_londons_rate(client, db):
    page = client.get("/places/stoke-on-trent/").content.decode()
    assert "/wealth/funding/counterfactual/?areas=West%20Midlands" in page
    body = client.get("/wealth/funding/counterfactual/?areas=West%20Midlands").content.decode()
    assert "West Midlands would have had" in body
    assert "At London’s rate" not in client.get("/places/camden/").content.decode()


def test_a_page_names_the_authority_whose_area_has_no_code(client):
    page = client.get("/places/cumberland/").content.decode()
    assert "Cumbria Combined Authority (since 24 February 2026)" in page
    assert "Combined authority" not in client.get("/places/stoke-on-trent/").content.decode()

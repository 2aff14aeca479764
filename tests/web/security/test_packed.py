"""What anyone may read travels packed; a page for somebody whom a cookie knows does not."""

import gzip

import pytest

pytestmark = pytest.mark.django_db
LONG = "/wealth/funding/formula/"
ASKS = {"Accept-Encoding": "gzip"}


def test_a_long_table_weighs_a_fifth_and_says_the_same(client):
    plain, packed = client.get(LONG), client.get(LONG, headers=ASKS)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 5


def test_a_browser_that_cannot_unpack_gets_it_plain(client):
    assert "Content-Encoding" not in client.get(LONG).headers


def test_a_page_for_somebody_who_is_signed_in_is_never_packed(client, alice):
    client.force_login(alice)
    assert "Content-Encoding" not in client.get("/account/", headers=ASKS).headers
    assert "Content-Encoding" not in client.get(LONG, headers=ASKS).headers


@pytest.mark.parametrize("name", ["ballot", "anything"])
def test_a_cookie_that_may_know_somebody_keeps_pages_plain(client, name):
    client.cookies[name] = "secret"
    assert "Content-Encoding" not in client.get("/", headers=ASKS).headers


def test_the_cookie_of_forms_alone_does_not(client):
    assert "csrftoken" in client.get("/account/login/code/").cookies
    assert client.get("/", headers=ASKS).headers["Content-Encoding"] == "gzip"


def test_the_token_of_forms_is_another_on_every_page(client):
    """So that its length, packed, tells nothing."""
    assert client.get("/account/signup/").content != client.get("/account/signup/").content


def test_a_downloaded_table_is_packed_too(client):
    packed = client.get(f"{LONG}?format=csv", headers=ASKS)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert b"# Source:" in gzip.decompress(packed.content)


def test_a_picture_that_is_packed_already_is_left_alone(client):
    made = client.get(f"{LONG}?format=chart.png", headers=ASKS)
    assert made.headers["Content-Type"] == "image/png"
    assert "Content-Encoding" not in made.headers


def test_the_contact_stands_on_the_accessibility_page(client, settings):
    assert "Nobody has put a contact here yet" in client.get("/accessibility/").content.decode()
    settings.CONTACT = "access@council.example"
    assert "<strong>access@council.example</strong>" in client.get("/accessibility/").content.decode()

"""What is too large to be a file that we take is refused by its announced length, before it is read."""

import pytest
from django.test import RequestFactory

from fairground.web import middleware

pytestmark = pytest.mark.django_db

SEND = "/opportunity/greenspace/homes/"


class Unread:
    """A body that fails whoever reads it."""

    def read(self, *_size):
        raise AssertionError("somebody read it")

    readline = read


def announced(client, size, path=SEND):
    return client.generic(
        "POST", path, b"", content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(size), "wsgi.input": Unread()},
    )  # fmt: skip


def test_a_file_that_is_too_large_gets_a_page_that_says_why_and_is_not_read(client, bob):
    client.force_login(bob)
    page = announced(client, middleware.MOST_BYTES + 1)
    assert page.status_code == 413
    assert "At most 200 MB can be sent" in page.content.decode()
    assert "Nothing was kept" in page.content.decode()


def test_strangers_can_send_less_and_are_told_to_sign_in(client):
    page = announced(client, middleware.MOST_BYTES_OF_STRANGERS + 1)
    assert page.status_code == 413
    assert "sign in" in page.content.decode()
    assert announced(client, middleware.MOST_BYTES_OF_STRANGERS + 1, "/nowhere/").status_code == 413


@pytest.mark.parametrize("length", ["", "many", "-5"])
def test_a_length_that_is_no_number_stops_nobody(length):
    request = RequestFactory().get("/", CONTENT_LENGTH=length)
    assert middleware.LimitedBody(lambda _: "through")(request) == "through"

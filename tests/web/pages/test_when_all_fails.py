"""The page that says that we failed is shown even where the database is what failed."""

from django.utils.functional import SimpleLazyObject

from fairground.web.accounts.models import User
from fairground.web.pages.views import failed


def test_it_is_whole_without_the_database(rf):
    """No test here may touch the database: pytest-django would refuse it."""
    request = rf.get("/places/stoke-on-trent/")
    request.user = SimpleLazyObject(User.objects.get)
    answer = failed(request)
    told = answer.content.decode()
    assert answer.status_code == 500
    assert "Something went wrong on our side" in told
    assert "Nothing you sent was half saved" in told
    assert told.rstrip().endswith("</html>")
    assert "{{" not in told
    assert "{%" not in told


def test_it_is_what_a_fault_shows(client, db, monkeypatch):
    client.raise_request_exception = False

    def broken(*_):
        raise RuntimeError("on purpose")

    monkeypatch.setattr("fairground.web.pages.views.bridge.register", broken)
    answer = client.get("/data/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()

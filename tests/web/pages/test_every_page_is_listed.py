"""A page that nobody added to the browser tests' list of addresses fails here."""

from django.urls import get_resolver, resolve
from django.urls.resolvers import URLResolver

from tests.browser.addresses import ELSEWHERE, EVERY
from tests.browser.ways import WAYS

MACHINES = "api/"


def routes(resolver, before=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern)


def test_every_route_is_visited_by_the_browser_or_says_why_not():
    visited = {resolve(address.split("?")[0]).route for address in EVERY if _resolves(address)}
    all_routes = {
        route
        for route in routes(get_resolver())
        if not (route.startswith(MACHINES) and route != "api/docs")
        and not route.startswith(("account/password/", "account/^password/"))
    }
    assert all_routes - visited - set(ELSEWHERE) == set()


def test_no_exemption_is_left_over():
    known = set(routes(get_resolver()))
    assert {route for route in ELSEWHERE if route not in known} == set()


def test_every_page_said_to_be_reached_on_the_way_has_a_way():
    said = {route for route, why in ELSEWHERE.items() if "ways.py" in why}
    assert said == {route.split(" ")[0] for route in WAYS if not route.isdigit()}


def test_there_are_no_passwords(client, db):
    for page in ("change", "set", "reset", "reset/done"):
        assert client.get(f"/account/password/{page}/").status_code == 404


def _resolves(address):
    return address not in ("/no-such-page/", "/demo/mailbox/")

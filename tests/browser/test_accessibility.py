"""axe finds nothing on any page at any width, light, dark or in error; nothing is cut off at 320 pixels."""

import pytest

from tests.browser.addresses import EVERY, SIGNED_IN, STOKE
from tests.browser.conftest import AXE
from tests.browser.ways import WAYS

RULES = "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
CONTRAST = "runOnly: ['color-contrast']"
WIDTHS = (320, 768, 1280)
ROWS = 20
SAME_WORDS = """async () => {
    const words = page => page.querySelector("main").textContent.split(/\\s+/).join(" ")
    const sent = await (await fetch(location.href)).text()
    return words(document) === words(new DOMParser().parseFromString(sent, "text/html"))
}"""


def faults(page, rules=RULES):
    if not page.evaluate("'axe' in window"):
        page.evaluate("source => { window.eval(source) }", AXE.read_text("utf-8"))
    found = page.evaluate(
        f"axe.run(document, {{{rules}, resultTypes: ['violations']}}).then(({{violations}}) => violations)"
    )
    return [
        f"{fault['id']}: {fault['help']}: {[node['html'][:160] for node in fault['nodes'][:3]]}"
        for fault in found
    ]


def shorten(page):
    """Leave the first rows of long tables: rows of one loop were all looked at once, at the first width."""
    page.evaluate(
        f"document.querySelectorAll('tbody > tr:nth-child(n + {ROWS})').forEach(row => row.remove())"
    )


def check_every_width(page):
    for width in WIDTHS:
        if width != WIDTHS[0]:
            shorten(page)
            page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == [], f"at {width} pixels"
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"the page is {wide} pixels wide in a window of {width}"


@pytest.mark.parametrize("path", EVERY)
def test_axe_finds_nothing_at_any_width_light_or_dark(path, look, request):
    page = look(path, request.getfixturevalue("signed_in") if path in SIGNED_IN else None)
    assert path in SIGNED_IN or page.evaluate(SAME_WORDS), "scripts change the words of the page"
    assert page.locator("h1").count() == 1
    assert page.title().endswith("– Fairground")
    assert page.locator("html").get_attribute("lang") == "en-GB"
    check_every_width(page)
    page.emulate_media(color_scheme="dark")
    assert faults(page, CONTRAST) == [], "in the dark"


@pytest.mark.parametrize("name", WAYS)
def test_axe_finds_nothing_on_a_page_that_is_reached_on_the_way(name, visit):
    go, words = WAYS[name]
    page = visit("/", bypass_csp=True)
    go(page)
    assert words in page.locator("main").inner_text()
    assert page.locator("h1").count() == 1
    check_every_width(page)


@pytest.mark.parametrize("path", ["/", "/wealth/inequality/gap/", STOKE])
def test_axe_finds_nothing_where_the_reader_chooses_the_colours(path, visit):
    page = visit(path, width=768, bypass_csp=True, forced_colors="active")
    assert faults(page) == []
    shapes = page.locator(".fg-chart__bar, .fg-chart__tile")
    strokes = shapes.evaluate_all("shapes => shapes.map(shape => getComputedStyle(shape).stroke)")
    assert "none" not in strokes


def test_a_chart_says_in_words_what_it_shows(visit):
    page = visit(STOKE)
    charts = page.locator("main figure svg")
    assert charts.count() >= 2
    for at in range(charts.count()):
        assert charts.nth(at).get_attribute("role") == "img"
        assert len(charts.nth(at).locator("title").first.text_content()) > 15

"""A planning officer checks a site: types a postcode, drops a pin, prints the finding, sends the homes."""

import re

from tests.browser.conftest import demo_python, until_done


def test_an_officer_checks_a_site_by_postcode_and_by_pin_and_prints_the_finding(visit):
    page = visit("/opportunity/")
    page.get_by_role("link", name="Is green space near enough?").click()
    page.get_by_label("Postcode, or latitude and longitude").fill("ZZ1 1AA")
    page.get_by_role("button", name="Check this place").click()
    first = page.locator(".fg-answer__headline").inner_text()
    assert "metres" in first
    page.get_by_role("button", name="Drop a pin on the moving map").click()
    page.locator("[data-fg-map][data-ready]").wait_for(timeout=60_000)
    page.get_by_role("button", name="Drop a pin on the moving map").wait_for(state="hidden")
    assert page.locator(".fg-mapbox__key li").count() > 3
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(600)
    page.keyboard.press("Enter")
    assert "The pin is at" in page.locator("[data-fg-map] [role=status]").inner_text()
    assert page.get_by_label("Postcode, or latitude and longitude").input_value().startswith("54.6")
    page.get_by_role("button", name="Check this place").click()
    page.emulate_media(media="print")
    for part in (".fg-answer__headline", ".fg-mapbox__still", ".fg-only-print", ".fg-sources"):
        assert page.locator(part).first.is_visible(), part
    for part in (".fg-form", ".fg-mapbox__open", ".fg-header__nav"):
        assert not page.locator(part).first.is_visible(), part
    assert re.findall(rb"/Count (\d+)", page.pdf(prefer_css_page_size=True)) == [b"1"]  # one sheet


def test_an_officer_sends_the_homes_of_an_application_and_reads_the_result(visit, signed_in, tmp_path):
    homes = tmp_path / "application.csv"
    homes.write_text("id,latitude,longitude\n1,54.6195,2.0115\n2,54.6201,2.0122\n3,no,2.0\n", "utf-8")
    page = visit("/opportunity/greenspace/homes/", storage_state=signed_in)
    page.get_by_label("The file", exact=True).set_input_files(homes)
    page.get_by_role("button", name="Send and check").click()
    page.wait_for_url("**/jobs/*/")
    demo_python(page, "from fairground.web.jobs import worker\nworker.work_once('browser', lease=60)")
    until_done(page)
    assert "of 2 homes" in page.locator(".fg-answer__headline").inner_text()
    assert page.get_by_text("no", exact=True).first.is_visible()

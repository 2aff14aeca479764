"""A source says when it came out as people write a day."""

import pytest

from fairground.sources import catalogue
from fairground.web.pages.templatetags.days import day_in_words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2025-10-30", "30 October 2025"),
        ("2018-11", "November 2018"),
        ("2011-03 to 2026-06", "March 2011 to June 2026"),
        ("2023", "2023"),
        ("2020s", "2020s"),
        ("each quarter", "each quarter"),
        ("2025-13-40", "2025-13-40"),
        ("2025-00", "2025-00"),
        ("", ""),
    ],
)
def test_a_day_or_a_month_is_written_in_words(text, told):
    assert day_in_words(text) == told


def test_every_source_is_written_so(client, db):
    body = client.get("/data/").content.decode()
    assert {source.released for source in catalogue.sources() if source.released} & {"2025-10-30"}
    assert ">2025-10-30<" not in body
    assert ">30 October 2025<" in body

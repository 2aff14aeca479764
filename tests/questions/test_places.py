"""Questions about places, asked as the site and the command line ask them."""

from datetime import date

import pytest
from click.testing import CliRunner

from fairground import places as register
from fairground import report
from fairground.cli import COMMANDS, fairground
from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer
from fairground.places import ledger
from fairground.questions import places
from fairground.report import words


def test_stoke_is_described_in_one_sentence():
    answer = places.describe("Stoke")
    assert answer.value.council == "Stoke-on-Trent City Council"
    assert words.headline(answer) == (
        "Stoke-on-Trent is in the West Midlands, and one council runs most of its local services."
    )
    assert "259,965" in " ".join(words.working(answer))


@pytest.mark.parametrize("code", sorted(ledger.every()))
def test_every_place_can_be_described_told_and_kept(code):
    answer = places.describe(code)
    text = report.as_text(answer) + report.as_text(places.changes(code))
    assert "{" not in text
    assert Answer.from_json(answer.to_json()) == answer
    assert all(source.url for source in answer.sources)


def test_a_place_with_a_plan_says_so():
    told = " ".join(words.working(places.describe("Woking")))
    assert "West Surrey" in told
    assert "Plans can change" in told


def test_the_nearest_spelling_is_found_and_counted():
    answer = places.search("newcastel")
    assert "2 places" in words.headline(answer)
    assert answer.value.rows[0].name == "Newcastle upon Tyne"


def test_a_search_that_finds_nothing_says_so():
    with pytest.raises(NotFound):
        places.search("zzzzzz")
    with pytest.raises(BadInput, match="limit"):
        places.search("Hull", limit=0)


def test_children_add_up_their_people():
    answer = places.children("North East")
    assert answer.value.population == 2_683_040
    assert words.headline(answer) == "12 council areas lie in the North East."


def test_children_of_a_kind_that_is_not_there_are_refused():
    with pytest.raises(NotFound, match="county"):
        places.children("London", kind="county")


def test_changes_of_a_place_that_has_ended_are_told():
    answer = places.changes("Allerdale")
    assert [row.after for row in answer.value.rows] == ["Cumberland"]
    assert "one change" in words.headline(answer)


def test_a_change_of_code_is_told_under_either_code():
    old, new = places.changes("E08000016"), places.changes("E08000038")
    assert old.value == new.value
    assert old.value.rows[0].on == date(2025, 4, 1)


def test_a_place_without_changes_says_so():
    assert "no change" in words.headline(places.changes("Leeds"))


def _examples():
    for path in COMMANDS:
        if path.startswith("places "):
            module, _, name = COMMANDS[path].partition(":")
            yield from getattr(__import__(module, fromlist=[name]), name).examples


@pytest.mark.parametrize("line", tuple(_examples()))
@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_every_example_works_as_written(line, form):
    import shlex

    result = CliRunner().invoke(fairground, [*shlex.split(line)[1:], *form])
    assert result.exit_code == 0, result.output
    if form == ["--json"]:
        assert isinstance(Answer.from_json(result.output), Answer)


def test_an_earlier_code_is_described_as_of_a_later_day():
    assert places.describe("E07000026", on=date(2023, 4, 1)).value.name == "Cumberland"
    assert register.get("E07000026").name == "Allerdale"


def test_a_place_names_its_authority_even_where_the_area_has_no_code():
    told = " ".join(words.working(places.describe("Cumberland")))
    assert "Since 24 February 2026 it belongs to the Cumbria Combined Authority" in told
    assert "no code for that area" in told
    before = places.describe("Cumberland", on=date(2025, 1, 1))
    assert "Cumbria Combined Authority" not in " ".join(words.working(before))

"""What a resident finds on a jury's page at each stage: what happens now, what is next, what they can do."""

from datetime import timedelta

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db


def of(jury):
    from fairground.web.power.juries.stages import stages, today

    return today(stages(jury))


def moved(jury, **days):
    from fairground.web.power.juries.models import Jury

    now = timezone.now()
    Jury.objects.filter(pk=jury.pk).update(
        **{name: now + timedelta(days=many) for name, many in days.items()}
    )
    jury.refresh_from_db()
    return jury


def test_while_people_volunteer_one_can_volunteer_and_the_draw_is_next(client, jury):
    told = of(moved(jury, registration_opens=-1, registration_closes=5))
    assert [stage.name for stage in told.going] == ["People volunteer"]
    assert told.next.name == "The draw"
    words = [words for words, _ in told.can]
    assert words == ["Volunteer", "Open your own page, if you volunteered"]
    page = client.get(f"/power/juries/{jury.round.slug}/").content.decode()
    assert "What comes next:</strong> The draw" in page
    for _, address in told.can:
        assert client.get(address).status_code == 200


def test_before_people_volunteer_one_can_read_what_is_asked(jury):
    told = of(moved(jury, registration_opens=3, registration_closes=5))
    assert told.next.name == "People volunteer"
    assert [stage.name for stage in told.going] == ["Question set"]


def test_every_stage_to_what_was_done_is_there_from_the_first_day(client, jury):
    from fairground.web.power.juries.stages import stages

    names = [stage.name for stage in stages(jury)]
    assert names == [
        "Question set", "People volunteer", "The draw", "The jury meets", "The jury reports", "Answers",
        "What was done",
    ]  # fmt: skip
    page = client.get(f"/power/juries/{jury.round.slug}/").content.decode()
    assert f"{jury.decider} decides, and must answer by" in page


def test_with_letters_only_the_page_says_that_a_code_is_needed(make_jury):
    told = of(moved(make_jury(letter_needed=True), registration_opens=-1, registration_closes=5))
    assert told.can[0][0] == "Volunteer with the code of your letter"

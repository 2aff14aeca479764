"""An officer is led from one page to the next, and takes a way to mend clashing targets with one press."""

from datetime import timedelta

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db
OVER = {
    "registration_opens": timezone.now() - timedelta(9),
    "registration_closes": timezone.now() - timedelta(2),
}


def next_of(user, jury):
    from fairground.web.power.juries.models import Jury
    from fairground.web.power.juries.next_step import next_of

    found = next_of(user, Jury.objects.get(pk=jury.pk))
    return found and found.button


def test_each_step_follows_from_what_is_kept(make_jury, make_user, volunteer, bob):
    from fairground.web.power.juries.actions.erasure import erase
    from fairground.web.power.juries.actions.people import add_officer
    from fairground.web.power.juries.models import Jury

    jury = make_jury(published=False, letter_needed=True)
    assert next_of(bob, jury) == "Add a second officer"
    make_user("ola")
    add_officer(jury, "ola@example.org", by=bob)
    assert next_of(bob, jury) == "Publish the jury"
    jury.round.__class__.objects.update(published_at=timezone.now())
    assert next_of(bob, jury) == "Plan and make the letters"
    Jury.objects.update(letter_needed=False)
    assert next_of(bob, jury) is None
    Jury.objects.update(**OVER)
    assert next_of(bob, jury) == "Take in a table of volunteers"
    volunteer(jury, 1, by=bob)
    assert next_of(bob, jury) == "Make the lottery"
    erase(jury, by=bob, why="Called off")
    assert next_of(bob, jury) is None


def test_nobody_is_led_to_what_is_not_theirs_to_do(make_jury, make_user, charlie):
    jury = make_jury(published=False)
    assert next_of(make_user("omar", "officer"), jury) is None  # a second officer is not theirs to name
    assert next_of(charlie, jury) is None


@pytest.fixture
def clashing(client, make_jury, make_user, volunteer, bob):
    """Return a jury whose pool lacks people under 40, its officer signed in."""
    from fairground.web.power.juries.actions.people import add_officer

    jury = make_jury(**OVER)
    make_user("ola")
    add_officer(jury, "ola@example.org", by=bob)
    for n in range(0, 16, 2):
        volunteer(jury, n, by=bob)
    client.force_login(bob)
    return jury


def mend(client, jury, numbers):
    return client.post(f"/power/juries/{jury.round.slug}/office/targets/mend/", {"numbers": numbers})


def under_40(jury):
    value = jury.features.get(name="Age").values.get(name="Under 40")
    return value.least, value.most


def test_a_way_to_mend_targets_is_taken_with_one_press(client, clashing):
    page = client.get(f"/power/juries/{clashing.round.slug}/office/pool/")
    numbers = page.context["can"].mends[0].numbers
    assert "Use these numbers" in page.content.decode()
    done = mend(client, clashing, numbers)
    assert done.headers["Location"].endswith("/office/draw/")
    assert under_40(clashing) == (0, 3)
    asked = clashing.features.get(name="Age")
    assert (asked.question, asked.values.count()) == ("How old are you?", 2)


@pytest.mark.parametrize(
    "numbers",
    ["", "[]", "[[]]", '[["Age", "Young", 1, 2]]', '[["Age", "Under 40", 1e999, 2]]', "{}", "7", "[" * 9999],
    ids=range(8),
)
def test_numbers_of_other_answers_change_nothing(client, clashing, numbers):
    text = client.get(mend(client, clashing, numbers).headers["Location"]).content.decode()
    assert "The targets have changed since" in text
    assert under_40(clashing) == (3, 3)


def test_only_who_may_manage_the_jury_mends_its_targets(client, clashing, charlie):
    client.force_login(charlie)
    assert mend(client, clashing, '[["Age", "Under 40", 0, 3]]').status_code == 403
    assert under_40(clashing) == (3, 3)

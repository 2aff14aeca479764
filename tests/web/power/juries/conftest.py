"""A jury of six in Stoke with two questions, its officer Bob, and a way to volunteer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.conftest import STOKE


@pytest.fixture
def make_jury(bob):
    from fairground.web.power.juries.actions import juries
    from fairground.web.power.juries.actions.juries import Asked, Value

    def make(*, by=bob, published=True, **more):
        now = timezone.now()
        facts = {
            "title": "Town square jury", "summary": "What should the square be for?", "size": 6,
            "question": "What should the town square be for?", "remit": "Anything but selling it.",
            "decider": "The council’s cabinet", "answer_by": timezone.localdate() + timedelta(days=200),
            "registration_opens": now - timedelta(days=1), "registration_closes": now + timedelta(days=20),
            "erase_on": timezone.localdate() + timedelta(days=300),
        }  # fmt: skip
        jury = juries.create_jury(by=by, place_code=STOKE, **facts | more)
        asked = [
            Asked("Age", "How old are you?", (Value("Under 40", 3, 3), Value("40 or over", 3, 3))),
            Asked("Town", "Where do you live?", (Value("Hanley", 2, 4), Value("Elsewhere", 2, 4))),
        ]
        juries.set_targets(jury, asked, by=by)
        if published:
            juries.publish_jury(jury, by=by)
        return jury

    return make


@pytest.fixture
def jury(make_jury):
    return make_jury()


@pytest.fixture
def volunteer():
    from fairground.web.power.juries.actions.volunteers import register
    from fairground.web.power.juries.told import Told

    def go(jury, n=0, *, key=None, by=None, code="", way="online", **more):
        facts = {
            "name": f"Vera Volunteer {n}", "email": f"vera{n}@example.org", "address": f"{n} Kiln Street",
            "values": {"Age": ("40 or over", "Under 40")[n % 2], "Town": "Hanley" if n % 3 else "Elsewhere"},
        }  # fmt: skip
        return register(jury, Told(**facts | more), key=key or f"form-{n}", by=by, letter_code=code, way=way)

    return go

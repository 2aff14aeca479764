"""Nobody can work out a count that was left out of a table, though they know the total and the rule."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput, Impossible
from fairground.questions.power.small_counts import LEAST as SMALLEST
from fairground.questions.power.small_counts import hidden


def published(counts):
    return tuple(hidden(counts))


def every(total, parts):
    """Yield every way to share out a total among so many answers."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in every(total - first, parts - 1):
            yield (first, *rest)


@pytest.mark.parametrize(("parts", "most"), [(2, 40), (3, 30), (4, 18), (5, 13)])
def test_each_count_left_out_could_be_at_least_two_numbers(parts, most):
    """All tables of a total are published; where one is left out, two of them that look alike differ."""
    for total in range(1, most):
        alike = defaultdict(list)
        for counts in every(total, parts):
            alike[published(counts)].append(counts)
        for shown, possible in alike.items():
            for at, count in enumerate(shown):
                assert count is not None or len({counts[at] for counts in possible}) > 1, (shown, possible)


@given(st.lists(st.integers(0, 400), min_size=2, max_size=12))
def test_no_small_count_is_shown_and_what_is_shown_is_true(counts):
    told = published(counts)
    assert len(told) == len(counts)
    assert all(shown in (None, count) for shown, count in zip(told, counts, strict=True))
    assert not any(shown is not None and shown < SMALLEST for shown in told)
    left_out = [count for shown, count in zip(told, counts, strict=True) if shown is None]
    assert len(left_out) != 1
    if len(left_out) < len(counts):
        assert not left_out or sum(left_out) >= 2 * SMALLEST


@given(st.lists(st.integers(0, 99), min_size=2, max_size=8), st.randoms())
def test_the_order_of_the_answers_changes_nothing(counts, chance):
    order = list(range(len(counts)))
    chance.shuffle(order)
    told = published(counts)
    assert published([counts[at] for at in order]) == tuple(told[at] for at in order)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([50, 30, 20], (50, 30, 20)), ([50, 30, 0], (50, None, None)), ([50, 30, 3], (50, None, None)),
        ([50, 4, 9], (50, None, None)), ([2, 1], (None, None)), ([0, 0], (None, None)),
        ([40, 4, 4, 4, 0], (40, None, None, None, None)),
    ],
)  # fmt: skip
def test_examples(counts, told):
    assert published(counts) == told


@pytest.mark.django_db
def test_a_table_is_published_once_after_registration_and_never_changes(client, jury, volunteer, bob, alice):
    from fairground.web.power.juries.actions.publishing import publish_pool
    from fairground.web.power.juries.actions.volunteers import withdraw
    from fairground.web.power.juries.models import Jury

    for n in range(24):
        volunteer(
            jury,
            n,
            values={"Age": "Under 40" if n < 3 else "40 or over", "Town": "Hanley" if n % 2 else "Elsewhere"},
        )
    with pytest.raises(BadInput, match="can still volunteer"):
        publish_pool(jury, by=bob)
    Jury.objects.filter(pk=jury.pk).update(registration_closes=timezone.now() - timedelta(hours=1))
    at = f"/power/juries/{jury.round.slug}/"
    client.force_login(alice)
    assert client.post(f"{at}office/pool/publish/").status_code == 403
    client.force_login(bob)
    assert "Publish who volunteered" in client.get(f"{at}office/pool/").content.decode()
    client.post(f"{at}office/pool/publish/")
    first = client.get(at).content.decode()
    assert "24 people, when registration had closed" in first
    assert first.count("Left out") == 2
    withdraw(jury.volunteers.first())
    jury.refresh_from_db()
    assert publish_pool(jury, by=bob).people == 24
    assert client.get(at).content.decode().count("Left out") == 2


@pytest.mark.django_db
def test_a_pool_of_four_is_never_published(make_jury, volunteer, bob):
    from fairground.web.power.juries.actions.publishing import publish_pool

    now = timezone.now()
    jury = make_jury(registration_opens=now - timedelta(days=9), registration_closes=now - timedelta(days=1))
    for n in range(4):
        volunteer(jury, n, by=bob)
    with pytest.raises(Impossible, match="Fewer than 5"):
        publish_pool(jury, by=bob)

"""Setting up a jury: on the site, by whoever may, with targets that a jury can meet."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fairground.errors import BadInput, Impossible

pytestmark = pytest.mark.django_db


def form(**more):
    today = timezone.localdate()
    return {
        "title": "Square jury", "summary": "What is it for?", "question": "What is the square for?",
        "remit": "All of it", "decider": "Cabinet", "size": "12", "least_age": "16",
        "place_code": "E06000021", "answer_by": today + timedelta(days=99), "registration_opens": today,
        "registration_closes": today + timedelta(days=30), "erase_on": today + timedelta(days=90),
        "how": "anyone",
    } | more  # fmt: skip


def test_an_officer_sets_up_a_jury_and_sees_what_comes_next(client, bob):
    client.force_login(bob)
    answer = client.post("/power/juries/new/", form(), follow=True)
    assert answer.redirect_chain == [("/power/juries/square-jury/office/targets/table/", 302)]
    assert "Not published" in answer.content.decode()
    text = client.get("/power/juries/square-jury/office/").content.decode()
    assert "Say whom it must hold" in text
    assert client.get("/power/juries/square-jury/").status_code == 200
    client.logout()
    assert client.get("/power/juries/square-jury/").status_code == 404


def test_the_last_day_to_volunteer_is_told_as_it_was_typed_everywhere(client, bob):
    from fairground.web.power.juries.models import Jury

    client.force_login(bob)
    facts = form(registration_opens="2026-05-01", registration_closes="2026-06-14", erase_on="2027-01-01")
    client.post("/power/juries/new/", facts)
    text = client.get("/power/juries/square-jury/office/").content.decode()
    assert "From 1 May 2026 to 14 June 2026" in text
    assert str(Jury.objects.get().last_day) == "2026-06-14"
    Jury.objects.get().round.__class__.objects.update(published_at=timezone.now())
    for path in ("", "volunteer/"):
        text = client.get(f"/power/juries/square-jury/{path}").content.decode()
        assert "14 June 2026" in text
        assert "15 June 2026" not in text


def test_days_in_the_wrong_order_are_named(client, bob):
    client.force_login(bob)
    today = timezone.localdate()
    for wrong in ({"registration_closes": today - timedelta(days=2)}, {"erase_on": today}):
        answer = client.post("/power/juries/new/", form(**wrong))
        assert answer.status_code == 400
        assert next(iter(wrong)) in answer.context["form"].errors


@pytest.mark.parametrize("name", ["answer_by", "registration_closes", "erase_on"])
@pytest.mark.parametrize("day", ["9999-12-31", "0026-06-14"])
def test_a_day_of_a_year_that_nobody_means_is_named(client, bob, name, day):
    client.force_login(bob)
    answer = client.post("/power/juries/new/", form(**{name: day}))
    assert answer.status_code == 400
    assert answer.context["form"].errors[name] == ["Give a day of the years 1900 to 2199."]


def test_the_form_is_filled_in_with_what_most_juries_have(client, bob):
    client.force_login(bob)
    first = client.get("/power/juries/new/").context["form"]
    filled = {field.name: field.value() for field in first if field.value() not in ("", None)}
    typed = {"title": "Square jury", "question": "What for?", "remit": "All", "decider": "The cabinet"}
    answer = client.post("/power/juries/new/", filled | typed | {"place_code": "E06000021"})
    assert answer.status_code == 302
    jury = bob.round_roles.get().round.jury
    assert (jury.size, jury.least_age, jury.letter_needed, jury.one_of_an_address) == (24, 16, True, True)
    assert jury.registration_opens < jury.registration_closes


def test_a_jury_whose_volunteers_stand_in_a_table_has_closed_already(client, bob):
    from fairground.web.power.juries.models import Jury

    client.force_login(bob)
    client.post("/power/juries/new/", form(how="table"))
    jury = Jury.objects.get()
    assert jury.registration_closes <= timezone.now()
    assert not jury.letter_needed
    client.post(
        "/power/juries/new/",
        form(how="table", title="Old", registration_opens="2026-05-01", registration_closes="2026-06-14"),
    )
    assert str(Jury.objects.get(round__slug="old").last_day) == "2026-06-14"


def test_the_second_officer_is_added_with_the_jury_or_nothing_is_set_up(client, bob, make_user):
    from fairground.web.power.juries.actions.people import officers
    from fairground.web.power.juries.models import Jury

    client.force_login(bob)
    for wrong in ("nobody@example.org", bob.email):
        answer = client.post("/power/juries/new/", form(second=wrong))
        assert answer.status_code == 400
        assert list(answer.context["form"].errors) == ["second"]
    assert not Jury.objects.exists()
    make_user("ola")
    client.post("/power/juries/new/", form(second=" OLA@example.org"))
    assert {one.user.email for one in officers(Jury.objects.get())} == {bob.email, "ola@example.org"}


def test_a_resident_cannot_set_up_a_jury(client, make_user):
    client.force_login(make_user("rita"))
    assert client.post("/power/juries/new/", form()).status_code == 403


def test_a_jury_without_targets_is_not_published(make_user, make_jury, bob):
    from fairground.web.power.juries.actions.juries import publish_jury

    jury = make_jury(published=False)
    jury.features.all().delete()
    with pytest.raises(BadInput, match="whom the jury must hold"):
        publish_jury(jury, by=bob)


def test_targets_no_jury_can_meet_are_refused_and_the_old_ones_stay(jury, bob):
    from fairground.web.power.juries.actions.juries import Asked, Value, set_targets

    too_many = [Asked("Age", "How old?", (Value("Under 40", 4, 5), Value("40 or over", 4, 5)))]
    with pytest.raises(Impossible, match="Age"):
        set_targets(jury, too_many, by=bob)
    assert [f.name for f in jury.features.all()] == ["Age", "Town"]


def test_questions_cannot_change_once_somebody_has_answered_them_but_numbers_can(jury, volunteer, bob):
    from fairground.web.power.juries.actions.juries import Asked, Value, set_targets

    volunteer(jury, 1)
    with pytest.raises(Impossible, match="not the questions"):
        set_targets(jury, [Asked("Age", "How old?", (Value("Young", 3, 3), Value("Old", 3, 3)))], by=bob)
    same = [
        Asked("Age", "How old are you?", (Value("Under 40", 2, 4), Value("40 or over", 2, 4))),
        Asked("Town", "Where do you live?", (Value("Hanley", 2, 4), Value("Elsewhere", 2, 4))),
    ]
    set_targets(jury, same, by=bob)
    assert jury.features.get(name="Age").values.first().least == 2


def test_strangers_change_nothing(jury, charlie):
    from fairground.web.power.juries.actions.juries import change_jury, publish_jury, set_targets

    for act in (
        lambda: change_jury(jury, by=charlie, size=7),
        lambda: publish_jury(jury, by=charlie),
        lambda: set_targets(jury, [], by=charlie),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_budget_does_not_answer_at_the_address_of_a_jury_nor_the_other_way(client, jury, make_round):
    round = make_round()
    assert client.get(f"/power/budgeting/{jury.round.slug}/").status_code == 404
    assert client.get(f"/power/juries/{round.slug}/").status_code == 404
    assert f"/power/budgeting/{jury.round.slug}/" not in client.get("/").content.decode()


def test_the_list_of_juries_says_where_each_stands(client, jury):
    from fairground.web.power.juries.models import Jury

    def told():
        return client.get("/power/juries/").content.decode()

    assert "<strong>People volunteer.</strong> From" in told()
    later = timezone.now() + timedelta(days=2)
    Jury.objects.filter(pk=jury.pk).update(registration_opens=later)
    assert "<strong>Question set.</strong>" in told()


def test_each_share_of_the_place_is_given_with_its_source(client, jury, volunteer, bob):
    from fairground.web.power.juries.actions import juries, publishing
    from fairground.web.power.juries.actions.juries import Asked, Value
    from fairground.web.power.juries.models import Jury

    kept = [
        Asked(
            "Age",
            "How old?",
            (Value("Under 40", 3, 3, Decimal("0.4")), Value("40 or over", 3, 3)),
            "",
            "Census",
        ),
        Asked("Town", "Where?", (Value("Hanley", 2, 4, Decimal("0.5")), Value("Elsewhere", 2, 4))),
    ]
    juries.set_targets(jury, kept, by=bob)
    for n in range(24):
        volunteer(jury, n)
    Jury.objects.filter(pk=jury.pk).update(registration_closes=timezone.now() - timedelta(hours=1))
    jury.refresh_from_db()
    publishing.publish_pool(jury, by=bob)
    told = client.get(f"/power/juries/{jury.round.slug}/").content.decode()
    assert "Where the shares of the place come from: Age: Census; Town: the officers have not said." in told

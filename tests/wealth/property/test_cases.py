"""Cases followed through procedures: examples from the law, walks through every procedure, refusals."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import BadInput, Impossible, NotFound
from fairground.wealth.property import Event, Length, follow, last_day, procedure, procedures
from fairground.wealth.property.procedure import read

DAY = timedelta(days=1)
ACV = procedure("acv-2011")
LISTED = (Event("nominate", date(2026, 1, 5)), Event("list", date(2026, 2, 2)))
SALE = (*LISTED, Event("notice-of-sale", date(2026, 9, 1)))


def dates(case):
    return {one.period: (one.last, one.state) for one in case.periods}


def test_a_nomination_is_decided_within_eight_weeks_and_a_listing_lasts_five_years():
    found = dates(follow(ACV, LISTED, date(2026, 3, 1)))
    assert found["decide-nomination"] == (date(2026, 3, 2), "done")
    assert found["listing"] == (date(2031, 2, 1), "running")


def test_with_no_request_the_owner_is_free_after_six_weeks_until_eighteen_months():
    """Localism Act 2011, section 95(3), (4) and (6): periods beginning with the day of the notice."""
    found = dates(follow(ACV, SALE, date(2026, 10, 12)))
    assert found["interim-moratorium"] == (date(2026, 10, 12), "running")
    assert found["protected"] == (date(2028, 2, 29), "running")
    with pytest.raises(BadInput, match=r"before 13 October 2026: Localism Act 2011, section 95\(1\)"):
        follow(ACV, (*SALE, Event("sell", date(2026, 10, 12))), date(2026, 10, 12))
    sold = follow(ACV, (*SALE, Event("sell", date(2026, 10, 13))), date(2026, 10, 13))
    assert dict(sold.states)["listing"] == "removed"


def test_a_request_on_the_last_day_of_the_six_weeks_gives_six_months_and_one_a_day_later_does_not():
    asked = (*SALE, Event("ask-to-bid", date(2026, 10, 12)))
    found = dates(follow(ACV, asked, date(2026, 11, 1)))
    assert found["full-moratorium"] == (date(2027, 2, 28), "running")
    with pytest.raises(BadInput, match="the time for it is over"):
        follow(ACV, (*SALE, Event("ask-to-bid", date(2026, 10, 13))), date(2026, 10, 13))


def test_after_the_protected_period_a_sale_needs_a_new_notice():
    late = (*SALE, Event("sell", date(2028, 3, 1)))
    with pytest.raises(BadInput, match=r"section 95\(1\)"):
        follow(ACV, late, date(2028, 3, 1))
    again = follow(ACV, (*SALE, Event("notice-of-sale", date(2028, 3, 1))), date(2028, 3, 1))
    assert dict(again.states)["sale"] == "interim-moratorium"


def test_a_listing_that_ends_ends_the_pause_too():
    events = (*LISTED, Event("notice-of-sale", date(2031, 1, 20)))
    case = follow(ACV, events, date(2031, 2, 2))
    assert dict(case.states) == {
        "listing": "expired",
        "review": "none",
        "sale": "none",
        "compensation": "none",
    }
    assert dates(case)["interim-moratorium"][1] == "ended-early"
    assert [one.event for one in case.may] == ["nominate"]


def test_a_review_does_not_suspend_the_listing_or_a_sale():
    events = (
        *LISTED,
        Event("notice-of-listing", date(2026, 2, 3)),
        Event("notice-of-sale", date(2026, 3, 2)),
        Event("ask-for-review", date(2026, 3, 30)),
    )
    case = follow(ACV, events, date(2026, 3, 31))
    assert dict(case.states)["sale"] == "interim-moratorium"
    assert dates(case)["decide-review"] == (date(2026, 5, 24), "running")
    ended = follow(ACV, (*events, Event("review-removes", date(2026, 4, 7), "not used")), date(2026, 4, 8))
    assert dict(ended.states)["sale"] == "none"


def test_an_owner_may_claim_for_thirteen_weeks_after_the_pause():
    case = follow(ACV, SALE, date(2026, 10, 14))
    assert dates(case)["claim-compensation"] == (date(2027, 1, 11), "running")
    assert "claim-compensation" in {one.event for one in case.may}
    over = follow(ACV, SALE, date(2027, 1, 12))
    assert "claim-compensation" not in {one.event for one in over.may}


def test_a_council_that_is_late_is_shown_late():
    late = (Event("nominate", date(2026, 1, 5)),)
    assert dates(follow(ACV, late, date(2026, 3, 3)))["decide-nomination"][1] == "missed"
    done = (*late, Event("list", date(2026, 3, 10)))
    assert dates(follow(ACV, done, date(2026, 3, 11)))["decide-nomination"][1] == "late"


def test_the_council_may_not_decide_before_the_say_is_over_and_must_give_reasons():
    rules = procedure("consultation")
    open_ = (Event("publish", date(2026, 3, 2)), Event("represent", date(2026, 3, 9)))
    with pytest.raises(BadInput, match="before 27 April 2026"):
        follow(rules, (*open_, Event("decide", date(2026, 4, 26), "cheap")), date(2026, 4, 26))
    with pytest.raises(BadInput, match="needs its reasons"):
        follow(rules, (*open_, Event("decide", date(2026, 4, 27))), date(2026, 4, 27))
    done = follow(rules, (*open_, Event("decide", date(2026, 4, 27), "we heard")), date(2026, 4, 27))
    assert dict(done.states) == {"proposal": "decided"}


def test_a_councils_own_policy_sets_its_own_length_but_not_that_of_the_law():
    longer = procedure("consultation").with_lengths(
        {"representations": Length(12, "weeks", "beginning-with")}
    )
    found = dates(follow(longer, (Event("publish", date(2026, 3, 2)),), date(2026, 3, 3)))
    assert found["representations"][0] == date(2026, 5, 24)
    with pytest.raises(BadInput, match=r"section 95\(6\) sets this period"):
        ACV.with_lengths({"interim-moratorium": Length(1, "weeks")})
    with pytest.raises(NotFound, match="No such period"):
        ACV.with_lengths({"moratorium": Length(1, "weeks")})


def test_a_law_that_is_not_in_force_is_followed_only_as_what_if():
    rules = procedure("acv-2026")
    events = (Event("list", date(2027, 5, 3)), Event("notice-of-sale", date(2027, 6, 1)))
    with pytest.raises(Impossible, match="not in force"):
        follow(rules, events, date(2027, 7, 1))
    found = dates(follow(rules, events, date(2027, 7, 1), commenced=date(2027, 4, 1)))
    assert found["moratorium"] == (date(2028, 5, 31), "running")
    with pytest.raises(BadInput, match="not yet in force"):
        follow(rules, events, date(2027, 7, 1), commenced=date(2027, 6, 1))


def test_an_event_of_the_future_is_refused_with_its_row():
    with pytest.raises(BadInput) as told:
        follow(ACV, SALE, date(2026, 8, 31))
    assert (told.value.row, told.value.field) == (4, "date")


def test_an_event_that_the_procedure_does_not_know_is_refused_with_those_it_knows():
    with pytest.raises(NotFound, match="Did you mean"):
        follow(ACV, (Event("auction", date(2026, 1, 5)),), date(2026, 2, 1))


RULES = st.sampled_from(procedures())


@pytest.mark.slow
@settings(max_examples=120)
@given(RULES, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 200)), max_size=12))
def test_whatever_may_happen_is_accepted_on_that_day_and_whatever_may_not_is_refused(rules, walk):
    day, events = date(2027, 1, 4), []
    began = rules.start or date(2026, 12, 1)
    for pick, wait in walk:
        day += wait * DAY
        case = follow(rules, events, day, commenced=began)
        may = {one.event for one in case.may}
        for kind in rules.events:
            then = (*events, Event(kind.id, day, "because"))
            if kind.id in may:
                follow(rules, then, day, commenced=began)
            else:
                with pytest.raises(BadInput):
                    follow(rules, then, day, commenced=began)
        if not may:
            break
        events.append(Event(sorted(may)[pick % len(may)], day, "because"))
    states = dict(follow(rules, events, day, commenced=began).states)
    assert set(states) == set(rules.tracks)


def barred(rules, events, on, **supposed):
    return [one.event for one in follow(rules, events, on, **supposed).barred]


def test_an_owner_is_held_back_only_while_the_property_is_on_the_list():
    """Localism Act 2011, section 95(1): an owner of land included in a council's list."""
    nominated, day = LISTED[:1], date(2026, 3, 1)
    assert barred(ACV, (), day) == barred(ACV, nominated, day) == []
    refused = (*nominated, Event("refuse", date(2026, 2, 2), "A warehouse"))
    assert barred(ACV, refused, day) == []
    assert barred(ACV, LISTED, day) == ["sell"]
    assert barred(ACV, (*SALE, Event("sell", date(2026, 10, 13))), date(2026, 10, 14)) == []
    assert barred(ACV, LISTED, date(2031, 2, 2)) == []
    assert barred(procedure("acv-2026"), (), day, commenced=date(2026, 1, 1)) == []
    with pytest.raises(BadInput) as fault:
        follow(ACV, (*nominated, Event("sell", day)), day)
    assert "95(1)" not in str(fault.value)


def test_a_council_that_has_decided_is_not_told_that_it_may_not_decide_yet():
    rules, decided = procedure("consultation"), Event("decide", date(2026, 3, 3), "Kept")
    published = Event("publish", date(2026, 1, 5))
    assert barred(rules, (published,), date(2026, 2, 1)) == ["decide"]
    assert barred(rules, (published, decided), date(2026, 3, 4)) == []


@pytest.mark.slow
@settings(max_examples=60)
@given(st.randoms(use_true_random=False), st.integers(0, 900))
def test_the_order_in_which_events_are_told_changes_nothing(random, later):
    events = [*SALE, Event("ask-to-bid", date(2026, 9, 20))]
    shuffled = random.sample(events, len(events))
    on = date(2026, 9, 20) + later * DAY
    assert follow(ACV, shuffled, on) == follow(ACV, events, on)


@settings(max_examples=60)
@given(st.dates(date(2013, 6, 1), date(2060, 1, 1)), st.integers(0, 60), st.booleans())
def test_the_sale_agrees_with_a_twin_that_reads_section_95_straight(notice, wait, asks):
    events = [
        Event("nominate", notice - 200 * DAY),
        Event("list", notice - 150 * DAY),
        Event("notice-of-sale", notice),
    ]
    interim = last_day(notice, Length(6, "weeks", "beginning-with"))
    if asks and notice + wait * DAY <= interim:
        events.append(Event("ask-to-bid", notice + wait * DAY))
        pause = last_day(notice, Length(6, "months", "beginning-with"))
    else:
        pause = interim
    protected = last_day(notice, Length(18, "months", "beginning-with"))
    for day in (notice + wait * DAY, pause, pause + DAY, protected, protected + DAY):
        if day < events[-1].day:
            continue
        free = pause < day <= protected
        case = follow(ACV, events, day)
        assert ("sell" in {one.event for one in case.may}) == free


@pytest.mark.parametrize("rules", procedures(), ids=lambda rules: rules.id)
def test_every_event_can_be_reached_and_every_provision_is_named(rules):
    reached = set(rules.tracks.items())
    for _ in rules.events:
        for kind in rules.events:
            if any((kind.track, state) in reached for state in kind.start):
                reached |= {(kind.track, kind.to), *kind.sets.items(), *kind.resets.items()}
        for period in rules.periods:
            if all(
                any((track, state) in reached for state in states) for track, states in period.needs.items()
            ):
                reached |= set(period.at_end.items())
    unreached = [k.id for k in rules.events if not any((k.track, state) in reached for state in k.start)]
    assert unreached == []
    assert all(one.provision.strip() for one in (*rules.events, *rules.periods))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('track = "request"\nfrom = ["none"]', 'track = "matter"\nfrom = ["none"]'), "does not have"),
        (('opens = ["request"]', 'opens = ["ask"]'), "does not have"),
        (('unit = "working-days-anywhere"', 'unit = "moons"'), "no such unit"),
        (("from = 2005-01-01", ""), "needs the day it began"),
        (('id = "answer"', "id = "), "not a procedure that we can read"),
        (('instrument = "Freedom of Information Act 2000"', ""), "not a procedure that we can read"),
    ],
)
def test_a_procedure_that_is_not_whole_is_refused_with_what_is_wrong(change, said):
    from importlib.resources import files

    text = (
        files("fairground.wealth.property")
        .joinpath("procedures", "information-request.toml")
        .read_text("utf-8")
    )
    assert change[0] in text
    with pytest.raises(BadInput, match=said):
        read(text.replace(*change, 1), "mine.toml")

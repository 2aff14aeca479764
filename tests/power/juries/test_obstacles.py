"""Why somebody can be on no jury: targets that none with them meets, tried against every jury."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.power.juries import Pool, Quotas, Target, Volunteer, obstacles
from tests.power.juries.pools import every_jury, tiny

TWO = (Target("age", "old", 1, 2), Target("age", "young", 0, 2))


def _with(pool, quotas, at):
    return [jury for jury in every_jury(pool, quotas) if at in jury]


def _only(quotas, kept):
    """Return quotas in which only these targets ask for anything."""
    free = (t if t in kept else Target(t.feature, t.value, 0, quotas.size) for t in quotas.targets)
    return Quotas(quotas.size, tuple(free))


@settings(max_examples=50)
@given(st.integers(0, 5000))
def test_whoever_is_named_is_on_no_jury_and_every_target_named_is_needed_for_that(seed):
    made = tiny(seed)
    if made is None or not every_jury(*made):
        return
    pool, quotas = made
    ids = [person.id for person in pool.volunteers]
    found = obstacles(pool, quotas, ids)
    named = {id for who in found.values() for id in who}
    assert named == {id for at, id in enumerate(ids) if not _with(pool, quotas, at)}
    for clash, who in found.items():
        for at in map(ids.index, who):
            assert not _with(pool, _only(quotas, clash), at)
            for one in clash:
                assert _with(pool, _only(quotas, [t for t in clash if t != one]), at)


def test_whoever_lives_with_the_only_old_person_is_told_that_an_old_person_is_needed():
    people = (
        Volunteer("a", ("old",), "mill"),
        Volunteer("b", ("young",), "mill"),
        Volunteer("c", ("young",)),
    )
    assert obstacles(Pool(("age",), people), Quotas(2, TWO), "abc") == {(TWO[0],): ("b",)}


def test_whoever_lives_with_somebody_who_must_be_on_it_clashes_with_no_target():
    people = (Volunteer("a", ("old",), "mill", certain=True), Volunteer("b", ("young",), "mill"))
    pool = Pool(("age",), (*people, Volunteer("c", ("young",))))
    assert obstacles(pool, Quotas(2, TWO), "abc") == {(): ("b",)}

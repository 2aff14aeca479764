"""A test that PostgreSQL is spared asks nothing that tests before it do not ask of it."""

import pytest
from django.db import connection

from tests.web import asked


def left(notes, always=(), times=1):
    return set(notes) - asked.needless(
        {test: set(things) for test, things in notes.items()}, set(always), times
    )


def test_a_test_is_run_for_one_thing_that_no_other_asks():
    assert left({"a": "xyz", "b": "xy", "c": "yw", "d": ""}) == {"a", "c"}


def test_each_thing_is_asked_as_often_as_wanted_where_it_is_asked_so_often():
    assert left({"a": "xy", "b": "x", "c": "x", "d": "y"}, times=2) >= {"a", "d"}
    assert len(left({"a": "x", "b": "x", "c": "x"}, times=2)) == 2


def test_what_always_runs_counts_for_the_others():
    assert left({"a": "x", "b": "xy", "c": "y"}, always=["b"]) == {"b"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["few"], [None]),
        (["few"], ["f" * 300]),
        (["few"], ["few\0"]),
        ([1], [2**40]),
        ([1.0], [float("nan")]),
        ([b"1"], ["1"]),
        ([None, 1], [1, None]),
    ],
)
def test_values_of_another_kind_are_another_question(one, other):
    assert asked.kinds(one) != asked.kinds(other)


def test_longer_lists_and_other_savepoints_are_the_same_question():
    assert asked.plain("x IN (%s, %s, %s)") == asked.plain("x IN (%s)")
    assert asked.plain("VALUES (%s, %s), (%s, %s)") == asked.plain("VALUES (%s, %s)")
    assert asked.kinds(["a", "b"]) == asked.kinds(["c"])
    assert asked.plain('SAVEPOINT "s140_x2"') == asked.plain('SAVEPOINT "s140_x17"')


def test_notes_tell_statements_places_and_whether_several_rows_came(make_user):
    from fairground.web.accounts.models import User

    notes = asked.Notes()
    people = User.objects.order_by("email")
    with connection.execute_wrapper(notes):
        for test, names in {"none": (), "one": ("ann",), "two": ("ben",)}.items():
            notes.begin("making")
            for name in names:
                make_user(name)
            notes.begin(test)
            notes.several([list(people.all())])
    assert len(notes.asked["none"]) == 1
    assert notes.asked["none"] == notes.asked["one"] < notes.asked["two"]


def test_notes_tell_who_was_refused_something_and_are_read_again(db, tmp_path):
    from django.db import DatabaseError, transaction

    notes = asked.Notes()
    with connection.execute_wrapper(notes):
        notes.begin("bad")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT nothing_of_this_name")
    notes.write(tmp_path / "notes", "gw0")
    told, refused = asked.read(tmp_path / "notes")
    assert refused == {"bad"}
    assert told == notes.asked


def test_without_notes_nothing_is_left_out_in_silence(tmp_path):
    with pytest.raises(LookupError, match="run the tests on SQLite first"):
        asked.read(tmp_path)

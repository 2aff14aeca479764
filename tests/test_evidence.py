"""An answer travels whole and carries its working."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.evidence import Answer, Dataset, Method, Quality, Source, Step, merged, plain, restored

SOURCE = Source("s", "Title", "Publisher", "2026", "OGL v3", "https://example.org", "2026-01-01")
METHOD = Method("m", "Method", "A paper, p. 3")

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.fractions()
    | st.decimals(allow_nan=False)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
)
keys = st.text(max_size=8).filter(lambda key: not key.startswith("$"))
values = st.recursive(
    leaves, lambda inner: st.lists(inner).map(tuple) | st.dictionaries(keys, inner), max_leaves=12
)


@given(values, st.dictionaries(keys, values, max_size=4))
def test_an_answer_comes_back_from_json_as_it_was(value, facts):
    answer = Answer(value, METHOD, (Step("a.b", facts),), (SOURCE,))
    back = Answer.from_json(answer.to_json())
    assert back == answer
    assert back.to_json() == answer.to_json()


@given(st.floats())
def test_a_float_comes_back_to_the_last_bit(number):
    assert repr(restored(json.loads(json.dumps(plain(number))))) == repr(number)


def test_exact_numbers_stay_exact():
    facts = {"third": Fraction(1, 3), "price": Decimal("1.10"), "day": date(2026, 11, 24)}
    assert restored(json.loads(json.dumps(plain(facts)))) == facts
    assert str(restored(plain(Decimal("1.10")))) == "1.10"
    now = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    assert restored(plain(now)) == now


def test_an_answer_without_a_source_cannot_be_made():
    with pytest.raises(BadInput, match="at least one source"):
        Answer(1, METHOD, (), ())


def test_facts_of_a_step_cannot_be_changed():
    step = Step("a.b", {"n": 1})
    with pytest.raises(TypeError):
        step.facts["n"] = 2


@dataclass(frozen=True)
class Stranger:
    n: int


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "{}",
        '{"$type": "os.system", "n": 1}',
        '{"$type": "fairground.evidence.plain", "value": 1}',
        '{"$type": "fairground.nowhere.Thing"}',
        '{"$type": "fairground.evidence.Answer", "value": 1}',
        '{"$fraction": "1/0"}',
        "[1, 2]",
    ],
)
def test_json_that_is_not_an_answer_of_ours_is_refused(text):
    with pytest.raises(BadInput):
        Answer.from_json(text)


def test_a_record_of_another_program_is_not_read_back():
    with pytest.raises(BadInput, match="Only records of Fairground"):
        restored(plain(Stranger(1)))


def test_an_answer_refuses_what_it_could_not_give_back():
    with pytest.raises(BadInput, match="plain Python values"):
        plain({1, 2})
    with pytest.raises(BadInput, match="key"):
        plain({"$type": 1})


def test_columns_of_a_dataset_are_equally_long():
    with pytest.raises(BadInput, match="equally long"):
        Dataset({"a": [1], "b": [1, 2]}, SOURCE, Quality(2, 2))


def test_merged_sources_appear_once_in_order():
    other = Source("t", "Other", "P", "1", "OGL v3", "https://example.org/2")
    assert merged((SOURCE, other), (SOURCE,)) == (SOURCE, other)

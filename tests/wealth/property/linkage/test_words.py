import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.wealth.property.linkage.words import kinds, postcode_parts, said, slips, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Mary's Comm. Ctr", "Saint Marys Community Centre"),
        ("12 High St", "12, HIGH STREET"),
        ("Rec Gnd, Mill Ln", "Recreation Ground; Mill Lane"),
        ("Queens Gdns & Park Rd", "Queen's Gardens and Park Road"),
        ("Café, N Parade", "Cafe North Parade"),
    ],
)
def test_two_ways_of_writing_are_the_same_words(one, other):
    assert words(one) == words(other)


def test_a_street_at_the_end_of_a_part_is_no_saint():
    assert words("St John St, Hastings") == ("saint", "john", "street", "hasting")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Car Park at Mill Lane Library", ("library", "parking")),
        ("Land at Park Road", ()),
        ("the old rec, Church Hill", ("recreation",)),
        ("Alexandra Gardens", ("park",)),
        ("Library, Alexandra Gardens", ("library",)),
        ("Public Conveniences", ("toilets",)),
        ("Comm Ctr WC", ("centre", "toilets")),
    ],
)
def test_a_name_tells_the_kinds_of_an_asset(text, expected):
    assert kinds(said(text).kinds) == expected


def test_numbers_are_told_apart_from_words():
    assert said("Unit 2b, 14 High Road").numbers == ("2b", "14")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("tn343ab", ("TN", "TN34", "TN34 3", "TN34 3AB")),
        ("TN34 3", ("TN", "TN34", "TN34 3", "")),
        ("EC1A", ("EC", "EC1A", "", "")),
        ("M1 1AE", ("M", "M1", "M1 1", "M1 1AE")),
        ("not known", ("", "", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_a_postcode_has_as_many_parts_as_are_given(text, parts):
    assert postcode_parts(text) == parts


def test_a_slip_is_mended_only_towards_a_known_word():
    assert slips(["libary", "hlal", "halll", "hull", "parc", "library"]) == {
        "libary": "library",
        "hlal": "hall",
        "halll": "hall",
    }


@given(st.text(max_size=60))
def test_any_text_has_words_and_reading_them_again_changes_nothing(text):
    once = words(text)
    assert all(word.isascii() and word == word.casefold() for word in once)
    assert set(said(text).words) <= set(once)
    assert words(text.upper()) == words(text.upper().swapcase()) or not text.isascii()

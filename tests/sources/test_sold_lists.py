"""What a council answered: layouts, odd cells, codes of completeness, and no person's name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import DataProblem
from fairground.sources import sold_lists
from tests.workbooks import ods, xlsx

HEAD = "Property Name,Address,Post code,UPRN,Date of sale,Method of disposal,Sale price (£),Purchaser\n"


def read(lines, head=HEAD, **how):
    return sold_lists.read((head + lines).encode(), "answer.csv", **how)


def test_each_column_is_known_by_its_usual_names():
    found = read(
        'Old Baths,1 High St,ts10 1aa,100000000101,01/05/2015,Auction,"£250,000",Potteries Homes Ltd\n'
    )
    (one,) = found.assets
    assert (one.asset, one.address, one.postcode, one.uprn) == (
        "Old Baths",
        "1 High St",
        "TS10 1AA",
        "100000000101",
    )
    assert (one.date, one.financial_year, one.way, one.price) == (
        "2015-05-01",
        "2015/16",
        "Auction",
        "250000",
    )
    assert (one.buyer_kind, one.buyer) == ("organisation", "Potteries Homes Ltd")
    assert found.code == "full"


@pytest.mark.parametrize("write", [xlsx, ods], ids=["xlsx", "ods"])
def test_a_spreadsheet_with_titles_above_its_headings_is_read(write):
    rows = [
        ["Disposals"],
        [],
        HEAD.strip().split(","),
        ["Hall", "2 Low St", "TS1", "7", "2016-17", "CAT", "nil", "Hall CIC"],
    ]
    (one,) = sold_lists.read(write({"Notes": [["x"]], "Data": rows}), "answer.bin").assets
    assert (one.financial_year, one.date, one.price, one.buyer_kind) == ("2016/17", "", "0", "community")


@pytest.mark.parametrize(
    "buyer",
    [
        "J Brown",
        "Mrs Ann Lee",
        "Mr Smith t/a Smith Homes Ltd",
        "The Lee Family Trust",
        "Ann Church",
        "Executors of P Hall",
    ],
)
def test_the_name_of_a_buyer_who_may_be_a_person_is_never_kept(buyer):
    (one,) = read(f"Lodge,1 High St,TS1 1AA,7,01/05/2015,Sale,9,{buyer}\n").assets
    assert one.buyer == ""
    assert one.buyer_kind == "person or not told"


def test_names_addresses_and_numbers_of_people_are_struck_out_of_every_cell():
    found = read(
        "Sold to Mr John Smith,Lodge: ann@home.example or 01642 123456,TS1 1AA,7,01/05/2015,Sale,9,\n"
    )
    (one,) = found.assets
    told = " ".join(map(str, (one.asset, one.address)))
    assert not any(word in told for word in ("Smith", "ann@", "123456"))
    assert sum(found.struck.values()) == 3


def test_a_long_cell_is_searched_for_addresses_once():
    (one,) = read(f"{'x' * 100_000},a@@bob@example.org,,,2015,,,\n").assets
    assert (one.asset[:2], one.address) == ("xx", "a@@[left out]")


@settings(max_examples=40)
@given(st.from_regex(r"[A-Z][a-z]{2,8} [A-Z][a-z]{2,9}", fullmatch=True))
def test_two_plain_words_are_never_published_as_a_buyer(name):
    assert read(f"Lodge,1 High St,TS1 1AA,7,01/05/2015,Sale,9,{name}\n").assets[0].buyer in ("", name)
    if not sold_lists.ORGANISED.search(name):
        assert read(f"Lodge,1 High St,TS1 1AA,7,01/05/2015,Sale,9,{name}\n").assets[0].buyer == ""


def test_a_cell_that_cannot_be_is_left_empty_and_listed():
    found = read("Yard,5 Low St,bad,x1,never,Sale,lots,\n")
    assert [(f.row, f.field, f.value) for f in found.faults] == [
        (2, "date", "never"), (2, "postcode", "bad"), (2, "uprn", "x1"), (2, "price", "lots"),
    ]  # fmt: skip
    (one,) = found.assets
    assert (one.date, one.postcode, one.uprn, one.price) == ("", "", "", "")


def test_totals_other_years_and_rows_about_nothing_are_left_out_and_counted():
    lines = "Total,,,,,,900,\nHall,1 St,TS1 1AA,7,01/05/2009,Sale,9,\n,,,,01/05/2015,Sale,9,\n"
    lines += "Barn,2 St,TS1 1AA,8,31/03/2011,Sale,9,\n"
    found = read(lines, first="2010/11", last="2015/16")
    assert [one.asset for one in found.assets] == ["Barn"]
    assert sum(found.dropped.values()) == 3
    assert found.read == 4


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("A,1 St,TS1 1AA,,01/05/2015,,9,\n", "full"),
        ("A,1 St,TS1 1AA,,01/05/2015,,withheld,\n", "partial-no-price"),
        ("A,1 St,,,01/05/2015,,9,\n", "partial-no-place"),
        ("A,1 St,,,2015/16,,,\n", "partial-neither"),
        ("A,1 St,TS1 1AA,7,,,9,\n", "poor"),
        ("", "poor"),
    ],
    ids=["full", "no price", "no place", "neither", "no dates", "nothing"],
)
def test_how_complete_an_answer_is_has_a_code(lines, code):
    assert read(lines).code == code


def test_an_answer_far_too_wide_is_refused_at_once():
    with pytest.raises(DataProblem, match="too wide"):
        read("", HEAD.strip() + ",a" * 100_000 + "\n")


def test_what_is_no_answer_is_refused():
    with pytest.raises(DataProblem, match="headings that we know"):
        sold_lists.read(b"Dear asker,\nno\n", "letter.csv")
    with pytest.raises(DataProblem, match="empty or too large"):
        sold_lists.read(b" ", "none.csv")


def test_other_encodings_and_separators_are_read():
    text = "Asset;Date;Price\nCafé;01/05/2015;£5\n"
    for code in ("utf-16", "cp1252", "utf-8-sig"):
        (one,) = sold_lists.read(text.encode(code), "a.csv").assets
        assert (one.asset, one.price) == ("Café", "5")

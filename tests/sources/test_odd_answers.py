"""Answers of councils in odd words and shapes: each cell is read rightly, or named with what is allowed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import DataProblem
from fairground.sources import sold_cells, sold_lists
from tests.workbooks import xlsx

ASKED = (  # the points of the request that reporters sent to 353 councils in 2018, kept as headings
    'Name of the asset,"What type of asset is it - building, land or heritage?",Address (if applicable),'
    "Postcode (if applicable),UPRN (if possible),The date it was disposed of,"
    '"The type of disposal (for example sale, community asset transfer, etc)",'
    "The valuation of the asset at the point it was an asset held for sale,"
    'How much it was sold for? (if applicable),Who it was sold to?,"How it was disposed of (auction, etc)"\n'
)


def read(text, name="answer.csv", **how):
    return sold_lists.read(text if isinstance(text, bytes) else text.encode(), name, **how)


def test_the_points_of_a_request_kept_as_headings_are_known():
    what, when = "Old Library,building,Mill Lane,TS10 1AA,100060001234", "31/03/2019,sale,£100k,£0.12m"
    found = read(f"{ASKED}{what},{when},ABC Homes Ltd,auction\n")
    (one,) = found.assets
    assert (one.asset, one.kind, one.address, one.uprn) == (
        "Old Library", "building", "Mill Lane", "100060001234",
    )  # fmt: skip
    assert (one.date, one.way, one.valuation, one.price, one.buyer) == (
        "2019-03-31", "sale", "100000", "120000", "ABC Homes Ltd",
    )  # fmt: skip
    assert (found.code, found.faults) == ("full", [])


@pytest.mark.parametrize(
    ("cell", "day", "year"),
    [
        ("43555", "2019-03-31", "2018/19"),
        ("1st April 2019", "2019-04-01", "2019/20"),
        ("31.3.19", "2019-03-31", "2018/19"),
        ("2019-03-31 00:00:00", "2019-03-31", "2018/19"),
        ("March 2019", "", "2018/19"),
        ("Apr-19", "", "2019/20"),
        ("04/2019", "", "2019/20"),
        ("Q3 2018/19", "", "2018/19"),
        ("FY 2018-2019", "", "2018/19"),
        ("not held", "", ""),
    ],
)
def test_days_months_quarters_and_years_give_their_financial_year(cell, day, year):
    assert sold_cells.day(cell) == sold_cells.Day(day, year)


@pytest.mark.parametrize("cell", ["2018", "2018/20", "31/02/2019", "sometime", "99999"])
def test_a_day_that_cannot_be_told_is_wrong(cell):
    assert sold_cells.day(cell).wrong


@given(st.dates(date(1980, 1, 1), date(2099, 12, 31)))
def test_a_day_has_one_financial_year_however_it_is_written(day):
    number = str((day - date(1899, 12, 30)).days)
    told = {sold_cells.day(text) for text in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d %B %Y}", number)}
    (one,) = told
    start = int(one.financial_year[:4])
    assert date(start, 4, 1) <= day <= date(start + 1, 3, 31)
    assert one.day == day.isoformat()
    assert sold_cells.day(f"{day:%B %Y}").financial_year == one.financial_year


@pytest.mark.parametrize(
    ("cell", "pounds"),
    [
        ("£1.2m", "1200000"),
        ("£750k", "750000"),
        ("1.2 million", "1200000"),
        ("GBP 5,000.50", "5000.50"),
        ("£1", "1"),
        ("Nil consideration", "0"),
        ("Peppercorn", "0"),
        ("Exempt under s.43", ""),
        ("Commercially sensitive", ""),
        ("see attached", ""),
        ("Not held", ""),
        ("N/A", ""),
        ("<5", None),
        ("approx £50,000", None),
        ("(500)", None),
        ("-500", None),
        ("£100k-£200k", None),
        ("1,23", None),
        ("£45.000", None),  # forty-five thousand, as it is written abroad, or forty-five pounds?
        ("GBP 1.250", None),
        ("£1.250m", "1250000"),
        ("£999999999999", None),
    ],
)
def test_amounts_in_the_words_of_councils_are_read_or_refused(cell, pounds):
    assert sold_cells.pounds(cell) == pounds


@given(st.integers(0, 99_999_999))
def test_an_amount_in_thousands_is_a_thousand_times_the_same_amount(number):
    assert sold_cells.pounds(f"{number:,}", thousands=True) == sold_cells.pounds(f"£{number:,}k")
    assert sold_cells.pounds(f"{number:,}", thousands=True) == str(number * 1000)


def test_each_odd_cell_is_named_with_its_row_value_and_what_is_allowed():
    found = read("Asset,Date,Price\nPier,2018,<5\nHall,2018-19,approx £50k\nPool,Q1 2019/20,withheld\n")
    assert [(f.row, f.field, f.value) for f in found.faults] == [
        (2, "date", "2018"), (2, "price", "<5"), (3, "price", "approx £50k"),
    ]  # fmt: skip
    assert all(fault.allowed for fault in found.faults)
    assert [one.financial_year for one in found.assets] == ["", "2018/19", "2019/20"]


@pytest.mark.parametrize("words", ["No assets were sold", "Nil return", "None", "There were no disposals."])
def test_an_answer_that_nothing_was_sold_is_a_whole_answer_of_none(words):
    found = read(f"Asset,Address,Date sold,Sale price\n{words},,,\n")
    assert (found.assets, found.code) == ((), "full")


def test_a_place_that_is_called_none_is_still_an_asset():
    (one,) = read("Asset,Address,Date,Price\nNo 5 Buildings,High St,2018/19,5\n").assets
    assert one.asset == "No 5 Buildings"


def test_sheets_of_each_year_are_one_answer_and_a_sheet_that_repeats_is_not_counted_twice():
    heads = ["Asset", "Date", "Price"]
    first = [heads, ["Hall", "2017/18", "5"], ["Pool", "2017/18", "6"]]
    second = [["Sales"], heads, ["Pier", "2018/19", "7"]]
    book = {"2017-18": first, "2018-19": second, "All": [*first, *second[2:]], "Notes": [["none"]]}
    found = read(xlsx(book, hidden=("All",)))
    assert [one.asset for one in found.assets] == ["Hall", "Pool", "Pier"]
    assert [one.asset for one in read(xlsx(book)).assets] == ["Hall", "Pool", "Pier"]


def test_headings_again_totals_and_thousands_below_a_title_with_another_separator_are_read():
    text = (
        "Request 123, of 2019\n\nProperty address;Sale date;Sale price (£000)\n1 High St;01/05/2018;120\n"
        "Property address;Sale date;Sale price (£000)\n2 High St;May-18;0.5\nTotal;;120.5\n"
    )
    found = read(text)
    assert [(one.address, one.price) for one in found.assets] == [
        ("1 High St", "120000"),
        ("2 High St", "500"),
    ]
    assert sum(found.dropped.values()) == 2


def test_a_year_in_its_own_column_counts_where_the_day_is_not_told_and_is_named_where_it_is_wrong():
    found = read("Asset,Date,Financial year,Price\nHall,,2018/19,5\nPool,n/a,18/19,5\n")
    assert [one.financial_year for one in found.assets] == ["2018/19", ""]
    assert [(f.row, f.field, f.value) for f in found.faults] == [(3, "year", "18/19")]


def test_utf_16_without_its_mark_is_read():
    (one,) = read("Asset\tDate\tPrice\nCafé\t1/5/18\t£5,000\n".encode("utf-16-le")).assets
    assert (one.asset, one.price) == ("Café", "5000")


def test_a_letter_and_a_table_of_numbers_only_are_refused_with_what_to_do_instead():
    for text in ("The council does not hold this.\n", "Number sold,Receipts in all\n12,£1.2m\n<5,n/a\n"):
        with pytest.raises(DataProblem, match="the number beside the council"):
            read(text)


@given(st.text(max_size=30))
def test_no_cell_breaks_the_reading(cell):
    sold_cells.day(cell)
    told = sold_cells.pounds(cell)
    assert told is None or told == "" or float(told) >= 0


def test_an_answer_under_the_words_of_the_request_is_read_with_the_postcodes_of_its_addresses():
    heads = "The address of the land/property,A description of the asset,The sale price,Buyer,The sale date"
    text = f'{heads}\n"Land at Low Road, Ashby, ZZ1 1JH",Depot,£1,Ashby Homes Ltd,31/03/2021\n'
    text += 'Plot 7,Garage,£2,Withheld,1 April 2021\n"1 High St ZZ1 2AB, Ashby",Shop,£3,Withheld,May 2021\n'
    first, second, third = read(text).assets
    assert (first.asset, first.address, first.price) == ("Depot", "Land at Low Road, Ashby, ZZ1 1JH", "1")
    assert (first.postcode, first.date, first.buyer) == ("ZZ1 1JH", "2021-03-31", "Ashby Homes Ltd")
    assert [one.postcode for one in (second, third)] == ["", ""]


@pytest.mark.parametrize(
    "words", ["No disposals", "None", "Nil return", "No assets sold", "Total", "Sub-total:"]
)
def test_a_year_without_a_sale_and_a_total_beside_a_year_are_no_asset(words):
    found = read(f"Financial Year,Site,Receipt (£000)\n2018/19,Guild Hall,45\n2021/22,{words},45\n")
    assert [one.asset for one in found.assets] == ["Guild Hall"]
    assert sum(found.dropped.values()) == 1


@pytest.mark.parametrize("name", ["Total Fitness", "None Such House", "No 10 Disposals Yard"])
def test_an_asset_that_is_called_like_a_total_or_like_nothing_is_still_one_beside_a_year(name):
    found = read(f"Financial Year,Site,Receipt (£000)\n2018/19,{name},45\n")
    assert [one.asset for one in found.assets] == [name]

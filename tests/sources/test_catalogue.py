"""The register of sources: what is bundled is used, what is not can be had, and each entry is whole."""

import pytest

from fairground import tables
from fairground.errors import NotFound
from fairground.sources import catalogue
from fairground.sources.readers import READERS

TABLES = ("figures", "oecd_2019", "places", "populations", "spending", "successions", "bodies", "names")


@pytest.mark.parametrize("source", catalogue.sources(), ids=lambda source: source.id)
def test_each_source_says_who_which_and_under_what_licence(source):
    assert all((source.title, source.publisher, source.edition, source.licence, source.released))
    assert source.url.startswith("https://")


def test_no_bundled_table_rests_on_a_source_that_is_not_bundled():
    used = {row["source"] for name in TABLES for row in tables.rows(name) if row["source"]}
    assert [id for id in used if not catalogue.bundled(id)] == []


@pytest.mark.parametrize("file", catalogue.files(), ids=lambda file: file.id)
def test_each_file_says_where_to_get_it_what_is_in_it_and_what_is_known_to_be_wrong(file):
    assert file.reader in READERS
    assert file.columns
    assert file.faults
    assert file.good_for
    assert file.page.startswith("https://")
    assert file.address == "" or file.address.startswith("https://")
    assert file.sha256 == "" or len(bytes.fromhex(file.sha256)) == 32
    assert "/" not in file.name


def test_every_kind_of_file_of_the_brief_can_be_read():
    assert {file.reader for file in catalogue.files()} == set(READERS)


def test_an_unknown_source_is_refused_with_what_is_near():
    with pytest.raises(NotFound, match="ons-gdhi-2025-09"):
        catalogue.file("ons-gdhi")


def test_a_source_without_a_file_says_which_have_one():
    with pytest.raises(NotFound, match="hmt-cra"):
        catalogue.file("ippr-parallel-lives-2023")

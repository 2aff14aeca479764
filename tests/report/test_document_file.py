"""A document is a whole OpenDocument package, whatever the words; what is written is read back."""

import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.report.document_file import KINDS, MIME, as_odt

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DAY = date(2026, 11, 30)


def opened(data):
    package = zipfile.ZipFile(io.BytesIO(data))
    assert package.testzip() is None
    return package


def words(data):
    """Return the words of each paragraph and heading, as a reader has them."""
    root = ElementTree.fromstring(opened(data).read("content.xml"))
    return [_words(one) for one in root.iter() if one.tag in (f"{TEXT}p", f"{TEXT}h")]


def _words(node):
    found = node.text or ""
    for child in node:
        kept = {f"{TEXT}line-break": "\n", f"{TEXT}s": " " * int(child.get(f"{TEXT}c", 0))}
        found += kept[child.tag] + (child.tail or "")
    return found


def test_the_package_begins_with_its_kind_stored_as_it_is_and_lists_every_member():
    data = as_odt([("heading", "Hello")], title="Hello", written=DAY)
    first = opened(data).infolist()[0]
    assert (first.filename, first.compress_type, data[38 : 38 + len(MIME)]) == ("mimetype", 0, MIME.encode())
    listed = opened(data).read("META-INF/manifest.xml").decode()
    for name in set(opened(data).namelist()) - {"mimetype", "META-INF/manifest.xml"}:
        assert f'"{name}"' in listed
        ElementTree.fromstring(opened(data).read(name))


def test_neighbouring_bullets_are_one_list():
    blocks = [("text", "These:"), ("bullet", "one"), ("bullet", "two"), ("text", "and"), ("bullet", "three")]
    root = ElementTree.fromstring(opened(as_odt(blocks, title="x", written=DAY)).read("content.xml"))
    assert [len(one) for one in root.iter(f"{TEXT}list")] == [2, 1]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(KINDS),
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])),
        )
    )
)
def test_what_is_written_is_read_back_whatever_it_is(blocks):
    data = as_odt(blocks, title="<&>", written=DAY)
    kept = [text.replace("\ufffe", "").replace("\uffff", "") for _, text in blocks]
    assert words(data) == kept
    assert as_odt(blocks, title="<&>", written=DAY) == data


def test_letters_that_xml_cannot_hold_are_left_out_and_lines_stay():
    assert words(as_odt([("text", "a\0b\x07\nc")], title="x", written=DAY)) == ["ab\nc"]
    with pytest.raises(ValueError, match="no block of the kind 'table'"):
        as_odt([("table", "a")], title="x", written=DAY)

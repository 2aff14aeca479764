"""Files: known by their content, refused where a browser or an office program would run them."""

import pytest

from fairground.errors import BadInput
from fairground.web.power.sittings import seats
from fairground.web.power.sittings.documents import MOST_BYTES, ODT, kind_of, read
from tests.web.power.sittings.conftest import PDF, package, sent

WORD = ("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PDF, "pdf"), (package(ODT), "odt"), (package(None, *WORD), "docx"), (b"Plain words\n", "txt")],
    ids=["pdf", "odt", "docx", "txt"],
)
def test_a_file_is_known_by_its_content(content, kind):
    assert kind_of(content) == kind
    assert read(sent(content, "anything.exe")).kind == kind


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "kind"),
        (b"MZ\x90\x00\x03", "kind"),
        (b"%PDF-1.4 and no end", "not whole"),
        (b"PK\x03\x04 and no end", "not whole"),
        (package(b"application/epub+zip"), "kind"),
        (package(None, *WORD, "word/vbaProject.bin"), "macros"),
        (package(ODT, "Basic/script.xml"), "macros"),
        (b"\xff\xd8\xff\xe0 no picture", "not whole|no photograph"),
        (b"GIF89a\x01\x00", "kind"),
    ],
    ids=["empty", "program", "cut-pdf", "cut-zip", "epub", "word-macro", "odf-macro", "cut-jpeg", "gif"],
)
def test_anything_else_is_refused_in_words(content, why):
    with pytest.raises(BadInput, match=why):
        read(sent(content))


def test_markup_is_kept_as_plain_text_and_never_as_a_page():
    assert read(sent(b"<html><script>alert(1)</script>", "page.html")).kind == "txt"


def test_two_hundred_megabytes_are_refused_unread():
    class Huge:
        size = 200 * 1024 * 1024

        def read(self, *_):
            raise AssertionError("it was read")

    with pytest.raises(BadInput, match="200 MB"):
        read(Huge())
    liar = sent(b"%PDF-" + b"x" * MOST_BYTES)
    liar.size = 10
    with pytest.raises(BadInput, match="too large"):
        read(liar)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", ()), ("1-3, 5", (1, 2, 3, 5)), ("5 , 1 – 3", (1, 2, 3, 5)), ("2 2;2", (2,)), ("7 8 9", (7, 8, 9))],
)
def test_seats_are_read_as_people_write_them(typed, found):
    assert seats.read(typed, most=24) == found


def test_seats_that_are_written_are_read_again():
    import itertools

    for many in itertools.chain.from_iterable(itertools.combinations(range(1, 9), n) for n in range(9)):
        assert seats.read(seats.write(many), most=8) == many

"""Files: known by their content, refused where a browser or an office program would run them."""

import pytest

from fairground.errors import BadInput
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

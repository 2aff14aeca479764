"""A photograph keeps its picture and loses what it tells beside it; whatever is no photograph is refused."""

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.web.power.budgeting.photographs import KINDS, MOST_BYTES, cleaned

PLACE = b"GPSLatitude 54.6195"


def segment(marker, body):
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(turn):
    return b"Exif\0\0II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, turn, 0, 0) + PLACE


def jpeg(turn=6):
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    parts = (
        segment(0xE0, b"JFIF\0")
        + segment(0xE1, exif(turn))
        + segment(0xE1, b"http://ns.adobe.com/xap" + PLACE)
    )
    return b"\xff\xd8" + parts + segment(0xFE, PLACE) + segment(0xDB, b"\0" * 65) + scan + b"\xff\xd9" + PLACE


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png():
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"tEXt", PLACE) + chunk(b"eXIf", PLACE)
    return (
        b"\x89PNG\r\n\x1a\n"
        + parts
        + chunk(b"IDAT", zlib.compress(b"\0\1\2\3"))
        + chunk(b"IEND", b"")
        + PLACE
    )


def webp():
    def part(name, body):
        return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    whole = (
        b"WEBP"
        + part(b"VP8X", bytes([0x2C]) + b"\0" * 9)
        + part(b"VP8L", b"\x2f\0\0\0\0")
        + part(b"EXIF", PLACE)
    )
    return b"RIFF" + struct.pack("<I", len(whole)) + whole + PLACE


EACH = pytest.mark.parametrize(("make", "kind"), [(jpeg, "jpg"), (png, "png"), (webp, "webp")])


@EACH
def test_what_a_photograph_tells_beside_its_picture_is_taken_out(make, kind):
    content, found = cleaned(make())
    assert found == kind
    assert PLACE not in content
    assert len(content) > 30


@EACH
def test_cleaning_twice_is_cleaning_once(make, kind):
    once, _ = cleaned(make())
    assert cleaned(once) == (once, kind)


def test_which_way_is_up_stays_in_a_jpeg_and_nothing_else_of_its_hidden_words():
    content, _ = cleaned(jpeg(turn=6))
    assert content.count(b"Exif") == 1
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in content
    assert b"Exif" not in cleaned(jpeg(turn=1))[0]


def test_the_flags_of_a_webp_promise_nothing_that_was_taken_out():
    content, _ = cleaned(webp())
    assert content[20] == 0
    assert struct.unpack_from("<I", content, 4)[0] == len(content) - 8


@EACH
def test_a_photograph_that_was_cut_short_is_refused_in_words(make, kind):
    whole = make().removesuffix(PLACE)
    for end in range(12, len(whole) - 1):
        with pytest.raises(BadInput):
            cleaned(whole[:end])


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x50\0\0\0WEBP"]),
)
def test_no_bytes_at_all_bring_the_parser_down(rest, start):
    with suppress(BadInput):
        content, kind = cleaned(start + rest)
        assert kind in KINDS
        assert content


def test_a_page_or_a_program_that_calls_itself_a_photograph_and_one_that_is_too_large_are_refused():
    for content in (b"<svg onload=alert(1)>", b"<html>", b"GIF89a", b"MZ", b""):
        with pytest.raises(BadInput, match="JPEG, PNG, WebP"):
            cleaned(content)
    with pytest.raises(BadInput, match="at most 5 MB"):
        cleaned(b"\xff\xd8\xff" + b"\0" * MOST_BYTES)

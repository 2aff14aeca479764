"""A photograph keeps its picture and loses what it tells beside it; whatever is no photograph is refused."""

import io
import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from fairground.errors import BadInput
from fairground.web.power.budgeting.photographs import KINDS, LONGEST, MOST_BYTES, cleaned

PLACE = "GPSLatitude 54.6195"
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


def picture(kind, *, turn=6, size=(60, 30)):
    """Half red, half blue, with a place in every part where the format can hide words."""
    drawn = Image.new("RGB", size, "red")
    drawn.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x9286] = turn, PLACE, PLACE
    more = {"exif": exif, "icc_profile": PLACE.encode()}
    if kind == "jpg":
        more["comment"] = PLACE
    if kind == "png":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Comment", PLACE)
        more["pnginfo"].add_itxt("XML:com.adobe.xmp", PLACE)
    if kind == "webp":
        more |= {"xmp": PLACE.encode(), "lossless": True}
    out = io.BytesIO()
    drawn.save(out, FORMATS[kind], **more)
    return out.getvalue()


def shown(content):
    return Image.open(io.BytesIO(content))


EACH = pytest.mark.parametrize("kind", KINDS)


@EACH
def test_what_a_photograph_tells_beside_its_picture_is_gone(kind):
    before = picture(kind) + PLACE.encode()
    assert PLACE.encode() in before
    content, found = cleaned(before)
    assert found == kind
    assert PLACE.encode() not in content
    after = shown(content)
    assert len(after.getexif()) == 0
    assert not {"exif", "icc_profile", "comment", "xmp", "Comment", "XML:com.adobe.xmp"} & set(after.info)


@EACH
@pytest.mark.parametrize(
    ("turn", "size", "top"), [(1, (60, 30), "red"), (6, (30, 60), "red"), (8, (30, 60), "blue")]
)
def test_the_picture_is_upright_in_itself(kind, turn, size, top):
    after = shown(cleaned(picture(kind, turn=turn))[0]).convert("RGB")
    assert after.size == size
    red, _, blue = after.getpixel((2, 2))
    assert (red > blue) == (top == "red")


@EACH
def test_cleaning_twice_leaves_kind_and_size_as_cleaning_once(kind):
    once, _ = cleaned(picture(kind))
    again, found = cleaned(once)
    assert found == kind
    assert shown(again).size == shown(once).size


def test_a_large_picture_is_made_as_small_as_pages_need():
    content, _ = cleaned(picture("jpg", turn=1, size=(2 * LONGEST, LONGEST)))
    assert shown(content).size == (LONGEST, LONGEST // 2)


def test_what_is_clear_in_a_png_stays_clear():
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    assert shown(cleaned(out.getvalue())[0]).getpixel((1, 1))[3] == 0


def bomb(width, height):
    """A PNG of a few bytes that says it has so many points."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


@pytest.mark.parametrize("size", [(8000, 8000), (30_000, 30_000), (2**31 - 1, 2**31 - 1)])
def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused(size):
    with pytest.raises(BadInput, match="40 million points"):
        cleaned(bomb(*size))


@EACH
def test_a_photograph_that_was_cut_short_is_refused_in_words(kind):
    whole = picture(kind)
    for part in (0.4, 0.7, 0.9):
        with pytest.raises(BadInput):
            cleaned(whole[: int(len(whole) * part)])


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(sorted(KINDS)), st.integers(0, 400))
def test_no_bytes_at_all_bring_the_parser_down(rest, kind, at):
    with suppress(BadInput):
        content, found = cleaned(picture(kind)[:at] + rest)
        assert found in KINDS
        assert content


def test_a_page_or_a_program_that_calls_itself_a_photograph_and_one_that_is_too_large_are_refused():
    for content in (b"<svg onload=alert(1)>", b"<html>", b"GIF89a", b"MZ", b""):
        with pytest.raises(BadInput, match="JPEG, PNG, WebP"):
            cleaned(content)
    with pytest.raises(BadInput, match="at most 5 MB"):
        cleaned(b"\xff\xd8\xff" + b"\0" * MOST_BYTES)

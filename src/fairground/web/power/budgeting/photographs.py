"""Takes out of a photograph what it tells beside the picture: where, when and with what it was taken.

The kind is read off the content, never off the name. Only the parts that a picture needs are copied:
JPEG (ITU-T T.81, annex B), PNG (W3C PNG third edition, section 5), WebP (RFC 9649). Of the hidden words of a
JPEG only which way is up is kept, written anew.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from fairground.errors import BadInput

MOST_BYTES = 5 * 1024 * 1024
KINDS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
PNG = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB"}
WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}
EXIF, SCAN, END = 0xE1, 0xDA, 0xD9
ADOBE = 0xEE  # says how colours are coded: without it some pictures turn green


def cleaned(content: bytes) -> tuple[bytes, str]:
    """Return the picture without hidden words, and its kind: "jpg", "png" or "webp".

    Raises
    ------
    BadInput : too large, of another kind, or not whole.
    """
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1024 / 1024:.1f} MB"
        raise BadInput("The photograph is too large", "file", size, "at most 5 MB")
    for kind, begins, clean in (
        ("jpg", b"\xff\xd8\xff", _jpeg),
        ("png", PNG, _png),
        ("webp", b"RIFF", _webp),
    ):
        if content.startswith(begins) and (kind != "webp" or content[8:12] == b"WEBP"):
            try:
                return clean(content), kind
            except (IndexError, struct.error) as fault:
                raise BadInput(
                    "The photograph is not whole. Save it again and try once more.", "file"
                ) from fault
    raise BadInput("This file is no photograph that we can show", "file", allowed="JPEG, PNG, WebP")


def _jpeg(content: bytes) -> bytes:
    out, turned = [b"\xff\xd8"], b""
    for marker, body in _segments(content):
        if marker == EXIF and body[4:10] == b"Exif\0\0" and not turned:
            turned = _upright(body[10:])
        elif not (0xE1 <= marker <= 0xEF or marker == 0xFE) or marker == ADOBE:
            out.append(body)
    if not out[-1].startswith(b"\xff\xd9"):
        raise IndexError("no end")
    return b"".join([out[0], turned, *out[1:]])


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each segment with its marker, a scan with its picture data; what follows the end is left out."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise IndexError("a marker was due")
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == END:
            yield marker, b"\xff\xd9"
            return
        after = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if marker == SCAN:
            after = _scan_end(content, after)
        if after > len(content):
            raise IndexError("cut short")
        yield marker, content[at:after]
        at = after


def _scan_end(content: bytes, at: int) -> int:
    """Return where the data of a scan end: at the next marker that is no restart and no stuffed zero."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise IndexError("no end")
        if content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
            at += 2
        elif content[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _upright(exif: bytes) -> bytes:
    """Return a new segment that says only which way is up, or nothing where the old one does not say."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return b""
    first = struct.unpack_from(order + "I", exif, 4)[0]
    for n in range(min(struct.unpack_from(order + "H", exif, first)[0], 200)):
        tag, _, _, value = struct.unpack_from(order + "HHIH", exif, first + 2 + 12 * n)
        if tag == 0x0112 and 1 < value <= 8:
            ours = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, value, 0, 0)
            return b"\xff\xe1" + struct.pack(">H", len(ours) + 2) + ours
    return b""


def _png(content: bytes) -> bytes:
    out, at, name = [PNG], 8, b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + length]
        if zlib.crc32(chunk[4:-4]) != struct.unpack_from(">I", chunk, 8 + length)[0]:
            raise IndexError("a chunk is broken")
        if name in PNG_KEPT:
            out.append(chunk)
        at += 12 + length
    return b"".join(out)


def _webp(content: bytes) -> bytes:
    end = 8 + struct.unpack_from("<I", content, 4)[0]
    if end > len(content):
        raise IndexError("cut short")
    out, at = [], 12
    while at + 8 <= end:
        name, length = struct.unpack_from("<4sI", content, at)
        body = content[at : at + 8 + length + length % 2]
        if len(body) < 8 + length:
            raise IndexError("cut short")
        if name == b"VP8X":  # its flags no longer promise EXIF, XMP or a colour profile
            body = body[:8] + bytes([body[8] & ~0b00101100]) + body[9:]
        if name in WEBP_KEPT:
            out.append(body)
        at += 8 + length + length % 2
    whole = b"WEBP" + b"".join(out)
    if not out:
        raise IndexError("no picture")
    return b"RIFF" + struct.pack("<I", len(whole)) + whole

"""Draws a photograph anew, so that only its picture is kept: not where, when or with what it was taken.

The kind is read off the content, never off the name. A picture is turned the way its camera meant (Exif 2.32,
tag 0x0112) and made smaller where it is larger than a page can show. How many points it has is read before it
is unpacked, so that a small file that unpacks to a huge picture is refused.
"""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageOps, UnidentifiedImageError

from fairground.errors import BadInput

MOST_BYTES = 5 * 1024 * 1024
MOST_POINTS = 40_000_000
LONGEST = 2000  # points along the longer edge: twice what a page shows, for sharp screens
KINDS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
FORMATS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp"}
BROKEN = (OSError, SyntaxError, ValueError, TypeError, IndexError, EOFError, OverflowError, KeyError)
NOT_WHOLE = "The photograph is not whole. Save it again and try once more."


def cleaned(content: bytes) -> tuple[bytes, str]:
    """Return the picture alone, upright, and its kind: "jpg", "png" or "webp".

    Raises
    ------
    BadInput : too large in bytes or in points, of another kind, or not whole.
    """
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1024 / 1024:.1f} MB"
        raise BadInput("The photograph is too large", "file", size, "at most 5 MB")
    try:
        with _opened(content) as picture:
            kind = FORMATS[str(picture.format)]
            return _drawn(picture, kind), kind
    except (*BROKEN, struct.error, zlib.error, AssertionError) as fault:
        raise BadInput(NOT_WHOLE, "file") from fault


def _opened(content: bytes) -> Image.Image:
    """Return the picture with its size known and not yet unpacked."""
    try:
        found = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
    except Image.DecompressionBombError as fault:
        raise _too_many_points() from fault
    except UnidentifiedImageError as fault:
        raise BadInput(
            "This file is no photograph that we can show", "file", allowed="JPEG, PNG, WebP"
        ) from fault
    if found.width * found.height > MOST_POINTS:
        raise _too_many_points(f"{found.width} by {found.height}")
    return found


def _too_many_points(size: str | None = None) -> BadInput:
    allowed = f"at most {MOST_POINTS // 1_000_000} million points"
    return BadInput("The photograph has too many points. Make it smaller first", "file", size, allowed)


def _drawn(picture: Image.Image, kind: str) -> bytes:
    """Return the first picture of a file, upright, at most so large, with nothing beside it."""
    if kind == "jpg":
        picture.draft("RGB", (LONGEST, LONGEST))
    seen = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGBA" if seen and kind != "jpg" else "RGB")
    plain.thumbnail((LONGEST, LONGEST))
    plain.info = {}
    out = io.BytesIO()
    if kind == "png":
        plain.save(out, "PNG")
    else:
        plain.save(out, {"jpg": "JPEG", "webp": "WEBP"}[kind], quality=88)
    return out.getvalue()

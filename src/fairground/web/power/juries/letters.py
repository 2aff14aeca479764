"""Letters that invite people to volunteer: their codes, their words, and the square that a phone reads.

An address stands on the letter and nowhere else: the list of addresses is read, printed and forgotten. Kept
is the number of each letter, its area, and its code in a form that cannot be read back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from string import Template

import qrcode
from django.conf import settings
from django.urls import reverse
from qrcode.image.svg import SvgPathImage

from fairground.errors import BadInput
from fairground.web.answers import Drawing
from fairground.web.places.templatetags.place_names import place_name
from fairground.web.power.juries.models import Jury, Recruitment

MOST = 20_000
WORDS = files("fairground.web.power.juries").joinpath("letter.txt").read_text("utf-8").strip()
MAY = (
    "address", "jury", "size", "place", "question", "decider", "answer_by", "least_age", "closes", "contact",
    "pay", "sender",
)  # fmt: skip


@dataclass(frozen=True)
class Printed:
    """One letter to print: its number, to whom it goes, what it says, its code and its square."""

    number: int
    address: str
    words: str
    code: str
    square: Drawing


def check_words(words: str) -> None:
    """Refuse words with a gap that nothing fills.

    Raises
    ------
    BadInput : names the gap and those that there are.
    """
    named = {one.group("named") or one.group("braced") for one in Template.pattern.finditer(words)}
    for name in sorted(named - {None} - set(MAY)):
        raise BadInput(
            "Nothing fills this gap of the letter", "words", f"${name}", ", ".join(f"${one}" for one in MAY)
        )
    if any(one.group("invalid") is not None for one in Template.pattern.finditer(words)):
        raise BadInput("Write a dollar sign of its own as $$", "words", "$")


def letter_words(jury: Jury, plan: Recruitment, address: str) -> str:
    """Return what the letter to one address says."""
    last = jury.last_day
    facts = {
        "address": address or "this address", "jury": jury.round.title, "size": jury.size,
        "place": place_name(jury.round.place_code), "question": jury.question, "decider": jury.decider,
        "answer_by": f"{jury.answer_by.day} {jury.answer_by:%B %Y}", "least_age": jury.least_age,
        "closes": f"{last.day} {last:%B %Y}", "contact": plan.contact or "(not given)", "sender": plan.sender,
        "pay": plan.pay or "(not given)",
    }  # fmt: skip
    return re.sub(r"\n{3,}", "\n\n", Template(plan.words or WORDS).safe_substitute(facts)).strip()


def address_of(jury: Jury, code: str) -> str:
    """Return the web address that the square of a letter holds; what is behind the # stays in the browser."""
    return f"{settings.SITE_ADDRESS}{reverse('juries:volunteer', args=[jury.round.slug])}#letter={code}"


def square(text: str) -> Drawing:
    """Return a QR code (ISO/IEC 18004) as SVG, named for those who do not see it."""
    made = qrcode.make(text, image_factory=SvgPathImage, box_size=8, border=2)
    svg = made.to_string().decode()
    svg = re.sub(r'^.*?<svg width="[^"]+" height="[^"]+"', '<svg class="fg-qr" role="img"', svg, flags=re.S)
    return Drawing(svg.replace(">", "><title>The address to volunteer at, for a phone’s camera</title>", 1))


def expected(plan: Recruitment) -> int:
    """Return how many volunteers so many letters bring, at the share of letters that is answered."""
    return int(Decimal(plan.letters) * plan.answering / 100)


def needed(pool: int, answering: Decimal) -> int:
    """Return how many letters a pool of this size takes."""
    return int(-(-Decimal(pool) * 100 // answering)) if answering else 0

"""Ways in which the number of a jury is chosen: by public values, by balls, or by dice, decided beforehand.

Public values choose by RFC 3797 (`draw`). Balls and dice give the number itself. Three balls of 0 to 9, each
put back before the next is drawn, give 000 to 999: of a thousand juries that is the number, and 000 is the
thousandth. Dice are read in the same way, in sixes: four dice give 1,296 numbers. Whatever is above the
number of juries is thrown again, all of it, so every jury is equally likely (von Neumann 1951, rejection).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fairground.errors import BadInput, NotFound
from fairground.power.juries.draw import picked

__all__ = ["DRAW_WAYS", "DrawWay", "draw_way", "number_chosen", "throws_of"]


@dataclass(frozen=True)
class DrawWay:
    """One way to choose a number: its name, the faces of what is thrown and the least of them.

    `faces` is 0 where nothing is thrown, because public values choose.
    """

    id: str
    name: str
    faces: int
    least: int
    reference: str


DRAW_WAYS = (
    DrawWay("values", "public values", 0, 0, "RFC 3797 (Eastlake 2004)"),
    DrawWay("balls", "balls with the numbers 0 to 9", 10, 0, "Rejection (von Neumann 1951)"),
    DrawWay("dice", "dice with six faces", 6, 1, "Rejection (von Neumann 1951)"),
)


def draw_way(id: str) -> DrawWay:
    """Return a way to choose a number.

    Raises
    ------
    NotFound : there is none of that name.

    >>> from fairground.power.juries import draw_way
    >>> draw_way("dice").faces
    6
    """
    found = next((one for one in DRAW_WAYS if one.id == id), None)
    if found is None:
        raise NotFound("There is no such way to draw", "way", id, ", ".join(one.id for one in DRAW_WAYS))
    return found


def throws_of(way: str, number: int) -> int:
    """Return how many balls or dice give one of 1 to `number`; 0 for public values.

    >>> from fairground.power.juries import throws_of
    >>> throws_of("balls", 1000), throws_of("dice", 1000), throws_of("values", 1000)
    (3, 4, 0)
    """
    faces, found = draw_way(way).faces, 1
    while faces and faces**found < number:
        found += 1
    return found if faces else 0


def number_chosen(way: str, values: Sequence[str], number: int) -> int:
    """Return which of 1 to `number` is chosen.

    Parameters
    ----------
    values : public values; or one throw after another, each as its faces in order. All throws but the last
        are above the number, and were thrown again for that.

    Raises
    ------
    BadInput : no values; a throw that cannot be; one too many or too few.

    >>> from fairground.power.juries import number_chosen
    >>> number_chosen("balls", ["4 1 7"], 1000), number_chosen("balls", ["000"], 1000)
    (417, 1000)
    >>> number_chosen("dice", ["6 6 1 1", "1 1 3 2"], 1000)
    14
    """
    if not draw_way(way).faces:
        return picked(values, number)[0]
    if not values:
        raise BadInput("Nothing was thrown yet", "value", "", _allowed(way, number))
    said = [_thrown(way, value, number) for value in values]
    for value, one in zip(values[:-1], said[:-1], strict=True):
        if one <= number:
            what = f"This throw chooses jury {one}, so nothing is thrown after it"
            raise BadInput(what, "value", value, "one throw")
    if said[-1] > number:
        what = f"This throw gives {said[-1]}, and there are {number} juries: throw all of it again"
        raise BadInput(what, "value", values[-1], "each throw in order, the last with the number of a jury")
    return said[-1]


def _thrown(way: str, value: str, number: int) -> int:
    """Return the number that one throw gives, from 1 up to all that could be."""
    of, many = draw_way(way), throws_of(way, number)
    pieces = [piece for piece in re.split(r"[\s,;.-]+", value.strip()) if piece]
    if len(pieces) == 1:
        pieces = list(pieces[0])
    top = of.least + of.faces - 1
    if len(pieces) != many or not all(re.fullmatch("[0-9]", p) and of.least <= int(p) <= top for p in pieces):
        raise BadInput("This throw cannot be", "value", value, _allowed(way, number))
    found = 0
    for piece in pieces:
        found = found * of.faces + int(piece) - of.least
    return (found or of.faces**many) if of.least == 0 else found + 1


def _allowed(way: str, number: int) -> str:
    of, many = draw_way(way), throws_of(way, number)
    return f"{many} numbers from {of.least} to {of.least + of.faces - 1}, in order"

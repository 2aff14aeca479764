"""What became of each place: mergers, new codes, divisions, and what is planned.

A figure belongs to the places of its own day. Adding up figures of different days counts some people twice
and others never, so codes of mixed dates are refused here, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from fairground.errors import BadInput, NotFound
from fairground.places.ledger import every, successions
from fairground.places.place import Place, Succession

_MANY = 8


def known(code: str, *, row: int | None = None) -> Place:
    """Return the place, of any date, that has exactly this code.

    Raises
    ------
    NotFound : no place has ever had the code.

    >>> from fairground import places
    >>> places.known("E08000016").end
    datetime.date(2025, 4, 1)
    """
    if code not in every():
        raise NotFound(
            "No such code", field="code", value=code, row=row, allowed="the code of a place in England"
        )
    return every()[code]


def successors(code: str, *, planned: bool = False) -> tuple[Succession, ...]:
    """Return what directly replaced a code; empty where nothing has. With `planned`, plans too.

    >>> from fairground import places
    >>> [change.new_code for change in places.successors("E07000026")]
    ['E06000063']
    """
    return tuple(s for s in successions() if s.old_code == code and (planned or not s.planned))


def predecessors(code: str) -> tuple[Succession, ...]:
    """Return what a code directly replaced; empty where it replaced nothing we know of.

    >>> from fairground import places
    >>> [change.old_code for change in places.predecessors("E06000063")][:3]
    ['E07000026', 'E07000028', 'E07000029']
    """
    return tuple(s for s in successions() if s.new_code == code and not s.planned)


def descendants(code: str, *, day: date | None = None) -> tuple[str, ...]:
    """Return the codes that stand where a code stood, following every succession up to a day.

    Parameters
    ----------
    day : stop at changes after this day; without it, follow all that have happened. Plans do not count.

    >>> from fairground import places
    >>> places.descendants("E07000026")
    ('E06000063',)
    """
    after = [s for s in successors(code) if day is None or s.date <= day]
    if not after:
        return (code,)
    return tuple(dict.fromkeys(last for s in after for last in descendants(s.new_code, day=day)))


def ancestors(code: str, *, day: date) -> tuple[str, ...]:
    """Return the codes that stood where a code stands, on an earlier day.

    >>> from datetime import date
    >>> from fairground import places
    >>> len(places.ancestors("E06000065", day=date(2021, 6, 1)))
    8
    """
    before = [s for s in predecessors(code) if s.date > day]
    if not before:
        return (code,)
    return tuple(dict.fromkeys(first for s in before for first in ancestors(s.old_code, day=day)))


def same_vintage(codes: Iterable[str], *, day: date | None = None) -> date | None:
    """Refuse codes that were never in force together.

    Parameters
    ----------
    codes : GSS codes, one a row of a table.
    day : if given, the day on which all of them must have been in force.

    Returns
    -------
    date : a day on which all were in force, the latest such day; None if all are in force still.

    Raises
    ------
    BadInput : codes of different dates are mixed; names them, with their dates.
    NotFound : a code that no place has ever had; names its row.

    >>> from fairground import places
    >>> places.same_vintage(["E07000026", "E07000028"])
    datetime.date(2023, 3, 31)
    """
    found = [known(code, row=row) for row, code in enumerate(codes, start=1)]
    if not found:
        raise BadInput("There are no codes to compare", field="codes", value="none")
    if day is not None:
        _refuse([place for place in found if not place.exists(day)], f"were not in force on {day}")
        return day
    ends = [place.end for place in found if place.end]
    if not ends:
        return None
    first_end = min(ends)
    late = [place for place in found if place.start and place.start >= first_end]
    if late:
        early = [
            place for place in found if place.end and place.end <= max(p.start or date.min for p in late)
        ]
        _refuse([*early, *late], "belong to different dates")
    return first_end - timedelta(days=1)


def _refuse(wrong: list[Place], why: str) -> None:
    if not wrong:
        return
    shown = "; ".join(_dated(place) for place in wrong[:_MANY])
    more = f" and {len(wrong) - _MANY} more" if len(wrong) > _MANY else ""
    raise BadInput(
        f"These codes {why}, so they cannot be added up together",
        field="code",
        value=shown + more,
        allowed="codes of one date; carry the older ones over first",
    )


def _dated(place: Place) -> str:
    since = f" from {place.start}" if place.start else ""
    until = f" until {place.end}" if place.end else ""
    return f"{place.code} {place.name}{since}{until}"


def translated(values: Mapping[str, float], *, to: date | None = None) -> dict[str, float]:
    """Return amounts carried over to the codes of a later day, adding up the places that were merged.

    Parameters
    ----------
    values : amounts that may be added (people, pounds), by code, all of one date; never rates or averages.
    to : the day whose codes are wanted; without it, the codes in force now.

    Raises
    ------
    BadInput : codes of different dates are mixed; a place was divided; part of a merged place is missing;
        `to` is before the codes; or an amount is not a number.

    >>> from fairground import places
    >>> places.translated({"E08000016": 244_600, "E08000019": 556_500})
    {'E08000038': 244600, 'E08000039': 556500}
    """
    same_vintage(values)
    found: dict[str, float] = {}
    for row, (code, value) in enumerate(values.items(), start=1):
        target = _target(code, value, row=row, to=to)
        found[target] = found[target] + value if target in found else value
    _refuse_missing_parts(values, found)
    return found


def _target(code: str, value: float, *, row: int, to: date | None) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise BadInput("An amount must be a number", field=code, value=value, row=row)
    start = known(code, row=row).start
    if to is not None and start is not None and start > to:
        raise BadInput(
            "Amounts are carried forward in time only",
            field="to",
            value=to,
            row=row,
            allowed=f"{start} or later",
        )
    last = descendants(code, day=to)
    if len(last) > 1:
        raise BadInput(
            "This place was divided, so its amount cannot be carried over",
            field="code",
            value=code,
            row=row,
            allowed=f"amounts for its parts: {', '.join(last)}",
        )
    return last[0]


def _refuse_missing_parts(values: Mapping[str, float], found: Mapping[str, float]) -> None:
    """Refuse a merger of which a part is missing: its sum would be too small and nobody would notice."""
    given = {known(code).kind for code in values}
    for target in found:
        if target in values:
            continue
        missing = [
            s.old_code
            for s in predecessors(target)
            if known(s.old_code).kind in given
            and s.kind == "reorganised"
            and not _covered(s.old_code, values)
        ]
        if missing:
            raise BadInput(
                f"{known(target).name} needs an amount for every place that went into it",
                field="code",
                value="missing: " + "; ".join(_dated(known(code)) for code in missing),
                allowed="all the parts, or none",
            )


def _covered(code: str, values: Mapping[str, float]) -> bool:
    return code in values or any(_covered(s.old_code, values) for s in predecessors(code))

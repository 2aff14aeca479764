"""Dates and meetings as a calendar file (iCalendar, RFC 5545) that a phone or a mail program can add.

A date is a whole day, so that no clock or time zone can move it. A meeting has its times in UTC, which every
calendar shows in its own time zone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST = 75  # octets in a line: RFC 5545, section 3.1
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fairground//Dates//EN", "CALSCALE:GREGORIAN")


@dataclass(frozen=True)
class Meeting:
    """A meeting: what a calendar knows it by, so that a change takes the place of what was there before."""

    known: str
    title: str
    starts: datetime
    ends: datetime
    where: str
    words: str
    changed: datetime
    called_off: bool = False


def meetings_as_ics(meetings: Iterable[Meeting], *, name: str) -> str:
    """Return a calendar of meetings with their times; the same meetings give the same file."""
    lines = [*HEAD, f"X-WR-CALNAME:{_escaped(name)}"]
    for one in meetings:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.known}@fairground",
            f"DTSTAMP:{_moment(one.changed)}",
            f"LAST-MODIFIED:{_moment(one.changed)}",
            f"SEQUENCE:{int(one.changed.timestamp())}",
            f"DTSTART:{_moment(one.starts)}",
            f"DTEND:{_moment(one.ends)}",
            f"SUMMARY:{_escaped(one.title)}",
            f"LOCATION:{_escaped(one.where)}",
            f"DESCRIPTION:{_escaped(one.words)}",
            f"STATUS:{'CANCELLED' if one.called_off else 'CONFIRMED'}",
            "END:VEVENT",
        ]
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def as_ics(dates: Iterable[tuple[date, str, str]], *, name: str, written: date) -> str:
    """Return a calendar of whole days.

    Parameters
    ----------
    dates : day, title and description of each entry.
    name : the calendar's name.
    written : the day on which it is written; the same dates give the same file.
    """
    lines = [*HEAD, f"X-WR-CALNAME:{_escaped(name)}"]
    for day, title, text in dates:
        known = hashlib.sha256(f"{day}|{title}|{name}|{text}".encode()).hexdigest()[:32]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{known}@fairground",
            f"DTSTAMP:{written:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(title)}",
            f"DESCRIPTION:{_escaped(text)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _escaped(text: str) -> str:
    for plain, shown in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\\n"),
        ("\n", "\\n"),
        ("\r", "\\n"),
    ):
        text = text.replace(plain, shown)
    return text


def _folded(line: str) -> str:
    """Break a line into pieces of at most 75 octets, never inside a character."""
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode("utf-8"))
        if size + width > LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    return "\r\n".join([*pieces, piece]) + "\r\n"

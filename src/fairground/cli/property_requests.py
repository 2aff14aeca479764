"""The commands that ask councils what they sold, and read what they answer.

A campaign is a folder; see `docs/how-to/ask-what-was-sold.md`.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from fairground.cli.shape import answer_command, read_table, read_text
from fairground.errors import BadInput
from fairground.evidence import Answer
from fairground.whole_files import write_whole

CAMPAIGN, LETTERS, ANSWERS = "campaign.csv", "letters", "answers"
HEADS = ("code", "name", "email", "sent", "acknowledged", "outcome", "ended", "sold", "note")
ENDINGS = {".csv", ".xlsx", ".ods"}


@answer_command(
    "ask",
    example="fairground wealth property ask --councils to-ask.csv --out campaign --sent 2026-12-01"
    " --asker 'A. Resident' --contact asker@example.org",
)
@click.option("--councils", required=True, help="A table with a column code or name, and email if known.")
@click.option("--out", required=True, help="The folder of the campaign; it is made.")
@click.option("--sent", default="", help="The day on which the requests are sent; today if left out.")
@click.option("--first", default="2010/11", help="First financial year that is asked for.")
@click.option("--last", default="2024/25", help="Last financial year that is asked for.")
@click.option("--asker", default="[your name]", help="Your name: the law asks for it.")
@click.option("--contact", default="[your email address]", help="Where the council can answer to.")
def ask(councils: str, out: str, sent: str, first: str, last: str, asker: str, contact: str) -> Answer[Any]:
    """Write the request to each council, and the table in which you keep what comes of it."""
    from fairground.questions.wealth import requests
    from fairground.report.words import say

    folder = Path(out)
    if (folder / CAMPAIGN).exists():
        told = "There is a campaign in this folder already, and nothing of it is overwritten"
        raise BadInput(told, "out", out, "a new folder")
    text = read_table(councils)[0]
    answer = requests.asked(text, sent=_day(sent, "sent"), first=first, last=last)
    _make(folder / LETTERS)
    _make(folder / ANSWERS)
    for row in answer.value.rows:
        step = requests.letter(row.name, first=first[:4], last="20" + last[5:], asker=asker, contact=contact)
        write_whole(folder / LETTERS / f"{row.code}.txt", say(step).strip() + "\n")
    lines = [(r.code, r.name, r.email, answer.value.sent.isoformat(), *[""] * 5) for r in answer.value.rows]
    write_whole(folder / CAMPAIGN, _table(HEADS, lines))
    _dates(folder, [(answer.value.answer_by, row.name) for row in answer.value.rows], answer.value.sent)
    return answer


@answer_command(
    "chase",
    example=(
        "fairground wealth property chase campaign --on 2027-01-10",
        "fairground wealth property chase campaign --on 2027-01-10 --csv",
    ),
)
@click.argument("folder")
@click.option("--on", default="", help="The day to look at; today if left out.")
@click.option(
    "--first", default="", help="First financial year that was asked for: leave out sales before it."
)
@click.option("--last", default="", help="Last financial year that was asked for: leave out sales after it.")
@click.option("--outturn", multiple=True, help="The government's capital outturn: estimate the total anew.")
@click.option("--claim", type=float, default=None, help="A total that somebody has stated.")
def chase(folder: str, on: str, first: str, last: str, outturn: tuple[str, ...],
          claim: float | None) -> Answer[Any]:  # fmt: skip
    """Say where each request of a campaign stands, read the answers, write them as one public table."""
    from fairground.questions.wealth import requests, sales

    base, day = Path(folder), _day(on, "on")
    if first or last:
        requests.check_years(first or "2000/01", last or "2098/99")
    answer = requests.chased(read_text(str(base / CAMPAIGN)), _answers(base), on=day, first=first, last=last)
    write_whole(base / "public.csv", requests.public_table(answer.value))
    told = requests.answers_table(answer.value)
    write_whole(base / "answers.csv", told)
    waiting = [(r.answer_by, r.name) for r in answer.value.rows if r.answer_by and r.assets_sold is None]
    _dates(base, waiting, day)
    if not outturn:
        return answer
    total = sales.reproduced(list(outturn), told, claim=claim)
    sources = {one.id: one for one in (*answer.sources, *total.sources)}
    return replace(answer, steps=(*answer.steps, *total.steps), sources=tuple(sources.values()))


def _answers(base: Path) -> dict[str, tuple[bytes, str]]:
    found: dict[str, tuple[bytes, str]] = {}
    kept = base / ANSWERS
    for path in sorted(kept.iterdir()) if kept.is_dir() else ():
        if path.suffix.lower() not in ENDINGS:
            continue
        code = path.stem.split("-")[0].strip().upper()
        if code in found:
            told = "A council has two files of answers"
            raise BadInput(told, ANSWERS, path.name, "one file a council, named by its code")
        try:
            found[code] = (path.read_bytes(), path.name)
        except OSError as fault:
            raise BadInput(f"The file cannot be read ({fault.strerror})", ANSWERS, path.name) from fault
    return found


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise BadInput(f"The folder cannot be made ({fault.strerror})", "out", str(folder)) from fault


def _day(text: str, field: str) -> date:
    if not text:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("This is no day", field, text, "such as 2026-12-01") from None


def _dates(folder: Path, dates: list[tuple[date, str]], written: date) -> None:
    from fairground.report.calendar_file import as_ics

    named = [
        (day, f"{name} must answer", "Freedom of Information Act 2000, section 10(1)") for day, name in dates
    ]
    write_whole(folder / "deadlines.ics", as_ics(named, name="Requests to councils", written=written))


def _table(heads: tuple[str, ...], lines: list[tuple[str, ...]]) -> str:
    from fairground.sources.layers import safe

    text = io.StringIO()
    write = csv.writer(text, lineterminator="\r\n")
    write.writerow(heads)
    write.writerows([safe(cell) for cell in line] for line in lines)
    return text.getvalue()


@answer_command("known", example="fairground wealth property known")
def known() -> Answer[Any]:
    """Say what is known of how much councils have sold, and what is not."""
    from fairground.questions.wealth import known_sales

    return known_sales.known()

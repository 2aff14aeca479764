"""The commands of common-good property: which procedures there are, when a period ends, where a case stands.

See `docs/explanation/property.md`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from fairground.cli.shape import answer_command, read_records, write_text
from fairground.errors import BadInput
from fairground.evidence import Answer


@answer_command(
    "read",
    example=(
        "fairground wealth property read assets.csv --home 'Redcar and Cleveland'",
        "fairground wealth property read assets.csv --column name=Premises --out assets.geojson",
    ),
)
@click.argument("file")
@click.option("--column", "columns", multiple=True, help="Say which column holds what: FIELD='Heading'.")
@click.option("--home", default="", help="The area of the body, by name or code: tells districts.")
@click.option("--out", default="", help="Write it: .csv (Transparency Code), .geojson, .parquet or .gpkg.")
def read(file: str, columns: tuple[str, ...], home: str, out: str) -> Answer[Any]:
    """Read a council's list of land and buildings, in any layout, and say what is in it and what is wrong."""
    from fairground.questions.wealth import register

    told = {}
    for text in columns:
        field, sign, heading = text.partition("=")
        if not sign:
            raise BadInput(
                "A column is a field, = and a heading", "column", text, "for example name=Premises"
            )
        told[field.strip()] = heading
    return register.council_list(file, told, home=home, out=out or None)


@answer_command(
    "sold",
    example=(
        "fairground wealth property sold councils.csv answers.csv --claim 75000",
        "fairground wealth property sold --example --claim 75000 --draws 40",
    ),
)
@click.argument("councils", required=False)
@click.argument("answers", required=False)
@click.option("--outturn", "more", multiple=True, help="One more file of the outturn, such as a year before.")
@click.option("--first", default="", help="First financial year of the receipts, such as 2010/11.")
@click.option("--last", default="", help="Last financial year of the receipts, such as 2021/22.")
@click.option("--claim", type=float, default=None, help="A total that somebody has stated.")
@click.option("--seed", type=int, default=1, help="Of the bootstrap.")
@click.option("--draws", type=int, default=200, help="Of the bootstrap.")
@click.option("--example", "made_up", is_flag=True, help="Use made-up files of the true shape.")
@click.option("--keep", default="", help="Keep the made-up files in this folder.")
def sold(councils: str | None, answers: str | None, more: tuple[str, ...], made_up: bool, keep: str,
         **how: Any) -> Answer[Any]:  # fmt: skip
    """Estimate how many assets were sold in all, from COUNCILS (every one) and the ANSWERS of some.

    COUNCILS is your own table, or the government's capital outturn (`fairground data get
    mhclg-capital-outturn`).
    """
    from fairground.cli import property_sold

    if made_up or not (councils and answers):
        return property_sold.of_example(councils, made_up, keep, **how)
    return property_sold.of_files(councils, answers, more, **how)


@answer_command("procedures", example="fairground wealth property procedures")
def procedures() -> Answer[Any]:
    """List the legal procedures whose dates we can count."""
    from fairground.questions.wealth import property as question

    return question.procedures()


@answer_command(
    "deadline",
    example=(
        "fairground wealth property deadline 2026-09-01 6 weeks --counts beginning-with",
        "fairground wealth property deadline 2026-12-21 20 working-days-anywhere",
    ),
)
@click.argument("start")
@click.argument("number", type=int)
@click.argument("unit")
@click.option("--counts", default="after", help="after, or beginning-with: then the first day counts too.")
def deadline(start: str, number: int, unit: str, counts: str) -> Answer[Any]:
    """Say on which day a period of NUMBER UNITs ends that starts on START."""
    from fairground.questions.wealth import property as question

    return question.deadline(question.a_day(start), number, unit, counts)


@answer_command(
    "case",
    example=(
        "fairground wealth property case acv-2011 --event nominate=2026-01-05 --event list=2026-02-02"
        " --event notice-of-sale=2026-09-01 --on 2026-09-10",
        "fairground wealth property case consultation --event publish=2026-03-02 --on 2026-03-20"
        " --set representations='12 weeks beginning-with'",
        "fairground wealth property case acv-2026 --in-force-from 2027-04-01 --event list=2027-05-03"
        " --on 2027-05-04",
    ),
)
@click.argument("procedure")
@click.option(
    "--event", "events", multiple=True, help="What happened: NAME=2026-09-01, then :the reasons if due."
)
@click.option("--file", default="", help="A table with the columns event, date and note.")
@click.option("--on", default="", help="The day to look at; today if left out.")
@click.option(
    "--in-force-from", default="", help="For a law not in force: suppose that it began on this day."
)
@click.option(
    "--set", "lengths", multiple=True, help="A council's own length: PERIOD='12 weeks beginning-with'."
)
@click.option("--ics", default="", help="Write the dates that are running to a calendar file.")
def case(procedure: str, events: tuple[str, ...], file: str, on: str, in_force_from: str,
         lengths: tuple[str, ...], ics: str) -> Answer[Any]:  # fmt: skip
    """Say where a case stands: its dates, what may happen next, and what is barred by which provision."""
    from fairground.questions.wealth import property as question

    told = [_event(text) for text in events]
    found = (*question.events_of(read_records(file, "event", "date"), file), *question.events_of(told))
    answer = question.case(
        procedure,
        found,
        question.a_day(on) if on else datetime.now().astimezone().date(),
        commenced=question.a_day(in_force_from) if in_force_from else None,
        lengths=dict(_length(text) for text in lengths),
    )
    if ics:
        from fairground.report.calendar_file import as_ics

        dates = [
            (row.last_day, row.purpose, row.provision)
            for row in answer.value.rows
            if row.standing == "running"
        ]
        write_text(ics, as_ics(dates, name=answer.value.name, written=answer.value.on))
    return answer


def _event(text: str) -> dict[str, str]:
    kind, sign, rest = text.partition("=")
    if not sign:
        raise BadInput("An event is a name, = and a day", "event", text, "for example list=2026-02-02")
    day, _, note = rest.partition(":")
    return {"event": kind, "date": day, "note": note}


def _length(text: str) -> tuple[str, Any]:
    from fairground import typed
    from fairground.wealth.property import Length

    period, sign, rest = text.partition("=")
    parts = rest.split()
    if not sign or len(parts) not in (2, 3):
        raise BadInput(
            "A length is a period, = and how long", "set", text, "for example representations='12 weeks'"
        )
    return period, Length(typed.whole(parts[0], "set"), *parts[1:])

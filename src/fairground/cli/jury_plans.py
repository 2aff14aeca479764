"""Commands around a jury's draw: the rotation of a standing jury, the letters before it, the tables after it.

See `docs/explanation/juries-standing.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import click

from fairground import typed
from fairground.cli.juries import Progress, secret_of
from fairground.cli.shape import answer_command, write_text
from fairground.errors import BadInput
from fairground.evidence import Answer

LETTER_WAYS = ("equal", "evened", "targets")


@answer_command(
    "rotate",
    example=(
        "fairground power juries rotate history.csv pool.csv targets.csv --size 4 --leave 2 --seed 1",
        "fairground power juries rotate history.csv pool.csv targets.csv --size 4 --leave 2"
        " --value '9, 18, 26, 34, 41, 45' --out lottery.json --public draw.json --history-out history-2.csv",
    ),
)
@click.argument("history")
@click.argument("pool")
@click.argument("targets")
@click.option("--size", type=int, required=True, help="How many people sit on the jury.")
@click.option("--leave", type=int, required=True, help="How many leave because their term ends.")
@click.option("--cooling", type=int, default=4, help="Rotations before somebody who left may be drawn again.")
@click.option("--left", multiple=True, help="Id of somebody who left before their time; repeat.")
@click.option("--barred", multiple=True, help="Id of somebody who may not be drawn; repeat.")
@click.option("--households/--no-households", default=True, help="At most one person of an address.")
@click.option("--id", "id_column", default="", help="The column of ids, if its heading is none we know.")
@click.option("--one-home", multiple=True, help="Ids of people who live together: 'ID ID'; repeat.")
@click.option("--own-home", multiple=True, help="Id of somebody whose address is many homes; repeat.")
@click.option("--seed", default="1", help="A value that decides the lots, where nothing public does.")
@click.option("--value", "values", multiple=True, help="A public value that decides the lots; repeat.")
@click.option("--out", default="", help="Write the council's file of the draw.")
@click.option("--public", default="", help="Write the public file of the draw.")
@click.option("--history-out", default="", help="Write the history with this rotation, for the next one.")
def rotate(history: str, pool: str, targets: str, size: int, leave: int, cooling: int, left: tuple[str, ...],
           barred: tuple[str, ...], households: bool, id_column: str, one_home: tuple[str, ...],
           own_home: tuple[str, ...], seed: str, values: tuple[str, ...], out: str, public: str,
           history_out: str) -> Answer[Any]:  # fmt: skip
    """Hold the next rotation of a standing jury: who leaves, who comes from POOL, and all who sat so far.

    HISTORY holds the rotations so far; an empty file is a jury that has not begun. TARGETS may have a column
    `share`: the part of the place's people with each value.
    """
    from fairground.questions.power import standing as question
    from fairground.questions.power.jury_history import read_history
    from fairground.questions.power.volunteers import Asked, read_pool, read_shares, read_targets

    wanted, source = read_targets(targets, size)
    homes = tuple(tuple(ids.replace(",", " ").split()) for ids in one_home)
    read = read_pool(pool, wanted, asked=Asked((), barred, households, id_column, homes, own_home))
    with Progress() as told:
        answer, files = question.rotate(
            read_history(history, wanted), read, wanted, source, size, leave=leave, cooling=cooling,
            gone=left, shares=read_shares(targets), values=values or (seed,), secret=secret_of(out, public),
            told=told,
        )  # fmt: skip
    for file, text in ((out, files.council), (public, files.public), (history_out, files.history)):
        if file:
            write_text(file, text, once=text is not files.history)
    return answer


@answer_command(
    "tables",
    example=(
        "fairground power juries tables panel.csv --tables 3 --rounds 3",
        "fairground power juries tables panel.csv --tables 3 --rounds 3 --apart '001 005'"
        " --together '002 003' --at 004=1 --effort 200 --out plan.csv --print plan.html",
        "fairground power juries tables panel.csv --tables 3 --rounds 2 --left 006 --held 1"
        " --plan held.csv --effort 200",
    ),
)
@click.argument("panel")
@click.option("--tables", "number", type=int, default=0, help="How many tables; people are spread evenly.")
@click.option("--sizes", default="", help="The seats of each table instead, such as 8,8,6.")
@click.option("--rounds", type=int, required=True, help="How many rounds are planned.")
@click.option("--by", multiple=True, help="A column to mix tables by; repeat. Else each with a few values.")
@click.option("--apart", multiple=True, help="Two ids that must not share a table, with a space; repeat.")
@click.option("--together", multiple=True, help="Two ids that must share a table, with a space; repeat.")
@click.option("--at", "fixed", multiple=True, help="Who must sit at which table in each round: ID=1; repeat.")
@click.option("--left", multiple=True, help="Id of somebody who is no longer there; repeat.")
@click.option("--plan", "before", default="", help="A plan of which some rounds were held.")
@click.option("--held", type=int, default=0, help="How many of its rounds were held.")
@click.option("--seed", type=int, default=1, help="The same seed gives the same plan.")
@click.option("--effort", type=int, default=None, help="Swaps to try; else 100 a person. More mixes better.")
@click.option("--out", default="", help="Write the plan as a table: round, table, id.")
@click.option("--print", "page", default="", help="Write the plan as a page to print.")
def tables(panel: str, number: int, sizes: str, rounds: int, by: tuple[str, ...], apart: tuple[str, ...],
           together: tuple[str, ...], fixed: tuple[str, ...], left: tuple[str, ...], before: str, held: int,
           seed: int, effort: int | None, out: str, page: str) -> Answer[Any]:  # fmt: skip
    """Seat the people of PANEL at tables so that in each round tables are mixed and new people meet."""
    from fairground.power.juries import Wishes, even_tables
    from fairground.questions.power import panels
    from fairground.questions.power.table_plans import table_plan
    from fairground.report.table_sheet import table_sheet

    read = panels.read_panel(panel, by, left)
    seats = _sizes(sizes) if sizes else even_tables(len(read.people.volunteers), number)
    wishes = Wishes(_pairs(apart, "apart"), _pairs(together, "together"), dict(_places(fixed)))
    known, source = panels.read_plan(before, held) if before else ((), None)
    with Progress("Mixing tables") as told:
        answer, plan = table_plan(
            read, seats, rounds, wishes, held=known, held_source=source, seed=seed, effort=effort, told=told
        )
    if out:
        write_text(out, panels.plan_csv((*known, *panels.seated(plan))))
    if page:
        write_text(page, table_sheet(panels.seated(plan), read.called, len(known) + 1))
    return answer


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(typed.whole(part, "sizes", least=1) for part in text.split(","))


def _pairs(given: tuple[str, ...], field: str) -> tuple[tuple[str, str], ...]:
    pairs = [tuple(text.replace(",", " ").split()) for text in given]
    wrong = next((text for text, pair in zip(given, pairs, strict=True) if len(pair) != 2), None)
    if wrong is not None:
        raise BadInput("A wish names two people", field, wrong, "two ids with a space, such as '001 005'")
    return tuple((pair[0], pair[1]) for pair in pairs)


def _places(given: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    for text in given:
        id, sign, table = text.rpartition("=")
        if not sign or not id:
            raise BadInput("A fixed seat names a person and a table", "at", text, "ID=1")
        yield id.strip(), typed.whole(table, "at", least=1)


STAGE = (
    click.option("--letters", "number", type=int, default=0, help="How many letters; else see --times."),
    click.option(
        "--times", type=float, default=0.0, help="The fewest letters for so many times the targets."
    ),
    click.option(
        "--way", type=click.Choice(LETTER_WAYS), default="evened", help="How letters are shared out."
    ),
    click.option("--by", multiple=True, help="A column that names parts of the place; repeat."),
    click.option("--rates", default="", help="A table of how many letters bring a volunteer in each part."),
    click.option(
        "--rate", type=float, default=0.02, help="The same everywhere, where there is no such table."
    ),
    click.option("--deprivation", default="", help="The Indices of Deprivation: gives `decile` by `lsoa`."),
)


def stage_options(command: Callable[..., Answer[Any]]) -> Callable[..., Answer[Any]]:
    """Give a command the letters of a first stage."""
    for option in reversed(STAGE):
        command = option(command)
    return command


@answer_command(
    "letters",
    example=(
        "fairground power juries letters addresses.csv --letters 30 --by area --rates rates.csv"
        " --out letters.csv",
        "fairground power juries letters addresses.csv --targets targets.csv --times 2 --by area"
        " --rates rates.csv",
    ),
)
@click.argument("addresses")
@stage_options
@click.option("--targets", default="", help="The jury's targets, for --way targets and --times.")
@click.option("--seed", default="1", help="A value that chooses addresses, where nothing public does.")
@click.option("--value", "values", multiple=True, help="A public value that chooses addresses; repeat.")
@click.option("--out", default="", help="Write the addresses that get a letter, numbered.")
def letters(addresses: str, number: int, times: float, way: str, by: tuple[str, ...], rates: str, rate: float,
            deprivation: str, targets: str, seed: str, values: tuple[str, ...],
           out: str) -> Answer[Any]:  # fmt: skip
    """Say how many letters go to each part of the place, and draw the ADDRESSES that get one."""
    from fairground.questions.power import first_stage as question
    from fairground.questions.power.addresses import read_addresses, read_rates
    from fairground.questions.power.volunteers import read_shares, read_targets

    wanted, source = read_targets(targets) if targets else ((), None)
    answer, text = question.letters(
        read_addresses(addresses, by, deprivation), read_rates(rates, by) if rates else None, number=number,
        way=way, targets=wanted, target_source=source, shares=read_shares(targets) if targets else (),
        times=times, rate=rate, values=values or (seed,),
    )  # fmt: skip
    if out:
        write_text(out, text, once=True)
    return answer


@answer_command(
    "expect",
    example=(
        "fairground power juries expect addresses.csv targets.csv --size 4 --letters 60 --by area"
        " --rates rates.csv --pools 60"
    ),
)
@click.argument("addresses")
@click.argument("targets")
@stage_options
@click.option("--size", type=int, required=True, help="How many people sit on the jury.")
@click.option("--pools", type=int, default=200, help="How many pools are tried.")
@click.option("--seed", type=int, default=1, help="The same seed gives the same pools.")
def expect(addresses: str, targets: str, number: int, times: float, way: str, by: tuple[str, ...], rates: str,
           rate: float, deprivation: str, size: int, pools: int, seed: int) -> Answer[Any]:  # fmt: skip
    """Say which pool to expect from letters to ADDRESSES, if it fills a jury, and a resident's chance."""
    from fairground.questions.power import first_stage as question
    from fairground.questions.power.addresses import read_addresses, read_rates
    from fairground.questions.power.volunteers import read_shares, read_targets

    wanted, source = read_targets(targets, size)
    with Progress("Trying pools") as told:
        return question.expect(
            read_addresses(addresses, by, deprivation), read_rates(rates, by) if rates else None, wanted,
            source, size, number=number, way=way, shares=read_shares(targets), times=times, rate=rate,
            pools=pools, seed=seed, told=told,
        )  # fmt: skip

"""Commands that draw a citizens' jury, say whether it can be drawn, draw again, and look at a lottery.

They read pools and targets as spreadsheets or CSV. See `docs/explanation/juries.md`.
"""

from __future__ import annotations

import functools
import hashlib
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from fairground.cli.shape import answer_command, read_text, write_text
from fairground.errors import BadInput
from fairground.evidence import Answer, Source

RULES = (
    "leximin", "maximin", "xmin", "nash", "minimax", "goldilocks", "uniform", "max-entropy", "legacy",
)  # fmt: skip
WAYS = ("values", "balls", "dice")
BY = "How the number is chosen: by public values (RFC 3797), or by balls or dice, which give it themselves."
READ_OUT = "For a sealed lottery: a public value, or a throw of balls or dice, in order; repeat."
ONE_BY_ONE = ("uniform", "max-entropy", "legacy")  # these draw juries and no lottery of chances
Both = tuple[Any, Any, Source]
SHARED = (
    click.argument("pool"),
    click.argument("targets"),
    click.option("--size", type=int, required=True, help="How many people sit on the jury."),
    click.option("--certain", multiple=True, help="Id of somebody who must be on it; repeat."),
    click.option("--barred", multiple=True, help="Id of somebody who may not be on it; repeat."),
    click.option("--households/--no-households", default=True, help="At most one person of an address."),
    click.option("--id", "id_column", default="", help="The column of ids, if its heading is none we know."),
    click.option("--one-home", multiple=True, help="Ids of people who live together: 'ID ID'; repeat."),
    click.option("--own-home", multiple=True, help="Id of somebody whose address is many homes; repeat."),
)


gamma_option = click.option(
    "--gamma",
    type=float,
    default=1.0,
    help="For goldilocks: how much the low end counts beside the high one.",
)


def weighed(rule: str, gamma: float) -> str:
    """Return a rule with the weight that it gives the low end; only Goldilocks has one."""
    if gamma == 1:
        return rule
    if rule != "goldilocks":
        raise BadInput("Only Goldilocks weighs the low end", "gamma", f"{gamma:g}", "--rule goldilocks")
    return f"{rule}:{gamma:g}"


def pool_options(command: Callable[..., Answer[Any]]) -> Callable[..., Answer[Any]]:
    """Give a command a pool, its targets, and who must or may not be drawn, as one `Both`."""

    @functools.wraps(command)
    def asked(pool: str, targets: str, size: int, certain: tuple[str, ...], barred: tuple[str, ...],
              households: bool, id_column: str, one_home: tuple[str, ...], own_home: tuple[str, ...],
              **more: Any) -> Answer[Any]:  # fmt: skip
        from fairground.questions.power.volunteers import Asked

        homes = tuple(tuple(ids.replace(",", " ").split()) for ids in one_home)
        wanted = Asked(certain, barred, households, id_column, homes, own_home)
        return command(both=read_both(pool, targets, size, wanted), size=size, **more)

    for option in reversed(SHARED):
        asked = option(asked)
    return asked


@answer_command(
    "select",
    example=(
        "fairground power juries select pool.csv targets.csv --size 4 --rule leximin --seed 1",
        "fairground power juries select pool.csv targets.csv --size 4 --value '9, 18, 26, 34, 41, 45'"
        " --out lottery.json --public draw.json --chart chances.svg",
        "fairground power juries select pool.csv targets.csv --size 4 --rule minimax",
        "fairground power juries select pool.csv targets.csv --size 4 --way balls --value '4 1 7'",
    ),
)
@pool_options
@click.option("--rule", type=click.Choice(RULES), default="leximin", help="How chances are shared.")
@gamma_option
@click.option("--seed", default="1", help="A value that chooses the number, where nothing public does.")
@click.option("--value", "values", multiple=True, help="A public value that chooses the number; repeat.")
@click.option("--way", type=click.Choice(WAYS), default="values", help=BY)
@click.option("--juries", type=int, default=1000, help="How many numbered juries there are.")
@click.option("--out", default="", help="Write the council's file: pool without names, lottery and proof.")
@click.option("--public", default="", help="Write the public file: numbered juries as codes.")
@click.option("--chart", default="", help="Draw how many volunteers have which chance, as an SVG file.")
def select(both: Both, size: int, rule: str, gamma: float, seed: str, values: tuple[str, ...], way: str,
           juries: int, out: str, public: str, chart: str) -> Answer[Any]:  # fmt: skip
    """Draw a jury from POOL so that it meets TARGETS and chances are as fair as they can be."""
    from fairground.questions.power import juries as question

    with Progress() as told:
        answer, files = question.select(
            *both, size, rule=weighed(rule, gamma), values=values or ((seed,) if way == "values" else ()),
            secret=secret_of(out, public), juries=juries, way=way, told=told,
        )  # fmt: skip
    _write(files, out, public)
    if chart:
        write_text(chart, _chances(answer), once=True)
    return answer


def _chances(answer: Answer[Any]) -> str:
    """Draw everyone's chances in bands; the file is the officer's own, so that no band is too small."""
    from fairground.questions.power.jury_draws import bands
    from fairground.report.charts import alone, chances
    from fairground.report.charts.chances import TITLE

    found = bands(list(answer.value.probabilities.values()), least=1)
    drawing = chances([(one.low, one.high, one.people) for one in found])
    sources = [f"{one.title}: {one.publisher}" for one in answer.sources]
    return alone(drawing, caption=f"{TITLE}. {answer.method.name}", sources=sources)


@answer_command(
    "check",
    example=(
        "fairground power juries check pool.csv targets.csv --size 4",
        "fairground power juries check pool.csv clash.csv --size 4",
    ),
)
@pool_options
def check(both: Both, size: int) -> Answer[Any]:
    """Say whether a jury from POOL can meet TARGETS; if not, which targets clash and what would mend it."""
    from fairground.questions.power import jury_checks as question

    return question.check(*both, size)


@answer_command("replace", example="fairground power juries replace lottery.json --left 006 --seed 2")
@click.argument("lottery")
@click.option("--left", multiple=True, required=True, help="Id of somebody who does not come; repeat.")
@click.option("--declined", multiple=True, help="Id of somebody else who was asked and said no; repeat.")
@click.option("--seed", default="1", help="A value that chooses the number, where nothing public does.")
@click.option("--value", "values", multiple=True, help="A public value that chooses the number; repeat.")
@click.option("--out", default="", help="Write the council's file of this draw.")
@click.option("--public", default="", help="Write the public file of this draw.")
def replace(lottery: str, left: tuple[str, ...], declined: tuple[str, ...], seed: str,
            values: tuple[str, ...], out: str, public: str) -> Answer[Any]:  # fmt: skip
    """Draw people for those who LEFT a jury, so that whoever remains and whoever comes meet the targets."""
    from fairground.questions.power import juries as question
    from fairground.questions.power.lottery_file import read_lottery

    text = read_text(lottery)
    with Progress() as told:
        answer, files = question.replace(
            read_lottery(text, Path(lottery).name), own_source(lottery, text), left, declined,
            values=values or (seed,), secret=secret_of(out, public), told=told,
        )  # fmt: skip
    _write(files, out, public)
    return answer


def secret_of(out: str, public: str) -> str:
    """Return a new secret for the codes of the files that are asked for; none where none are."""
    return secrets.token_hex(16) if out or public else ""


def _write(files: Any, out: str, public: str) -> None:
    if out:
        write_text(out, files.council, once=True)
    if public:
        write_text(public, files.public, once=True)


@answer_command(
    "redraw",
    example=(
        "fairground power juries redraw draw.json",
        "fairground power juries redraw sealed.json --value '9, 18, 26, 34, 41, 45'",
        "fairground power juries redraw balls.json --value '4 1 7'",
    ),
)
@click.argument("lottery")
@click.option("--value", "values", multiple=True, help=READ_OUT)
def redraw(lottery: str, values: tuple[str, ...]) -> Answer[Any]:
    """Draw again from LOTTERY, a published draw or a council's file: the same values give the same jury."""
    from fairground.questions.power import jury_checks as question
    from fairground.questions.power.jury_draws import opened

    text = read_text(lottery)
    return question.again(opened(text, Path(lottery).name, values), own_source(lottery, text))


@answer_command(
    "verify",
    example=(
        "fairground power juries verify lottery.json",
        "fairground power juries verify sealed.json --value '9, 18, 26, 34, 41, 45'",
        "fairground power juries verify draw.json --council lottery.json",
        "fairground power juries verify draw.json --record my-record.json",
    ),
)
@click.argument("lottery")
@click.option("--value", "values", multiple=True, help=READ_OUT)
@click.option("--council", default="", help="The council's file, to hold beside the public one.")
@click.option("--record", default="", help="A volunteer's record, from their own page, to look for.")
def verify(lottery: str, values: tuple[str, ...], council: str, record: str) -> Answer[Any]:
    """Count LOTTERY again: juries, targets, households, everyone's chance, the proof, and which was drawn."""
    from fairground.questions.power import jury_checks as question
    from fairground.questions.power import jury_rolls
    from fairground.questions.power.jury_draws import opened
    from fairground.questions.power.roll import read_record

    text = read_text(lottery)
    held, source = opened(text, Path(lottery).name, values), own_source(lottery, text)
    if council and record:
        raise BadInput("Look at one at a time", "record", record, "--council or --record")
    if not council and not record:
        return question.look(held, source)
    other = read_text(council or record)
    sources = (source, own_source(council or record, other))
    if record:
        return jury_rolls.own(held, read_record(other, Path(record).name), sources)
    return jury_rolls.beside(held, opened(other, Path(council).name), sources)


def read_both(pool: str, targets: str, size: int, asked: Any) -> Both:
    """Return a pool and its targets as they were read, and where the targets came from."""
    from fairground.questions.power.volunteers import read_pool, read_targets

    wanted, source = read_targets(targets, size)
    return read_pool(pool, wanted, asked=asked), wanted, source


def own_source(file: str, text: str) -> Source:
    """Return a file of a draw as a source, by the digest of its text."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Source.own_file(Path(file).name, digest)


class Progress:
    """Say on the error stream how far a search is, where a person looks at a terminal."""

    def __init__(self, doing: str = "Looking for juries") -> None:
        self.doing = doing

    def __enter__(self) -> Callable[[float], None]:
        self.last = -1
        return self.told

    def told(self, share: float) -> None:
        """Write the share that is done, when it has grown by a hundredth."""
        done = int(share * 100)
        if done > self.last and sys.stderr.isatty():
            self.last = done
            click.echo(f"\r{self.doing}: {done}%", nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self.last >= 0:
            click.echo("\r" + " " * 30 + "\r", nl=False, err=True)

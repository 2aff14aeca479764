"""Commands that share a pot by a formula, seal one, and run a sealed one again.

See `docs/explanation/funding.md`.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from fairground.cli.shape import answer_command, read_text
from fairground.errors import BadInput
from fairground.evidence import Answer

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, ImportError)
OPTIONS = (
    click.option("--pot", default="", help="Pounds and pence to share out."),
    click.option("--match", default="", help="Instead of a pot: a region whose level all are lifted to."),
    click.option(
        "--indicator", "indicators", multiple=True, help="ID=WEIGHT, repeated; the weights add up to 1."
    ),
    click.option("--floor", default="", help="Least per head, as a share of the mean, e.g. 0.7."),
    click.option("--cap", default="", help="Most per head, as a multiple of the mean, e.g. 1.6."),
    click.option("--catch-up", default="", help="Extra weight for each year behind London, e.g. 0.1."),
    click.option("--beta", default="", help="Exponent of catch-up; 1 if left out."),
    click.option("--look-back", default="", help="Years that catch-up looks back, 1 to 19; 10 if left out."),
    click.option("--power", default="", help="Exponent of need; 1 if left out."),
    click.option("--cost", default="", help="Exponent of the cost of work in the region; off if left out."),
    click.option(
        "--rounding", default="largest-remainder", type=click.Choice(["largest-remainder", "webster"])
    ),
)

TERMS = ("floor", "cap", "catch_up", "rounding", "look_back", "match", "power", "cost", "beta")


def _weights(indicators: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for text in indicators:
        id, equals, weight = text.partition("=")
        if not equals:
            raise BadInput("Give an indicator and its weight", "indicator", text, "e.g. gva_per_hour=0.5")
        found[id.strip()] = weight.strip()
    return found


def formula_options(ask: Callable[..., Answer[Any]]) -> Callable[..., Answer[Any]]:
    """Give a command the options that choose a formula; they arrive as one `choice`."""

    @functools.wraps(ask)
    def run(pot: str, indicators: tuple[str, ...], **others: Any) -> Answer[Any]:
        from fairground.questions.wealth import formula

        bounds = {name: others.pop(name) for name in TERMS}
        choice = formula.Choice.read(pot, indicators=_weights(indicators), **bounds)
        return ask(choice=choice, **others)

    for option in reversed(OPTIONS):
        run = option(run)
    return run


@answer_command(
    "allocate",
    example=(
        "fairground wealth funding allocate --pot 8600000000 --floor 0.7 --cap 1.6",
        "fairground wealth funding allocate --match London --floor 0.7 --cap 1.6",
        "fairground wealth funding allocate --pot 8600000000 --catch-up 0.1 --register formula.json",
    ),
)
@formula_options
@click.option("--register", "file", default="", help="Seal the formula and its inputs in this file first.")
def allocate(choice: Any, file: str) -> Answer[Any]:
    """What a formula of need gives each of the 296 districts, to the penny."""
    from fairground.questions.wealth import formula

    if file:
        _write(Path(file), choice)
    return formula.allocation(choice)


@answer_command(
    "explain",
    example="fairground wealth funding explain Stoke-on-Trent --pot 8600000000 --floor 0.7 --cap 1.6",
)
@click.argument("place")
@formula_options
def explain(choice: Any, place: str) -> Answer[Any]:
    """Why a formula gives a district more or less than the average, in pounds a person."""
    from fairground.questions.wealth import explanation

    return explanation.explanation(choice, place)


@answer_command(
    "merger",
    example="fairground wealth funding merger Stoke-on-Trent Stafford --pot 8600000000 --floor 0.7",
)
@click.argument("places", nargs=-1, required=True)
@formula_options
def merger(choice: Any, places: tuple[str, ...]) -> Answer[Any]:
    """How much more or less districts would get from a formula if they merged, in pounds and pence."""
    from fairground.questions.wealth import merger as question

    return question.merger(choice, places)


@answer_command(
    "path",
    example=(
        "fairground wealth funding path --pot 8600000000 --floor 0.7 --cap 1.6 --band 0.1",
        "fairground wealth funding path --pot 8600000000 --catch-up 0.1 --years 5 --place Stoke-on-Trent",
        "fairground wealth funding path --match London --keep 0.95",
        "fairground wealth funding path --match London --levels each-year --catch-up 0.1 --beta 0.5",
    ),
)
@formula_options
@click.option("--years", default="10", show_default=True, help="How many years are published.")
@click.option("--band", default="", help="Furthest that a share may move in a year, e.g. 0.1.")
@click.option("--keep", default="", help="Least of its last amount that a place keeps, e.g. 0.95.")
@click.option("--damping", default="", help="Steps to the formula; 1/3, 2/3, 1 where left out.")
@click.option(
    "--levels",
    default="",
    help="The level of each year: pounds a head with commas between, or each-year for the past years' own.",
)
@click.option("--place", default="", help="Show the years of one district, not of the regions.")
def path(choice: Any, **others: str) -> Answer[Any]:
    """What each place would get in each year, on the way from the past to the formula."""
    from fairground.questions.wealth import schedule

    return schedule.schedule(choice, **others)


@answer_command(
    "sensitivity",
    example=(
        "fairground wealth funding sensitivity --pot 8600000000 --floor 0.7 --cap 1.6 --draws 2000",
        "fairground wealth funding sensitivity --pot 8600000000 --draws 500 --error 0.05 --seed 7",
    ),
)
@formula_options
@click.option("--draws", default="10000", show_default=True, help="How many times the pot is shared anew.")
@click.option("--seed", default="1", show_default=True, help="Where the random numbers start.")
@click.option("--error", default="", help="Error assumed where no limits are published, e.g. 0.05.")
def sensitivity(choice: Any, draws: str, seed: str, error: str) -> Answer[Any]:
    """How far each district's amount depends on the weights and on errors in the figures."""
    from fairground.questions.wealth import sensitivity as question

    return question.sensitivity(choice, draws=draws, seed=seed, error=error)


def _write(path: Path, choice: Any) -> None:
    from fairground.evidence import plain
    from fairground.questions.wealth import formula

    kept = {"choice": formula.choice_as_record(choice), "registration": plain(formula.register(choice))}
    if path.name in {"", ".."}:
        raise BadInput("This is a folder", "register", path, "the name of a new file")
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(json.dumps(kept, indent=2), "utf-8")
        os.link(part, path)
    except FileExistsError as fault:
        raise BadInput(
            "This file holds something already, and a sealed formula is never replaced",
            "register",
            path,
            "the name of a new file",
        ) from fault
    except OSError as fault:
        raise BadInput(
            f"The registration could not be written ({fault.strerror})", "register", path
        ) from fault
    finally:
        part.unlink(missing_ok=True)


@answer_command("replay", example="fairground wealth funding replay formula.json")
@click.argument("file")
def replay(file: str) -> Answer[Any]:
    """Run a sealed formula again: the same inputs give the same pence, or you are told what differs."""
    from fairground.questions.wealth import formula

    choice, registration = _sealed(file)
    return formula.replay(registration, choice)


def _sealed(file: str) -> tuple[Any, Any]:
    """Read a choice and its registration; raises BadInput for a file that Fairground did not write."""
    from fairground.evidence import restored
    from fairground.questions.wealth import formula
    from fairground.wealth.funding import Registration

    try:
        kept = json.loads(read_text(file))
        registration = restored(kept["registration"])
        if not (isinstance(registration, Registration) and _whole(registration)):
            raise TypeError(type(registration))
        return formula.Choice.read(**kept["choice"]), registration
    except (*UNREADABLE, ArithmeticError, RecursionError) as fault:
        raise BadInput("This is not a registration that Fairground wrote", "file", file) from fault


def _whole(registration: Any) -> bool:
    """Say whether a registration holds only what one holds: texts, and sealed names with digests."""
    from fairground.wealth.funding.registration import Sealed

    inputs = registration.inputs
    if not (isinstance(inputs, tuple) and all(isinstance(one, Sealed) for one in inputs)):
        return False
    texts = [
        registration.formula,
        registration.digest,
        *(t for one in inputs for t in (one.name, one.digest)),
    ]
    return all(isinstance(text, str) for text in texts)

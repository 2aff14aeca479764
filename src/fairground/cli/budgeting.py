"""Commands that count a participatory budget, explain a project, compare rules, and check a count.

They read Pabulib files (`.pb`), tables of projects and ballots (CSV, .xlsx, .ods), and public bundles. See
`docs/explanation/budgeting.md`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from fairground.cli.shape import answer_command, read_table, read_text, write_text
from fairground.cli.waiting import still_at_work
from fairground.errors import BadInput
from fairground.evidence import Answer

RULES = ("greedy", "max-welfare", "phragmen", "equal-shares", "bos", "exact-equal-shares")
SLOW = "Still counting. The second counter is short and slow on purpose: a large file can take minutes."
OPTIONS = (
    click.option("--rule", "method", type=click.Choice(RULES), help="How votes become winners."),
    click.option("--completion", default="none", help="none, add1, add1u or greedy."),
    click.option("--utility", default="cost", help="cost, cardinality, points, ranking or points-cost."),
    click.option("--start", default="exact", help="First share of a voter: exact, or floor (whole units)."),
    click.option("--step", default="1", help="How much more each voter gets at each step of add1."),
    click.option(
        "--stop-when-exhausted/--no-stop-when-exhausted",
        default=True,
        help="Whether add1 stops once nothing more fits.",
    ),
    click.option("--comparison", default="none", help="Switch to greedy if more prefer it: projects, money."),
    click.option("--skip/--no-skip", default=True, help="Whether greedy goes on after what does not fit."),
    click.option("--minimum-score", default="0", help="Votes or points that a project needs."),
    click.option("--minimum-support", default="0", help="Share of voters over share of budget, e.g. 1/3."),
    click.option("--ties", default="", help="Ids in the order in which they win ties, with commas."),
    click.option("--turnout", is_flag=True, help="Shares by district (needs --population)."),
)
POLL = (
    click.option("--ballots", default="", help="Table of ballots; FILE is then that of projects."),
    click.option("--budget", default="", help="The money there is, with --ballots."),
    click.option("--kind", default="approval", help="With --ballots: approval, points or ranking."),
    click.option("--population", multiple=True, help="People of a district, e.g. North=12000; repeat."),
    click.option("--rivals", multiple=True, help="Ids of which one can be built, with commas; repeat."),
)


def rule_options(command: Callable[..., Answer[Any]]) -> Callable[..., Answer[Any]]:
    """Give a command every choice that makes a rule."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def poll_options(command: Callable[..., Answer[Any]]) -> Callable[..., Answer[Any]]:
    """Give a command the options that say what is in its file, and hand it the election that was read."""

    @functools.wraps(command)
    def run(file: str, **choices: Any) -> Answer[Any]:
        told = {name: choices.pop(name) for name in ("ballots", "budget", "kind", "population", "rivals")}
        poll = _poll(file, **told)
        if any(project.rivals for project in poll.election.projects) and "method" in choices:
            choices["respect_rivals"] = True
        return command(poll, **choices)

    for option in reversed(POLL):
        run = option(run)
    return run


def _poll(
    file: str, *, ballots: str, budget: str, kind: str, population: Sequence[str], rivals: Sequence[str]
) -> Any:
    from fairground.questions.power import elections

    people = dict(_people(text) for text in population)
    groups = [[id.strip() for id in group.split(",") if id.strip()] for group in rivals]
    if not ballots:
        if budget:
            raise BadInput("A Pabulib file says its own budget", "budget", budget, "only with --ballots")
        return elections.read(read_text(file), name=Path(file).name, population=people, rivals=groups)
    (projects, first), (marks, second) = read_table(file, "project_id", "cost"), read_table(ballots, "vote")
    names = (first, second)
    return elections.read_tables(
        projects, marks, budget=budget, kind=kind, names=names, population=people, rivals=groups
    )


def _people(text: str) -> tuple[str, int]:
    district, _, people = text.rpartition("=")
    if not district or not people.isascii() or not people.isdecimal() or not 0 < int(people) < 10**10:
        raise BadInput("This must be a district and its people", "population", text, "such as North=12000")
    return district.strip(), int(people)


@answer_command(
    "count",
    example=(
        "fairground power budgeting count town.pb --rule equal-shares --completion add1",
        "fairground power budgeting count town.pb --rule greedy",
        "fairground power budgeting count town.pb --rule bos --json",
        "fairground power budgeting count town.pb --rule phragmen",
        "fairground power budgeting count town.pb --rule exact-equal-shares --completion add1",
        "fairground power budgeting count town.pb --completion add1u --comparison projects",
        "fairground power budgeting count town.pb --rule greedy --rivals park,slide",
        "fairground power budgeting count projects.csv --ballots ballots.csv --budget 100",
        "fairground power budgeting count projects.csv --ballots ballots.csv --budget 100"
        " --turnout --population North=500 --population South=500",
    ),
)
@click.argument("file")
@rule_options
@poll_options
def count(poll: Any, method: str | None, **choices: Any) -> Answer[Any]:
    """Which projects in FILE win, and where the money of each voter goes."""
    from fairground.questions.power import budgeting

    return budgeting.count(poll, budgeting.rule(method or "equal-shares", **choices))


@answer_command(
    "explain",
    example=(
        "fairground power budgeting explain town.pb --project park",
        "fairground power budgeting explain town.pb --project park --rule bos",
    ),
)
@click.argument("file")
@click.option("--project", required=True, help="The project's id in the file.")
@rule_options
@poll_options
def explain(poll: Any, project: str, method: str | None, **choices: Any) -> Answer[Any]:
    """Why one project of FILE won or lost, and what would have made it win."""
    from fairground.questions.power import budgeting

    return budgeting.explain(poll, budgeting.rule(method or "equal-shares", **choices), project)


@answer_command("compare", example="fairground power budgeting compare town.pb")
@click.argument("file")
@poll_options
def compare(poll: Any) -> Answer[Any]:
    """What each rule would choose from the ballots in FILE."""
    from fairground.questions.power import budgeting

    return budgeting.compare(poll)


@answer_command(
    "bundle",
    example=(
        "fairground power budgeting bundle town.pb --completion add1 --output town.bundle.json",
        "fairground power budgeting bundle town.pb --rule greedy",
    ),
)
@click.argument("file")
@click.option("--output", default="", help="The file to write; without it, only what would be in it is told.")
@rule_options
@poll_options
def bundle(poll: Any, output: str, method: str | None, **choices: Any) -> Answer[Any]:
    """One public file with which anybody can count FILE again: rule, ballots, winners, money trail."""
    from fairground.questions.power import budgeting, bundles

    answer = bundles.bundle(poll, budgeting.rule(method or "equal-shares", **choices))
    if output:
        write_text(output, answer.value.text)
    return answer


@answer_command(
    "verify",
    example=(
        "fairground power budgeting verify town.pb",
        "fairground power budgeting verify town.pb --rule equal-shares --completion add1",
        "fairground power budgeting verify town.bundle.json",
    ),
)
@click.argument("file")
@click.option("--published", default="", help="The SHA-256 of the specification, published as voting opened.")
@rule_options
def verify(file: str, published: str, method: str | None, **choices: Any) -> Answer[Any]:
    """Count FILE (a .pb file or a public bundle) twice, by two counters that share no code, and compare."""
    from fairground.questions.power import budgeting, bundles

    text = read_text(file)
    if text.lstrip().startswith("{"):
        with still_at_work(SLOW):
            return bundles.verify(text, name=Path(file).name, published=published)
    if published:
        raise BadInput("Only a bundle holds what was frozen when voting opened", "published", published)
    from fairground.questions.power import elections

    poll = elections.read(text, name=Path(file).name)
    with still_at_work(SLOW):
        return budgeting.verify(poll, budgeting.rule(method, **choices) if method else None)

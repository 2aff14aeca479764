"""Commands about published data: what there is, how to get more, whether a file is right.

See `fairground data --help` and `docs/how-to/get-more-data.md`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from fairground import report
from fairground.cli.shape import answer_command
from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Step
from fairground.questions import data
from fairground.sources import catalogue
from fairground.sources.fetch import Fetched, fetch
from fairground.sources.street_extracts import extract_of

FETCHED = Method(
    "data-fetch", "Fetched from its publisher and proved by its checksum", "RFC 9110; FIPS 180-4"
)
CHECKS = ("fairground data check hmt-cra --example", "fairground data check hmt-cra --example --csv")


def folder() -> Path:
    """Return where fetched files are kept."""
    from fairground.web.data_folder import data_folder

    return data_folder() / "published"


def _list() -> Answer[data.Catalogue]:
    """List every dataset, bundled or not, with its edition, its licence and whether it is here."""
    return data.catalogued(folder())


list_ = answer_command("list", example="fairground data list")(_list)


GETS = ("fairground data get mhclg-iod-2025-lsoa", "fairground data get streets --place trafford")


@click.command("get", epilog="\b\nExample:\n" + "\n".join(f"  {line}" for line in GETS))
@click.argument("dataset")
@click.option("--place", default="", help="For `streets`: a district, a county, or England.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON.")
def get(dataset: str, place: str, as_json: bool) -> None:
    """Fetch the file of a DATASET; goes on where an earlier fetch was cut off."""
    if (dataset == "streets") != bool(place):
        raise BadInput(
            "A place goes with streets, and streets with a place", "place", place, "streets --place NAME"
        )
    file = extract_of(place) if place else catalogue.file(dataset)
    found = fetch(file, folder(), progress=_show)
    click.echo((report.as_json if as_json else report.as_text)(_got(found, bool(file.sha256), bool(place))))


def _show(done: int, whole: int | None) -> None:
    if sys.stderr.isatty():
        of = f" of {whole / 1e6:,.1f} MB, {100 * done // whole if whole else 100}%" if whole else " MB"
        click.echo(f"\r{done / 1e6:,.1f}{of}  ", nl=done == whole, err=True)


def _got(found: Fetched, proved: bool, streets: bool = False) -> Answer[Fetched]:
    source = catalogue.source(found.id)
    facts = {name: getattr(found, name) for name in Fetched.__match_args__} | {"title": source.title}
    beside = "data.got.proved" if proved else "data.got.beside" if streets else "data.got.digest"
    steps = [Step("data.got", facts), Step(beside, facts)]
    if found.published:
        steps.append(Step("data.got.changed", facts))
    after = Step("data.got.streets" if streets else "data.got.next", facts)
    return Answer(found, FETCHED, (*steps, after), (source,))


@click.command("check", epilog="\b\nExample:\n" + "\n".join(f"  {line}" for line in CHECKS))
@click.argument("dataset")
@click.argument("file", default="")
@click.option("--example", "use_example", is_flag=True, help="Use a small made-up file of the same shape.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the figures of the file as plain rows of CSV.")
def check(dataset: str, file: str, use_example: bool, as_json: bool, as_csv: bool) -> None:
    """Say whether the FILE of a DATASET is right: rows kept, left out and mended, and each fault.

    Without FILE, the one that `fairground data get` fetched.
    """
    path = None if use_example else Path(file) if file else data.where(dataset, folder())
    if as_csv:
        click.echo(report.as_csv(data.tidy(dataset, path)))
        return
    answer: Answer[Any] = data.checked(dataset, path)
    click.echo((report.as_json if as_json else report.as_text)(answer))
    if not answer.value.usable:
        sys.exit(4)


check.examples = CHECKS  # type: ignore[attr-defined]

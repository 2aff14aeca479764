"""The commands that merge two lists of assets: which entries are the same, and which pairs to ask about.

See `docs/explanation/linkage.md`.
"""

from __future__ import annotations

from typing import Any

import click

from fairground.cli.shape import answer_command, read_records, write_text
from fairground.evidence import Answer

LABELS = ("council", "community", "same")


@answer_command(
    "match",
    example=(
        "fairground wealth property match council.csv community.csv",
        "fairground wealth property match council.csv community.csv --labels labels.csv --out links.csv",
    ),
)
@click.argument("council")
@click.argument("community")
@click.option(
    "--labels",
    default="",
    help="Your answers about pairs: council, community, same (yes, no, part or whole).",
)
@click.option("--out", default="", help="Write the links as CSV, or whole as .json.")
@click.option("--one-to-one", is_flag=True, help="No asset of the council's list has two partners.")
@click.option("--surely", type=float, default=0.5, help="The least probability of a link.")
def match(
    council: str, community: str, labels: str, out: str, one_to_one: bool, surely: float
) -> Answer[Any]:
    """Join COUNCIL and COMMUNITY: which assets are the same, how surely, and which fields say so."""
    from fairground import report
    from fairground.questions.wealth import linking

    answer = linking.links(council, community, read_records(labels, *LABELS), one_to_one=one_to_one,
                            surely=surely)  # fmt: skip
    if out:
        write_text(out, report.as_json(answer) if out.endswith(".json") else report.as_csv(answer))
    return answer


@answer_command(
    "match-ask",
    example="fairground wealth property match-ask council.csv community.csv --number 10 --out labels.csv",
)
@click.argument("council")
@click.argument("community")
@click.option("--labels", default="", help="Your answers so far.")
@click.option("--number", type=int, default=20, help="How many pairs.")
@click.option("--seed", type=int, default=1, help="Of the draw.")
@click.option("--out", default="", help="Write the pairs as CSV, to fill in yes or no.")
def ask(council: str, community: str, labels: str, number: int, seed: int, out: str) -> Answer[Any]:
    """Say which pairs of COUNCIL and COMMUNITY to look at, so that the links learn most."""
    from fairground.questions.wealth import linking

    answer = linking.pairs_to_ask(council, community, read_records(labels, *LABELS), number=number, seed=seed)
    if out:
        write_text(out, linking.as_labels(answer.value))
    return answer

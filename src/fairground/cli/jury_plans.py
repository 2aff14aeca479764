"""Commands around a jury's draw: the rotation of a standing jury, the letters before it, the tables after it.

See `docs/explanation/juries-standing.md`.
"""

from __future__ import annotations

import secrets
from typing import Any

import click

from fairground.cli.juries import Progress
from fairground.cli.shape import answer_command, write_text
from fairground.evidence import Answer


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
@click.option("--seed", default="1", help="A value that decides the lots, where nothing public does.")
@click.option("--value", "values", multiple=True, help="A public value that decides the lots; repeat.")
@click.option("--out", default="", help="Write the council's file of the draw.")
@click.option("--public", default="", help="Write the public file of the draw.")
@click.option("--history-out", default="", help="Write the history with this rotation, for the next one.")
def rotate(history: str, pool: str, targets: str, size: int, leave: int, cooling: int, left: tuple[str, ...],
           barred: tuple[str, ...], households: bool, seed: str, values: tuple[str, ...], out: str,
           public: str, history_out: str) -> Answer[Any]:  # fmt: skip
    """Hold the next rotation of a standing jury: who leaves, who comes from POOL, and all who sat so far.

    HISTORY holds the rotations so far; an empty file is a jury that has not begun. TARGETS may have a column
    `share`: the part of the place's people with each value.
    """
    from fairground.questions.power import standing as question
    from fairground.questions.power.jury_history import read_history
    from fairground.questions.power.volunteers import read_pool, read_shares, read_targets

    wanted, source = read_targets(targets)
    read = read_pool(pool, wanted, barred=barred, households=households)
    with Progress() as told:
        answer, files = question.rotate(
            read_history(history, wanted), read, wanted, source, size, leave=leave, cooling=cooling,
            gone=left, shares=read_shares(targets), values=values or (seed,), secret=secrets.token_hex(16),
            told=told,
        )  # fmt: skip
    for file, text in ((out, files.council), (public, files.public), (history_out, files.history)):
        if file:
            write_text(file, text)
    return answer

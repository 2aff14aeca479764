"""Every command of `fairground`, walked from the top, with the examples of its help."""

from __future__ import annotations

from collections.abc import Iterator

import click

from fairground.cli import fairground


def walk(group: click.Group, path: str = "fairground") -> Iterator[tuple[str, click.Command]]:
    with click.Context(group) as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None, f"{path} {name} is listed but cannot be loaded"
            if isinstance(command, click.Group):
                yield from walk(command, f"{path} {name}")
            else:
                yield f"{path} {name}", command


COMMANDS = dict(walk(fairground))
ANSWERS = {path: command for path, command in COMMANDS.items() if hasattr(command, "examples")}
EXAMPLES = [(path, line) for path, command in ANSWERS.items() for line in command.examples]

"""Files of a draw as JSON that cannot be read in two ways: no part twice, and texts that are texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fairground.errors import BadInput

__all__ = ["json_of", "texts_of"]


def json_of(text: str, file: str) -> Any:
    """Return what a file of a draw holds, as JSON has it.

    Raises
    ------
    BadInput : it is no JSON, is nested too deeply, or has a part twice, so that people and machines could
        read different things in it.

    >>> from fairground.questions.power.draw_json import json_of
    >>> json_of('{"size": 24}', "lottery.json")
    {'size': 24}
    """

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise BadInput("A part of the lottery is there twice", twice[:60], allowed="once", file=file)
        return found

    try:
        return json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError) as fault:
        row = fault.lineno if isinstance(fault, json.JSONDecodeError) else None
        what = "This is not a lottery that Fairground wrote, or its end is missing: it cannot be read as JSON"
        raise BadInput(what, allowed="a file of select --out or --public", row=row, file=file) from None


def texts_of(held: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return a list of texts, none of them empty.

    Raises
    ------
    BadInput : it is none.

    >>> from fairground.questions.power.draw_json import texts_of
    >>> texts_of({"public_values": ["9, 18, 26"]}, "public_values")
    ('9, 18, 26',)
    """
    found = held[name]
    if not isinstance(found, list) or not all(isinstance(one, str) and one.strip() for one in found):
        raise BadInput("This must be a list of texts", name, str(found)[:60], 'such as ["9, 18, 26"]')
    return tuple(found)

"""A plan as a file: TOML that a person can read, write and keep, or the same tables as JSON.

Each error names the table, the number of the line in it, the field, the value and what is allowed.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, replace
from typing import Any

from fairground.errors import BadInput
from fairground.wealth.finance.entries import entries, text_of, value_of
from fairground.wealth.finance.plan import LISTS, MOST_LINES, SINGLES, Plan

__all__ = ["plan_of", "read", "record_of", "tables", "write"]

LONGEST = 500_000  # letters of a file
SAID = re.compile(  # what stands in quotes or is a comment; each is read once, closed or not
    r""""{3}(?:\\.|[^\\"]|"(?!""))*+"{0,5}|'{3}(?:[^']|'(?!''))*+'{0,5}"""
    r"""|"(?:\\.|[^"\\\n])*+"?|'[^'\n]*+'?|#[^\n]*+""",
    re.DOTALL,
)
HEAVY = re.compile(r"(?<![\w-])(?:(?:[\w-]++[ \t]*+\.[ \t]*+){8}|0[xob]\w{40})")
"""Names inside names, and numbers, that no plan holds: small to write, and they fill the memory."""


def read(text: str, name: str = "plan") -> Plan:
    """Return the plan that a text describes: TOML, or JSON where it begins with a brace.

    Raises
    ------
    BadInput : the text is neither, is too long, or holds what a plan does not allow.
    """
    if len(text) > LONGEST:
        raise BadInput(
            "This is too long to be a plan", "file", f"{len(text)} letters", f"{LONGEST:,}", file=name
        )
    try:
        found = json.loads(text) if text.lstrip().startswith("{") else _toml(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as fault:
        raise BadInput(f"This is not a plan that we can read ({fault})", file=name) from None
    try:
        return plan_of(found)
    except BadInput as fault:
        raise replace(fault, file=name) from None


def _toml(text: str) -> dict[str, Any]:
    if HEAVY.search(SAID.sub("s", text)):
        raise ValueError("a name or a number in it is far too long")
    return tomllib.loads(text)


def plan_of(found: Mapping[str, Any]) -> Plan:
    """Return the plan that tables of plain values describe.

    Raises
    ------
    BadInput : an unknown table or field, or a value that a plan does not allow; names where.
    """
    _known(found, (*SINGLES, *LISTS), "plan")
    if "about" not in found:
        raise BadInput("The plan does not say what it is about", "about", None, "a table [about]")
    parts: dict[str, Any] = {
        name: record_of(kind, _table(found[name], name), name)
        for name, kind in SINGLES.items()
        if name in found
    }
    for name, kind in LISTS.items():
        lines = found.get(name, ())
        if not isinstance(lines, list | tuple):
            raise BadInput("This must be a list of tables", name, lines, f"[[{name}]]")
        if len(lines) > MOST_LINES:
            raise BadInput("These are too many lines", name, len(lines), f"at most {MOST_LINES}")
        parts[name] = tuple(
            record_of(kind, _table(line, name), f"{name} {n}") for n, line in enumerate(lines, start=1)
        )
    return Plan(**parts)


def record_of(kind: type, found: Mapping[str, Any], where: str = "") -> Any:
    """Return one record of a plan from plain values; `where` leads the field in errors.

    Raises
    ------
    BadInput : a field is unknown, missing, or holds what it may not.
    """
    lead = f"{where}: " if where else ""
    known = entries(kind)
    _known(found, [one.name for one, _ in known], where)
    values = {}
    for one, held in known:
        if one.name not in found or found[one.name] in (None, ""):
            if one.default is MISSING:
                value_of(held, None, lead + one.name)
            continue
        values[one.name] = value_of(held, found[one.name], lead + one.name)
    try:
        return kind(**values)
    except BadInput as fault:
        raise replace(fault, field=lead + fault.field) from None


def tables(plan: Plan) -> dict[str, Any]:
    """Return a plan as tables of text, which `plan_of` reads back to the same plan."""
    found: dict[str, Any] = {name: _texts(getattr(plan, name)) for name in SINGLES}
    return found | {name: [_texts(line) for line in getattr(plan, name)] for name in LISTS}


def write(plan: Plan) -> str:
    """Return a plan as TOML, which `read` reads back to the same plan."""
    found = tables(plan)
    parts = [f"[{name}]\n" + _lines(found[name]) for name in SINGLES]
    parts += [f"[[{name}]]\n" + _lines(line) for name in LISTS for line in found[name]]
    return "\n".join(parts)


def _texts(record: Any) -> dict[str, str]:
    values = [(one.name, text_of(held, getattr(record, one.name))) for one, held in entries(type(record))]
    return {name: text for name, text in values if text}


def _lines(values: Mapping[str, str]) -> str:
    return "".join(f"{name} = {json.dumps(text, ensure_ascii=False)}\n" for name, text in values.items())


def _table(found: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(found, Mapping):
        raise BadInput("This must be a table", name, found, "field = value, line by line")
    return found


def _known(found: Mapping[str, Any], names: Any, where: str) -> None:
    for name in found:
        if name not in names:
            raise BadInput(f"There is no such field in '{where}'", str(name), found[name], ", ".join(names))

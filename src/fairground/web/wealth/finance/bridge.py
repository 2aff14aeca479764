"""What the finance pages ask the engine, and how a plan that the site keeps becomes one that it knows.

A kept plan is tables of text, as `wealth.finance.tables` writes them. Each part is checked when it is saved,
so that a kept plan is always one that can be read, or one that is only not whole yet.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING
from functools import lru_cache
from importlib.resources import files
from typing import Any

from fairground.errors import BadInput
from fairground.evidence import Answer
from fairground.questions.wealth import finance as question
from fairground.questions.wealth import funders as funder_question
from fairground.report.business_plan import as_docx, entry_name
from fairground.report.numbers import amount
from fairground.report.words import headline
from fairground.tables import toml
from fairground.wealth import finance as engine
from fairground.wealth.finance.entries import entries, text_of, value_of
from fairground.wealth.finance.plan import LISTS, MOST_LINES, SINGLES

PATHS, WHY = 2_000, 200  # tries behind a page: about a third of a second of work
HERE = "fairground.web.wealth.finance"
Content = dict[str, Any]


def steps() -> Mapping[str, Any]:
    """Return the steps of a plan in order: title, lead, what one line is called, what is asked first."""
    found: Mapping[str, Any] = toml(HERE, "words.toml")["steps"]
    return found


def is_list(part: str) -> bool:
    """Return whether a step holds many lines."""
    return part in LISTS


def fields(part: str) -> list[dict[str, Any]]:
    """Return what a form needs of each entry of a step: name, label, hint, choices, what it holds."""
    words = toml(HERE, "words.toml")
    found = []
    for one, held in entries(_kind(part)):
        start = "" if one.default is MISSING else text_of(held, one.default)
        choices = [(code, words["choices"].get(code, code)) for code in held.choices]
        found.append(
            {
                "name": one.name,
                "label": entry_name(part, one.name),
                "hint": words["hints"].get(f"{part}.{one.name}", ""),
                "choices": _funders() if (part, one.name) == ("grants", "funder") else choices,
                "start": start,
                "needed": one.default is MISSING,
                "first": one.name in steps()[part]["first"],
                "long": held.unit == "text" and held.most > 1,
            }
        )
    return found


def _funders() -> list[tuple[str, str]]:
    return [("", "None of these"), *((one.id, one.name) for one in engine.funders())]


def checked(part: str, given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return a step's entries as they are kept, and what is wrong with each of them."""
    kind, wrong = _kind(part), {}
    for one, held in entries(kind):
        raw = given.get(one.name, "")
        if not raw.strip() and one.default is not MISSING:
            continue
        try:
            value_of(held, raw, one.name)
        except BadInput as fault:
            wrong[one.name] = _told(fault)
    if wrong:
        return {}, wrong
    try:
        record = engine.record_of(kind, {name: text for name, text in given.items() if text.strip()})
    except BadInput as fault:
        return {}, {fault.field: _told(fault)}
    texts = {one.name: text_of(held, getattr(record, one.name)) for one, held in entries(kind)}
    return {name: text for name, text in texts.items() if text}, {}


def _told(fault: BadInput) -> str:
    return str(BadInput(fault.what, "", fault.value or None, fault.allowed))


def with_part(content: Content, part: str, held: dict[str, str], line: int = 0) -> Content:
    """Return a plan with one step, or one line of it, changed; line 0 adds one.

    Raises
    ------
    BadInput : too many lines; a rule that joins two steps is broken.
    """
    if not is_list(part):
        changed = {**content, part: held}
    else:
        lines = list(content.get(part, ()))
        lines = [*lines, held] if not line else [*lines[: line - 1], held, *lines[line:]]
        if len(lines) > MOST_LINES:
            raise BadInput(f"A plan holds at most {MOST_LINES} lines of one kind.")
        changed = {**content, part: lines}
    if not is_empty(changed):
        engine.plan_of(changed)
    return changed


def without_line(content: Content, part: str, line: int) -> Content:
    """Return a plan without one of its lines."""
    lines = list(content.get(part, ()))
    return {**content, part: [*lines[: line - 1], *lines[line:]]}


def is_empty(content: Content) -> bool:
    """Return whether there is nothing to work out yet."""
    return not any(content.get(part) for part in ("spending", "income", "costs"))


def lines(content: Content) -> list[dict[str, Any]]:
    """Return the steps of a plan with what stands in each, for its page."""
    found = []
    for part, words in steps().items():
        held = content.get(part, [] if is_list(part) else {})
        shown = [_line(part, one) for one in held] if is_list(part) else _line_of_single(part, held)
        found.append(
            {"part": part, "words": words, "many": is_list(part), "lines": shown, "done": bool(held)}
        )
    return found


def _line(part: str, held: Mapping[str, str]) -> str:
    """Say one line of a list: its name and its money, as people write it."""
    each = {"income": " a month when full", "costs": " a month", "repairs": f" in year {held.get('year')}"}
    return f"{held['name']}: {_shown(part, 'pounds', held['pounds'])}{each.get(part, '')}"


def _line_of_single(part: str, held: Mapping[str, str]) -> list[str]:
    first = [name for name in steps()[part]["first"] if name in held and name not in ("name", "summary")]
    return [f"{entry_name(part, name)}: {_shown(part, name, held[name])}" for name in first[:4]]


def _shown(part: str, name: str, text: str) -> str:
    """Return an entry as a page shows it: pounds with their sign and commas, a choice in words."""
    held = next(held for one, held in entries(_kind(part)) if one.name == name)
    if held.unit == "pounds":
        return "£" + amount(value_of(held, text, name) / 100)
    choices: Mapping[str, str] = toml(HERE, "words.toml")["choices"]
    return choices.get(text, text) if held.unit == "choice" else text


def read(text: str, name: str) -> Content:
    """Return the plan of a file that somebody sent, as it is kept.

    Raises
    ------
    BadInput : it is no plan.
    """
    return engine.tables(engine.read(text, name))


def example() -> Content:
    """Return the made-up plan that everybody may look at."""
    return read(files(HERE).joinpath("example.toml").read_text("utf-8"), "example.toml")


def as_toml(content: Content) -> str:
    """Return a plan as a file that people can read and the command line takes."""
    return engine.write(engine.plan_of(content))


def as_json(content: Content) -> str:
    """Return a plan as JSON, the same tables."""
    return json.dumps(content, indent=2, ensure_ascii=False)


@lru_cache(maxsize=128)
def _viability(text: str) -> Answer[Any]:
    return question.viability(engine.plan_of(json.loads(text)), paths=PATHS, why=WHY)


def viability(content: Content) -> Answer[Any]:
    """Return whether a plan holds."""
    return _viability(json.dumps(content, sort_keys=True))


def verdict(content: Content) -> str:
    """Return the verdict in one sentence; nothing where the plan is not whole yet."""
    try:
        return "" if is_empty(content) else headline(viability(content))
    except BadInput:
        return ""


def funders(content: Content) -> Answer[Any]:
    """Return which funders' rules a plan keeps."""
    return funder_question.fitting(engine.plan_of(content))


def compared(content: Content, other: Content) -> Answer[Any]:
    """Return which of two plans is safer."""
    return question.compared(engine.plan_of(content), engine.plan_of(other), paths=PATHS)


def ready() -> Answer[Any]:
    """Return what to have ready."""
    return funder_question.ready()


def document(content: Content) -> bytes:
    """Return the business plan as a document."""
    plan = engine.plan_of(content)
    return as_docx(viability(content), funder_question.fitting(plan), engine.tables(plan))


def _kind(part: str) -> type:
    return LISTS[part] if part in LISTS else SINGLES[part]

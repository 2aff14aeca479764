"""The words for each step of an answer, by code, read from `messages/<language>/*.toml`.

A message is a sentence with named facts in braces and, after a colon, how to write the fact::

    "inequality.gap" = "{best} has {gap:one} more {unit} than {worst}."

The ways to write a number are in `report.numbers.FORMATS`; `{rows:row|rows}` is the word that belongs to a
number, and `{cost:in {currency}}` is money in the currency that the fact `currency` names. A `[columns]`
table in a message file names the columns of tables, `[formats]` says how a column's numbers are written, and
`[words]` gives the plain words for the codes that stand in facts and cells; the way `word` looks them up.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from fairground.errors import NotFound
from fairground.evidence import Answer, Step
from fairground.report.numbers import FORMATS, money


class _Speaker(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        return written(value, format_spec) if format_spec else str(value)


@cache
def _files(language: str) -> tuple[dict[str, Any], ...]:
    folder = files("fairground.report").joinpath("messages", language)
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(tomllib.loads(item.read_text("utf-8")) for item in found)


@cache
def messages(language: str = "en") -> Mapping[str, str]:
    """Return every message of a language by its code."""
    return {code: text for part in _files(language) for code, text in part.items() if isinstance(text, str)}


@cache
def columns(language: str = "en") -> Mapping[str, str]:
    """Return the words for column names that are not plain from the name itself."""
    return _table("columns", language)


@cache
def _table(name: str, language: str) -> Mapping[str, str]:
    return {key: text for part in _files(language) for key, text in part.get(name, {}).items()}


def word(code: str, language: str = "en") -> str:
    """Return the plain words for a code such as "transport-capital"; text that is no code stays as it is."""
    return _table("words", language).get(code, code)


def column_format(name: str, language: str = "en") -> str:
    """Return how a column's values are written (a key of `FORMATS`, or "word"); empty: as the value asks."""
    ways = _table("formats", language)
    return ways.get(name, ways.get(_one_of_many(name)[0], ""))


def written(value: Any, way: str) -> str:
    """Return a value in a way that a message or a column names.

    A way such as "row|rows" gives the word that belongs to the number: the first for one, else the second.

    >>> written(1, "row|rows"), written(0, "row|rows")
    ('row', 'rows')
    >>> written(1363.93, "word")
    '1,364'
    """
    if "|" in way:
        one, many = way.split("|")
        return one if FORMATS["count"](value) == "1" else many
    if way.startswith("in "):
        return money(value, way.removeprefix("in "))
    if way == "word" and isinstance(value, float):
        return FORMATS["count"](value)  # a column that holds words in one table and sums of people in another
    return word(str(value)) if way == "word" else FORMATS[way](value)


def column(name: str, language: str = "en") -> str:
    """Return the heading of a column: its own words, or its name with spaces."""
    known, (base, n) = columns(language), _one_of_many(name)
    if name not in known and base in known:
        return known[base].replace("{n}", n)
    return known.get(name, name.replace("_", " ").capitalize())


def _one_of_many(name: str) -> tuple[str, str]:
    """Return what the columns of a kind share, and the number of this one: pence_year_2 is pence_year, 2."""
    base, _, n = name.rpartition("_")
    return (base, n) if n.isdigit() else (name, "")


def say(step: Step, language: str = "en") -> str:
    """Return a step in words.

    Raises
    ------
    NotFound : the language has no message for that code.
    """
    text = messages(language).get(step.code)
    if text is None:
        raise NotFound("There are no words for this step", field="code", value=step.code)
    return _Speaker().vformat(text, (), step.facts)


def headline(answer: Answer[Any], language: str = "en") -> str:
    """Return the one plain sentence that answers the question: the first step in words."""
    return say(answer.steps[0], language)


def working(answer: Answer[Any], language: str = "en") -> tuple[str, ...]:
    """Return the steps after the headline, each in words."""
    return tuple(say(step, language) for step in answer.steps[1:])

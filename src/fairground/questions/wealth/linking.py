"""Which assets of a council's list and of a community's list are the same, how surely, and why.

Both lists are read as they are (`sources.asset_lists`). People's answers about single pairs teach the
weights; `pairs_to_ask` writes the pairs whose answers would teach most. Neither list is changed: the
community's words stand beside the council's, and what the council's list does not have is said.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fairground import formulas
from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Source, Step
from fairground.sources import asset_lists, layers
from fairground.sources.asset_lists import Asset, AssetList
from fairground.wealth.property import linkage as engine

__all__ = ["links", "pairs_to_ask"]

METHOD = Method(
    "linkage",
    "Pairs that share a key, compared field by field; weights by logistic regression from people's answers",
    "Fellegi and Sunter, JASA 64 (1969); Lewis and Gale, SIGIR 1994; Christen, Data Matching (2012)",
)
PART, WHOLE = "part", "whole"  # the community's is a part of the council's, or the other way round
ANSWERS = {"yes": True, "no": False, PART: False, WHOLE: False, "": None, "cannot tell": None}
SHOWN = 20  # likely parts that are told one by one
SPEAKS = 0.5  # points from which a field is named as speaking for or against


@dataclass(frozen=True)
class LinkFound:
    """A community's asset beside the council's that is the same, how surely, and the fields that say so."""

    council: str
    community: str
    council_name: str
    community_name: str
    probability: float
    speaks_for: str
    speaks_against: str
    same: str


@dataclass(frozen=True)
class NotListed:
    """An asset of the community's list that the council's list does not seem to have."""

    community: str
    name: str
    address: str


@dataclass(frozen=True)
class Linked:
    """Two lists joined: how many entries, pairs compared and answers, and the links."""

    council_entries: int
    community_entries: int
    compared: int
    answers: int
    rows: tuple[LinkFound, ...]
    not_listed: tuple[NotListed, ...]


@dataclass(frozen=True)
class PairToAsk:
    """A pair to answer: what each list says, and an empty cell for yes, no or cannot tell."""

    council: str
    community: str
    council_name: str
    council_address: str
    community_name: str
    community_address: str
    same: str


@dataclass(frozen=True)
class Asked:
    """The pairs whose answers would teach most, and how many answers there are so far."""

    answers: int
    rows: tuple[PairToAsk, ...]


def links(
    council: Path | str, community: Path | str, answers: Iterable[Mapping[str, str]] = (), *,
    one_to_one: bool = False, surely: float = 0.5,
) -> Answer[Linked]:  # fmt: skip
    """Answer which assets of two lists are the same.

    Parameters
    ----------
    council, community : files of any layout that `asset_lists` reads; an asset goes by its number in the
        list where each has one of its own, else by its row.
    answers : rows with `council`, `community` and `same`: yes, no or cannot tell; or `part` where the
        community's is a part of the council's (a lodge in a park), `whole` where the council's is.
    one_to_one : if no asset of the council's list may have two partners. surely : least probability.

    Raises
    ------
    DataProblem : a file cannot be read. BadInput : an answer that is none, or about no such asset.
    """
    lists, listings = _read(council, community)
    answers = list(answers)
    labels = _labels(answers)
    found = engine.link(engine.prepare(*listings), labels, one_to_one=one_to_one, surely=surely)
    likely = _likely(found)
    apart = {(one.first, one.second) for one in likely}
    names = [{entry.id: entry for entry in listing.entries} for listing in listings]
    rows = tuple(
        LinkFound(
            one.first, one.second, names[0][one.first].name, names[1][one.second].name,
            round(one.probability, 3), _fields(one, 1), _fields(one, -1), "yes" if one.said else "",
        )
        for one in found.links
        if (one.first, one.second) not in apart
    )  # fmt: skip
    parts = _parts(answers)
    placed = {two for _, two, _ in parts} | {one.second for one in likely}
    alone = (names[1][id_] for id_ in found.alone_second if id_ not in placed)
    value = Linked(
        len(listings[0]), len(listings[1]), len(found.pairs.ones), len(labels), rows,
        tuple(NotListed(one.id, one.name, one.address) for one in alone),
    )  # fmt: skip
    steps = (*_steps(value, labels), *(_part(parts, names) if parts else ()), *_told(likely, names))
    return Answer(value, METHOD, steps, _sources(lists))


def _parts(answers: Iterable[Mapping[str, str]]) -> list[tuple[str, str, str]]:
    """Return council's id, community's id and which is a part of the other; the last answer counts."""
    told = {}
    for one in answers:
        key = _unguarded(one.get("council")), _unguarded(one.get("community"))
        told[key] = (one.get("same") or "").strip().casefold()
    return [(*key, same) for key, same in told.items() if same in (PART, WHOLE)]


def _part(parts: list[tuple[str, str, str]], names: list[dict[str, engine.Entry]]) -> Iterator[Step]:
    for one, two, same in parts:
        small, large = (names[1][two], names[0][one]) if same == PART else (names[0][one], names[1][two])
        yield Step("linkage.part", {"part": small.name, "whole": large.name})


def _likely(found: engine.Linkage) -> list[engine.Part]:
    """Return what is likely a part of something on the other list, where it has no other link."""
    at_home = {one.second: one.first for one in found.links}
    return [one for one in engine.parts(found) if at_home.get(one.second, one.first) == one.first]


def _told(likely: list[engine.Part], names: list[dict[str, engine.Entry]]) -> Iterator[Step]:
    for one in likely[:SHOWN]:
        first, second = names[0][one.first].name, names[1][one.second].name
        part, whole = (second, first) if one.second_is_part else (first, second)
        facts = {"part": part, "whole": whole, "council": one.first, "community": one.second}
        yield Step("linkage.part.likely", facts)
    if len(likely) > SHOWN:
        yield Step("linkage.part.more", {"more": len(likely) - SHOWN})


def pairs_to_ask(
    council: Path | str, community: Path | str, answers: Iterable[Mapping[str, str]] = (), *,
    number: int = 20, seed: int = 1,
) -> Answer[Asked]:  # fmt: skip
    """Answer which pairs of two lists a person should look at, so that the links learn most.

    Parameters
    ----------
    council, community, answers : as for `links`. number : how many pairs. seed : of the draw.

    Raises
    ------
    DataProblem : a file cannot be read. BadInput : an answer that is none, or no pairs asked for.
    """
    lists, listings = _read(council, community)
    labels = _labels(answers)
    found = engine.link(engine.prepare(*listings), labels)
    one, two = ({entry.id: entry for entry in listing.entries} for listing in listings)
    rows = tuple(
        PairToAsk(a, b, one[a].name, one[a].address, two[b].name, two[b].address, "")
        for a, b in engine.to_ask(found, number, seed=seed)
    )
    steps = (Step("linkage.ask", {"pairs": len(rows), "answers": len(labels), "seed": seed}),)
    return Answer(Asked(len(labels), rows), METHOD, steps, _sources(lists))


def as_labels(value: Asked) -> str:
    """Return the pairs to ask as CSV, ready for the answers; no cell that a spreadsheet would run."""
    text = io.StringIO()
    names = list(PairToAsk.__dataclass_fields__)
    out = csv.writer(text, lineterminator="\n")
    out.writerow(names)
    out.writerows([[layers.safe(getattr(row, name)) for name in names] for row in value.rows])
    return text.getvalue()


def _read(
    council: Path | str, community: Path | str
) -> tuple[tuple[AssetList, AssetList], tuple[engine.Listing, engine.Listing]]:
    lists = asset_lists.read(council), asset_lists.read(community)
    one, two = (_listing(found) for found in lists)
    return lists, (one, two)


def _listing(found: AssetList) -> engine.Listing:
    ids = [asset.said.get("id", "") for asset in found.assets]
    own = all(ids) and len(set(ids)) == len(ids)
    entries = (_entry(asset, asset.said["id"] if own else f"row {asset.row}") for asset in found.assets)
    return engine.Listing.of(found.file, entries)


def _entry(asset: Asset, id_: str) -> engine.Entry:
    said = asset.said
    street = " ".join(filter(None, (said.get("number", ""), said.get("street", ""))))
    address = said.get("address", "") or ", ".join(filter(None, (street, said.get("town", ""))))
    return engine.Entry(
        id_, asset.name, address, said.get("postcode", ""), said.get("uprn", ""),
        said.get("use", "") or said.get("kind", ""), asset.longitude, asset.latitude,
    )  # fmt: skip


def _labels(answers: Iterable[Mapping[str, str]]) -> list[engine.Label]:
    found = []
    for row, told in enumerate(answers, start=2):
        same = (told.get("same") or "").strip().casefold()
        if same not in ANSWERS:
            raise BadInput(
                "This is no answer about a pair", "same", same, "yes, no, part, whole or cannot tell", row
            )
        council, community = (_unguarded(told.get(name)) for name in ("council", "community"))
        if not (council and community):
            raise BadInput(
                "An answer needs the council's and the community's id", "council", council, row=row
            )
        found.append(engine.Label(council, community, ANSWERS[same]))
    return found


def _unguarded(cell: str | None) -> str:
    """Return an id without the mark that keeps a spreadsheet from running it."""
    told = (cell or "").strip()
    return told[1:] if told[:1] == "'" and told[1:2] in formulas.STARTS else told


def _fields(link: engine.Link, sign: int) -> str:
    """Return the fields that speak for (1) or against (-1) a link, the strongest first."""
    strong = [(points, field) for field, points in link.points.items() if points * sign > SPEAKS]
    return ", ".join(field for _, field in sorted(strong, key=lambda item: -abs(item[0])))


def _steps(value: Linked, labels: list[engine.Label]) -> tuple[Step, ...]:
    steps = [
        Step("linkage.found", {"links": len(value.rows), "community": value.community_entries}),
        Step("linkage.compared", {"pairs": value.compared, "answers": value.answers}),
    ]
    if value.not_listed:
        steps.append(Step("linkage.not-listed", {"assets": len(value.not_listed)}))
    if {label.same for label in labels} < {True, False}:
        steps.append(Step("linkage.unknown.untaught", {}))
    return tuple(steps)


def _sources(lists: tuple[AssetList, AssetList]) -> tuple[Source, ...]:
    return tuple(
        Source(f"{whose}-list", f"{title}: {found.file}", who, "as given", "as its owner says", "")
        for whose, title, who, found in (
            ("council", "List of land and buildings", "the council that publishes it", lists[0]),
            ("community", "List of assets by people of the place", "the people who made it", lists[1]),
        )
    )

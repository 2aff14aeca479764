"""Tags of many things, kept in columns while they are read: each different text once, a number per thing.

A dictionary for each thing of a map takes hundreds of bytes; here a tag takes eight.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

import numpy as np

from fairground.networks.ways import Codes, Indices, TagColumn

__all__ = ["TagTable"]


class TagTable:
    """The tags of things that are read one after another; only tags with one of `keys` are kept.

    >>> from fairground.sources.tag_columns import TagTable
    >>> shops = TagTable(["shop", "name"])
    >>> shops.add({"shop": "bakery", "colour": "red"})
    >>> shops.add({"name": "Crumb"})
    >>> columns = shops.columns()
    >>> sorted(columns), columns["name"][0], columns["name"][1]
    (['name', 'shop'], '', 'Crumb')
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self.count = 0
        self._texts: dict[str, dict[str, int]] = {key: {"": 0} for key in sorted(keys)}
        self._rows = {key: array("i") for key in self._texts}
        self._codes = {key: array("i") for key in self._texts}

    def add(self, tags: Iterable[tuple[str, str]] | Mapping[str, str]) -> None:
        """Keep the tags of one more thing."""
        for key, text in tags.items() if isinstance(tags, Mapping) else tags:
            texts = self._texts.get(key)
            if texts is not None:
                self._rows[key].append(self.count)
                self._codes[key].append(texts.setdefault(text, len(texts)))
        self.count += 1

    def columns(self, order: Indices | None = None) -> dict[str, TagColumn]:
        """Return a column for each key that some thing has; `order` puts the things in another order."""
        return {
            key: TagColumn(self._codes_of(key) if order is None else self._codes_of(key)[order], tuple(texts))
            for key, texts in self._texts.items()
            if len(texts) > 1
        }

    def _codes_of(self, key: str) -> Codes:
        codes = np.zeros(self.count, dtype=np.int32)
        codes[np.frombuffer(self._rows[key], dtype=np.int32)] = np.frombuffer(
            self._codes[key], dtype=np.int32
        )
        return codes

"""A made-up town, written as real map and timetable files, so that everything can be tried offline.

Doggerby stands on the Dogger Bank in the North Sea, at the latitude of Redcar: no real place can be
mistaken for it, and each file says that it is fictional. `town.toml` is its plan: every street, park, shop
and bus, and each fault that real maps have (a river with few bridges, a subway with steps, a park whose gate
nobody mapped). A seed bends the ground, leaves gaps between houses and counts the people; the same seed gives
the same bytes.
"""

from __future__ import annotations

from fairground.sources.town.files import FILES, Town, write
from fairground.sources.town.plan import Plan, plan

__all__ = ["FILES", "Plan", "Town", "plan", "write"]

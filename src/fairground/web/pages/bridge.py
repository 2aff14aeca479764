"""What the general pages ask the engine: which data there are, and what a misspelt address may have meant."""

from __future__ import annotations

from django.conf import settings

from fairground.evidence import Answer
from fairground.questions import data
from fairground.sources import catalogue
from fairground.sources.catalogue import File
from fairground.web.places.bridge import near

__all__ = ["files", "near", "register"]


def register() -> Answer[data.Catalogue]:
    """Return every source, bundled or not, as an answer."""
    return data.catalogued(settings.DATA / "published")


def files() -> tuple[File, ...]:
    """Return the files that can be had beside the site, with their columns and known faults."""
    return catalogue.files()

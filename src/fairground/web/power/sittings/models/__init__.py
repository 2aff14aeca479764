"""What is kept of a jury's sittings, one module for each matter."""

from fairground.web.power.sittings.models.evidence import (
    Evidence,
    Question,
    Reply,
    Side,
    Source,
    Standing,
    Witness,
)
from fairground.web.power.sittings.models.sessions import Attendance, Material, Session

__all__ = [
    "Attendance",
    "Evidence",
    "Material",
    "Question",
    "Reply",
    "Session",
    "Side",
    "Source",
    "Standing",
    "Witness",
]

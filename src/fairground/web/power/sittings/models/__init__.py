"""What is kept of a jury's sittings, one module for each matter."""

from fairground.web.power.sittings.models.answers import (
    DeciderLetter,
    FollowUp,
    JuryReminder,
    Kind,
    Response,
    State,
)
from fairground.web.power.sittings.models.evidence import (
    Evidence,
    Question,
    Reply,
    Side,
    Source,
    Standing,
    Witness,
)
from fairground.web.power.sittings.models.payments import TIME, CostsShown, PaidFor, Payment
from fairground.web.power.sittings.models.recommendations import (
    Correction,
    Minority,
    Recommendation,
    Report,
    Wording,
)
from fairground.web.power.sittings.models.sessions import Attendance, Material, Session

__all__ = [
    "TIME",
    "Attendance",
    "Correction",
    "CostsShown",
    "DeciderLetter",
    "Evidence",
    "FollowUp",
    "JuryReminder",
    "Kind",
    "Material",
    "Minority",
    "PaidFor",
    "Payment",
    "Question",
    "Recommendation",
    "Reply",
    "Report",
    "Response",
    "Session",
    "Side",
    "Source",
    "Standing",
    "State",
    "Witness",
    "Wording",
]  # fmt: skip

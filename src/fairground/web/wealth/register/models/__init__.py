"""The rows of the register: who keeps it, its assets and their history, lists taken in, what people add."""

from fairground.web.wealth.register.models.assets import (
    FIELDS,
    Asset,
    AssetChange,
    AssetDocument,
    Decision,
    Kind,
    Origin,
    Source,
    State,
    Tenure,
)
from fairground.web.wealth.register.models.community import (
    AssetPhoto,
    Contribution,
    ContributionKind,
    Follow,
    Standing,
)
from fairground.web.wealth.register.models.registers import (
    Keeper,
    Layout,
    ListImport,
    Register,
    RegisterRole,
    RegisterRoleName,
    Stage,
    published,
)

__all__ = [
    "FIELDS",
    "Asset",
    "AssetChange",
    "AssetDocument",
    "AssetPhoto",
    "Contribution",
    "ContributionKind",
    "Decision",
    "Follow",
    "Keeper",
    "Kind",
    "Layout",
    "ListImport",
    "Origin",
    "Register",
    "RegisterRole",
    "RegisterRoleName",
    "Source",
    "Stage",
    "Standing",
    "State",
    "Tenure",
    "published",
]

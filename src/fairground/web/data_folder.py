"""Where the site keeps what it must not lose: its database, secret key, files and demo mailbox.

FAIRGROUND_DATA when set; ./var in a copy of the repository; else the user's data folder, by the
XDG base directory specification 0.8.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """Return the data folder, which may not exist yet."""
    given = os.environ.get("FAIRGROUND_DATA", "")
    if given:
        return Path(given).expanduser().resolve()
    repository = Path(__file__).resolve().parents[3]
    if (repository / "pyproject.toml").exists() and (repository / "src").is_dir():
        return repository / "var"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "fairground"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "fairground"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "fairground"

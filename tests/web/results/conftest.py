"""Time passes here as it does in the tests of ballots."""

from tests.web.ballots.conftest import later

__all__ = ["later"]

"""How the pages of a vote write moments."""

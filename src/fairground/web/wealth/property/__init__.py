"""The pages of common-good property: where a case stands, and every date in it."""

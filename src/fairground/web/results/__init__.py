"""The count of a vote and its result: one press by an officer, and pages that anyone may read."""

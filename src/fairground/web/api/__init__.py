"""The same answers for machines, under the same addresses, beginning with /api/."""

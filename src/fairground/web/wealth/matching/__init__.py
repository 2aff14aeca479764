"""Merging two registers on the site: are these the same? Links with their reasons, answered and undone."""

"""Finding a place, and the page that says how it fares.

Reference: docs/explanation/design.md.
"""

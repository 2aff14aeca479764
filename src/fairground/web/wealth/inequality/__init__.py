"""Pages that show how unequally figures are shared between places.

Reference: docs/explanation/design.md.
"""

"""Pages that ask whether funding is fair.

Reference: docs/explanation/design.md.
"""

"""The same answers for machines, under the same addresses.

Reference: docs/explanation/design.md.
"""

"""The pages about wealth: inequality and funding.

Reference: docs/explanation/design.md.
"""

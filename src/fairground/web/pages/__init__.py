"""The first page, the pages about the site, the sources, and how every answer is shown.

Reference: docs/explanation/design.md.
"""

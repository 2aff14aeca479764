"""Backups: the whole database in one file, checked when written and when read.

The file is a ZIP archive (ISO/IEC 21320-1) with a manifest of tables, row counts and SHA-256 checksums.
"""
